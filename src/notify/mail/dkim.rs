//! Signs mails (RFC 6376; RFC 8463 for Ed25519), so that who receives them sees that the newspaper sent them.
//!
//! The ready-made signers rest on the `rsa` crate, whose arithmetic tells of the key by its time (RUSTSEC-2023-0071), or on a
//! second cryptographic library; this one needs only what TLS has already.

use std::sync::Arc;

use anyhow::Context;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

use crate::config::Dkim;
use crate::domain::Instant;

/// What is signed. Each is named once more than it is there, so that nobody adds another on the way; who offers to leave by
/// one button must have signed that (RFC 8058, 4).
const SIGNED: [&str; 15] = [
    "From",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
];

const FIELD: &str = "DKIM-Signature";
/// As long as a line of the signature is at the most.
const LINE: usize = 72;

/// Signs for a domain.
#[derive(Clone)]
pub struct Signer {
    domain: String,
    selector: String,
    key: Arc<Key>,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// The key would not have it.
#[derive(Debug, thiserror::Error)]
#[error("the mail cannot be signed")]
pub struct Unsigned;

impl Signer {
    /// A signer whose private key stands in a PEM file: RSA of 2048 to 4096 bits, or Ed25519.
    pub fn new(settings: &Dkim) -> anyhow::Result<Self> {
        let file = settings.key.display();
        let pem = PrivateKeyDer::from_pem_file(&settings.key);
        let pem = pem.map_err(|error| anyhow::anyhow!("{file} holds no private key ({error})"))?;
        let key = Key::read(&pem);
        let key = key.with_context(|| {
            format!("the key in {file} is neither RSA of 2048 to 4096 bits nor Ed25519")
        })?;
        Ok(Self {
            domain: settings.domain.clone(),
            selector: settings.selector.clone(),
            key: Arc::new(key),
        })
    }

    /// Puts the signature into the mail's head.
    pub fn sign(&self, message: &mut Message, at: Instant) -> Result<(), Unsigned> {
        let wire = message.formatted();
        let text = std::str::from_utf8(&wire).map_err(|_| Unsigned)?;
        let (head, body) = text.split_once("\r\n\r\n").ok_or(Unsigned)?;
        let fields = fields(head);
        let (named, mut signed) = chosen(&fields);
        let unsigned = format!(
            "v=1; a={kind}; c=relaxed/relaxed; d={domain}; s={selector}; t={seconds}; h={named}; bh={body}; b=",
            kind = self.key.kind(),
            domain = self.domain,
            selector = self.selector,
            seconds = at.timestamp().as_second(),
            body = BASE64_STANDARD.encode(Sha256::digest(relaxed_body(body))),
        );
        let unsigned = folded(&unsigned, FIELD.len() + 2);
        signed.push_str(&relaxed_field(FIELD, &unsigned));
        let signature = self.key.sign(signed.as_bytes()).ok_or(Unsigned)?;
        let value = format!("{unsigned}{}", in_lines(&BASE64_STANDARD.encode(signature)));
        message
            .headers_mut()
            .insert_raw(HeaderValue::dangerous_new_pre_encoded(
                HeaderName::new_from_ascii_str(FIELD),
                value.clone(),
                value,
            ));
        Ok(())
    }
}

impl Key {
    fn read(key: &PrivateKeyDer) -> Option<Self> {
        match key {
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der())
                .ok()
                .map(Box::new)
                .map(Self::Rsa),
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                // The form that openssl writes has no public half to check against.
                let ed25519 = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
                    .ok()
                    .map(Self::Ed25519);
                ed25519.or_else(|| {
                    RsaKeyPair::from_pkcs8(der)
                        .ok()
                        .map(Box::new)
                        .map(Self::Rsa)
                })
            }
            _ => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    text,
                    &mut signature,
                )
                .ok()?;
                Some(signature)
            }
            Self::Ed25519(key) => Some(key.sign(&Sha256::digest(text)).as_ref().to_vec()),
        }
    }
}

