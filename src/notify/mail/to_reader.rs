//! Mails to readers: the question whether they want any, and what was decided. Nothing in them was typed by a reader, not even a
//! name: who types a stranger's address cannot have us bring them words. An article has the title that the newsroom told, or none.

use askama::Template;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::Reason;
use crate::messages::Messages;
use crate::text::one_line;

/// A mail to a reader.
#[derive(Debug, Clone)]
pub struct ReaderMail {
    t: Messages,
    site_name: String,
    subject: String,
    /// What it says, paragraph by paragraph.
    paragraphs: Vec<String>,
    /// Where its one button leads, and what stands on it.
    button: Option<(String, String)>,
    /// Why one gets it.
    foot: String,
    /// Where one says that one wants none.
    never_url: String,
}

/// The comment that a mail is about, and its article.
#[derive(Debug, Clone, Copy)]
pub struct Under<'a> {
    /// Its address, or that of a comment under it.
    pub url: &'a str,
    /// Its title, where the newsroom told it.
    pub title: Option<&'a str>,
    /// When their reader sent the comment, made by [`Messages::when`]: they may have sent several.
    pub sent: &'a str,
}

/// As many letters as a title has in a mail.
const TITLE: usize = 200;

/// What is said, by a message of its own where the article has a title.
fn under(t: Messages, id: &str, site: &str, about: Under<'_>) -> String {
    let title = about.title.map(one_line);
    let Some(title) = title.filter(|title| !title.is_empty()) else {
        return t.with(id, &[("site", site.into()), ("sent", about.sent.into())]);
    };
    let mut shown: String = title.graphemes(true).take(TITLE).collect();
    if shown.len() < title.len() {
        shown.push('…');
    }
    let named = [
        ("site", site.into()),
        ("title", shown.into()),
        ("sent", about.sent.into()),
    ];
    t.with(&format!("{id}-titled"), &named)
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The comment is published.
    Published,
    /// It is not, and perhaps it was said why.
    NotPublished(Option<Reason>),
}

#[derive(Template)]
#[template(path = "mail/to_reader.txt")]
struct TextPart<'a> {
    t: Messages,
    mail: &'a ReaderMail,
}

#[derive(Template)]
#[template(path = "mail/to_reader.html")]
struct HtmlPart<'a> {
    t: Messages,
    mail: &'a ReaderMail,
}

impl ReaderMail {
    /// Asks whoever reads the mailbox whether they want to be told of decisions.
    #[must_use]
    pub fn question(t: Messages, site_name: &str, confirm_url: String, never_url: String) -> Self {
        let site = one_line(site_name);
        let said = |id: &str| t.with(id, &[("site", site.as_str().into())]);
        Self {
            subject: said("mail-ask-subject"),
            paragraphs: vec![
                said("mail-ask-what"),
                t.get("mail-ask-confirm"),
                t.get("mail-ask-ignore"),
            ],
            button: Some((confirm_url, t.get("mail-ask-open"))),
            foot: said("mail-ask-foot"),
            t,
            site_name: site,
            never_url,
        }
    }

    /// Tells what was decided on that comment.
    #[must_use]
    pub fn decided(
        t: Messages,
        site_name: &str,
        told: Told,
        about: Under<'_>,
        never_url: String,
    ) -> Self {
        let site = one_line(site_name);
        let said = |id: &str| t.with(id, &[("site", site.as_str().into())]);
        let mut paragraphs = Vec::new();
        let (subject, open) = match told {
            Told::Published => {
                paragraphs.push(under(t, "mail-told-published", &site, about));
                ("mail-told-published-subject", "mail-told-open-own")
            }
            Told::NotPublished(reason) => {
                paragraphs.push(under(t, "mail-told-not-published", &site, about));
                if let Some(reason) = reason {
                    let reason = t.reason(reason);
                    paragraphs.push(t.with("mail-told-reason", &[("reason", reason.into())]));
                }
                ("mail-told-not-published-subject", "mail-told-open")
            }
        };
        Self {
            subject: said(subject),
            paragraphs,
            button: Some((about.url.to_owned(), t.get(open))),
            foot: said("mail-told-foot"),
            t,
            site_name: site,
            never_url,
        }
    }

    /// Tells that somebody answered that comment.
    #[must_use]
    pub fn answered(t: Messages, site_name: &str, about: Under<'_>, never_url: String) -> Self {
        let site = one_line(site_name);
        let said = |id: &str| t.with(id, &[("site", site.as_str().into())]);
        Self {
            subject: said("mail-answer-subject"),
            paragraphs: vec![under(t, "mail-told-answered", &site, about)],
            button: Some((about.url.to_owned(), t.get("mail-told-open-answer"))),
            foot: said("mail-answer-foot"),
            t,
            site_name: site,
            never_url,
        }
    }

    /// On one line, whatever the newspaper is called.
    #[must_use]
    pub fn subject(&self) -> String {
        one_line(&self.subject)
    }

    /// The plain text part.
    pub fn text(&self) -> askama::Result<String> {
        TextPart {
            t: self.t,
            mail: self,
        }
        .render()
    }

    /// The HTML part.
    pub fn html(&self) -> askama::Result<String> {
        HtmlPart {
            t: self.t,
            mail: self,
        }
        .render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Locale;

    fn mails(locale: Locale) -> [(&'static str, ReaderMail); 4] {
        let t = Messages::of(locale);
        let site = "Báo <b>Sông Lam\r\nBcc: x@y.example";
        let never = || "https://duyet.example/mail/TOKEN/never".to_owned();
        let url = "https://bao.example/xa-hoi/cau-moi.html?a=1&b=\"2\"";
        let title = Some("Cầu mới <b>thông xe\r\nBcc: x@y.example");
        let sent = "14:03, 23/11/2026";
        let article = Under { url, title, sent };
        let untitled = Under {
            url,
            title: None,
            sent,
        };
        let rejected = Told::NotPublished(Some(Reason::OffTopic));
        [
            (
                "ask",
                ReaderMail::question(
                    t,
                    site,
                    "https://duyet.example/mail/TOKEN".to_owned(),
                    never(),
                ),
            ),
            (
                "published",
                ReaderMail::decided(t, site, Told::Published, article, never()),
            ),
            (
                "not_published",
                ReaderMail::decided(t, site, rejected, untitled, never()),
            ),
            ("answered", ReaderMail::answered(t, site, article, never())),
        ]
    }

    #[test]
    fn mails_to_readers_in_both_languages() {
        for locale in [Locale::Vi, Locale::En] {
            for (name, mail) in mails(locale) {
                let text = mail.text().expect("renders");
                let whole = format!("{}\n\n{text}", mail.subject());
                insta::assert_snapshot!(format!("{name}_text_{locale}"), whole);
                assert!(!mail.subject().contains(['\r', '\n']));
                let html = mail.html().expect("renders");
                assert!(
                    !html.contains("<b>Sông") && !html.contains("<b>thông"),
                    "{html}"
                );
                assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
                insta::assert_snapshot!(format!("{name}_html_{locale}"), html);
            }
        }
    }
}
