//! How a mail leaves: over SMTP, or into a folder where no mail server is set.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use lettre::Message;
use tokio::time::Instant;
use uuid::Uuid;

use super::conversation::Transcript;
use super::dkim::Signer;
use super::fault::explain;
use super::server::Server;
use crate::clock;
use crate::config::Config;
use crate::domain::{Locale, MailFault, Trouble};
use crate::messages::Messages;
use crate::notify::outward::{self, Lookup};

/// As many times longer than one step of a conversation a server is left alone that did not let us in: who signs in wrongly again and
/// again is locked out.
pub(super) const REST: u32 = 4;
/// As many times shorter it is left alone that would not have us otherwise.
const BREATH: u32 = 2;

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The server may take it later: the mailbox is full or puts off who is new to it.
    #[error("{}", in_words(.0))]
    Later(Trouble),
    /// Nobody knows whether the mail was taken: the server had all of it, and gave no answer that can be read.
    #[error("{}", in_words(.0))]
    Unsure(Trouble),
    /// The server takes no mail for now, whichever: it is away, or too busy to talk, or its disk is full.
    #[error("{}", in_words(.0))]
    Away(Trouble),
    /// The server has read the mail and puts it off: for what it says, or as it would any. Whether it takes others tells.
    #[error("{}", in_words(.0))]
    Doubtful(Trouble),
    /// The server does not let us in: user or password. An operator can mend that, and the mail waits for it.
    #[error("{}", in_words(.0))]
    NotLetIn(Trouble),
    /// The server is left alone for so long still, since it would not have us a moment ago; what it had said.
    #[error("{}", in_words(.0))]
    Resting(Trouble, Duration),
    /// The server will not have us, whatever the mail: the certificate, no TLS, our own address. An operator can mend that, and the
    /// mail waits for it.
    #[error("{}", in_words(.0))]
    Ours(Trouble),
    /// The server passes nothing on to that address for us. An operator can mend that, and the mail waits for it; others may go elsewhere.
    #[error("{}", in_words(.0))]
    NotRelayed(Trouble),
    /// The server will not take it: 5xx.
    #[error("{}", in_words(.0))]
    Never(Trouble),
}

/// For the log and the command line, which speak English.
fn in_words(trouble: &Trouble) -> String {
    Messages::of(Locale::En).trouble(trouble)
}

/// Why a mail is handed over now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Its time has come.
    ByItself,
    /// Somebody has pressed a button.
    ByAPerson,
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
    Smtp(Arc<Server>, Arc<Mutex<Option<Refusal>>>),
    /// Into a folder, one `.eml` file each.
    Folder(PathBuf),
}

/// Until when the server is left alone, and what it had said.
struct Refusal {
    until: Instant,
    why: Trouble,
}

impl Mailer {
    /// The mailer that the settings ask for. Nothing is connected yet.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        Self::asking(config, outward::by_the_system())
    }

    /// The same, asking somebody else what the mail server's name stands for.
    pub fn asking(config: &Config, lookup: Lookup) -> anyhow::Result<Self> {
        let signer = config.dkim.as_ref().map(Signer::new).transpose();
        let way = match &config.smtp {
            Some(smtp) => {
                let url = url::Url::parse(&config.public_url).ok();
                let name = url.as_ref().and_then(url::Url::domain);
                let server = Server::new(smtp, name.filter(|name| name.contains('.')), lookup)?;
                Way::Smtp(Arc::new(server), Arc::default())
            }
            None => Way::Folder(config.mail_dir.clone()),
        };
        Ok(Self {
            way,
            signer: signer.context("DUYET_DKIM_KEY")?,
        })
    }

    /// Hands a mail over. When it returns well, the server has taken it on, or the file is there. Where a person asks for it the server
    /// is tried at once, however long it is to be left alone.
    pub async fn send(&self, message: Message, asked: Asked) -> Result<(), Failure> {
        let message = self.signed(message)?;
        match &self.way {
            Way::Smtp(server, refusal) => {
                if asked == Asked::ByItself
                    && let Some(resting) = held_back(refusal)
                {
                    return Err(resting);
                }
                let sent = server.send(&message, &mut Transcript::default()).await;
                let rest = match &sent {
                    // Another one has just noted what it was told.
                    Err(Failure::Resting(..)) => return sent.map(drop),
                    Err(Failure::NotLetIn(why)) => Some((server.patience * REST, why)),
                    Err(Failure::Ours(why)) => Some((server.patience / BREATH, why)),
                    _ => None,
                };
                *refusal.lock().unwrap_or_else(PoisonError::into_inner) =
                    rest.map(|(rest, why)| Refusal {
                        until: Instant::now() + rest,
                        why: why.clone(),
                    });
                sent.map(drop)
            }
            Way::Folder(folder) => into_folder(folder, message).await,
        }
    }

    /// Hands a mail over at once, and tells who reads along what is said; the server's last answer.
    pub async fn try_out(
        &self,
        message: Message,
        told: &mut Transcript,
    ) -> Result<String, Failure> {
        let message = self.signed(message)?;
        match &self.way {
            Way::Smtp(server, _) => server.send(&message, told).await,
            Way::Folder(folder) => {
                into_folder(folder, message).await?;
                Ok(folder.display().to_string())
            }
        }
    }

    fn signed(&self, mut message: Message) -> Result<Message, Failure> {
        if let Some(signer) = &self.signer {
            let signed = signer.sign(&mut message, clock::now());
            signed.map_err(|error| {
                let said = error.to_string();
                Failure::Never(Trouble::of_mail(MailFault::Unsigned { said }))
            })?;
        }
        Ok(message)
    }
}

/// What the server said that is left alone still, and for how long it is.
fn held_back(refusal: &Mutex<Option<Refusal>>) -> Option<Failure> {
    let refusal = refusal.lock().unwrap_or_else(PoisonError::into_inner);
    let refusal = refusal.as_ref()?;
    let left = refusal.until.checked_duration_since(Instant::now())?;
    Some(Failure::Resting(refusal.why.clone(), left))
}

async fn into_folder(folder: &Path, message: Message) -> Result<(), Failure> {
    let away = |error: &dyn std::error::Error| {
        Failure::Away(Trouble::of_mail(MailFault::Folder {
            folder: folder.display().to_string(),
            said: explain(error),
        }))
    };
    // The mails hold what readers wrote: the folder is its owner's alone.
    let mut made = tokio::fs::DirBuilder::new();
    made.recursive(true).mode(0o700);
    made.create(folder).await.map_err(|error| away(&error))?;
    // It gets its name once it is whole: who reads the folder meets no half of a mail.
    let name = Uuid::now_v7();
    let (partly, whole) = (
        folder.join(format!(".{name}.part")),
        folder.join(format!("{name}.eml")),
    );
    let written = tokio::fs::write(&partly, message.formatted()).await;
    written.map_err(|error| away(&error))?;
    let named = tokio::fs::rename(&partly, &whole).await;
    named.map_err(|error| away(&error))
}