/// Leaves out the key.
impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({}._domainkey.{})", self.selector, self.domain)
    }
}

/// The fields of a head, each with its further lines.
fn fields(head: &str) -> Vec<(&str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in head.split("\r\n") {
        match (
            line.starts_with([' ', '\t']),
            fields.last_mut(),
            line.split_once(':'),
        ) {
            (true, Some((_, value)), _) => {
                value.push_str("\r\n");
                value.push_str(line);
            }
            (_, _, Some((name, value))) => fields.push((name, value.to_owned())),
            _ => {}
        }
    }
    fields
}

/// The names that are signed, and the fields as they are signed: of several of one name the last is first.
fn chosen(fields: &[(&str, String)]) -> (String, String) {
    let mut named = Vec::new();
    let mut signed = String::new();
    for name in SIGNED {
        let of_name = fields
            .iter()
            .rev()
            .filter(|(is, _)| is.eq_ignore_ascii_case(name));
        for (_, value) in of_name {
            named.push(name);
            signed.push_str(&relaxed_field(name, value));
            signed.push_str("\r\n");
        }
        named.push(name);
    }
    (named.join(":"), signed)
}

/// RFC 6376, 3.4.2, without a line's end.
fn relaxed_field(name: &str, value: &str) -> String {
    let words = value
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty());
    format!(
        "{}:{}",
        name.to_ascii_lowercase(),
        words.collect::<Vec<_>>().join(" ")
    )
}

/// RFC 6376, 3.4.4.
fn relaxed_body(body: &str) -> String {
    let mut relaxed = String::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split("\r\n") {
        let line = relaxed_line(line);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        relaxed.extend(std::iter::repeat_n("\r\n", empty));
        empty = 0;
        relaxed.push_str(&line);
        relaxed.push_str("\r\n");
    }
    relaxed
}

fn relaxed_line(line: &str) -> String {
    let mut relaxed = String::with_capacity(line.len());
    let mut spaces = false;
    for c in line.chars() {
        if matches!(c, ' ' | '\t') {
            spaces = true;
            continue;
        }
        if std::mem::take(&mut spaces) {
            relaxed.push(' ');
        }
        relaxed.push(c);
    }
    relaxed
}

/// In lines that no server on the way breaks anew: between tags, and within the list of names.
fn folded(value: &str, before: usize) -> String {
    let mut folded = String::new();
    let mut column = before;
    for piece in value.split_inclusive([' ', ':']) {
        if column + piece.trim_end().len() > LINE && column > 1 {
            folded.truncate(folded.trim_end_matches(' ').len());
            folded.push_str("\r\n ");
            column = 1;
        }
        folded.push_str(piece);
        column += piece.len();
    }
    folded
}

/// The signature itself, on lines of its own.
fn in_lines(signature: &str) -> String {
    let mut lines = String::new();
    for (index, c) in signature.chars().enumerate() {
        if index % LINE == 0 {
            lines.push_str("\r\n ");
        }
        lines.push(c);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 6376, 3.4.5.
    #[test]
    fn texts_are_read_as_the_standard_says() {
        let head = "A: X\r\nB : Y\t\r\n\tZ  ";
        let of = |(name, value): &(&str, String)| relaxed_field(name.trim_end(), value);
        let read: Vec<String> = fields(head).iter().map(of).collect();
        assert_eq!(read, ["a:X", "b:Y Z"]);
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
        assert_eq!(relaxed_body("a"), "a\r\n");
    }

    #[test]
    fn a_signature_stands_in_lines_and_reads_as_before() {
        let value = format!("v=1; h={}; bh=x; b=", SIGNED.join(":"));
        let lines = folded(&value, FIELD.len() + 2);
        assert!(lines.split("\r\n").all(|line| line.len() <= 78), "{lines}");
        let bare = |text: &str| text.replace([' ', '\r', '\n'], "");
        assert_eq!(bare(&lines), bare(&value));
    }
}
