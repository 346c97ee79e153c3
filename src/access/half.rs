//! What somebody has between their password and their code: proof that the password was right a moment ago. It is no session
//! and opens nothing but the second step.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::domain::{Instant, ModeratorId};
use crate::intake::keyed::{self, Key, TAG};

/// As long as one may look for one's phone.
pub const HALF_LIFETIME: Duration = Duration::from_secs(600);

/// Signs half sessions.
#[derive(Clone)]
pub struct HalfKey(Key);

impl HalfKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet half session v1"))
    }

    /// The half session of a member whose password has that hash: with another password it is worth nothing.
    #[must_use]
    pub fn seal(&self, member: ModeratorId, password_hash: &str, now: Instant) -> String {
        let at = now.as_micros().to_be_bytes();
        let tag = self.tag(member, at, password_hash);
        URL_SAFE_NO_PAD.encode([&member.0.as_bytes()[..], &at[..], &tag[..]].concat())
    }

    /// Whose it claims to be; to be believed once [`holds`](Self::holds) says so.
    #[must_use]
    pub fn claimed(text: &str) -> Option<ModeratorId> {
        let (member, _, _) = parts(text)?;
        Some(member)
    }

    /// Whether it is of that member with that password, and not too old.
    #[must_use]
    pub fn holds(
        &self,
        text: &str,
        member: ModeratorId,
        password_hash: &str,
        now: Instant,
    ) -> bool {
        let Some((of, at, claimed)) = parts(text) else {
            return false;
        };
        let same: bool = self.tag(of, at, password_hash)[..].ct_eq(&claimed).into();
        let made = Instant::from_micros(i64::from_be_bytes(at));
        same && of == member && now < made.after(HALF_LIFETIME)
    }

    fn tag(&self, member: ModeratorId, at: [u8; 8], password_hash: &str) -> [u8; TAG] {
        keyed::tag(
            &self.0,
            &[member.0.as_bytes(), &at, password_hash.as_bytes()],
        )
    }
}

fn parts(text: &str) -> Option<(ModeratorId, [u8; 8], [u8; TAG])> {
    let mut bytes = [0; 16 + 8 + TAG];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes);
    if length != Ok(bytes.len()) {
        return None;
    }
    let (member, rest) = bytes.split_first_chunk::<16>()?;
    let (at, tag) = rest.split_first_chunk::<8>()?;
    Some((
        ModeratorId(Uuid::from_bytes(*member)),
        *at,
        tag.try_into().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_session_ends_with_its_time_and_with_the_password() {
        let (key, now) = (
            HalfKey::derive(b"secret"),
            Instant::from_micros(1_794_916_800_000_000),
        );
        let (lan, minh) = (
            ModeratorId(Uuid::from_u128(1)),
            ModeratorId(Uuid::from_u128(2)),
        );
        let half = key.seal(lan, "hash", now);
        assert_eq!(HalfKey::claimed(&half), Some(lan));
        assert!(key.holds(&half, lan, "hash", now));
        assert!(!key.holds(&half, lan, "another", now));
        assert!(!key.holds(&half, minh, "hash", now));
        assert!(!key.holds(&half, lan, "hash", now.after(HALF_LIFETIME)));
        assert!(!HalfKey::derive(b"other").holds(&half, lan, "hash", now));
        assert!(!key.holds("", lan, "hash", now) && HalfKey::claimed("x").is_none());
    }
}
