//! Who mails are from, and how they are signed.

use std::path::PathBuf;

use anyhow::Context;
use lettre::message::Mailbox;
use url::Url;

/// How mails are signed (RFC 6376).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dkim {
    /// `DUYET_DKIM_KEY`: a file with the private key, in PEM.
    pub key: PathBuf,
    /// `DUYET_DKIM_SELECTOR`: which of the domain's keys it is.
    pub selector: String,
    /// `DUYET_DKIM_DOMAIN`: who signs; the host of `DUYET_MAIL_FROM` or one above it.
    pub domain: String,
}

impl Dkim {
    /// Key file, selector and domain as they were set.
    pub(super) fn read(
        [key, selector, domain]: [Option<String>; 3],
        mail_from: &str,
    ) -> anyhow::Result<Option<Self>> {
        let (key, selector) = match (key, selector) {
            (None, None) => return Ok(None),
            (Some(key), Some(selector)) => (key, selector),
            (Some(_), None) => anyhow::bail!(
                "DUYET_DKIM_KEY: DUYET_DKIM_SELECTOR is missing; give the name under which the public key stands, SELECTOR._domainkey.DOMAIN"
            ),
            (None, Some(_)) => anyhow::bail!(
                "DUYET_DKIM_SELECTOR: DUYET_DKIM_KEY is missing; give the file with the private key"
            ),
        };
        let host = host_of(mail_from)?;
        let domain = domain.unwrap_or_else(|| host.clone());
        anyhow::ensure!(
            host == domain || host.ends_with(&format!(".{domain}")),
            "DUYET_DKIM_DOMAIN: `{domain}` is neither `{host}`, which the mails are from, nor above it; nobody would believe the signature"
        );
        for (name, value) in [
            ("DUYET_DKIM_SELECTOR", &selector),
            ("DUYET_DKIM_DOMAIN", &domain),
        ] {
            anyhow::ensure!(
                is_name(value),
                "{name}: `{value}` is not a name such as `duyet`"
            );
        }
        Ok(Some(Self {
            key: key.into(),
            selector,
            domain,
        }))
    }
}

/// As the domain name system has them, so that none says anything else in a header.
fn is_name(text: &str) -> bool {
    text.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    })
}

fn host_of(mail_from: &str) -> anyhow::Result<String> {
    let mailbox: Mailbox = mail_from.parse().context("DUYET_MAIL_FROM")?;
    Ok(mailbox.email.domain().to_ascii_lowercase())
}

/// Who mails are from, unless it is set.
pub(super) fn from(given: Option<String>, public_url: &str) -> anyhow::Result<String> {
    let host = Url::parse(public_url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    let from = given.unwrap_or_else(|| match host {
        Some(host) if host.contains('.') && host.parse::<std::net::IpAddr>().is_err() => {
            format!("Duyệt <duyet@{host}>")
        }
        _ => "Duyệt <duyet@localhost.localdomain>".to_owned(),
    });
    mailbox("DUYET_MAIL_FROM", from)
}

/// Where answers go.
pub(super) fn reply_to(given: Option<String>) -> anyhow::Result<Option<String>> {
    given
        .map(|address| mailbox("DUYET_MAIL_REPLY_TO", address))
        .transpose()
}

fn mailbox(name: &str, text: String) -> anyhow::Result<String> {
    text.parse::<Mailbox>().with_context(|| {
        format!("{name}: `{text}` is not an address such as Báo Tỉnh <duyet@bao.example>")
    })?;
    Ok(text)
}
