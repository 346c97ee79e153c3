//! Mails to members that bring a link: an invitation, the way to another password, or to a webhook that has stopped.

use askama::Template;

use crate::domain::{LinkKind, StopReason};
use crate::messages::Messages;
use crate::text::one_line;

/// A mail with a link.
#[derive(Debug, Clone)]
pub struct MemberMail {
    t: Messages,
    site_name: String,
    subject: String,
    /// What it says, paragraph by paragraph.
    paragraphs: Vec<String>,
    /// Where its one button leads.
    url: String,
    /// What stands on the button.
    button: String,
    /// What to do if one has not asked for it.
    foot: String,
}

#[derive(Template)]
#[template(path = "mail/to_member.txt")]
struct TextPart<'a> {
    mail: &'a MemberMail,
}

#[derive(Template)]
#[template(path = "mail/to_member.html")]
struct HtmlPart<'a> {
    t: Messages,
    mail: &'a MemberMail,
}

impl MemberMail {
    /// The mail with that link, which counts until `until`.
    #[must_use]
    pub fn new(t: Messages, kind: LinkKind, site_name: &str, url: String, until: &str) -> Self {
        let site = one_line(site_name);
        let said = |part: &str| {
            let id = format!("mail-{kind}-{part}");
            t.with(
                &id,
                &[("site", site.as_str().into()), ("until", until.into())],
            )
        };
        Self {
            subject: said("subject"),
            paragraphs: vec![said("what"), said("how")],
            button: said("open"),
            foot: said("foot"),
            t,
            site_name: site,
            url,
        }
    }

    /// The mail that a webhook has stopped, and why; the link leads to it.
    #[must_use]
    pub fn of_webhook(
        t: Messages,
        site_name: &str,
        address: &str,
        reason: StopReason,
        url: String,
    ) -> Self {
        let site = one_line(site_name);
        let said = |id: &str| {
            let told = [("site", site.as_str().into()), ("address", address.into())];
            t.with(id, &told)
        };
        Self {
            subject: said("mail-webhook-subject"),
            paragraphs: vec![
                said(&format!(
                    "mail-webhook-{}",
                    reason.as_str().replace('_', "-")
                )),
                said("mail-webhook-since"),
            ],
            button: said("mail-webhook-open"),
            foot: said("mail-webhook-foot"),
            t,
            site_name: site,
            url,
        }
    }

    /// On one line, whatever the newspaper is called.
    #[must_use]
    pub fn subject(&self) -> String {
        one_line(&self.subject)
    }

    /// The plain text part.
    pub fn text(&self) -> askama::Result<String> {
        TextPart { mail: self }.render()
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

    const SITE: &str = "Báo <b>Sông Lam\r\nBcc: x@y.example";

    fn mails(t: Messages) -> Vec<(String, MemberMail)> {
        let links = LinkKind::ALL.iter().map(|&kind| {
            let url = "https://duyet.example/join/TOKEN".to_owned();
            let mail = MemberMail::new(t, kind, SITE, url, "14:03, 26/11/2026");
            (kind.to_string(), mail)
        });
        let stopped = StopReason::ALL.iter().map(|&reason| {
            let url = "https://duyet.example/webhooks/ID?site=bao".to_owned();
            let address = "https://cms.bao.example/hook?a=1&b=\"<2>\"";
            let mail = MemberMail::of_webhook(t, SITE, address, reason, url);
            (format!("webhook_{}", reason.as_str()), mail)
        });
        links.chain(stopped).collect()
    }

    #[test]
    fn mails_to_members_in_both_languages() {
        for locale in [Locale::Vi, Locale::En] {
            for (name, mail) in mails(Messages::of(locale)) {
                let text = mail.text().expect("renders");
                let whole = format!("{}\n\n{text}", mail.subject());
                insta::assert_snapshot!(format!("{name}_text_{locale}"), whole);
                assert!(!mail.subject().contains(['\r', '\n']));
                let html = mail.html().expect("renders");
                assert!(!html.contains("<b>Sông") && !html.contains("<2>"), "{html}");
                insta::assert_snapshot!(format!("{name}_html_{locale}"), html);
            }
        }
    }
}
