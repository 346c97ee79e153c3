//! For whoever runs the service: health, measures, logs, documentation.

use serde_json::Value;

use crate::support::{
    ARTICLE, App, Backend, Cms, EMAIL, Wire, document, eventually, misfit, on_both,
};

on_both!(
    it_says_that_it_lives_and_that_it_is_ready,
    async |app: App| {
        for path in ["/livez", "/readyz"] {
            assert_eq!(app.wire().get(path).await.expect(200).text("status"), "ok");
        }
        app.execute("delete from __diesel_schema_migrations").await;
        app.wire().get("/readyz").await.expect(503);
        app.wire().get("/livez").await.expect(200);
    }
);

on_both!(
    it_ends_well_when_it_is_told_to_stop,
    async |mut app: App| {
        let reader = app.reader();
        let (_, receipt) = reader.write("Ngay trước khi tắt").await;
        app.server().terminate();
        let status = eventually("the end of the server", async || app.server().ended()).await;
        assert!(status.success(), "{status}");
        app.serve();
        assert_eq!(
            reader.look_up(&receipt).await.expect(200).text("status"),
            "pending"
        );
    }
);

on_both!(what_is_promised_is_measured, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    reader.write("Ý kiến đang chờ").await;
    let (id, _) = reader.write("Ý kiến được duyệt").await;
    lan.approve(&lan.card(&id).await).await;
    let text = app.wire().get("/metrics").await.expect(200);
    assert!(
        text.header("content-type")
            .starts_with("text/plain; version=0.0.4")
    );
    let value = |start: &str| {
        let line = text
            .body
            .lines()
            .find(|line| line.starts_with(start))
            .unwrap_or_else(|| panic!("no {start} in {}", text.body));
        line.rsplit(' ')
            .next()
            .and_then(|number| number.parse::<f64>().ok())
            .expect("a number")
    };
    let submitted = "duyet_http_requests_total{method=\"POST\",route=\"/api/v1/sites/{site}/comments\",status=\"202\"}";
    assert!((value(submitted) - 2.0).abs() < 1e-9);
    assert!(value("duyet_intake_batch_size_count") >= 1.0);
    assert!(value("duyet_write_batch_size_count") >= 1.0);
    assert!((value("duyet_rules_seconds_count") - 2.0).abs() < 1e-9);
    assert!((value("duyet_queue_depth{site=\"bao\",lane=\"likely_fine\"}") - 1.0).abs() < 1e-9);
    assert!(value("duyet_queue_oldest_seconds{site=\"bao\",lane=\"likely_fine\"}") >= 0.0);
    assert!((value("duyet_decisions_total{action=\"approve\"}") - 1.0).abs() < 1e-9);
    for kind in ["notice", "mail"] {
        value(&format!(
            "duyet_outbox_depth{{site=\"bao\",kind=\"{kind}\"}}"
        ));
        value(&format!(
            "duyet_outbox_oldest_seconds{{site=\"bao\",kind=\"{kind}\"}}"
        ));
    }
    assert!(!text.body.contains(EMAIL) && !text.body.contains("Ý kiến"));
});

on_both!(
    the_log_finds_a_request_and_tells_nothing_of_a_reader,
    |setup| setup.set("DUYET_LOG", "debug"),
    async |app: App| {
        let (reader, editor) = (app.reader(), app.member("Lan", &["--role", "editor"]));
        let (id, receipt) = reader.write("Câu này không được vào nhật ký").await;
        // Before the decision: nobody is mailed about what is decided.
        eventually("the mail about it", async || {
            let done = editor.outbox("done").await.expect(200).json();
            let entries = done["entries"].as_array().expect("entries").clone();
            entries
                .iter()
                .any(|entry| entry["kind"] == "mail")
                .then_some(())
        })
        .await;
        editor.approve(&editor.card(&id).await).await;
        reader.look_up(&receipt).await.expect(200);
        let secret = "AaIkC889dM2fkMZMUfzULgGiJAvXx3CGv2D8Zoav-dvwYFv1DHinCjAPvRyqrV1p";
        for (link, status) in [
            (format!("/mail/{secret}"), 404),
            (format!("/mail/{secret}/confirm"), 405),
        ] {
            Wire::new(app.base()).get(&link).await.expect(status);
        }
        let refused = reader.list_with(&[]).await.expect(422);
        reader
            .submit(&serde_json::json!({ "name": "Trần Thị Bưởi", "email": EMAIL }))
            .await
            .expect(422);
        reader
            .submit_bytes("application/json", format!("{{\"email\":\"{EMAIL}\","))
            .await
            .expect(400);
        let log = app.logged(refused.header("x-request-id")).await;
        for line in log.lines() {
            let event: Value =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert!(
                event["timestamp"].is_string() && event["level"].is_string(),
                "{line}"
            );
        }
        for hidden in [
            EMAIL,
            "ban.doc",
            "lan@bao.example",
            "nhật ký",
            "nh\u{1ead}t",
            "\\u1ead",
            "Trần Thị Bưởi",
            &editor.token,
            &receipt,
            secret,
        ] {
            let line = log.lines().find(|line| line.contains(hidden));
            assert_eq!(line, None, "{hidden} is in the log");
        }
    }
);

