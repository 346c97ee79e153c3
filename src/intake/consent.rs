//! The box that a reader ticks.

use serde::Deserialize;
use utoipa::ToSchema;

use super::FieldError;
use crate::domain::Consent;

/// What a reader answered where they were asked to agree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(untagged, deny_unknown_fields)]
#[schema(example = true)]
pub enum ConsentAnswer {
    /// Whether the box was ticked.
    Ticked(bool),
    /// It was ticked beside a text of the site's.
    To {
        /// The version of the text that the page showed.
        #[schema(example = "2026-01")]
        version: String,
    },
}

impl ConsentAnswer {
    /// Reads a form's value: browsers send `on` for a ticked box that has none, and nothing for one that is not ticked.
    #[must_use]
    pub fn of_form(value: &str) -> Self {
        let value = value.trim();
        let word = value.to_lowercase();
        if value.is_empty() || Consent::NOT_TICKED.contains(&word.as_str()) {
            Self::Ticked(false)
        } else if Consent::TICKED.contains(&word.as_str()) {
            Self::Ticked(true)
        } else {
            Self::To {
                version: value.to_owned(),
            }
        }
    }
}

/// The version that the reader agreed to. Where the page showed another one than stands now, they have not agreed to this.
pub(super) fn agreed<'a>(
    asked: &'a Consent,
    answer: Option<&ConsentAnswer>,
) -> Result<&'a str, FieldError> {
    let code = match answer {
        Some(ConsentAnswer::Ticked(true)) => return Ok(&asked.version),
        Some(ConsentAnswer::To { version }) if *version == asked.version => {
            return Ok(&asked.version);
        }
        None | Some(ConsentAnswer::Ticked(false)) => "consent-required",
        Some(ConsentAnswer::To { version }) if version.is_empty() => "consent-required",
        Some(ConsentAnswer::To { .. }) => "consent-changed",
    };
    Err(FieldError::new("consent", code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tick_beside_this_text_is_consent() {
        let asked = Consent {
            version: "v2".to_owned(),
            text: "Tôi đồng ý.".to_owned(),
        };
        let answered = |value: &str| agreed(&asked, Some(&ConsentAnswer::of_form(value)));
        for ticked in ["on", "v2", " v2 ", "1", "Yes"] {
            assert_eq!(answered(ticked), Ok("v2"), "{ticked}");
        }
        for (value, code) in [
            ("", "consent-required"),
            ("off", "consent-required"),
            ("v1", "consent-changed"),
        ] {
            assert_eq!(answered(value).expect_err("no consent").code, code);
        }
        assert_eq!(
            agreed(&asked, None).expect_err("no consent").code,
            "consent-required"
        );
        let empty = ConsentAnswer::To {
            version: String::new(),
        };
        assert_eq!(
            agreed(&asked, Some(&empty)).expect_err("no consent").code,
            "consent-required"
        );
    }
}
