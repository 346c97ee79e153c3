//! An operation as a command that can be pasted.

use std::fmt::Write as _;

use serde_json::Value;

use super::schema::Schemas;
use super::{Content, text};

/// The call with `curl`: required parameters filled in with examples, the first body as data.
pub fn command(
    url: &str,
    method: &str,
    is_secured: bool,
    schemas: &Schemas<'_>,
    parameters: &[&Value],
    body: Option<&Content>,
) -> String {
    let mut url = url.to_owned();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let mut headers = Vec::new();
    for parameter in parameters {
        let name = text(&parameter["name"]);
        let given = parameter
            .get("example")
            .cloned()
            .unwrap_or_else(|| schemas.sample(&parameter["schema"]));
        let value = match plain(&given) {
            unknown if unknown.is_empty() || unknown == "…" => name.to_uppercase(),
            known => known,
        };
        match parameter["in"].as_str() {
            Some("path") => url = url.replace(&format!("{{{name}}}"), &value),
            Some("query") if parameter["required"] == true => {
                query.append_pair(&name, &value);
            }
            Some("header") if parameter["required"] == true => {
                headers.push(format!("{name}: {value}"));
            }
            _ => {}
        }
    }
    let query = query.finish();
    if !query.is_empty() {
        url = format!("{url}?{query}");
    }
    if is_secured {
        headers.push("Authorization: Bearer TOKEN".to_owned());
    }
    if let Some(body) = body {
        headers.push(format!("Content-Type: {}", body.media_type));
    }

    let mut line = "curl".to_owned();
    if method != "GET" {
        let _ = write!(line, " -X {method}");
    }
    let _ = write!(line, " {}", quoted(&url));
    for header in headers {
        let _ = write!(line, " \\\n  -H {}", quoted(&header));
    }
    if let Some(body) = body {
        let _ = write!(line, " \\\n  --data {}", quoted(&body.example));
    }
    line
}

/// An example as it would travel: pairs for a form, indented JSON for JSON, else as it stands.
pub fn written(media_type: &str, example: &Value) -> String {
    match example {
        Value::String(given) => given.clone(),
        Value::Object(fields) if media_type == "application/x-www-form-urlencoded" => {
            url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(fields.iter().map(|(name, value)| (name, plain(value))))
                .finish()
        }
        Value::Null => String::new(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(given) => given.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Quoted for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
