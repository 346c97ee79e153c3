//! The OpenAPI document as a promise: whatever any test sees on a documented route must be documented there.

use std::sync::OnceLock;

use reqwest::Method;
use serde_json::Value;

/// The document that the code makes.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let document = duyet::http::document()
            .to_json()
            .expect("the document is JSON");
        serde_json::from_str(&document).expect("the document is JSON")
    })
}

/// Fails where the document has the route but not the answer.
pub fn knows(method: &Method, path: &str, status: u16) {
    let Some(operation) = operation(method, path) else {
        return;
    };
    let known = operation["responses"].get(status.to_string()).is_some();
    assert!(
        known,
        "{method} {path} answered {status}, which the OpenAPI document does not know"
    );
}

fn operation<'a>(method: &Method, path: &str) -> Option<&'a Value> {
    let paths = document()["paths"].as_object().expect("paths");
    let found = paths.iter().find(|(template, _)| matches(template, path))?;
    found.1.get(method.as_str().to_lowercase())
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(is, asked)| is == asked || (is.starts_with('{') && !asked.is_empty()))
}
