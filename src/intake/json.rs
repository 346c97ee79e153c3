//! JSON of others, read as a type of ours; what is wrong with it is told by field.

use serde::de::DeserializeOwned;

use super::FieldError;
use crate::domain::Instant;

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonFault {
    /// It is no JSON.
    Malformed,
    /// It is, and no object, so that there is no field to name.
    NoObject,
    /// It is, and of another shape.
    Shape(FieldError),
}

/// Reads an object of JSON. What is not JSON at all is malformed; what is JSON of another shape is told by field. Deeper than 128 levels
/// `serde_json` reads nothing, so no body can exhaust the stack.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    // A list of what an object holds would be taken for it.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(if is_well_formed(bytes) {
            JsonFault::NoObject
        } else {
            JsonFault::Malformed
        });
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    // Once more, keeping track of where: that costs, and most of what comes is well.
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader);
    let value = read.map_err(|error| {
        if error.inner().is_data() || is_well_formed(bytes) {
            JsonFault::Shape(shape(&error, "body"))
        } else {
            JsonFault::Malformed
        }
    })?;
    reader.end().map_err(|_| JsonFault::Malformed)?;
    Ok(value)
}

/// Reads one of several things that came together, so that what is wrong with it is told of it alone. `whole` is what it is called where it is none
/// at all.
pub fn read_json_value<T: DeserializeOwned>(
    value: &serde_json::Value,
    whole: &str,
) -> Result<T, FieldError> {
    if !value.is_object() {
        return Err(FieldError::new(whole, "field-type"));
    }
    T::deserialize(value).or_else(|_| {
        let read = serde_path_to_error::deserialize(value);
        read.map_err(|error| shape(&error, whole))
    })
}

/// `serde_json` counts it as wrong syntax where one of our words is awaited and something stands there that is no text.
fn is_well_formed(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes).is_ok()
}

fn shape(error: &serde_path_to_error::Error<serde_json::Error>, whole: &str) -> FieldError {
    let path = error.path().to_string();
    let message = error.inner().to_string();
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let within = |name: &str| {
        if path == "." {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    if message.starts_with("missing field") {
        return FieldError::new(within(quoted), "field-missing");
    }
    if message.starts_with("unknown field") {
        // The path already ends in the field that is not known.
        return FieldError::new(path, "field-unknown");
    }
    let field = if path == "." { whole.to_owned() } else { path };
    if is_of_time(&message) {
        return FieldError::new(field, "field-time");
    }
    match unknown_word(&message) {
        Some((word, known)) => FieldError::new(field, "field-word")
            .quoting("word", word)
            .quoting("known", known),
        None => FieldError::new(field, "field-type"),
    }
}

/// Whether a time was awaited. Whatever stands where it should, what was awaited is told last.
fn is_of_time(message: &str) -> bool {
    let awaited = message.rsplit_once(", expected ");
    awaited.is_some_and(|(_, awaited)| awaited.starts_with(Instant::EXPECTED))
}

/// As much of a word as is quoted.
const QUOTED: usize = 40;

/// The word of ``unknown variant `word`, expected one of `a`, `b` ``, and those that are known.
fn unknown_word(message: &str) -> Option<(String, String)> {
    // Whatever stands in the word, none of ours has such marks.
    let (word, known) = message
        .strip_prefix("unknown variant `")?
        .rsplit_once("`, expected ")?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let word = word.chars().take(QUOTED).collect();
    Some((word, known.join(", ")))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::domain::HookEvent;

    #[derive(Debug, Deserialize)]
    struct Read {
        #[expect(dead_code, reason = "read alone")]
        events: Vec<HookEvent>,
    }

    fn wrong(json: &str) -> JsonFault {
        read_json::<Read>(json.as_bytes()).expect_err("wrong")
    }

    #[test]
    fn well_formed_is_never_called_malformed() {
        let kind = |field: &str| JsonFault::Shape(FieldError::new(field, "field-type"));
        assert_eq!(wrong(r#"{"events":[3]}"#), kind("events[0]"));
        assert_eq!(wrong(r#"{"events":[true]}"#), kind("events[0]"));
        assert_eq!(wrong(r#"{"events":[null, "x"]}"#), kind("events[0]"));
        assert_eq!(wrong(r#"{"events":true}"#), kind("events"));
        for no_object in ["[]", " null", "3", r#""events""#] {
            assert_eq!(wrong(no_object), JsonFault::NoObject, "{no_object}");
        }
        for malformed in [
            "",
            "[",
            r#"{"events":[3}"#,
            r#"{"events":[3]"#,
            r#"{"events":[3],"a":"\ud800"}"#,
            r#"{"events":[]} x"#,
        ] {
            assert_eq!(wrong(malformed), JsonFault::Malformed, "{malformed}");
        }
    }

    #[test]
    fn a_time_is_told_as_one() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Dated {
            at: Option<Instant>,
        }
        let read = |json: &str| read_json::<Dated>(format!(r#"{{"at":{json}}}"#).as_bytes());
        for good in [
            "null",
            r#""2026-11-30T17:00:00+07:00""#,
            r#""2026-11-30T10:00:00.000000001Z""#,
        ] {
            assert!(
                read(good).is_ok_and(|read| read.at.is_some() == (good != "null")),
                "{good}"
            );
        }
        let wrong = JsonFault::Shape(FieldError::new("at", "field-time"));
        for json in [
            "7",
            "[]",
            r#""""#,
            r#""2026-11-30 17:00:00""#,
            r#""x, expected 7""#,
        ] {
            assert_eq!(read(json), Err(wrong.clone()), "{json}");
        }
        let text = format!(r#"{{"events":[", expected {}"]}}"#, Instant::EXPECTED);
        let JsonFault::Shape(other) = self::wrong(&text) else {
            panic!("it is JSON");
        };
        assert_eq!(other.code, "field-word");
    }

    #[test]
    fn an_unknown_word_is_told_with_those_that_are_known() {
        let JsonFault::Shape(told) = wrong(r#"{"events":["comment.held","comment.helt`, x"]}"#)
        else {
            panic!("it is JSON");
        };
        assert_eq!(
            (told.field.as_str(), told.code),
            ("events[1]", "field-word")
        );
        assert_eq!(told.texts[0], ("word", "comment.helt`, x".to_owned()));
        let known = "comment.held, comment.approved, comment.rejected, comment.spam, comment.withdrawn, comment.edited";
        assert_eq!(told.texts[1], ("known", known.to_owned()));
    }
}
