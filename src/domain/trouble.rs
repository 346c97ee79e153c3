//! Why something did not leave the house, or went unanswered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{MailAdvice, MailFault, MailTrouble};

/// Why somebody outside was not told something, or gave no answer. Kept as data, since people of several languages read it; what others said
/// stands in it in their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// Nobody was called, since that address is not to be called.
    NotCalled {
        /// The name of what is wrong with it in messages.
        fault: String,
    },
    /// The name could not be looked up.
    NoName {
        /// Which.
        name: String,
        /// Why, as the system says.
        said: String,
    },
    /// The name stands for no address.
    Nowhere {
        /// Which.
        name: String,
    },
    /// Nobody takes a connection there.
    NoConnection {
        /// The address that was tried last.
        place: String,
        /// Why, as the system says; nothing where nobody said anything.
        said: Option<String>,
    },
    /// Nobody there proved who they are.
    NoTls {
        /// The host and its port.
        place: String,
        /// Why.
        said: String,
    },
    /// The connection broke off, or what came is no HTTP.
    NoHttp {
        /// What went wrong.
        said: String,
    },
    /// It took too long.
    Late {
        /// As long as was waited, in milliseconds.
        millis: u64,
    },
    /// The answer was a no.
    Status {
        /// Its number.
        status: u16,
    },
    /// The answer leads elsewhere, and nobody is followed.
    Redirect {
        /// Its number.
        status: u16,
    },
    /// The answer is not whole.
    Cut {
        /// As many bytes as are read.
        most: usize,
    },
    /// The answer cannot be read.
    Unreadable {
        /// Where.
        field: String,
        /// The name of what is wrong there in messages.
        code: String,
        /// What that message quotes.
        quoted: BTreeMap<String, String>,
    },
    /// There is no secret yet to sign a question with, so it was not asked.
    Unsigned,
    /// The answer was to come by itself, and has not come yet.
    Promised,
    /// Who failed again and again was left alone, so it was not asked about this.
    Rested {
        /// Why it failed the last time.
        last: Option<Box<Trouble>>,
    },
    /// The address that was named when the comment came is none of the site's by now.
    Stranger {
        /// Which.
        url: String,
    },
    /// A mail did not leave.
    Mail(MailTrouble),
    /// They said that it went wrong.
    Said {
        /// Their words.
        words: String,
    },
}

impl Trouble {
    /// What a status that is no yes comes to.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            300..=399 => Self::Redirect { status },
            _ => Self::Status { status },
        }
    }

    /// Whether it kept us from asking at all.
    #[must_use]
    pub const fn is_before_asking(&self) -> bool {
        matches!(
            self,
            Self::NotCalled { .. } | Self::Unsigned | Self::Rested { .. }
        )
    }

    /// Of a mail, what an operator can do nothing about.
    #[must_use]
    pub const fn of_mail(fault: MailFault) -> Self {
        Self::Mail(fault.alone())
    }

    /// The same of a mail, with other advice.
    #[must_use]
    pub fn advised(self, advice: MailAdvice) -> Self {
        match self {
            Self::Mail(trouble) => Self::Mail(MailTrouble {
                advice: Some(advice),
                ..trouble
            }),
            other => other,
        }
    }

    /// As it is kept.
    #[must_use]
    pub fn kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept; nothing where that is the words of others, or of an older version.
    #[must_use]
    pub fn read(kept: &str) -> Option<Self> {
        let is_ours = kept.starts_with("{\"trouble\":");
        is_ours.then(|| serde_json::from_str(kept).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_and_the_words_of_others_are_not() {
        let late = Trouble::Late { millis: 400 };
        let rested = Trouble::Rested {
            last: Some(Box::new(late.clone())),
        };
        let mail = Trouble::Mail(MailTrouble {
            what: MailFault::Silence {
                step: None,
                millis: 600_000,
            },
            advice: Some(MailAdvice::BrokeOff { in_clear: true }),
        });
        let alone = Trouble::of_mail(MailFault::Unaddressed);
        for trouble in [
            late,
            rested,
            mail,
            alone,
            Trouble::Unsigned,
            Trouble::of_status(302),
        ] {
            assert_eq!(Trouble::read(&trouble.kept()), Some(trouble));
        }
        for others in [
            "no answer within 15s",
            "",
            "{}",
            "{\"trouble\":",
            "{\"trouble\":\"what is to come\"}",
        ] {
            assert_eq!(Trouble::read(others), None, "{others}");
        }
    }
}
