//! How a mail leaves: over SMTP, or into a folder where no mail server is set.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::dkim::Signer;
use crate::clock;
use crate::config::{Config, SmtpTls};

/// As long as each step of a conversation with a mail server may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The server may take it later: refused, away, too slow, 4xx.
    #[error("{0}")]
    Later(String),
    /// The server will not take it: 5xx.
    #[error("{0}")]
    Never(String),
}

/// Signs and sends mails.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    signer: Option<Signer>,
}

#[derive(Clone)]
enum Way {
    /// To a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Into a folder, one `.eml` file each.
    Folder(PathBuf),
}

impl Mailer {
    /// The mailer that the settings ask for. Nothing is connected yet.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let signer = config.dkim.as_ref().map(Signer::new).transpose();
        Ok(Self {
            way: Way::new(config).context("DUYET_SMTP_URL")?,
            signer: signer.context("DUYET_DKIM_KEY")?,
        })
    }

    /// Hands a mail over. When it returns well, the server has taken it on, or the file is there.
    pub async fn send(&self, mut message: Message) -> Result<(), Failure> {
        if let Some(signer) = &self.signer {
            let signed = signer.sign(&mut message, clock::now());
            signed.map_err(|error| Failure::Never(error.to_string()))?;
        }
        self.way.send(message).await
    }
}

impl Way {
    fn new(config: &Config) -> anyhow::Result<Self> {
        let Some(smtp) = &config.smtp else {
            return Ok(Self::Folder(config.mail_dir.clone()));
        };
        let host = url::Url::parse(&smtp.url)?
            .host_str()
            .unwrap_or_default()
            .to_owned();
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&smtp.url)?;
        let builder = match smtp.tls {
            SmtpTls::Implicit => builder.tls(Tls::Wrapper(TlsParameters::new(host)?)),
            SmtpTls::Required => builder.tls(Tls::Required(TlsParameters::new(host)?)),
            SmtpTls::None => builder.tls(Tls::None),
        };
        Ok(Self::Smtp(builder.timeout(Some(PATIENCE)).build()))
    }

    async fn send(&self, message: Message) -> Result<(), Failure> {
        match self {
            Self::Smtp(transport) => match transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() && !is_about_us(&error) => {
                    Err(Failure::Never(explain(&error)))
                }
                Err(error) => Err(Failure::Later(explain(&error))),
            },
            Self::Folder(folder) => {
                let later = |error: &dyn std::error::Error| {
                    Failure::Later(format!("{}: {}", folder.display(), explain(error)))
                };
                // The mails hold what readers wrote: the folder is its owner's alone.
                let mut made = tokio::fs::DirBuilder::new();
                made.recursive(true).mode(0o700);
                made.create(folder).await.map_err(|error| later(&error))?;
                let transport = AsyncFileTransport::<Tokio1Executor>::new(folder);
                transport
                    .send(message)
                    .await
                    .map(drop)
                    .map_err(|error| later(&error))
            }
        }
    }
}

/// A final refusal of our sign-in rather than of the mail (RFC 4954, section 6): an operator can mend that, and the mail
/// waits for it.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error
        .status()
        .is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

/// The error with its causes, since the first says only what was tried.
fn explain(error: &dyn std::error::Error) -> String {
    let mut told: Vec<String> = Vec::new();
    for cause in std::iter::successors(Some(error), |error| error.source()) {
        let cause = cause.to_string();
        if !told.iter().any(|earlier| earlier.contains(&cause)) {
            told.push(cause);
        }
    }
    told.join(": ")
}
