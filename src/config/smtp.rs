//! Mail servers: what `DUYET_SMTP_URL` may say.

use anyhow::bail;
use url::Url;

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    /// The address in lettre's form, without `tls=none`.
    pub url: String,
    /// How the connection is kept private.
    pub tls: SmtpTls,
}

/// How a connection to a mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// `smtps://`: TLS from the first byte.
    Implicit,
    /// `smtp://`: STARTTLS, or no mail.
    Required,
    /// Clear text, to this machine only.
    None,
}

impl Smtp {
    /// Reads lettre's form of a mail server's address, with `?tls=none` for a server on this machine.
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let mut url = Url::parse(text).map_err(|error| {
            anyhow::anyhow!(
                "not an address such as smtp://user:password@mail.example:587 ({error})"
            )
        })?;
        let asked = url
            .query_pairs()
            .find(|(name, _)| name == "tls")
            .map(|(_, value)| value.into_owned());
        url.set_query(None);
        let host = url
            .host_str()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .to_owned();
        let here = host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback());
        let tls = match (url.scheme(), asked.as_deref()) {
            ("smtps", _) => SmtpTls::Implicit,
            ("smtp", None | Some("none")) if here => SmtpTls::None,
            ("smtp", Some("none")) => bail!(
                "tls=none is for a mail server on this machine; {host} would get passwords and comments in clear"
            ),
            ("smtp", None | Some("required")) => SmtpTls::Required,
            ("smtp", Some(other)) => bail!(
                "tls={other} is unknown; give `required`, or `none` for a server on this machine"
            ),
            (scheme, _) => {
                bail!("`{scheme}` is not a mail server's scheme; give smtp:// or smtps://")
            }
        };
        anyhow::ensure!(!host.is_empty(), "the mail server's host is missing");
        Ok(Self {
            url: url.into(),
            tls,
        })
    }
}

/// Leaves out the password.
impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({:?})", self.tls)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_leaves_this_machine_only_over_tls() {
        let tls = |url| Smtp::parse(url).map(|smtp| smtp.tls).ok();
        assert_eq!(tls("smtp://u:p@mail.bao.vn:587"), Some(SmtpTls::Required));
        assert_eq!(tls("smtps://mail.bao.vn"), Some(SmtpTls::Implicit));
        assert_eq!(tls("smtp://127.0.0.1:2525?tls=none"), Some(SmtpTls::None));
        assert_eq!(tls("smtp://mail.bao.vn?tls=opportunistic"), None);
    }
}
