//! What is kept with a comment of the address it came from: enough to tell apart the addresses of a handful of comments
//! that say the same, too little to say which address it was.

use siphasher::sip::SipHasher13;
use std::hash::Hasher;

use super::{ReaderAddress, keyed};
use crate::domain::SiteId;

/// Marks addresses. Made from the service's secret for this purpose alone, and the same on every replica.
#[derive(Clone)]
pub struct AddressKey(SipHasher13);

impl AddressKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        let key = keyed::derive(secret, b"duyet address mark v1");
        Self(keyed::hasher(&key, &[]))
    }

    /// The mark of an address on a site: sixteen bits. Even who knows the key has 65,536 addresses of IPv4 for each mark,
    /// while two addresses have the same one in 65,536 times.
    #[must_use]
    pub fn mark(&self, site: SiteId, address: &ReaderAddress) -> u16 {
        let bytes = self.hash(site, address).to_le_bytes();
        u16::from_le_bytes([bytes[0], bytes[1]])
    }

    /// The whole hash of an address on a site, by which it is known again; never stored by itself.
    #[must_use]
    pub fn hash(&self, site: SiteId, address: &ReaderAddress) -> u64 {
        let mut hasher = self.0;
        hasher.write(site.0.as_bytes());
        hasher.write(address.bytes());
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;
    use uuid::Uuid;

    #[test]
    fn a_mark_tells_addresses_apart_on_one_site() {
        let key = AddressKey::derive(b"secret");
        let [here, there] = [Uuid::nil(), Uuid::max()].map(SiteId);
        let [one, other] = ["203.0.113.7", "203.0.113.8"]
            .map(|address| ReaderAddress::from(address.parse::<IpAddr>().expect("an address")));
        assert_eq!(key.mark(here, &one), key.clone().mark(here, &one));
        assert_ne!(key.mark(here, &one), key.mark(here, &other));
        assert_ne!(key.mark(here, &one), key.mark(there, &one));
        assert_ne!(
            key.mark(here, &one),
            AddressKey::derive(b"another").mark(here, &one)
        );
    }
}
