//! A mail as it goes over the wire (RFC 5322, RFC 2045).

use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};

use crate::text::one_line;

/// What a mail says and to whom.
pub struct Letter {
    /// Who it is from.
    pub from: Mailbox,
    /// The name of who it is to: one line, no control characters.
    pub to_name: String,
    /// The address of who it is to.
    pub to: Address,
    /// The subject.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// What it says, as HTML.
    pub html: String,
    /// Identifies the mail; the same on every attempt. Without angle brackets.
    pub message_id: String,
    /// Where one leaves, by a link or by one button of the mail program (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Why a mail cannot be put together.
#[derive(Debug, thiserror::Error)]
#[error("the mail cannot be put together: {0}")]
pub struct Unwritable(String);

impl Letter {
    /// The mail. Both bodies are encoded, so that no line of a comment can be taken for anything but text, and header
    /// values lose their control characters: the builder would panic over a line break in a display name.
    pub fn into_message(self) -> Result<Message, Unwritable> {
        let broken = |error: &dyn std::fmt::Display| Unwritable(error.to_string());
        let to_name = one_line(&self.to_name);
        let to = Mailbox::new((!to_name.is_empty()).then_some(to_name), self.to);
        let alternatives = MultiPart::alternative()
            .singlepart(part(self.text, ContentType::TEXT_PLAIN)?)
            .singlepart(part(self.html, ContentType::TEXT_HTML)?);
        let mut message = Message::builder();
        if let Some(address) = self.unsubscribe {
            message = message.header(ListUnsubscribe(address)).header(OneClick);
        }
        message
            .from(self.from)
            .to(to)
            .subject(one_line(&self.subject))
            .message_id(Some(format!("<{}>", self.message_id)))
            .date_now()
            .header(AutoSubmitted)
            .header(NoAutomaticAnswer)
            .multipart(alternatives)
            .map_err(|error| broken(&error))
    }
}

fn part(text: String, kind: ContentType) -> Result<SinglePart, Unwritable> {
    let body = Body::new_with_encoding(text.replace('\r', ""), ContentTransferEncoding::Base64)
        .map_err(|_| Unwritable("base64 holds any text".to_owned()))?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// Tells other mail programs that nobody wrote this by hand (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

/// Where one leaves (RFC 2369, 3.2).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Err("it is only written".into())
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), format!("<{}>", self.0))
    }
}

/// That a mail program may send it by itself, without a page (RFC 8058, 3.1).
#[derive(Clone)]
struct OneClick;

/// Asks Exchange for no out-of-office answer.
#[derive(Clone)]
struct NoAutomaticAnswer;

macro_rules! fixed_header {
    ($name:ident, $field:literal, $value:literal) => {
        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($field)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self)
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}

fixed_header!(AutoSubmitted, "Auto-Submitted", "auto-generated");
fixed_header!(
    OneClick,
    "List-Unsubscribe-Post",
    "List-Unsubscribe=One-Click"
);
fixed_header!(NoAutomaticAnswer, "X-Auto-Response-Suppress", "All");

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;
    use proptest::prelude::*;

    fn letter(name: &str, subject: &str, text: &str) -> Letter {
        Letter {
            from: "Duyệt <duyet@bao.vn>".parse().unwrap(),
            to_name: name.to_owned(),
            to: "lan@bao.vn".parse().unwrap(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;")),
            message_id: "x@bao.vn".to_owned(),
            unsubscribe: None,
        }
    }

    proptest! {
        /// Whatever is put into it, the mail has the headers it should have and no others, and says what it was given.
        #[test]
        fn nothing_escapes_from_where_it_belongs(name in any::<String>(), subject in any::<String>(), text in any::<String>()) {
            let wire = letter(&name, &subject, &text).into_message().unwrap().formatted();
            let mail = MessageParser::default().parse(&wire).unwrap();
            let mut names: Vec<String> = mail.headers().iter().map(|header| header.name().to_ascii_lowercase()).collect();
            names.sort();
            let expected = [
                "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to",
                "x-auto-response-suppress",
            ];
            prop_assert_eq!(names, expected);
            prop_assert!(wire.split(|byte| *byte == b'\n').all(|line| line.len() < 998));
            let (received, sent) = (mail.body_text(0).unwrap().replace("\r\n", "\n"), text.replace('\r', ""));
            prop_assert_eq!(received.trim_end_matches('\n'), sent.trim_end_matches('\n'));
        }
    }

    #[test]
    fn a_line_break_in_a_name_is_no_header() {
        let wire = letter("Lan\r\nBcc: all@bao.vn", "x\nBcc: y", "a\r\n.\r\nQUIT")
            .into_message()
            .unwrap()
            .formatted();
        let mail = MessageParser::default().parse(&wire).unwrap();
        assert!(mail.bcc().is_none());
        assert_eq!(mail.subject(), Some("x Bcc: y"));
    }
}
