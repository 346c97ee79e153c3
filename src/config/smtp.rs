//! Mail servers: what `DUYET_SMTP_URL` may say.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use percent_encoding::percent_decode_str;
use url::Url;

/// As long as each step of a conversation with a mail server may take, unless it is set: servers that check who calls may take
/// half a minute. RFC 5321 (4.5.3.2) would have us wait for five, which keeps whoever tries out the settings too long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    /// Its name or address.
    pub host: String,
    /// 587 unless said; 465 with `smtps://`, 25 on this machine.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: SmtpTls,
    /// Name and password.
    pub sign_in: Option<(String, String)>,
    /// In whose name the server is greeted; the path of the address.
    pub hello: Option<String>,
    /// `DUYET_SMTP_CA`: whose certificates are believed instead of the system's authorities'.
    pub ca: Option<PathBuf>,
    /// `DUYET_SMTP_PATIENCE`: as long as each step of a conversation may take.
    pub patience: Duration,
}

/// How a connection to a mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// `smtps://`: TLS from the first byte.
    Implicit,
    /// `smtp://`: STARTTLS, or no mail.
    Required,
    /// `smtp://` to this machine: STARTTLS where it is offered, clear text otherwise.
    Offered,
    /// `?tls=none`: clear text, to this machine only.
    None,
}

impl Smtp {
    /// Reads `smtp://user:password@host:port/name`, with `?tls=none` for a server on this machine.
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let url = Url::parse(text).map_err(|error| not_an_address(text, &error.to_string()))?;
        if url[url::Position::BeforePath..].contains('@') {
            return Err(not_an_address(text, "an @ stands behind the host"));
        }
        let host = url.host_str().unwrap_or_default();
        // Of schemes other than the web's the parser leaves capital letters as they were typed.
        let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
        if host.is_empty() {
            // `mail.example:587` is an address whose scheme is `mail.example`.
            bail!(
                "write smtp:// or smtps:// before the mail server's name, as in smtp://mail.example:587"
            );
        }
        if let Some((name, _)) = url.query_pairs().find(|(name, _)| name != "tls") {
            bail!("`{name}` is unknown behind the question mark; only `tls` may stand there");
        }
        let tls = tls(&url, &host)?;
        let usual = match tls {
            SmtpTls::Implicit => 465,
            SmtpTls::Required => 587,
            SmtpTls::Offered | SmtpTls::None => 25,
        };
        let hello = Some(url.path().trim_matches('/')).filter(|name| !name.is_empty());
        Ok(Self {
            port: url.port().unwrap_or(usual),
            host,
            tls,
            sign_in: sign_in(&url)?,
            hello: hello.map(name_of_ours).transpose()?,
            ca: None,
            patience: PATIENCE,
        })
    }
}

/// What is wrong with an address that is none. Where a sign of a password ends it early, that is what to mend.
fn not_an_address(text: &str, why: &str) -> anyhow::Error {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let ends = rest.find(['#', '/', '?']);
    if ends.is_some_and(|end| rest[end..].contains('@')) {
        return anyhow::anyhow!(
            "its user or password has signs that an address cannot have; write them with a percent sign: # as %23, / as %2F, ? as %3F, @ as %40, % as %25"
        );
    }
    anyhow::anyhow!("not an address such as smtp://user:password@mail.example:587 ({why})")
}

/// Name and password; one without the other signs nobody in.
fn sign_in(url: &Url) -> anyhow::Result<Option<(String, String)>> {
    let name = decoded(url.username())?;
    let password = url.password().map(decoded).transpose()?;
    match (name.is_empty(), password) {
        (true, None) => Ok(None),
        (false, Some(password)) if !password.is_empty() => Ok(Some((name, password))),
        (true, Some(_)) => bail!("it has a password and no user; write smtp://user:password@host"),
        (false, _) => bail!(
            "it has the user `{name}` and no password; write smtp://{name}:password@host, or leave the user out where the server asks for none"
        ),
    }
}