#[tokio::test]
async fn the_document_is_the_one_that_the_command_prints() {
    let app = App::start(Backend::Sqlite).await;
    let served = app.wire().get("/openapi.json").await.expect(200);
    let printed: Value = serde_json::from_str(&app.done(&["openapi"], "")).expect("JSON");
    assert_eq!(served.json(), printed);
    assert_eq!(&printed, document());
    insta::assert_json_snapshot!("openapi", printed);
    let unless = app
        .wire()
        .request(reqwest::Method::GET, "/openapi.json")
        .header("if-none-match", served.header("etag"));
    // The document does not document its own 304.
    let again = unless.send().await.expect("an answer");
    assert_eq!(again.status().as_u16(), 304);
}

/// Whether there is anything behind each documented route: our own words, never the router's.
#[tokio::test]
async fn every_documented_route_answers() {
    let app = App::start(Backend::Sqlite).await;
    let lan = app.member("Lan", &["--role", "admin"]);
    let mut asked = 0;
    for (path, operations) in document()["paths"].as_object().expect("paths") {
        for method in operations
            .as_object()
            .expect("operations")
            .keys()
            .filter(|name| *name != "parameters")
        {
            let path = path
                .replace("{site}", "bao")
                .replace("{token}", "x")
                .replace("{id}", "x")
                .replace("{batch}", "x");
            asked += 1;
            // It has no end; those who watch test it.
            if path == "/api/v1/moderation/events" {
                continue;
            }
            let method = method.to_uppercase().parse().expect("a method");
            let answer = lan.send(lan.request(method, &path)).await;
            let from_the_router = answer.status == 405
                || answer.status == 404
                    && answer.text("type") == "/docs#problem-not-found"
                    && !path.split('/').any(|part| part == "x");
            assert!(!from_the_router, "{path}: {answer:?}");
        }
    }
    assert!(asked >= 15, "only {asked} routes are documented");
}

#[tokio::test]
async fn the_documentation_is_a_page_of_ours() {
    let app = App::start(Backend::Sqlite).await;
    let page = app.browser().open("/docs").await.expect(200);
    for path in document()["paths"].as_object().expect("paths").keys() {
        let shown = path.split('{').next().expect("a path");
        assert!(page.body.contains(shown), "{path} is not in the page");
    }
    for elsewhere in ["<script", "cdn", "fonts.googleapis"] {
        assert!(!page.body.contains(elsewhere), "{elsewhere}");
    }
    for (_, rest) in page
        .body
        .match_indices("href=\"/assets/")
        .map(|(at, mark)| (at, &page.body[at + mark.len()..]))
    {
        let name = rest.split('"').next().expect("a name");
        app.wire().get(&format!("/assets/{name}")).await.expect(200);
    }
    // Each kind of problem is explained where its `type` points.
    for submission in [serde_json::json!({}), serde_json::json!([])] {
        let kind = app
            .reader()
            .submit(&submission)
            .await
            .expect(422)
            .text("type");
        let anchor = kind.strip_prefix("/docs#").expect("an anchor in the page");
        assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{kind}");
    }
}

#[tokio::test]
async fn the_bare_address_leads_to_the_queue() {
    let app = App::start(Backend::Sqlite).await;
    assert_eq!(
        app.browser().open("/").await.expect(303).header("location"),
        "/queue"
    );
}

