//! Codes for who has lost their phone: shown once, kept as keyed hashes, each good for one sign-in.

use crate::domain::ModeratorId;
use crate::intake::keyed::{self, Key};

/// As many as somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// Hashes recovery codes. They are short enough to be tried out against a plain hash, so the key is the service's.
#[derive(Clone)]
pub struct RecoveryKey(Key);

impl RecoveryKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet recovery v1"))
    }

    /// What is stored of a code, however it was typed: with or without its dashes, in capitals.
    #[must_use]
    pub fn hash(&self, member: ModeratorId, typed: &str) -> [u8; 32] {
        let code: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        keyed::whole_tag(&self.0, &[member.0.as_bytes(), code.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let (key, lan) = (
            RecoveryKey::derive(b"secret"),
            ModeratorId(Uuid::from_u128(1)),
        );
        let hash = key.hash(lan, "abcd-efgh-jkmn");
        assert_eq!(key.hash(lan, " ABCD efghjkmn "), hash);
        assert_ne!(key.hash(lan, "abcd-efgh-jkmm"), hash);
        assert_ne!(
            key.hash(ModeratorId(Uuid::from_u128(2)), "abcd-efgh-jkmn"),
            hash
        );
    }
}
