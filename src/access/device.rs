//! The mark of a browser that an account was used with before. Wrong passwords from it are counted by themselves, so that nobody
//! elsewhere can make its owner wait. It opens nothing.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::domain::Instant;
use crate::intake::keyed::{self, Key, TAG};

/// As long as a browser is known after it was used.
pub const DEVICE_LIFETIME: Duration = Duration::from_secs(90 * 24 * 3600);

/// Signs the marks of browsers.
#[derive(Clone)]
pub struct DeviceKey(Key);

impl DeviceKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet device v1"))
    }

    /// The mark of a browser that nobody else has: `chance` tells it apart.
    #[must_use]
    pub fn seal(&self, chance: [u8; 16], identity: &str, now: Instant) -> String {
        let at = now.as_micros().to_be_bytes();
        let tag = self.tag(&chance, at, identity);
        URL_SAFE_NO_PAD.encode([&chance[..], &at[..], &tag[..]].concat())
    }

    /// What tells the browser apart, where the mark is one of ours for that account and not too old.
    #[must_use]
    pub fn open(&self, text: &str, identity: &str, now: Instant) -> Option<[u8; 16]> {
        let mut bytes = [0; 16 + 8 + TAG];
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes);
        if length != Ok(bytes.len()) {
            return None;
        }
        let (chance, rest) = bytes.split_first_chunk::<16>()?;
        let (at, claimed) = rest.split_first_chunk::<8>()?;
        let same: bool = self.tag(chance, *at, identity)[..].ct_eq(claimed).into();
        let made = Instant::from_micros(i64::from_be_bytes(*at));
        (same && now < made.after(DEVICE_LIFETIME)).then_some(*chance)
    }

    fn tag(&self, chance: &[u8; 16], at: [u8; 8], identity: &str) -> [u8; TAG] {
        keyed::tag(&self.0, &[chance, &at, identity.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_its_own_account_and_for_a_while() {
        let (key, now) = (
            DeviceKey::derive(b"secret"),
            Instant::from_micros(1_794_916_800_000_000),
        );
        let mark = key.seal([7; 16], "lan@bao.example", now);
        assert_eq!(key.open(&mark, "lan@bao.example", now), Some([7; 16]));
        assert_eq!(key.open(&mark, "minh@bao.example", now), None);
        assert_eq!(
            key.open(&mark, "lan@bao.example", now.after(DEVICE_LIFETIME)),
            None
        );
        assert_eq!(
            DeviceKey::derive(b"other").open(&mark, "lan@bao.example", now),
            None
        );
        for forged in ["", "x", &mark[1..]] {
            assert_eq!(key.open(forged, "lan@bao.example", now), None);
        }
    }
}
