//! The mail server that the settings name, and the connections to it that are kept for a while.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use tokio::time::Instant;

use super::conversation::{Conversation, Transcript};
use super::tls::Tls;
use super::transport::{Failure, REST};
use crate::config::{Smtp, SmtpTls};
use crate::domain::Trouble;
use crate::notify::outward::Lookup;

/// As long as a connection is kept that nobody needs.
const IDLE: Duration = Duration::from_secs(60);
/// As many of those are kept.
const KEPT: usize = 8;

/// A mail server.
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    /// Says what the host stands for now.
    pub(super) lookup: Lookup,
    pub(super) privacy: Privacy,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
    /// As long as each step of a conversation may take.
    pub(super) patience: Duration,
    idle: Mutex<Vec<(Conversation, Instant)>>,
    /// How the last one fared who signed in alone. Whoever holds it does so now.
    door: tokio::sync::Mutex<Option<Attempted>>,
}

/// What became of signing in.
struct Attempted {
    at: Instant,
    /// What the server said, where it did not let us in.
    refusal: Option<Trouble>,
}

/// How what is said is kept private.
pub(super) enum Privacy {
    Implicit(Tls),
    Required(Tls),
    Offered(Tls),
    None,
}

impl Server {
    /// Nothing is connected yet. Servers are greeted in that name, unless the setting has another.
    pub(super) fn new(smtp: &Smtp, name: Option<&str>, lookup: Lookup) -> anyhow::Result<Self> {
        let privacy = match smtp.tls {
            SmtpTls::Implicit => Privacy::Implicit(Tls::new(smtp)?),
            SmtpTls::Required => Privacy::Required(Tls::new(smtp)?),
            SmtpTls::Offered => Privacy::Offered(Tls::new(smtp)?),
            SmtpTls::None => Privacy::None,
        };
        let hello = smtp.hello.as_deref().or(name);
        let sign_in = smtp.sign_in.as_ref();
        Ok(Self {
            host: smtp.host.clone(),
            port: smtp.port,
            lookup,
            privacy,
            credentials: sign_in.map(|(name, word)| Credentials::new(name.clone(), word.clone())),
            hello: hello.map_or_else(ClientId::default, |name| ClientId::Domain(name.to_owned())),
            patience: smtp.patience,
            idle: Mutex::default(),
            door: tokio::sync::Mutex::default(),
        })
    }

    /// Host and port.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Whether nothing is private before it is said so.
    pub(super) const fn begins_in_clear(&self) -> bool {
        !matches!(self.privacy, Privacy::Implicit(_))
    }

    /// Hands a mail over; what the server answered.
    pub(super) async fn send(
        self: &Arc<Self>,
        message: &Message,
        told: &mut Transcript,
    ) -> Result<String, Failure> {
        let mut conversation = match self.kept().await {
            Some(kept) => kept,
            None => self.begin(told).await?,
        };
        let sent = conversation.hand_over(message, told).await;
        if sent.is_ok() {
            self.keep(conversation);
        } else {
            // Whatever the server still has to say belongs to no other mail.
            tokio::spawn(conversation.end());
        }
        sent
    }

    /// Signs in. Of several who want to at the same time one goes ahead, and where that one is refused none of the others tries: some
    /// servers lock out whoever does so too often.
    async fn begin(self: &Arc<Self>, told: &mut Transcript) -> Result<Conversation, Failure> {
        if self.credentials.is_none() {
            return Conversation::begin(self, told).await;
        }
        let came = Instant::now();
        let mut door = self.door.lock().await;
        if let Some(Attempted { refusal, .. }) = door.as_ref().filter(|last| last.at >= came) {
            if let Some(why) = refusal {
                return Err(Failure::Resting(why.clone(), self.patience * REST));
            }
            drop(door);
            return Conversation::begin(self, told).await;
        }
        let begun = Conversation::begin(self, told).await;
        let refusal = match &begun {
            Err(Failure::NotLetIn(why)) => Some(why.clone()),
            _ => None,
        };
        *door = Some(Attempted {
            at: Instant::now(),
            refusal,
        });
        begun
    }

    /// A connection of before whose server is still there.
    async fn kept(&self) -> Option<Conversation> {
        let (mut conversation, since) = self.idle().pop()?;
        (since.elapsed() < IDLE && conversation.is_alive().await).then_some(conversation)
    }

    fn keep(self: &Arc<Self>, conversation: Conversation) {
        let mut idle = self.idle();
        if idle.len() >= KEPT {
            tokio::spawn(conversation.end());
            return;
        }
        idle.push((conversation, Instant::now()));
        let server = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(IDLE).await;
            if let Some(server) = server.upgrade() {
                server.let_go();
            }
        });
    }

    /// Ends the connections that nobody has needed for long.
    fn let_go(&self) {
        let old = |(_, since): &mut (Conversation, Instant)| since.elapsed() >= IDLE;
        for (conversation, _) in self.idle().extract_if(.., old) {
            tokio::spawn(conversation.end());
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(Conversation, Instant)>> {
        // A list of connections is whole whatever happened to who held it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
