//! Public clients of the Akismet protocol, as they are, against the service as it is.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::akismet::Akismet;
use crate::support::{App, Backend, HOUSE_RULES, Setup};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/akismet")
}

/// What a client was told by a service that holds one of its comments and takes the other for spam.
async fn told(program: &str, arguments: &[&str]) -> (App, Value) {
    let app = Setup::new(Backend::Sqlite).rules(HOUSE_RULES).start().await;
    let bao = Akismet::of(&app, "bao").await;
    let output = Command::new(program)
        .current_dir(folder())
        .args(arguments)
        .args([app.base(), &bao.key])
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}; scripts/test installs it"));
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let told = serde_json::from_slice(&output.stdout);
    (app, told.expect("JSON"))
}

/// Both comments are there once, each where the client has put it.
async fn is_as_reported(app: &App) {
    let where_they_are = "select status as text from comments order by body";
    assert_eq!(app.texts(where_they_are).await, ["spam", "approved"]);
    assert_eq!(app.count("select count(*) from comments").await, 2);
}

async fn of_npm(client: &str, [held, spam]: [&Value; 2]) {
    let (app, told) = told("node", &["check.js", client]).await;
    let expected = json!({ "verified": [true, false], "checked": [held, spam], "reported": [true, true], "again": [&json!(match client {
        "cedx" => json!("spam"),
        _ => json!(true),
    }), held] });
    assert_eq!(told, expected);
    is_as_reported(&app).await;
}

#[tokio::test]
async fn an_akismet_client_of_npm_cedx() {
    of_npm("cedx", [&json!("ham"), &json!("pervasiveSpam")]).await;
}

#[tokio::test]
async fn an_akismet_client_of_npm_akismet() {
    of_npm("akismet", [&json!(false), &json!(true)]).await;
}

#[tokio::test]
async fn an_akismet_client_of_npm_akismet_api() {
    of_npm("akismet-api", [&json!(false), &json!(true)]).await;
}

#[tokio::test]
async fn an_akismet_client_of_pypi() {
    let python = crate::support::libraries();
    let (app, told) = told(&python.to_string_lossy(), &["check.py"]).await;
    let expected = json!({
        "verified": [true, false], "checked": ["HAM", "DISCARD"], "reported": [true, true], "again": ["SPAM", "HAM"],
        "usage": 2, "stranger": "APIKeyError", "keyless": "APIKeyError",
    });
    assert_eq!(told, expected);
    is_as_reported(&app).await;
}

#[tokio::test]
async fn an_akismet_client_of_debian() {
    let (app, told) = told("perl", &["check.pl"]).await;
    let expected = json!({ "verified": ["1", "0"], "checked": ["false", "true"], "reported": ["1", "1"], "again": ["true", "false"] });
    assert_eq!(told, expected);
    is_as_reported(&app).await;
}
