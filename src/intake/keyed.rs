//! HMAC-SHA256 (RFC 2104) under keys that are made from the service's secret for one purpose each.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use siphasher::sip::SipHasher13;

/// A key that HMAC has read already.
pub type Key = Hmac<Sha256>;

/// Half of HMAC-SHA256's output: as many bits as RFC 2104, section 5, asks for at least.
pub const TAG: usize = 16;

/// The key for one purpose.
pub fn derive(secret: &[u8], purpose: &[u8]) -> Key {
    keyed(&whole_tag(&keyed(secret), &[purpose]))
}

/// The authentication code of the parts, one after the other.
pub fn whole_tag(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = key.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The half of it that goes with what is signed.
pub fn tag(key: &Key, parts: &[&[u8]]) -> [u8; TAG] {
    let whole = whole_tag(key, parts);
    std::array::from_fn(|place| whole[place])
}

/// A `SipHash` under a key made of the parts: quicker, for what is hashed often and shown to nobody.
pub fn hasher(key: &Key, parts: &[&[u8]]) -> SipHasher13 {
    SipHasher13::new_with_key(&tag(key, parts))
}

fn keyed(key: &[u8]) -> Key {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length (RFC 2104)")
}
