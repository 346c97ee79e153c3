//! The stamp of a form: when it was shown, signed, for one site. It may be sent any number of times, since people go back
//! and send again; what it tells is how long they took.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::{Instant, SiteId, StampFault};
use crate::intake::keyed::{self, Key, TAG};

/// As long as a stamp is taken: whoever finds the page still open the next morning is a person, who sends in time.
pub const LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// Signs stamps.
#[derive(Clone)]
pub struct StampKey(Key);

impl StampKey {
    /// The key for stamps under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet form stamp v1"))
    }

    /// The stamp of a form that is shown now: 32 letters, digits, `-` or `_`.
    #[must_use]
    pub fn seal(&self, site: SiteId, now: Instant) -> String {
        let time = now.as_micros().to_be_bytes();
        let mut bytes = [0; 8 + TAG];
        bytes[..8].copy_from_slice(&time);
        bytes[8..].copy_from_slice(&self.tag(site, time));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The stamp of a form that is shown again with what must be mended. The time of its first stamp holds; where it had
    /// none that counts, that was a minute ago: whoever mends a form has typed it, and may well be done in a moment.
    #[must_use]
    pub fn seal_again(&self, site: SiteId, given: Option<&str>, now: Instant) -> String {
        match given {
            Some(given) if self.open(site, given, now).is_ok() => given.to_owned(),
            _ => self.seal(site, now.before(Duration::from_secs(u64::from(MINUTE)))),
        }
    }

    /// When the form with this stamp was shown. The comparison takes the same time for every wrong tag.
    pub fn open(&self, site: SiteId, text: &str, now: Instant) -> Result<Instant, StampFault> {
        let mut bytes = [0; 8 + TAG];
        // One of another length is none of ours; the decoder says so before it reads it.
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes);
        if length != Ok(bytes.len()) {
            return Err(StampFault::Forged);
        }
        let (time, claimed) = bytes.split_first_chunk().ok_or(StampFault::Forged)?;
        let same: bool = subtle::ConstantTimeEq::ct_eq(&self.tag(site, *time)[..], claimed).into();
        if !same {
            return Err(StampFault::Forged);
        }
        let shown = Instant::from_micros(i64::from_be_bytes(*time));
        if now > shown.after(LIFETIME) {
            return Err(StampFault::Expired);
        }
        Ok(shown)
    }

    fn tag(&self, site: SiteId, time: [u8; 8]) -> [u8; TAG] {
        keyed::tag(&self.0, &[site.0.as_bytes(), &time])
    }
}

const MINUTE: u32 = 60;

/// Seconds short of a minute from being shown to being sent; only whole seconds have passed. How many are too many is a
/// rule's business.
pub(super) fn haste(shown: Instant, now: Instant) -> u32 {
    let seconds = (now.as_micros() - shown.as_micros()).max(0) / 1_000_000;
    MINUTE.saturating_sub(u32::try_from(seconds).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const SITE: SiteId = SiteId(Uuid::from_u128(7));

    fn at(second: u64) -> Instant {
        Instant::from_micros(1_794_916_800_000_000).after(Duration::from_secs(second))
    }

    #[test]
    fn a_stamp_tells_when_until_it_expires() {
        let key = StampKey::derive(b"secret");
        let stamp = key.seal(SITE, at(0));
        assert_eq!(stamp.len(), 32);
        assert_eq!(key.open(SITE, &stamp, at(0)), Ok(at(0)));
        assert_eq!(key.open(SITE, &stamp, at(24 * 3600)), Ok(at(0)));
        assert_eq!(
            key.open(SITE, &stamp, at(24 * 3600 + 1)),
            Err(StampFault::Expired)
        );
    }

    #[test]
    fn a_form_shown_again_keeps_its_first_time() {
        let key = StampKey::derive(b"secret");
        let first = key.seal(SITE, at(0));
        assert_eq!(key.seal_again(SITE, Some(&first), at(50)), first);
        for without in [None, Some(""), Some("x")] {
            let again = key.seal_again(SITE, without, at(100));
            let shown = key.open(SITE, &again, at(100)).expect("a stamp");
            assert_eq!((shown, haste(shown, at(100))), (at(40), 0));
        }
        let old = key.seal_again(SITE, Some(&first), at(25 * 3600));
        assert!(key.open(SITE, &old, at(25 * 3600)).is_ok());
    }

    #[test]
    fn haste_counts_whole_seconds() {
        let sent = |micros: u64| haste(at(0), at(0).after(Duration::from_micros(micros)));
        assert_eq!([sent(0), sent(999_999), sent(1_000_000)], [60, 60, 59]);
        assert_eq!([sent(59_999_999), sent(60_000_000)], [1, 0]);
        assert_eq!(sent(86_400_000_000), 0);
        // A replica's clock may be a little behind.
        assert_eq!(haste(at(1), at(0)), 60);
    }

    proptest! {
        #[test]
        fn only_what_was_sealed_for_the_site_opens(micros in 0i64..2_000_000_000_000_000, other in 0u128..7, at in 0usize..24, flip in 1u8..=255) {
            let key = StampKey::derive(b"secret");
            let now = Instant::from_micros(micros);
            let stamp = key.seal(SITE, now);
            prop_assert_eq!(key.open(SITE, &stamp, now), Ok(now));
            let forged = Err(StampFault::Forged);
            prop_assert_eq!(key.open(SiteId(Uuid::from_u128(other)), &stamp, now), forged);
            prop_assert_eq!(StampKey::derive(b"another").open(SITE, &stamp, now), forged);
            let mut bytes = URL_SAFE_NO_PAD.decode(&stamp).expect("our own");
            bytes[at] ^= flip;
            prop_assert_eq!(key.open(SITE, &URL_SAFE_NO_PAD.encode(bytes), now), forged);
        }

        #[test]
        fn any_text_may_be_tried(text in prop_oneof![any::<String>(), "[A-Za-z0-9_-]{30,34}"]) {
            let key = StampKey::derive(b"secret");
            prop_assert_eq!(key.open(SITE, &text, at(0)), Err(StampFault::Forged));
        }
    }
}
