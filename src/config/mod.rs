//! Every setting an operator has: `duyet.toml`, then the environment. A wrong one stops the start with one line.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use ipnet::IpNet;
use serde::Deserialize;

use crate::store::Address;

mod mail;
mod settings;
mod smtp;
#[cfg(test)]
mod tests;

use self::settings::Settings;
pub use mail::Dkim;
pub use smtp::{Smtp, SmtpTls};

/// What the service runs with.
#[derive(Clone)]
pub struct Config {
    /// `DATABASE_URL`: where the data lives.
    pub database: Address,
    /// `DUYET_LISTEN`: the address and port to answer on.
    pub listen: std::net::SocketAddr,
    /// `DUYET_PUBLIC_URL`: how readers reach the service; without a slash at its end.
    pub public_url: String,
    /// `DUYET_DASHBOARD_URL`: how moderators reach it, where that is another address.
    pub dashboard_url: String,
    /// `DUYET_SMTP_URL`: the mail server; none writes mails as files.
    pub smtp: Option<Smtp>,
    /// `DUYET_MAIL_DIR`: where those files go.
    pub mail_dir: PathBuf,
    /// `DUYET_MAIL_FROM`: who the mails are from.
    pub mail_from: String,
    /// `DUYET_MAIL_REPLY_TO`: where answers to them go, if not there.
    pub reply_to: Option<String>,
    /// `DUYET_DKIM_KEY`, `DUYET_DKIM_SELECTOR`, `DUYET_DKIM_DOMAIN`: how they are signed; none leaves that to the mail server.
    pub dkim: Option<Dkim>,
    /// `DUYET_MAIL_PAUSE`: as long as a decision may be undone before its reader is told, in seconds.
    pub mail_pause: Duration,
    /// `DUYET_MAIL_DIGEST`: the least time between two digests of what waits, in seconds, for members who have not chosen another.
    pub mail_digest: Duration,
    /// `DUYET_MAIL_CEILING`: as many mails as a member gets within an hour about what waits on a site; none for no ceiling.
    pub mail_ceiling: Option<usize>,
    /// `DUYET_SECRET`: signs receipts; made beside the SQLite file where absent.
    pub secret: Vec<u8>,
    /// `DUYET_RULES`: a folder of rule packs instead of those compiled in.
    pub rules: Option<PathBuf>,
    /// `DUYET_TRUSTED_PROXIES`: networks whose `X-Forwarded-For` or `Forwarded` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// `DUYET_OUTWARD_ALLOW`: networks that are called although they are not public.
    pub outward_allow: Vec<IpNet>,
    /// `DUYET_OUTWARD_CA`: whose certificates are believed there beside the system's authorities'.
    pub outward_ca: Option<PathBuf>,
    /// `DUYET_UNICODE_EMAIL`: whether addresses may have letters of any script before the at sign (RFC 6531).
    pub unicode_email: bool,
    /// `DUYET_ADDRESS_CEILING`: how much one address may send.
    pub address_ceiling: AddressCeiling,
    /// `DUYET_CONNECTIONS`: as many connections as are taken at the same time; none says as many as the system allows.
    pub connections: Option<usize>,
    /// `DUYET_WORKERS`: threads that answer HTTP; as many as there are cores where absent.
    pub workers: usize,
    /// `DUYET_LOG`: what is logged, as `tracing` filters say it.
    pub log: String,
    /// `DUYET_LOG_FORMAT`: `json` or `text`.
    pub log_json: bool,
    /// Names in the environment that look like settings and are none: told, but no reason to stop, since container
    /// platforms put such names there by themselves (`DUYET_PORT`).
    pub unknown: Vec<String>,
}

/// How many comments one address may send within ten minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressCeiling {
    /// That many; none for no ceiling.
    pub comments: Option<u32>,
    /// Whether it holds for this machine's own addresses, too. Behind them a proxy that nobody has named may hide every
    /// reader there is, so they are left out unless the operator has set a number.
    pub on_this_machine: bool,
}

