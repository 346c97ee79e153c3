//! Calls to addresses that people have given: webhooks, callbacks, checkers. Never a tool against others: the name is looked up here, all
//! that it stands for must be allowed, and what was checked is what is dialled. Nobody is followed to another address, no proxy is asked,
//! and who is slow or talks on and on is left.

mod call;
pub(super) mod dial;

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use ipnet::IpNet;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use self::call::Answer;
use crate::config::Config;
use crate::domain::Trouble;
use crate::intake::{Target, TargetFault};

/// What a name stands for, as whoever is asked says now.
pub type Lookup = Arc<dyn Fn(String) -> Looking + Send + Sync>;
/// An answer that is on its way.
pub type Looking = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Calls out.
#[derive(Clone)]
pub struct Outward {
    lookup: Lookup,
    allowed: Arc<[IpNet]>,
    tls: Arc<ClientConfig>,
}

/// What is sent, beside the address.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// Fields of the head, `content-type` among them. Host, length and who we are come by themselves.
    pub headers: &'a [(&'static str, String)],
    /// The body.
    pub body: Vec<u8>,
    /// As long as all of it may take: looking up, connecting, sending, and reading the answer.
    pub deadline: Duration,
    /// As many bytes of the answer as are read; what follows is not.
    pub most: usize,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status, whatever it says.
    pub status: u16,
    /// `Retry-After`, as it was written.
    pub retry_after: Option<String>,
    /// The beginning of the body.
    pub body: Vec<u8>,
    /// It went on after that.
    pub is_cut: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nobody was called, since that address is not to be called.
    Refused(TargetFault),
    /// Nobody was there, or they did not answer as HTTP has it.
    Away(Trouble),
    /// It took too long.
    Late(Duration),
}

impl From<TargetFault> for Failure {
    fn from(fault: TargetFault) -> Self {
        Self::Refused(fault)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(fault) => Self::NotCalled {
                fault: fault.code().to_owned(),
            },
            Failure::Away(trouble) => trouble,
            Failure::Late(waited) => Self::Late {
                millis: u64::try_from(waited.as_millis()).unwrap_or(u64::MAX),
            },
        }
    }
}

impl Outward {
    /// As the settings say; names are looked up as the system does.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        Ok(Self {
            lookup: by_the_system(),
            allowed: config.outward_allow.clone().into(),
            tls: Arc::new(trusting(config.outward_ca.as_deref())?),
        })
    }

    /// The same, asking somebody else what names stand for.
    #[must_use]
    pub fn asking(self, lookup: Lookup) -> Self {
        Self { lookup, ..self }
    }

    /// Posts a message there, once. Who has said a status is taken at their word, however long they go on after it.
    pub async fn post(&self, url: &str, message: Message<'_>) -> Result<Reply, Failure> {
        let target = Target::parse(url, &self.allowed)?;
        let (deadline, most) = (message.deadline, message.most);
        let until = tokio::time::Instant::now() + deadline;
        let calling = tokio::time::timeout_at(until, self.call(&target, message));
        let answer = calling.await.unwrap_or(Err(Failure::Late(deadline)))?;
        Ok(answer.read(most, until).await)
    }

    async fn call(&self, target: &Target, message: Message<'_>) -> Result<Answer, Failure> {
        let places = dial::checked(target, &self.lookup, &self.allowed).await?;
        let stream = dial::connect(&places, message.deadline, dial::CONNECTING).await?;
        if target.is_private() {
            let stream = dial::secure(stream, target, self.tls.clone()).await?;
            Answer::to(stream, target, message).await
        } else {
            Answer::to(stream, target, message).await
        }
    }
}

/// Asks the system.
pub(super) fn by_the_system() -> Lookup {
    Arc::new(|name| Box::pin(dial::system(name)))
}

/// The system's authorities, and those of the setting beside them.
fn trusting(ca: Option<&std::path::Path>) -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = ca {
        let told = || format!("DUYET_OUTWARD_CA: {}", file.display());
        let pem = std::fs::read(file).with_context(told)?;
        let mut many = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            roots
                .add(certificate.with_context(told)?)
                .with_context(told)?;
            many += 1;
        }
        anyhow::ensure!(many > 0, "{} holds no certificate in PEM", told());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("the TLS of outward calls")?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
