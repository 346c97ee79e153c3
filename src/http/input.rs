//! Bodies and queries: read whole within their limits, and wrong ones told by field.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Payload};
use serde::de::DeserializeOwned;

use super::problem::{Code, Problem, Words};
use crate::intake::{FieldError, JsonFault, read_json};

/// As long as a body may take to arrive; actix-web itself would wait for ever. With the time that a head has, and a
/// second to close in, a slow client is gone within fifteen seconds.
const BODY_TIME: Duration = Duration::from_secs(8);

/// As large as the body of a route may be, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Ceiling {
    /// A comment of five thousand characters, percent-encoded, with room; or a list of words or decisions.
    Content = 128 * 1024,
    /// What another program sends: an article, which may have its whole text in it, or a comment by the Akismet protocol, which comes twice and with
    /// all headers of the reader's request. Or a plain form, whose reader gets back whatever they typed, and what is wrong with it.
    Message = 1024 * 1024,
    /// A form with a button: a password, a decision on one comment.
    Form = 16 * 1024,
}

/// The whole body, within limits of size and time.
pub async fn body(payload: Payload, ceiling: Ceiling) -> Result<Bytes, Problem> {
    let whole = payload.to_bytes_limited(ceiling as usize);
    match actix_web::rt::time::timeout(BODY_TIME, whole).await {
        Ok(Ok(Ok(bytes))) => Ok(bytes),
        Ok(Ok(Err(_))) => Err(Problem::new(Code::MalformedRequest)),
        Ok(Err(_)) => Err(Problem::new(Code::TooLarge)),
        Err(_) => Err(Problem::new(Code::Timeout)),
    }
}

/// The media type without its parameters, in lower case.
pub fn media_type(request: &HttpRequest) -> String {
    let value = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The charset that the content type names, where it names one.
pub fn charset(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let mut parameters = value.split(';').skip(1);
    let label = parameters.find_map(|parameter| {
        let (name, label) = parameter.split_once('=')?;
        (name.trim().eq_ignore_ascii_case("charset")).then(|| label.trim().trim_matches('"'))
    })?;
    Some(label.to_owned())
}

/// A body of JSON. What is not JSON by its own word is refused, so that no HTML form can reach a JSON route.
pub async fn json_body<T: DeserializeOwned>(
    request: &HttpRequest,
    payload: Payload,
    ceiling: Ceiling,
) -> Result<T, Problem> {
    if media_type(request) != "application/json" {
        return Err(Problem::new(Code::UnsupportedMediaType));
    }
    json(&body(payload, ceiling).await?)
}

/// Reads JSON. What is not JSON at all is malformed; what is no object has no fields to be named; what has another shape is told by field.
pub fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    read_json(bytes).map_err(|fault| match fault {
        JsonFault::Malformed => Problem::new(Code::MalformedJson),
        JsonFault::NoObject => Problem::in_words(Words::JsonObject),
        JsonFault::Shape(wrong) => Problem::fields(vec![wrong]),
    })
}

/// The pairs of a form or a query (`application/x-www-form-urlencoded`, WHATWG URL, section 5).
pub fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(bytes).into_owned().collect()
}

/// A form's fields.
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a form with a button.
    pub async fn read(payload: Payload) -> Result<Self, Problem> {
        Ok(Self(pairs(&body(payload, Ceiling::Form).await?)))
    }

    /// The first field of that name; nothing where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(is, _)| is == name)
            .map_or("", |(_, value)| value)
    }

    /// The same, where it is there and not empty.
    pub fn some(&self, name: &str) -> Option<String> {
        let text = self.text(name);
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// The query's parameters, each read once by its name; what nobody asked for is told at the end.
pub struct Query(Vec<(String, String)>);

impl Query {
    /// The query of a request.
    pub fn of(request: &HttpRequest) -> Self {
        Self(pairs(request.query_string().as_bytes()))
    }

    /// The parameter of that name, where it is there and not empty.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.all(name).into_iter().find(|value| !value.is_empty())
    }

    /// Every parameter of that name.
    pub fn all(&mut self, name: &str) -> Vec<String> {
        let (mine, others) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(is, _)| is == name);
        self.0 = others;
        let mine: Vec<(String, String)> = mine;
        mine.into_iter().map(|(_, value)| value).collect()
    }

    /// The parameter of that name, read; what cannot be read is told.
    pub fn read<T: std::str::FromStr>(&mut self, name: &str) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        text.parse()
            .map(Some)
            .map_err(|_| Problem::field(name, "field-type"))
    }

    /// As many as asked for, between 1 and `most`.
    pub fn limit(&mut self, default: usize, most: usize) -> Result<usize, Problem> {
        let Some(text) = self.text("limit") else {
            return Ok(default);
        };
        let limit = text.parse::<usize>().ok();
        limit
            .filter(|limit| (1..=most).contains(limit))
            .ok_or_else(|| {
                let wrong = FieldError::new("limit", "field-range");
                Problem::fields(vec![wrong.with("min", 1).with("max", most)])
            })
    }

    /// Tells what was not asked for by anybody: a slip in a name must not look like an empty filter.
    pub fn end(self) -> Result<(), Problem> {
        let unknown: Vec<FieldError> = self
            .0
            .into_iter()
            .map(|(name, _)| FieldError::new(name, "field-unknown"))
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(unknown))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Submission;

    #[derive(Debug, serde::Deserialize)]
    struct Place {
        place: Spot,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Spot {
        at: String,
    }

    fn wrong(json: &str) -> (Code, Option<(String, &'static str)>) {
        let problem = super::json::<Submission>(json.as_bytes()).expect_err("wrong");
        let error = problem.errors.into_iter().next();
        (problem.code, error.map(|error| (error.field, error.code)))
    }

    #[test]
    fn a_wrong_shape_is_told_by_field() {
        let field = |name: &str, code| (Code::InvalidFields, Some((name.to_owned(), code)));
        let malformed = (Code::MalformedJson, None);
        assert_eq!(wrong("{"), malformed);
        assert_eq!(wrong("{\"name\":\"\\ud800\"}"), malformed);
        for no_object in ["null", "[]", "7", "\"x\"", "[{}]"] {
            assert_eq!(wrong(no_object), (Code::InvalidFields, None), "{no_object}");
        }
        let read = super::json::<Place>(br#"{"place":{}}"#);
        let missing = read.map(|whole| whole.place.at).expect_err("wrong");
        let error = &missing.errors[0];
        assert_eq!((&*error.field, error.code), ("place.at", "field-missing"));
        assert_eq!(
            wrong(r#"{"article":{"url":7}}"#),
            field("article.url", "field-type")
        );
        assert_eq!(wrong(r#"{"nam":"x"}"#), field("nam", "field-unknown"));
        assert_eq!(
            wrong(r#"{"article":{"url":"x","u":1}}"#),
            field("article.u", "field-unknown")
        );
        assert_eq!(wrong(&"[".repeat(100_000)), malformed);
        assert_eq!(
            wrong(&format!("{{\"article\":{}", "[".repeat(100_000))).0,
            Code::InvalidFields
        );
    }
}
