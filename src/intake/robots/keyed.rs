//! HMAC-SHA256 (RFC 2104) under keys that are made from the service's secret for one purpose each.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key that HMAC has read already.
pub(super) type Key = Hmac<Sha256>;

/// The key for one purpose.
pub(super) fn derive(secret: &[u8], purpose: &[u8]) -> Key {
    keyed(&tag(&keyed(secret), &[purpose]))
}

/// The authentication code of the parts, one after the other.
pub(super) fn tag(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = key.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn keyed(key: &[u8]) -> Key {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length (RFC 2104)")
}
