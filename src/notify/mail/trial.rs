//! The mail by which an operator tries the settings.

use lettre::address::Address;
use uuid::Uuid;

use super::message::Letter;
use super::naming;
use crate::config::Config;
use crate::domain::{Locale, OutboxId};
use crate::messages::Messages;

/// A mail that says, in both languages, that mails arrive.
pub fn letter(config: &Config, to: Address) -> anyhow::Result<Letter> {
    let said = |locale: Locale| {
        let t = Messages::of(locale);
        t.with("mail-trial", &[("from", config.public_url.as_str().into())])
    };
    let (vi, en) = (said(Locale::Vi), said(Locale::En));
    let escaped = |text: &str| {
        askama::filters::escape(text, askama::filters::Html).map(|safe| safe.to_string())
    };
    Ok(Letter {
        from: config.mail_from.parse()?,
        reply_to: config.mail_reply_to(),
        to_name: String::new(),
        to,
        subject: Messages::of(Locale::Vi).get("mail-trial-subject"),
        text: format!("{vi}\n\n{en}\n"),
        html: format!(
            "<!doctype html><meta charset=\"utf-8\"><p>{}</p><p lang=\"en\">{}</p>",
            escaped(&vi)?,
            escaped(&en)?
        ),
        message_id: naming::message_id(&config.mail_from, OutboxId(Uuid::now_v7())),
        thread: None,
        list: None,
        unsubscribe: None,
    })
}
