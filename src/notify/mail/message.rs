//! A mail as it goes over the wire (RFC 5322, RFC 2045).

use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use unicode_segmentation::UnicodeSegmentation;

use super::header::{AutoSubmitted, ListId, ListUnsubscribe, NoAutomaticAnswer, OneClick};
use super::naming::{List, Thread};
use crate::text::one_line;

/// As many characters as a subject has at the most: lists of mails show fewer.
const SUBJECT: usize = 120;
/// As many as a name has, ours or a member's.
const NAME: usize = 120;

/// What a mail says and to whom.
pub struct Letter {
    /// Who it is from.
    pub from: Mailbox,
    /// Where an answer goes, if not to who it is from.
    pub reply_to: Option<Mailbox>,
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
    /// What it stands with in a mail program that shows threads.
    pub thread: Option<Thread>,
    /// Which stream of mails it is from.
    pub list: Option<List>,
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
        let to_name = cut(&self.to_name, NAME);
        let to = Mailbox::new((!to_name.is_empty()).then_some(to_name), self.to);
        let alternatives = MultiPart::alternative()
            .singlepart(part(self.text, ContentType::TEXT_PLAIN)?)
            .singlepart(part(self.html, ContentType::TEXT_HTML)?);
        let mut message = Message::builder();
        if let Some(thread) = &self.thread {
            let id = format!("<{}>", thread.id());
            message = message.in_reply_to(id.clone()).references(id);
        }
        if let Some(list) = &self.list {
            message = message.header(ListId(list.id().to_owned()));
        }
        if let Some(address) = self.unsubscribe {
            message = message.header(ListUnsubscribe(address)).header(OneClick);
        }
        if let Some(reply_to) = self.reply_to {
            message = message.reply_to(reply_to);
        }
        message
            .from(self.from)
            .to(to)
            .subject(cut(&self.subject, SUBJECT))
            .message_id(Some(format!("<{}>", self.message_id)))
            .date_now()
            .header(AutoSubmitted)
            .header(NoAutomaticAnswer)
            .multipart(alternatives)
            .map_err(|error| broken(&error))
    }
}

/// On one line, without what turns the direction of writing, and no longer than that many characters, the mark of the cut
/// among them; cut between letters as people see them.
fn cut(text: &str, most: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= most {
        return line;
    }
    let mut left = most - 1;
    let kept = line.graphemes(true).take_while(|letter| {
        let long = letter.chars().count();
        let fits = long <= left;
        left = left.saturating_sub(long);
        fits
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end())
}

fn part(text: String, kind: ContentType) -> Result<SinglePart, Unwritable> {
    let body = Body::new_with_encoding(text.replace('\r', ""), ContentTransferEncoding::Base64)
        .map_err(|_| Unwritable("base64 holds any text".to_owned()))?;
    Ok(SinglePart::builder().header(kind).body(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ArticleId;
    use mail_parser::MessageParser;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn letter(name: &str, subject: &str, text: &str) -> Letter {
        let from = "Duyệt <duyet@bao.vn>";
        Letter {
            from: from.parse().unwrap(),
            reply_to: Some("Toà soạn <toa-soan@bao.vn>".parse().unwrap()),
            to_name: name.to_owned(),
            to: "lan@bao.vn".parse().unwrap(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;")),
            message_id: "x@bao.vn".to_owned(),
            thread: Some(Thread::of_article(from, ArticleId(Uuid::nil()))),
            list: Some(List::of_site(from, "bao")),
            unsubscribe: Some("https://duyet.bao.vn/mail/x/never".to_owned()),
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
                "auto-submitted", "content-type", "date", "from", "in-reply-to", "list-id", "list-unsubscribe",
                "list-unsubscribe-post", "message-id", "mime-version", "references", "reply-to", "subject", "to",
                "x-auto-response-suppress",
            ];
            prop_assert_eq!(names, expected);
            prop_assert!(wire.split(|byte| *byte == b'\n').all(|line| line.len() < 998));
            let received = mail.subject().unwrap_or_default();
            prop_assert!(received.chars().count() <= SUBJECT);
            prop_assert_eq!(received, cut(&subject, SUBJECT));
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

    #[test]
    fn mail_programs_lay_what_is_of_one_article_together() {
        let wire = letter("Lan", "x", "y").into_message().unwrap().formatted();
        let mail = MessageParser::default().parse(&wire).unwrap();
        let article = "a.00000000-0000-0000-0000-000000000000@bao.vn";
        assert_eq!(mail.in_reply_to().as_text(), Some(article));
        assert_eq!(mail.references().as_text(), Some(article));
        let list = mail.header_raw("List-Id").map(str::trim);
        assert_eq!(list, Some("<bao.duyet.bao.vn>"));
    }

    #[test]
    fn a_long_subject_is_cut_between_letters() {
        let long = "e\u{302}\u{323}".repeat(60);
        let short = cut(&long, SUBJECT);
        assert!(
            short.chars().count() <= SUBJECT && short.ends_with("\u{323}…"),
            "{short}"
        );
        assert_eq!(cut(&"ế".repeat(120), SUBJECT), "ế".repeat(120));
        assert_eq!(cut("a \u{202e}b\u{2066}\u{200f}c", SUBJECT), "a bc");
    }
}
