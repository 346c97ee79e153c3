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

/// Where an answer is not as the document says: the place and what was found there. Nothing where it is.
pub fn misfit(answer: &Value, schema: &str) -> Option<String> {
    let schema = serde_json::json!({ "$ref": format!("#/components/schemas/{schema}") });
    fits(answer, &schema, schema_name(&schema)).err()
}

fn schema_name(schema: &Value) -> &str {
    let reference = schema["$ref"].as_str().unwrap_or_default();
    reference.rsplit('/').next().unwrap_or_default()
}

/// As much of JSON Schema as the document uses: in the dialect's own terms, strictly.
fn fits(value: &Value, schema: &Value, place: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document().pointer(reference.trim_start_matches('#'));
        fits(
            value,
            target.ok_or(format!("{reference} is missing"))?,
            place,
        )?;
    }
    let parts = |key: &str| schema[key].as_array().into_iter().flatten();
    for part in parts("allOf") {
        fits(value, part, place)?;
    }
    let wrong = |what: &str| Err(format!("{place}: {what}: {value}"));
    let fitting = |key: &str| {
        parts(key)
            .filter(|part| fits(value, part, place).is_ok())
            .count()
    };
    if schema["anyOf"].is_array() && fitting("anyOf") == 0 {
        return wrong("anyOf");
    }
    if schema["oneOf"].is_array() && fitting("oneOf") != 1 {
        return wrong("oneOf");
    }
    let mut words = parts("enum");
    if schema["enum"].is_array() && !words.any(|word| word == value) {
        return wrong("enum");
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        Value::Null => Vec::new(),
        kind => vec![kind.clone()],
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of(value, kind)) {
        return wrong("type");
    }
    for name in parts("required").filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            return wrong(&format!("without {name}"));
        }
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            fits(value, field, &format!("{place}.{name}"))?;
        }
    }
    for value in value.as_array().into_iter().flatten() {
        if schema["items"].is_object() {
            fits(value, &schema["items"], &format!("{place}[]"))?;
        }
    }
    Ok(())
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap_or_default() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    }
}
