//! How a connection to the mail server becomes private, and whom it is believed to be.

use std::io;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_rustls::TlsConnector;

use super::overheard::Wire;
use crate::config::{Smtp, SmtpTls};

/// TLS to one server.
#[derive(Clone)]
pub(super) struct Tls {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Tls {
    /// As the settings say: the system's authorities are believed, or those of the setting alone.
    pub(super) fn new(smtp: &Smtp) -> anyhow::Result<Self> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> =
            if smtp.tls == SmtpTls::Offered && smtp.ca.is_none() {
                Arc::new(Anybody(provider.clone()))
            } else {
                let roots = Arc::new(roots(smtp.ca.as_deref())?);
                WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build()?
            };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .context("the TLS of mail")?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        let name = ServerName::try_from(smtp.host.clone());
        Ok(Self {
            connector: TlsConnector::from(Arc::new(config)),
            name: name.with_context(|| format!("DUYET_SMTP_URL: the host {}", smtp.host))?,
        })
    }

    /// The same connection, private, to who can prove that they are the host.
    pub(super) async fn secure(&self, wire: Box<dyn Wire>) -> io::Result<Box<dyn Wire>> {
        let private = self.connector.connect(self.name.clone(), wire).await?;
        Ok(Box::new(private))
    }
}

fn roots(ca: Option<&Path>) -> anyhow::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let Some(file) = ca else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return Ok(roots);
    };
    let pem = std::fs::read(file).with_context(|| format!("DUYET_SMTP_CA: {}", file.display()))?;
    let told = || {
        format!(
            "DUYET_SMTP_CA: {} holds no certificate in PEM",
            file.display()
        )
    };
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        roots
            .add(certificate.with_context(told)?)
            .with_context(told)?;
    }
    // A file with nothing but a key is PEM as well, and would have us believe nobody.
    anyhow::ensure!(!roots.is_empty(), told());
    Ok(roots)
}

/// Believes whoever answers. It would be clear text otherwise, and on this machine nobody stands between; servers there prove themselves to
/// nobody.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _others: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
