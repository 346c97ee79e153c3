//! A request as it came, as far as a signature is about it.

use std::time::Duration;

use crate::domain::Instant;

/// As far as a signature's time may lie before or after ours (Standard Webhooks 1.0: five minutes).
pub const TOLERANCE: Duration = Duration::from_secs(300);

/// A request as it came.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// Its method.
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// Names in lower case with their values, each as often as it came.
    pub headers: &'a [(String, String)],
    /// The bytes of its body.
    pub body: &'a [u8],
    /// When it came.
    pub now: Instant,
}

/// What a request proved by its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Names this message among others of its sender: the same again is a repeat. None where the sender gives nothing that could.
    pub mark: Option<Vec<u8>>,
    /// When it was sent, by its sender's clock.
    pub at: Option<Instant>,
}

/// Why a request proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureFault {
    /// That header is not there.
    Missing(String),
    /// That header came twice: who is to say which one counts.
    Doubled(String),
    /// That header names the message by what cannot be signed beyond doubt.
    Identifier(&'static str),
    /// It was signed too long ago, or by a clock that is ahead.
    Stale,
    /// It is signed with another secret, or something else is signed.
    Wrong,
}

impl<'a> Delivery<'a> {
    /// The value of a header that must be there once.
    pub(super) fn header(&self, name: &str) -> Result<&'a str, SignatureFault> {
        self.optional(name)?
            .ok_or_else(|| SignatureFault::Missing(name.to_owned()))
    }

    /// The value of a header that may be there once.
    pub(super) fn optional(&self, name: &str) -> Result<Option<&'a str>, SignatureFault> {
        let mut found = self.headers.iter().filter(|(is, _)| is == name);
        let first = found.next().map(|(_, value)| value.as_str());
        match found.next() {
            Some(_) => Err(SignatureFault::Doubled(name.to_owned())),
            None => Ok(first),
        }
    }

    /// A moment that the sender tells, where it is near enough to ours.
    pub(super) fn near(&self, at: Instant) -> Result<Instant, SignatureFault> {
        if at < self.now.before(TOLERANCE) || at > self.now.after(TOLERANCE) {
            return Err(SignatureFault::Stale);
        }
        Ok(at)
    }

    /// The same, of seconds since 1970.
    pub(super) fn near_seconds(&self, text: &str) -> Result<Instant, SignatureFault> {
        self.near(moment(text, 1_000_000)?)
    }

    /// The same, of milliseconds.
    pub(super) fn near_millis(&self, text: &str) -> Result<Instant, SignatureFault> {
        self.near(moment(text, 1_000)?)
    }
}

fn moment(text: &str, micros: i64) -> Result<Instant, SignatureFault> {
    let number: i64 = text.trim().parse().map_err(|_| SignatureFault::Wrong)?;
    Ok(Instant::from_micros(number.saturating_mul(micros)))
}
