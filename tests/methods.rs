//! What is asked for by a method that its path does not take: told which there are, and never taken for a place that is not there.

use reqwest::Method;

use crate::support::{App, Backend, Wire, comment, document};

/// As a client that fills in every part of the path.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{site}" => "bao",
        _ if part.starts_with('{') => "x",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn is_refused(wire: &Wire, method: &Method, path: &str, allow: &str) {
    let answer = wire.send(wire.request(method.clone(), path)).await;
    assert_eq!(answer.status, 405, "{method} {path}: {answer:?}");
    assert_eq!(
        answer.text("type"),
        "/docs#problem-method-not-allowed",
        "{method} {path}"
    );
    assert_eq!(answer.header("allow"), allow, "{method} {path}");
}

#[tokio::test]
async fn another_method_of_a_documented_path_is_told_which_there_are() {
    let app = App::start(Backend::Sqlite).await;
    let wire = app.wire();
    let mut asked = 0;
    for (path, operations) in document()["paths"].as_object().expect("paths") {
        let operations = operations.as_object().expect("operations");
        let mut there: Vec<String> = operations.keys().map(|name| name.to_uppercase()).collect();
        there.retain(|name| name != "PARAMETERS");
        let methods = [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ];
        let others: Vec<Method> = methods
            .into_iter()
            .filter(|method| !there.iter().any(|is| is == method.as_str()))
            .collect();
        if there.iter().any(|is| is == "GET") {
            there.push("HEAD".to_owned());
        }
        there.sort_unstable();
        for method in others {
            is_refused(&wire, &method, &filled(path), &there.join(", ")).await;
            asked += 1;
        }
    }
    assert!(asked > 150, "only {asked} were asked");
}

#[tokio::test]
async fn another_method_of_a_page_is_told_which_there_are() {
    let app = App::start(Backend::Sqlite).await;
    let wire = app.wire();
    for (method, path, allow) in [
        (Method::POST, "/widget.js", "GET, HEAD"),
        (Method::POST, "/", "GET, HEAD"),
        (Method::DELETE, "/docs", "GET, HEAD"),
        (Method::PUT, "/queue", "GET, HEAD"),
        (Method::GET, "/queue/decisions", "POST"),
        (Method::PATCH, "/members/x", "GET, HEAD, POST"),
        (Method::DELETE, "/receipts/x", "GET, HEAD, POST"),
        (Method::PUT, "/sites/bao/feed.xml", "GET, HEAD"),
        (Method::OPTIONS, "/sign-out", "POST"),
    ] {
        is_refused(&wire, &method, path, allow).await;
    }
    // Of POST alone, so that HEAD is none of its methods either.
    let head = wire.request(Method::HEAD, "/sign-out").send().await;
    let head = head.expect("an answer");
    assert_eq!(head.status(), 405);
    assert_eq!(head.headers()["allow"], "POST");
    // Whoever looks at a page gets one.
    let browser = app.browser();
    let page = browser.send(browser.request(Method::PUT, "/queue")).await;
    assert!(
        page.expect(405)
            .body
            .contains("Không dùng được cách gửi này")
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found_by_any_method() {
    let app = App::start(Backend::Sqlite).await;
    let wire = app.wire();
    for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
        for path in ["/nowhere", "/api/v1/nowhere", "/api/v1/sites/bao/nowhere"] {
            let answer = wire.send(wire.request(method.clone(), path)).await;
            assert_eq!(answer.expect(404).text("type"), "/docs#problem-not-found");
        }
    }
    let nobody = app.reader_of("nobody");
    let answer = nobody.submit(&comment("Gửi nhầm chỗ")).await.expect(404);
    assert_eq!(answer.text("type"), "/docs#problem-site-unknown");
}
