//! Where something stands in a message of JSON: `entry.tags.*.name`. A step is a name, a number in a list, or `*` for all there are; ways
//! that may stand for each other are divided by `|`, and the first that leads anywhere counts.

use serde_json::Value;

/// All that stands there, in order. Nulls are nothing, and lists are what is in them.
pub(super) fn all<'a>(message: &'a Value, places: &str) -> Vec<&'a Value> {
    let ways = places.split('|').map(str::trim);
    let found = ways.map(|way| walk(message, way));
    found
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The first text that stands there; numbers and yes or no are texts, too.
pub(super) fn text(message: &Value, places: &str) -> Option<String> {
    all(message, places).into_iter().find_map(as_text)
}

pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

fn walk<'a>(message: &'a Value, way: &str) -> Vec<&'a Value> {
    let mut here = vec![message];
    for step in way.split('.') {
        here = here.into_iter().flat_map(|one| go(one, step)).collect();
    }
    here.into_iter()
        .flat_map(|one| match one {
            Value::Null => Vec::new(),
            Value::Array(list) => list.iter().filter(|one| !one.is_null()).collect(),
            one => vec![one],
        })
        .collect()
}

fn go<'a>(value: &'a Value, step: &str) -> Vec<&'a Value> {
    match (value, step) {
        (Value::Array(list), "*") => list.iter().collect(),
        (Value::Object(fields), "*") => fields.values().collect(),
        (Value::Array(list), step) => {
            let place: Option<usize> = step.parse().ok();
            place
                .and_then(|place| list.get(place))
                .into_iter()
                .collect()
        }
        (Value::Object(fields), step) => fields.get(step).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// An address by its pattern; none where something in it is not there.
pub(super) fn address(message: &Value, pattern: &str) -> Option<String> {
    let mut address = String::new();
    let mut parts = pattern.split('{');
    address.push_str(parts.next()?);
    for part in parts {
        let (places, after) = part.split_once('}')?;
        let value = text(message, places).filter(|text| !text.is_empty())?;
        address.push_str(&value);
        address.push_str(after);
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_lead_where_they_say() {
        let message = json!({
            "entry": { "id": 7, "title": "Cầu mới", "none": null, "tags": [{ "name": "a" }, { "name": "b" }] },
            "fields": { "title": { "vi": "Tên" } },
        });
        let read = |places| text(&message, places);
        assert_eq!(read("entry.id").as_deref(), Some("7"));
        assert_eq!(read("entry.none"), None);
        assert_eq!(read("entry.none|entry.title").as_deref(), Some("Cầu mới"));
        assert_eq!(read("fields.title.*").as_deref(), Some("Tên"));
        assert_eq!(read("entry.tags.1.name").as_deref(), Some("b"));
        assert_eq!(all(&message, "entry.tags.*.name").len(), 2);
        assert_eq!(read("entry.title.deeper"), None);
        assert_eq!(
            address(&message, "https://bao.example/{entry.id}.html").as_deref(),
            Some("https://bao.example/7.html")
        );
        assert_eq!(address(&message, "https://bao.example/{entry.slug}"), None);
    }
}
