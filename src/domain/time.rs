//! Instants with microseconds, which is what both databases keep.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A moment in UTC, cut to microseconds; RFC 3339 in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Instant(Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Instant;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(Instant::EXPECTED)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Instant, E> {
                let read = text.parse::<Timestamp>();
                // Who sends more digits is told what is kept.
                read.map(Instant::from)
                    .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        input.deserialize_str(Reader)
    }
}

impl Instant {
    /// What is awaited where one is to be read: by that an error is known as one of a time.
    pub const EXPECTED: &'static str = "a time as RFC 3339 has it";

    /// Microseconds since 1970-01-01T00:00:00Z. Values outside jiff's range (years -9999 to 9999) stop at its ends.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(
            Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            }),
        )
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// Seconds from `earlier` to `self`; below zero where `self` is the earlier.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // a span of minutes or years, shown or measured
    pub fn seconds_since(self, earlier: Self) -> f64 {
        (self.as_micros() - earlier.as_micros()) as f64 / 1e6
    }

    /// The instant `by` later.
    #[must_use]
    pub fn after(self, by: std::time::Duration) -> Self {
        Self::from_micros(
            self.as_micros()
                .saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// The instant `by` earlier.
    #[must_use]
    pub fn before(self, by: std::time::Duration) -> Self {
        Self::from_micros(
            self.as_micros()
                .saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// The same moment for calendars and time zones.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl From<Timestamp> for Instant {
    fn from(timestamp: Timestamp) -> Self {
        Self::from_micros(timestamp.as_microsecond())
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl utoipa::PartialSchema for Instant {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
                utoipa::openapi::KnownFormat::DateTime,
            )))
            .description(Some("RFC 3339, UTC"))
            .examples([serde_json::json!("2026-11-23T07:03:00.125Z")])
            .into()
    }
}

impl utoipa::ToSchema for Instant {}