/// The settings as written, before they are understood.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    database_url: Option<String>,
    listen: Option<String>,
    public_url: Option<String>,
    dashboard_url: Option<String>,
    smtp_url: Option<String>,
    smtp_ca: Option<String>,
    smtp_patience: Option<toml::Value>,
    mail_dir: Option<String>,
    mail_from: Option<String>,
    mail_reply_to: Option<String>,
    dkim_key: Option<String>,
    dkim_selector: Option<String>,
    dkim_domain: Option<String>,
    mail_pause: Option<toml::Value>,
    mail_digest: Option<toml::Value>,
    mail_ceiling: Option<toml::Value>,
    secret: Option<String>,
    rules: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    outward_allow: Option<Vec<String>>,
    outward_ca: Option<String>,
    unicode_email: Option<toml::Value>,
    address_ceiling: Option<toml::Value>,
    connections: Option<toml::Value>,
    workers: Option<toml::Value>,
    log: Option<String>,
    log_format: Option<String>,
}

/// The names that are read from the environment.
const KNOWN: [&str; 27] = [
    "DATABASE_URL",
    "DUYET_LISTEN",
    "DUYET_PUBLIC_URL",
    "DUYET_DASHBOARD_URL",
    "DUYET_SMTP_URL",
    "DUYET_SMTP_CA",
    "DUYET_SMTP_PATIENCE",
    "DUYET_MAIL_DIR",
    "DUYET_MAIL_FROM",
    "DUYET_MAIL_REPLY_TO",
    "DUYET_DKIM_KEY",
    "DUYET_DKIM_SELECTOR",
    "DUYET_DKIM_DOMAIN",
    "DUYET_MAIL_PAUSE",
    "DUYET_MAIL_DIGEST",
    "DUYET_MAIL_CEILING",
    "DUYET_SECRET",
    "DUYET_RULES",
    "DUYET_TRUSTED_PROXIES",
    "DUYET_OUTWARD_ALLOW",
    "DUYET_OUTWARD_CA",
    "DUYET_UNICODE_EMAIL",
    "DUYET_ADDRESS_CEILING",
    "DUYET_CONNECTIONS",
    "DUYET_WORKERS",
    "DUYET_LOG",
    "DUYET_LOG_FORMAT",
];

/// More than a café, an office or a carrier's address sends in ten minutes, and less than a robot would like.
const ADDRESS_CEILING: u64 = 1_000;

impl Config {
    /// Reads `duyet.toml` in the current folder, where there is one, and the environment over it.
    pub fn load(defaults: &[(&str, &str)]) -> anyhow::Result<Self> {
        let path = Path::new("duyet.toml");
        let file = match std::fs::read_to_string(path) {
            Ok(text) => read_file(path, &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => File::default(),
            Err(error) => return Err(error).with_context(|| format!("in {}", path.display())),
        };
        let environment: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("DUYET_") || name == "DATABASE_URL")
            .collect();
        Self::read(&file, &environment, defaults)
    }

