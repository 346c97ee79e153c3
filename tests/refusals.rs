//! What is not taken, wherever it came from: unknown places, closed articles, bodies that never arrive.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Method;

use crate::support::{App, Backend, comment, comment_on, on_both};

on_both!(
    a_site_that_nobody_has_added_is_not_found,
    async |app: App| {
        for site in [
            "nobody",
            "BAO",
            "bao%00",
            "%00",
            "..%2fbao",
            "%27%20or%201=1",
            "%F0%9F%98%80",
            "%ff",
        ] {
            let reader = app.reader_of(site);
            reader.submit(&comment("Gửi nhầm chỗ")).await.expect(404);
            reader.list("https://bao.example/x").await.expect(404);
            reader.counts(&["https://bao.example/x"]).await.expect(404);
        }
    }
);

#[tokio::test]
async fn a_route_that_is_not_there_is_a_problem_too() {
    let app = App::start(Backend::Sqlite).await;
    app.wire().get("/api/v1/nowhere").await.expect(404);
    app.wire().get("/api/v1/sites//comments").await.expect(404);
    app.wire()
        .get("/assets/..%2f..%2fCargo.toml")
        .await
        .expect(404);
    let wrong_way = app
        .wire()
        .request(Method::PUT, "/api/v1/sites/bao/comments");
    let answer = app.wire().send(wrong_way).await.expect(405);
    assert_eq!(answer.header("allow"), "GET, HEAD, POST");
    let page = app.browser().open("/khong-co-trang-nay").await.expect(404);
    assert!(
        page.header("content-type").starts_with("text/html")
            && page.body.contains(page.header("x-request-id"))
    );
}

#[tokio::test]
async fn a_request_keeps_the_id_that_a_proxy_gave_it() {
    let app = App::start(Backend::Sqlite).await;
    let ask = async |id: &str| {
        let request = app
            .wire()
            .request(Method::GET, "/api/v1/nowhere")
            .header("x-request-id", id);
        app.wire()
            .send(request)
            .await
            .header("x-request-id")
            .to_owned()
    };
    assert_eq!(ask("0f8fad5b-d9cb-469f").await, "0f8fad5b-d9cb-469f");
    for strange in [
        "short",
        "has spaces in it",
        "quote\"quote\"",
        &"x".repeat(65),
    ] {
        assert_ne!(ask(strange).await, strange);
    }
}

/// A body that never comes must not hold a connection for ever. The server's patience is ten seconds.
#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let app = App::start(Backend::Sqlite).await;
    let address = app.base().trim_start_matches("http://").to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        let head = "POST /api/v1/sites/bao/comments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{";
        stream.write_all(head.as_bytes()).expect("the head is sent");
        stream
            .set_read_timeout(Some(std::time::Duration::from_secs(40)))
            .expect("a limit");
        let mut answer = [0; 12];
        stream
            .read_exact(&mut answer)
            .map(|()| String::from_utf8_lossy(&answer).into_owned())
    });
    assert_eq!(
        answer
            .await
            .expect("the thread ends")
            .expect("an answer in time"),
        "HTTP/1.1 408"
    );
}

on_both!(
    a_closed_article_takes_nothing_and_keeps_what_it_has,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Trước khi đóng").await;
        lan.approve(&lan.card(&id).await).await;
        app.execute("update articles set state = 'closed'").await;
        reader.submit(&comment("Sau khi đóng")).await.expect(403);
        reader
            .submit(&comment_on(
                "https://bao.example/bai-khac",
                "Bài khác vẫn mở",
            ))
            .await
            .expect(202);
        assert_eq!(reader.published().await, ["Trước khi đóng"]);
    }
);
