//! Which of our languages the one who asks would rather read.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use actix_web::{FromRequest, HttpRequest};

use crate::domain::Locale;
use crate::messages::Messages;

/// The language of `Accept-Language` (RFC 9110, 12.5.4) among ours; Vietnamese where it names none of them.
pub fn of(headers: &HeaderMap) -> Locale {
    let asked = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // Whoever asks for the English of some country would rather read ours than none (RFC 4647, 3.4).
    accept_language::parse_with_quality(asked)
        .iter()
        // Nought means "not this one" (RFC 9110, 12.4.2).
        .filter(|(_, quality)| *quality > 0.0)
        .find_map(|(tag, _)| tag.split('-').next()?.parse().ok())
        .unwrap_or(Locale::Vi)
}

/// The language of the one who asks.
pub struct Language(pub Messages);

impl FromRequest for Language {
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(Messages::of(of(request.headers())))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn vietnamese_unless_english_is_asked_for() {
        for (asked, expected) in [
            ("", Locale::Vi),
            ("vi-VN,vi;q=0.9,en;q=0.8", Locale::Vi),
            ("en-US,en;q=0.9", Locale::En),
            ("fr", Locale::Vi),
            ("en-GB", Locale::En),
            ("fr-FR, en-US;q=0.5", Locale::En),
            ("fr, en;q=0.5, vi;q=0.1", Locale::En),
            ("en;q=0", Locale::Vi),
            ("en;q=0.0, fr", Locale::Vi),
            ("vi;q=0, en;q=0.1", Locale::En),
            (";;;", Locale::Vi),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                ACCEPT_LANGUAGE,
                HeaderValue::from_str(asked).expect("a header"),
            );
            assert_eq!(of(&headers), expected, "{asked}");
        }
    }
}
