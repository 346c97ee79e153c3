//! The address that a reader is counted by.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address as far as it tells readers apart. Of IPv6 that is the network of 64 bits: a home or a phone has all of it, and
/// takes another address from it as often as it likes (RFC 4291, 2.5.4; RFC 8981).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReaderAddress {
    /// IPv4, also where it was written as IPv6 (RFC 4291, 2.5.5.2).
    V4([u8; 4]),
    /// The first 64 bits of IPv6.
    V6([u8; 8]),
}

impl ReaderAddress {
    /// The bytes that are hashed: 4 or 8.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::V4(address) => address,
            Self::V6(network) => network,
        }
    }
}

impl std::fmt::Display for ReaderAddress {
    /// The address, or the network of 64 bits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::V4(address) => Ipv4Addr::from(*address).fmt(f),
            Self::V6(network) => {
                let mut whole = [0; 16];
                whole[..8].copy_from_slice(network);
                write!(f, "{}/64", Ipv6Addr::from(whole))
            }
        }
    }
}

impl From<IpAddr> for ReaderAddress {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => {
                let mut network = [0; 8];
                network.copy_from_slice(&address.octets()[..8]);
                Self::V6(network)
            }
        }
    }
}
