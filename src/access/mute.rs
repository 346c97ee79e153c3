//! The signed link in each mail to a moderator that turns such mail off. It is for that alone, so it needs no session: mail programs
//! press it by themselves (RFC 8058).

use crate::domain::{ModeratorId, SiteId};
use crate::intake::SealKey;

/// Signs such links.
#[derive(Clone)]
pub struct MuteKey(SealKey);

impl MuteKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(SealKey::derive(secret, b"duyet member mail v1"))
    }

    /// The link's token in mails about that site.
    #[must_use]
    pub fn seal(&self, member: ModeratorId, site: SiteId) -> String {
        self.0.seal(member.0, site.0)
    }

    /// What a token stands for, where it is one of ours.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<(ModeratorId, SiteId)> {
        let (member, site) = self.0.open(text)?;
        Some((ModeratorId(member), SiteId(site)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::LinkKey;
    use super::*;
    use crate::domain::LinkId;
    use uuid::Uuid;

    #[test]
    fn the_link_that_turns_mail_off_opens_nothing_else() {
        let (mutes, links) = (MuteKey::derive(b"secret"), LinkKey::derive(b"secret"));
        let (member, site) = (ModeratorId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(2)));
        let token = mutes.seal(member, site);
        assert_eq!(mutes.open(&token), Some((member, site)));
        assert_eq!(links.open(&token), None);
        assert_eq!(mutes.open(&links.seal(member, LinkId(site.0))), None);
    }
}
