//! A secret that was just made, shown to whoever has made it.

use std::time::Duration;

use super::Moderating;
use crate::access::ShownKey;
use crate::clock;
use crate::domain::Instant;

/// As long as it is shown.
const SHOWN_FOR: Duration = Duration::from_secs(10 * 60);
/// As long as a form may be on its way a second time: who presses a button twice means it once.
pub(super) const TWICE_WITHIN: Duration = Duration::from_secs(60);

impl Moderating {
    fn shown_key(&self) -> ShownKey {
        ShownKey::derive(&self.house.config.secret)
    }

    /// Names a secret, as a form says which one it would change.
    pub fn name_of(&self, secret: &str) -> String {
        self.shown_key().name(secret)
    }

    /// Names the form by which this session asks for that; nothing where who asks has none, as by a token.
    pub(super) fn form(&self, asked: &str) -> Option<String> {
        let session = self.session.as_deref()?;
        Some(self.shown_key().form(session, asked))
    }

    /// The pass by which this session sees the secret in the next minutes.
    pub fn pass_to(&self, secret: &str) -> String {
        let session = self.session.as_deref().unwrap_or_default();
        let until = clock::now().after(SHOWN_FOR);
        self.shown_key().pass(session, secret, until)
    }

    /// The secret, where the pass lets this session see it.
    pub fn shown(&self, secret: String, pass: &str) -> Option<String> {
        let session = self.session.as_deref().unwrap_or_default();
        let admits = self
            .shown_key()
            .admits(pass, session, &secret, clock::now());
        admits.then_some(secret)
    }
}

/// Whether what was done then may have been done by the same form, sent twice.
pub(super) fn is_just_now(done: Instant, now: Instant) -> bool {
    (now.before(TWICE_WITHIN)..=now.after(TWICE_WITHIN)).contains(&done)
}
