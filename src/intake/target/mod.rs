//! An address that somebody wants us to call: a webhook's, a checker's, a callback's. What can be told by looking at it is told here; what
//! its name stands for is looked up and checked when it is dialled.

mod network;

use core::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

pub use network::is_public;

/// As long as an address may be.
const MAX_BYTES: usize = 2000;

/// An address that may be called, as far as its letters tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target(Url);

/// Why an address is not called, in words for whoever runs the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TargetFault {
    /// It is no address, or too long.
    #[error("this is no address such as https://cms.bao.example/duyet")]
    Malformed,
    /// Neither `https` nor `http`.
    #[error("only https:// and http:// addresses are called")]
    Scheme,
    /// It names a user or has a fragment, which no receiver needs and which hides what is called.
    #[error("an address with a user or a fragment is not called")]
    Dressed,
    /// It names a machine that nobody outside can reach, or this one.
    #[error(
        "it stands for an address that is not public, which is not called; DUYET_OUTWARD_ALLOW opens networks"
    )]
    Forbidden,
    /// In clear, beyond the networks that the operator allows.
    #[error("http:// is for the networks of DUYET_OUTWARD_ALLOW alone; give https://")]
    Clear,
}

impl TargetFault {
    /// Its name in messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "target-malformed",
            Self::Scheme => "target-scheme",
            Self::Dressed => "target-dressed",
            Self::Forbidden => "target-forbidden",
            Self::Clear => "target-clear",
        }
    }
}

impl Target {
    /// Reads an address. However its number is written (octal, hexadecimal, short, full-width), it is the number that counts.
    pub fn parse(typed: &str, allowed: &[IpNet]) -> Result<Self, TargetFault> {
        let typed = typed.trim();
        // A parser of addresses drops these, so that two readers might see two addresses.
        if typed.len() > MAX_BYTES || typed.contains(|c: char| c.is_control() || c == '\\') {
            return Err(TargetFault::Malformed);
        }
        let url = Url::parse(typed).map_err(|_| TargetFault::Malformed)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(TargetFault::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(TargetFault::Dressed);
        }
        if url.port() == Some(0) {
            return Err(TargetFault::Malformed);
        }
        let target = Self(url);
        match target.host() {
            Ok(address) => target.admit(address, allowed)?,
            // What is not the whole world's is opened by its network alone, so that name is no secret way in.
            Err(name) if is_this_machine(name) => {
                let loopback = IpAddr::from([127, 0, 0, 1]);
                target.admit(loopback, allowed)?;
            }
            Err(_) => {}
        }
        Ok(target)
    }

    /// Whether that machine may be called under this address: everybody's by TLS, one of the networks that the operator has
    /// allowed in clear too.
    pub fn admit(&self, address: IpAddr, allowed: &[IpNet]) -> Result<(), TargetFault> {
        if allowed.iter().any(|network| network.contains(&address)) {
            return Ok(());
        }
        match (is_public(address), self.is_private()) {
            (false, _) => Err(TargetFault::Forbidden),
            (true, false) => Err(TargetFault::Clear),
            (true, true) => Ok(()),
        }
    }

    /// The machine: a number, or a name that must be looked up.
    pub fn host(&self) -> Result<IpAddr, &str> {
        match self.0.host() {
            Some(Host::Ipv4(address)) => Ok(address.into()),
            Some(Host::Ipv6(address)) => Ok(address.into()),
            Some(Host::Domain(name)) => Err(name),
            None => Err(""),
        }
    }

    /// The port, said or usual.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// Whether what is said stays between the two: `https`.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Host and port as the `Host` field has them.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.authority()
    }

    /// Path and query, which a request asks for.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.0[url::Position::BeforePath..url::Position::AfterQuery]
    }

    /// The address in its one spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// RFC 6761, section 6.3.
fn is_this_machine(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests;
