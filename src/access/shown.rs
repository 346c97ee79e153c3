//! How a secret that was just made is shown. Whoever has made it is led to a page whose address carries a pass: that page may be loaded
//! again without another secret being made, for a few minutes, in the session that has made it and in no other. Nothing of it is stored,
//! so every replica shows it; and the pass tells nothing of the secret.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::domain::Instant;
use crate::intake::keyed::{self, Key};

/// Signs passes, and names secrets without telling them.
#[derive(Clone)]
pub struct ShownKey {
    passes: Key,
    names: Key,
    forms: Key,
}

/// The time, in microseconds.
const HEAD: usize = 8;

impl ShownKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self {
            passes: keyed::derive(secret, b"duyet secret shown v1"),
            names: keyed::derive(secret, b"duyet secret named v1"),
            forms: keyed::derive(secret, b"duyet secret form v1"),
        }
    }

    /// Lets that session see that secret until then.
    #[must_use]
    pub fn pass(&self, session: &str, secret: &str, until: Instant) -> String {
        let head = until.as_micros().to_be_bytes();
        let tag = self.tag(session, secret, head);
        URL_SAFE_NO_PAD.encode([&head[..], &tag].concat())
    }

    /// Whether the pass lets that session see that secret now.
    #[must_use]
    pub fn admits(&self, pass: &str, session: &str, secret: &str, now: Instant) -> bool {
        let read = URL_SAFE_NO_PAD.decode(pass).unwrap_or_default();
        let Some((head, claimed)) = read.split_first_chunk::<HEAD>() else {
            return false;
        };
        let same: bool = self.tag(session, secret, *head).ct_eq(claimed).into();
        same && now < Instant::from_micros(i64::from_be_bytes(*head))
    }

    /// Names a secret: a form that would change it says by this which one it has seen, so that the same form sent twice changes it once.
    #[must_use]
    pub fn name(&self, secret: &str) -> String {
        hex::encode(keyed::tag(&self.names, &[secret.as_bytes()]))
    }

    /// Names a form that a session sends, by everything that it asks for: the very same form has this name again, and no other has.
    #[must_use]
    pub fn form(&self, session: &str, asked: &str) -> String {
        let length = length_of(session);
        let parts: [&[u8]; 3] = [&length, session.as_bytes(), asked.as_bytes()];
        hex::encode(keyed::tag(&self.forms, &parts))
    }

    fn tag(&self, session: &str, secret: &str, head: [u8; HEAD]) -> [u8; keyed::TAG] {
        let length = length_of(session);
        let parts: [&[u8]; 4] = [&head, &length, session.as_bytes(), secret.as_bytes()];
        keyed::tag(&self.passes, &parts)
    }
}

fn length_of(session: &str) -> [u8; 8] {
    u64::try_from(session.len())
        .unwrap_or(u64::MAX)
        .to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_is_for_one_session_one_secret_and_a_while() {
        let key = ShownKey::derive(b"a service's secret");
        let at = Instant::from_micros;
        let pass = key.pass("session", "whsec_1", at(1_000));
        assert!(key.admits(&pass, "session", "whsec_1", at(999)));
        for (session, secret, now) in [
            ("session", "whsec_1", 1_000),
            ("session", "whsec_2", 999),
            ("sessio", "nwhsec_1", 999),
            ("another", "whsec_1", 999),
        ] {
            assert!(
                !key.admits(&pass, session, secret, at(now)),
                "{session} {secret} {now}"
            );
        }
        for wrong in ["", "x", &pass[1..], &key.name("whsec_1")] {
            assert!(!key.admits(wrong, "session", "whsec_1", at(0)), "{wrong}");
        }
        let other = ShownKey::derive(b"another's");
        assert!(!other.admits(&pass, "session", "whsec_1", at(999)));
        assert_ne!(key.name("whsec_1"), key.name("whsec_2"));
        assert_ne!(key.name("whsec_1"), other.name("whsec_1"));
    }

    #[test]
    fn a_form_is_the_same_in_one_session_and_with_one_choice() {
        let key = ShownKey::derive(b"a service's secret");
        let form = key.form("session", "a choice");
        assert_eq!(form, key.form("session", "a choice"));
        for (session, asked) in [
            ("session", "another"),
            ("another", "a choice"),
            ("sessio", "na choice"),
        ] {
            assert_ne!(form, key.form(session, asked), "{session} {asked}");
        }
    }
}
