//! Texts that come again: what is asked of the memory of texts and told to it, and what makes a resend.

use std::sync::{MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::{AtSite, House};
use crate::domain::Instant;
use crate::intake::{Checked, RecentTexts, Repeats, Sent};
use crate::store::Resend;
use crate::text::Likeness;

impl House {
    /// What is remembered of texts. Never held over an await.
    pub(super) fn recent(&self) -> MutexGuard<'_, RecentTexts> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AtSite {
    /// The text as it is compared, and the comments that say the same; nothing for a member's own, who may well answer alike.
    pub(super) fn repeats(
        &self,
        checked: &Checked,
        text: Likeness,
        mark: Option<u16>,
        now: Instant,
    ) -> (Option<Sent>, Repeats) {
        if self.is_members || text.exact.is_none() {
            return (None, Repeats::default());
        }
        let (email, article) = (checked.email.key(), checked.article.as_str());
        let mut recent = self.house.recent();
        let sent = recent.sent(self.site.id, text, email, article, mark);
        let repeats = recent.repeats(&sent, None, now);
        (Some(sent), repeats)
    }

    /// What would make a second comment of this one a resend. A member's answers may be alike here too.
    ///
    /// All that it says may be known to others, and who resends is handed the first one's receipt; so it counts only from the
    /// same network address, and where that is not known nothing is a resend.
    pub(super) fn resend(&self, checked: &Checked, now: Instant) -> Option<Resend> {
        let asker = self.asker.filter(|_| !self.is_members)?;
        let mut hash = Sha256::new();
        hash.update(
            self.house
                .addresses
                .hash(self.site.id, &asker.address)
                .to_le_bytes(),
        );
        for field in [
            checked.article.as_str(),
            checked.name.as_str(),
            checked.email.key(),
            checked.body.as_str(),
        ] {
            // A byte that UTF-8 never has ends each.
            hash.update(field.as_bytes());
            hash.update([0xff]);
        }
        hash.update(
            checked
                .parent
                .map_or([0; 16], |parent| *parent.0.as_bytes()),
        );
        let hash: [u8; 32] = hash.finalize().into();
        let mut mark = [0; 16];
        mark.copy_from_slice(&hash[..16]);
        Some(Resend {
            site: self.site.id,
            mark,
            at: now,
        })
    }
}
