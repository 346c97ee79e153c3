//! The example of docs/checker.md runs as it stands there.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::{near, set};
use crate::support::{App, checker_secret_of, eventually, on_both};

/// The example of docs/checker.md, which ends with the test.
struct Example(Child);

impl Example {
    /// Starts it; the port that it listens on.
    fn start(secret: &str) -> (Self, u16) {
        let docs = include_str!("../../docs/checker.md");
        let script = docs.split("```python\n").nth(1).expect("an example");
        let script = script.split("```").next().expect("its end");
        let python = std::env::var("DUYET_TEST_PYTHON");
        let mut process = Command::new(python.unwrap_or_else(|_| "/usr/bin/python3".to_owned()))
            .args(["-c", script])
            .env("DUYET_CHECKER_SECRET", secret)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Python");
        let mut line = String::new();
        let printed = process.stdout.take().expect("it prints");
        BufReader::new(printed)
            .read_line(&mut line)
            .expect("a line");
        let port = line.trim().parse().expect("a port");
        (Self(process), port)
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

on_both!(
    the_example_of_the_documentation_checks_comments,
    near,
    async |app: App| {
        let (_example, port) = Example::start(&checker_secret_of(&app, "bao"));
        set(&app, &format!("http://127.0.0.1:{port}/"));
        let lan = app.moderator("Lan");
        let (id, _) = app.reader().write("Ai cần Vay nóng thì gọi nhé.").await;
        let card = eventually("it answers", async || {
            let card = lan.card(&id).await;
            card.rules().contains(&"checker.quang-cao").then_some(card)
        })
        .await;
        let evidence = card.0["evidence"].as_array().expect("evidence");
        let said = evidence
            .iter()
            .find(|one| one["rule"] == "checker.quang-cao");
        assert_eq!(said.expect("it")["excerpt"], "Vay nóng");
    }
);
