//! The header fields that lettre has not. None of them takes what a reader typed.

use lettre::message::header::{Header, HeaderName, HeaderValue};

type Unread = Box<dyn std::error::Error + Send + Sync>;

/// A field whose value is an address or a name of ours between angle brackets.
macro_rules! bracketed {
    ($(#[$doc:meta])* $name:ident, $field:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(super) struct $name(pub(super) String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($field)
            }

            fn parse(_: &str) -> Result<Self, Unread> {
                Err("it is only written".into())
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), format!("<{}>", self.0))
            }
        }
    };
}

/// A field that always says the same.
macro_rules! fixed {
    ($(#[$doc:meta])* $name:ident, $field:literal, $value:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(super) struct $name;

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($field)
            }

            fn parse(_: &str) -> Result<Self, Unread> {
                Ok(Self)
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}

bracketed!(
    /// Which stream of mails it is from (RFC 2919).
    ListId,
    "List-Id"
);
bracketed!(
    /// Where one leaves (RFC 2369, 3.2).
    ListUnsubscribe,
    "List-Unsubscribe"
);
fixed!(
    /// That a mail program may send it by itself, without a page (RFC 8058, 3.1).
    OneClick,
    "List-Unsubscribe-Post",
    "List-Unsubscribe=One-Click"
);
fixed!(
    /// Tells other mail programs that nobody wrote this by hand (RFC 3834).
    AutoSubmitted,
    "Auto-Submitted",
    "auto-generated"
);
fixed!(
    /// Asks Exchange for no out-of-office answer.
    NoAutomaticAnswer,
    "X-Auto-Response-Suppress",
    "All"
);