/// Everything that the document points at is in it, no operation has another's name, and its words are those of the wire.
#[tokio::test]
async fn the_document_holds_together() {
    let app = App::start(Backend::Sqlite).await;
    let document = app.browser().open("/openapi.json").await.json();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().expect("a pointer");
        assert!(document.pointer(pointer).is_some(), "{pointer} is missing");
    }
    let mut names: Vec<&str> = text
        .split("\"operationId\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "{names:?}");
    let words = |schema: &str| document["components"]["schemas"][schema]["enum"].clone();
    assert_eq!(
        words("DecisionAction"),
        serde_json::json!(["approve", "reject", "spam", "requeue"])
    );
    assert_eq!(
        words("Lane"),
        serde_json::json!(["likely_fine", "look", "likely_bad"])
    );
}

/// The document names a type once: where two have one name, it silently keeps either.
#[test]
fn no_two_types_have_one_name_in_the_document() {
    let mut names: Vec<String> = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|is| is == "rs") {
                let source = std::fs::read_to_string(path).expect("a source");
                names.extend(schema_names(&source));
            }
        }
    }
    assert!(names.len() > 80, "only {} types were found", names.len());
    names.sort_unstable();
    let twice: Vec<&[String]> = names.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// What types with a schema are called in the document: as they say, or by their own name.
fn schema_names(source: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let is_part = |c: &char| c.is_alphanumeric() || *c == '_';
        text.chars().take_while(is_part).collect()
    };
    let mut names = Vec::new();
    let mut other = None;
    let mut is_within = false;
    for line in source.lines().map(str::trim_start) {
        if line.starts_with("#[derive(") && line.contains("ToSchema") {
            is_within = true;
        } else if let Some((_, name)) = line.split_once("schema(as = ").filter(|_| is_within) {
            other = Some(word(name));
        } else if let Some(name) = ["struct ", "enum "]
            .iter()
            .find_map(|kind| Some(line.split_once(kind)?.1))
            .filter(|_| is_within && !line.starts_with("//"))
        {
            names.push(other.take().unwrap_or_else(|| word(name)));
            is_within = false;
        }
    }
    names
}

on_both!(answers_are_as_the_document_says, async |app: App| {
    let (reader, lan, cms) = (app.reader(), app.moderator("Lan"), Cms::of(&app));
    let article = serde_json::json!({ "external_id": 4711, "url": ARTICLE, "title": "Cầu mới" });
    let told = async |at| {
        let answer = cms.tell("article.published", at, &article).await;
        answer.expect(200).json()
    };
    for (at, outcome) in [
        ("2026-11-20T08:00:00Z", "done"),
        ("2026-11-19T08:00:00Z", "known"),
    ] {
        let received = told(at).await;
        assert_eq!(received["outcome"], outcome);
        assert_eq!(misfit(&received, "Received"), None);
    }
    let (id, _) = reader.write("Cầu đẹp").await;
    lan.approve(&lan.card(&id).await).await;
    for order in ["", "newest", "oldest"] {
        let query = [("article", ARTICLE), ("order", order)];
        let list = reader.list_with(&query).await.expect(200).json();
        assert_eq!(misfit(&list, "Listed"), None, "{order}");
        // It is no pretence: what is missing is found.
        let mut less = list.clone();
        less.as_object_mut().expect("an object").remove("comments");
        assert!(misfit(&less, "Listed").is_some());
    }
});

/// A browser that posts a form gets a page, whatever is wrong.
#[tokio::test]
async fn the_document_tells_of_the_pages_that_forms_get() {
    let app = App::start(Backend::Sqlite).await;
    let nobody = app.reader_of("nobody");
    let far = app.reader().at("https://khac.example");
    let long = "x".repeat(1_100_000);
    for (answer, status) in [
        (far.post_form(&[("body", "x")]).await, 403),
        (nobody.post_form(&[("body", "x")]).await, 404),
        (app.reader().post_form(&[("body", &long)]).await, 413),
        (app.reader().post_form(&[("body", "x")]).await, 422),
    ] {
        let answer = answer.expect(status);
        assert!(answer.header("content-type").starts_with("text/html"));
        for path in ["comments", "comments/{id}/reports"] {
            let operation = &document()["paths"][format!("/api/v1/sites/{{site}}/{path}")]["post"];
            let content = &operation["responses"][status.to_string()]["content"];
            for kind in ["text/html", "application/problem+json"] {
                assert!(content[kind].is_object(), "{path} {status}: {kind}");
            }
        }
    }
}
