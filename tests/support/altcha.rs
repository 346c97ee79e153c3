//! Who solves challenges: the library that the service is built with, and ALTCHA's library for Python.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, Reader};

impl Reader {
    /// Asks for a challenge.
    pub async fn challenge(&self) -> Answer {
        self.send(self.request(Method::GET, &self.path("challenge")))
            .await
    }

    /// Asks for a challenge and solves it.
    pub async fn proof(&self) -> String {
        solved(&self.challenge().await.expect(200).json())
    }
}

/// A challenge's solution, as a page sends it.
pub fn solved(challenge: &Value) -> String {
    let read: altcha::Challenge = serde_json::from_value(challenge.clone()).expect("a challenge");
    let options = altcha::SolveChallengeOptions::new(&read);
    let solution = altcha::solve_challenge(options).expect("a challenge that can be solved");
    let payload = json!({
        "challenge": { "parameters": challenge["parameters"], "signature": challenge["signature"] },
        "solution": solution.expect("it was solved in time"),
    });
    BASE64_STANDARD.encode(payload.to_string())
}

/// The same by the library for Python.
pub fn solved_in_python(challenge: &Value) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = super::libraries();
    let mut process = Command::new(&python)
        .arg(root.join("tests/support/solve_challenge.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!(
                "{}: {error}; scripts/test makes it, or DUYET_TEST_LIBRARIES names a Python that has the package altcha",
                python.display()
            )
        });
    let mut input = process.stdin.take().expect("it is read");
    input
        .write_all(challenge.to_string().as_bytes())
        .expect("it reads");
    drop(input);
    let output = process.wait_with_output().expect("it ends");
    assert!(
        output.status.success(),
        "ALTCHA's library failed, see above"
    );
    let printed = String::from_utf8(output.stdout).expect("base64");
    printed.trim().to_owned()
}