fn tls(url: &Url, host: &str) -> anyhow::Result<SmtpTls> {
    let asked = url.query_pairs().find(|(name, _)| name == "tls");
    let asked = asked.map(|(_, value)| value.into_owned());
    let here = host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    Ok(match (url.scheme(), asked.as_deref()) {
        ("smtps", _) => SmtpTls::Implicit,
        ("smtp", None) if here => SmtpTls::Offered,
        ("smtp", Some("none")) if here => SmtpTls::None,
        ("smtp", Some("none")) => bail!(
            "tls=none is for a mail server on this machine; {host} would get passwords and comments in clear"
        ),
        ("smtp", None | Some("required")) => SmtpTls::Required,
        ("smtp", Some(other)) => {
            bail!("tls={other} is unknown; give `required`, or `none` for a server on this machine")
        }
        (scheme, _) => {
            bail!("`{scheme}` is not a mail server's scheme; give smtp:// or smtps://")
        }
    })
}

/// What the address had to hide behind percent signs.
fn decoded(part: &str) -> anyhow::Result<String> {
    let text = percent_decode_str(part).decode_utf8();
    let text = text.map_err(|_| anyhow::anyhow!("its name or password is not UTF-8"))?;
    Ok(text.into_owned())
}

/// Goes over the wire as it stands.
fn name_of_ours(name: &str) -> anyhow::Result<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    anyhow::ensure!(
        name.bytes().all(plain),
        "`{name}` is no name to greet a mail server in; give one such as /duyet.bao.example"
    );
    Ok(name.to_owned())
}

/// Leaves out the password.
impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({}:{}, {:?})", self.host, self.port, self.tls)
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
        assert_eq!(tls("smtp://localhost"), Some(SmtpTls::Offered));
        assert_eq!(tls("smtp://LOCALHOST"), Some(SmtpTls::Offered));
        assert_eq!(tls("smtp://[::1]?tls=required"), Some(SmtpTls::Required));
        assert_eq!(tls("smtp://mail.bao.vn"), Some(SmtpTls::Required));
        assert_eq!(tls("smtp://u:p@mail.bao.vn?tls=none"), None);
        assert_eq!(tls("smtp://mail.bao.vn?tls=opportunistic"), None);
    }

    #[test]
    fn who_signs_in_has_a_name_and_a_password() {
        let told = |url: &str| Smtp::parse(url).expect_err("refused").to_string();
        assert!(told("smtp://lan@mail.bao.vn").contains("the user `lan` and no password"));
        assert!(told("smtp://lan:@mail.bao.vn").contains("no password"));
        assert!(told("mail.bao.vn:587").contains("write smtp:// or smtps:// before"));
        assert!(told("smtp://mail.bao.vn?ssl=true").contains("`ssl` is unknown"));
        assert!(told("smtp://:khau@mail.bao.vn").contains("no user"));
        for password in ["kh#u", "kh/u", "12/3", "kh?u", "kh#@u"] {
            let told = told(&format!("smtp://lan:{password}@mail.bao.vn"));
            assert!(told.contains("# as %23"), "{password}: {told}");
            assert!(!told.contains(password), "{told}");
        }
        // Of several the last parts it from the host, so nothing is lost.
        let read = Smtp::parse("smtp://lan:kh@u@mail.bao.vn").expect("well");
        assert_eq!(read.sign_in.expect("both").1, "kh@u");
    }

    #[test]
    fn an_address_says_where_and_who() {
        let read = |url| Smtp::parse(url).expect("well");
        let smtp = read("smtp://lan%40bao.vn:m%E1%BA%ADt%3Akh%E1%BA%A9u@mail.bao.vn/duyet.bao.vn");
        let sign_in = Some(("lan@bao.vn".to_owned(), "mật:khẩu".to_owned()));
        assert_eq!((smtp.host.as_str(), smtp.port), ("mail.bao.vn", 587));
        assert_eq!(
            (smtp.sign_in, smtp.hello.as_deref()),
            (sign_in, Some("duyet.bao.vn"))
        );
        assert_eq!(read("smtps://mail.bao.vn").port, 465);
        let here = read("smtp://[::1]");
        assert_eq!((here.host.as_str(), here.port), ("::1", 25));
        assert!(Smtp::parse("smtp://mail.bao.vn/x%0d%0aMAIL").is_err());
        let told = format!("{:?}", read("smtp://lan:khau@mail.bao.vn"));
        assert!(!told.contains("khau"), "{told}");
    }
}
