//! Values as senders write them, which is in many ways.

use serde::{Deserialize, Deserializer};

use crate::domain::{ArticleState, Instant, Zone};

/// A text that may be sent as a number, as identifiers often are.
pub(super) fn text_or_number<'de, D: Deserializer<'de>>(
    input: D,
) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(i64),
    }
    let read: Option<Either> = Option::deserialize(input)?;
    Ok(read.map(|read| match read {
        Either::Text(text) => text,
        Either::Number(number) => number.to_string(),
    }))
}

/// What something is called in JSON that may be wrong elsewhere.
#[must_use]
pub fn as_name(value: &serde_json::Value) -> Option<String> {
    text_or_number(value).ok().flatten()
}

/// A list that may be null, as any field may that has nothing to say.
pub(super) fn none_where_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    input: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(input)?.unwrap_or_default())
}

/// A moment: RFC 3339, RFC 2822, or seconds or milliseconds since 1970. Days that are written with strokes are not read: which number is the month?
pub(super) fn moment(text: &str) -> Option<Instant> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        // No newspaper's article is of before 1973 in milliseconds, or of after 5138 in seconds.
        let micros = if number > 100_000_000_000 {
            1_000
        } else {
            1_000_000
        };
        return Some(Instant::from_micros(number.saturating_mul(micros)));
    }
    let moment: Option<jiff::Timestamp> = text.parse().ok();
    if moment.is_some() {
        return moment.map(Instant::from);
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(zoned.timestamp().into());
    }
    // Without a zone, as databases write it: what the newsroom's clock shows.
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    let zoned = Zone::default().clock().to_timestamp(civil).ok()?;
    Some(zoned.into())
}

/// Whether an article can be read, by what its status is called.
pub(super) fn is_published(status: &str) -> bool {
    let status = status.trim().to_ascii_lowercase();
    [
        "published",
        "publish",
        "public",
        "live",
        "active",
        "true",
        "1",
        "yes",
    ]
    .contains(&status.as_str())
}

/// Whether comments are taken, by what that is called.
pub(super) fn comments(text: &str) -> Option<ArticleState> {
    match text.trim().to_ascii_lowercase().as_str() {
        "open" | "true" | "1" | "yes" | "enabled" | "on" | "2" => Some(ArticleState::Open),
        "closed" | "false" | "0" | "no" | "disabled" | "off" | "hidden" => {
            Some(ArticleState::Closed)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        let same = moment("2026-11-29T10:00:00Z");
        assert!(same.is_some());
        for text in [
            "2026-11-29T17:00:00+07:00",
            "1795946400",
            "1795946400000",
            " 2026-11-29 17:00:00 ",
            "2026-11-29T17:00",
            "Sun, 29 Nov 2026 10:00:00 GMT",
            "Sun, 29 Nov 2026 17:00:00 +0700",
        ] {
            assert_eq!(moment(text), same, "{text}");
        }
        for text in [
            "hôm qua",
            "29/11/2026 17:00",
            "11/29/2026",
            "2026-13-01",
            "",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
