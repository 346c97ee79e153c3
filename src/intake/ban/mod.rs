//! Whose comments a site does not want: what an editor types is read here, and what arrives is held against it.

mod in_force;
mod pattern;
#[cfg(test)]
mod tests;

use core::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

pub use self::in_force::{Author, Bans};
use self::pattern::folded_pattern;
use super::{Email, EmailPolicy, FieldError};
use crate::domain::BanKind;

/// As many bans as may be in force on one site.
pub const MAX_BANS: usize = 5_000;
/// As many characters as a name or its pattern has.
const MAX_NAME: usize = 80;
/// Letters and digits that a pattern of names needs: with fewer it would hold for half the town.
const MIN_LETTERS: usize = 2;
/// The widest ranges: a /16 of IPv4 is a provider's district, a /32 of IPv6 all of a provider.
const WIDEST: (u8, u8) = (16, 32);
/// The network that one home or phone has in IPv6, and takes its addresses from as it likes (RFC 8981).
const HOME: u8 = 64;

/// What a ban goes by, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanTarget {
    /// What it goes by.
    pub kind: BanKind,
    /// As it is shown.
    pub pattern: String,
    /// As it is compared.
    pub key: String,
}

impl BanTarget {
    /// Reads what an editor typed; what is wrong is told of the field `pattern`.
    ///
    /// An email is any spelling of one mailbox. A name is a whole name, or has `*` for whatever stands there. An address is a
    /// range (`203.0.113.0/24`) or one address, which for IPv6 stands for its network of 64 bits.
    pub fn read(kind: BanKind, typed: &str) -> Result<Self, FieldError> {
        match kind {
            BanKind::Email => email(typed),
            BanKind::Name => name(typed),
            BanKind::Address => address(typed),
        }
    }
}

fn wrong(code: &'static str) -> FieldError {
    FieldError::new("pattern", code)
}

fn email(typed: &str) -> Result<BanTarget, FieldError> {
    // What any policy ever let in can be banned.
    let policy = EmailPolicy {
        unicode_local_part: true,
    };
    let email = Email::parse_with(typed, policy).map_err(|error| FieldError {
        field: "pattern".to_owned(),
        ..error
    })?;
    Ok(BanTarget {
        kind: BanKind::Email,
        pattern: email.as_str().to_owned(),
        key: email.key().to_owned(),
    })
}

fn name(typed: &str) -> Result<BanTarget, FieldError> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.chars().count() > MAX_NAME {
        return Err(wrong("text-too-long").with("max", MAX_NAME));
    }
    if typed.contains(char::is_control) {
        return Err(wrong("ban-name-control"));
    }
    let key = folded_pattern(&typed);
    let letters = key.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < MIN_LETTERS {
        return Err(wrong("ban-name-wide").with("min", MIN_LETTERS));
    }
    Ok(BanTarget {
        kind: BanKind::Name,
        pattern: typed,
        key,
    })
}

fn address(typed: &str) -> Result<BanTarget, FieldError> {
    let range = range(typed.trim()).ok_or_else(|| wrong("ban-address-invalid"))?;
    let widest = match range {
        IpNet::V4(_) => WIDEST.0,
        IpNet::V6(_) => WIDEST.1,
    };
    if range.prefix_len() < widest {
        return Err(wrong("ban-address-wide")
            .with("four", WIDEST.0.into())
            .with("six", WIDEST.1.into()));
    }
    let key = range.to_string();
    Ok(BanTarget {
        kind: BanKind::Address,
        pattern: key.clone(),
        key,
    })
}

/// A range in its one spelling. IPv4 that is written as IPv6 is IPv4.
fn range(typed: &str) -> Option<IpNet> {
    let range = match typed.parse::<IpNet>() {
        Ok(range) => range,
        Err(_) => match typed.parse::<IpAddr>().ok()?.to_canonical() {
            IpAddr::V4(address) => Ipv4Net::from(address).into(),
            IpAddr::V6(address) => Ipv6Net::new(address, HOME).ok()?.into(),
        },
    };
    let mapped = match range {
        IpNet::V6(range) if range.prefix_len() >= 96 => range.addr().to_ipv4_mapped(),
        _ => None,
    };
    let range = match mapped {
        Some(address) => Ipv4Net::new(address, range.prefix_len() - 96).ok()?.into(),
        None => range,
    };
    Some(range.trunc())
}