    /// `defaults` stand behind both sources: the demonstration brings its own.
    fn read(
        file: &File,
        environment: &[(String, String)],
        defaults: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let settings = Settings {
            environment,
            defaults,
        };
        let listen = settings
            .get("DUYET_LISTEN", file.listen.clone())
            .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen: std::net::SocketAddr = listen.parse().with_context(|| {
            format!("DUYET_LISTEN: `{listen}` is not ADDRESS:PORT, such as 127.0.0.1:8080")
        })?;
        let database = settings
            .get("DATABASE_URL", file.database_url.clone())
            .unwrap_or_else(|| "sqlite:duyet.db".to_owned());
        let database: Address = database.parse().context("DATABASE_URL")?;
        let public_url = settings.address("DUYET_PUBLIC_URL", file.public_url.clone())?;
        let public_url = public_url.unwrap_or_else(|| format!("http://{listen}"));
        let dashboard_url = settings.address("DUYET_DASHBOARD_URL", file.dashboard_url.clone())?;
        let log_format = settings.get("DUYET_LOG_FORMAT", file.log_format.clone());
        let mail_from = mail::from(
            settings.get("DUYET_MAIL_FROM", file.mail_from.clone()),
            &public_url,
        )?;
        let unknown = environment.iter().map(|(name, _)| name.clone());
        Ok(Self {
            unknown: unknown
                .filter(|name| !KNOWN.contains(&name.as_str()))
                .collect(),
            secret: secret(settings.get("DUYET_SECRET", file.secret.clone()), &database)?,
            database,
            listen,
            dashboard_url: dashboard_url.unwrap_or_else(|| public_url.clone()),
            reply_to: mail::reply_to(
                settings.get("DUYET_MAIL_REPLY_TO", file.mail_reply_to.clone()),
            )?,
            dkim: Dkim::read(
                [
                    settings.get("DUYET_DKIM_KEY", file.dkim_key.clone()),
                    settings.get("DUYET_DKIM_SELECTOR", file.dkim_selector.clone()),
                    settings.get("DUYET_DKIM_DOMAIN", file.dkim_domain.clone()),
                ],
                &mail_from,
            )?,
            mail_from,
            public_url,
            smtp: settings.smtp(file)?,
            mail_dir: settings
                .get("DUYET_MAIL_DIR", file.mail_dir.clone())
                .unwrap_or_else(|| "mail".to_owned())
                .into(),
            mail_pause: Duration::from_secs(settings.number(
                "DUYET_MAIL_PAUSE",
                file.mail_pause.as_ref(),
                15,
                86_400,
            )?),
            mail_digest: Duration::from_secs(settings.number(
                "DUYET_MAIL_DIGEST",
                file.mail_digest.as_ref(),
                600,
                86_400,
            )?),
            mail_ceiling: settings.mail_ceiling(file)?,
            rules: settings
                .get("DUYET_RULES", file.rules.clone())
                .map(PathBuf::from),
            trusted_proxies: settings
                .networks("DUYET_TRUSTED_PROXIES", file.trusted_proxies.as_deref())?,
            outward_allow: settings
                .networks("DUYET_OUTWARD_ALLOW", file.outward_allow.as_deref())?,
            outward_ca: settings
                .get("DUYET_OUTWARD_CA", file.outward_ca.clone())
                .map(PathBuf::from),
            unicode_email: settings
                .yes_or_no("DUYET_UNICODE_EMAIL", file.unicode_email.as_ref())?,
            address_ceiling: settings.address_ceiling(file)?,
            connections: settings.connections(file)?,
            workers: usize::try_from(settings.number(
                "DUYET_WORKERS",
                file.workers.as_ref(),
                cores(),
                1024,
            )?)?
            .max(1),
            log: settings
                .get("DUYET_LOG", file.log.clone())
                .unwrap_or_else(|| "info".to_owned()),
            log_json: match log_format.as_deref() {
                None | Some("text") => false,
                Some("json") => true,
                Some(other) => bail!("DUYET_LOG_FORMAT: `{other}` is neither `json` nor `text`"),
            },
        })
    }
}

impl Config {
    /// Where answers to our mails go, if not to who they are from.
    #[must_use]
    pub fn mail_reply_to(&self) -> Option<lettre::message::Mailbox> {
        self.reply_to
            .as_deref()
            .and_then(|address| address.parse().ok())
    }
}

/// On one line: which one is wrong, and what about it.
fn read_file(path: &Path, text: &str) -> anyhow::Result<File> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            1 + text[..span.start.min(text.len())].matches('\n').count()
        });
        anyhow::anyhow!("{}, line {line}: {}", path.display(), error.message())
    })
}

fn cores() -> u64 {
    std::thread::available_parallelism().map_or(2, |cores| cores.get() as u64)
}

fn secret(given: Option<String>, database: &Address) -> anyhow::Result<Vec<u8>> {
    let file = database.file();
    let folder = file
        .as_deref()
        .and_then(Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!(
            "DATABASE_URL: the folder {} does not exist; make it first",
            folder.display()
        );
    }
    match (given, database.file()) {
        (Some(secret), _) if secret.len() < 32 => {
            bail!(
                "DUYET_SECRET: {} characters are too few; give 32 or more random ones",
                secret.len()
            )
        }
        (Some(secret), _) => Ok(secret.into_bytes()),
        (None, Some(file)) => crate::secrets::beside(&file),
        (None, None) => bail!(
            "DUYET_SECRET: needed with PostgreSQL, the same for all replicas; make one with `openssl rand -base64 32`"
        ),
    }
}
