//! The address that a reader is counted by.

use core::net::IpAddr;

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
    pub(in crate::intake) fn bytes(&self) -> &[u8] {
        match self {
            Self::V4(address) => address,
            Self::V6(network) => network,
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
