//! The listener of docs/webhooks.md runs as it stands there; only whom it sends to, and on which port it listens, are the test's.

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::Method;
use serde_json::json;

use crate::support::{ARTICLE, App, Setup, on_both};

/// The listener, which ends with the test, and what it says.
struct Listener(Child, Lines<BufReader<ChildStdout>>);

impl Listener {
    /// Starts it; the port that it listens on.
    fn start(secret: &str) -> (Self, u16) {
        let docs = include_str!("../docs/webhooks.md");
        let script = docs
            .split("```js\n")
            .find(|part| part.contains("BOT_TOKEN"));
        let script = script.and_then(|script| script.split("```").next());
        let script = script.expect("an example").replace(
            ".listen(8081, \"127.0.0.1\")",
            ".listen(0, \"127.0.0.1\", function () { console.log(this.address().port); })",
        );
        let telegram = "globalThis.fetch = async (_, sent) => { console.log(JSON.parse(sent.body).text); return { ok: true }; };";
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/hooks");
        let mut process = Command::new("node")
            .args([
                "--input-type=module",
                "--eval",
                &format!("{script}\n{telegram}"),
            ])
            .current_dir(folder)
            .env("DUYET_WEBHOOK_SECRET", secret)
            .stdout(Stdio::piped())
            .spawn()
            .expect("node");
        let printed = process.stdout.take().expect("it prints");
        let mut listener = Self(process, BufReader::new(printed).lines());
        let port = listener.said().parse().expect("a port");
        (listener, port)
    }

    fn said(&mut self) -> String {
        self.1.next().expect("a line").expect("UTF-8")
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn near(setup: Setup) -> Setup {
    setup.set("DUYET_OUTWARD_ALLOW", "127.0.0.1/32")
}

on_both!(
    the_listener_of_the_documentation_takes_comments_and_tests,
    near,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        let new = json!({ "url": "http://127.0.0.1:9/", "events": ["comment.held"] });
        let made = admin.call(Method::POST, "sites/bao/webhooks", &new).await;
        let made = made.expect(201).json();
        let path = made["webhook"]["id"].as_str().expect("an id");
        let path = format!("sites/bao/webhooks/{path}");
        let (mut listener, port) = Listener::start(made["secret"].as_str().expect("a secret"));
        let there = json!({ "url": format!("http://127.0.0.1:{port}/") });
        admin.call(Method::PATCH, &path, &there).await.expect(200);
        for _ in 0..2 {
            let tried = admin
                .call(Method::POST, &format!("{path}/test"), &json!({}))
                .await
                .expect(200)
                .json();
            assert_eq!(tried["state"], "delivered", "{tried}");
            assert_eq!(listener.said(), "Một bình luận chờ duyệt dưới (thử)");
        }
        app.reader().write("Cầu đẹp").await;
        assert_eq!(
            listener.said(),
            format!("Một bình luận chờ duyệt dưới {ARTICLE}")
        );
    }
);
