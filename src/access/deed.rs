//! The signed link of a mail that offers a moderator one decision on one comment as it stood. It opens a page; who presses the button
//! there must be signed in as the one it was mailed to. Nothing of it is stored: each move of a comment gives it another revision, so a
//! link that has decided, or was too late, never decides again.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::domain::{Action, CommentId, Instant, ModeratorId, OutboxId};
use crate::intake::keyed::{self, Key};

/// What moderators decide from a mail.
pub const MAILED: [Action; 3] = [Action::Approve, Action::Reject, Action::Spam];

/// One decision that a mail offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// The mail's row: links of two mails are different ones.
    pub mail: OutboxId,
    /// On which comment.
    pub comment: CommentId,
    /// At which revision; on any other it decides nothing.
    pub revision: i32,
    /// What.
    pub action: Action,
    /// Until when, to the second.
    pub until: Instant,
}

/// Signs such links.
#[derive(Clone)]
pub struct DeedKey(Key);

/// The action, the revision, the time.
const HEAD: usize = 1 + 4 + 4;

impl DeedKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet mailed decision v1"))
    }

    /// The link's token for that member: letters, digits, `-` and `_`. The same for the same deed; none for what is not offered.
    #[must_use]
    pub fn seal(&self, member: ModeratorId, deed: &Deed) -> Option<String> {
        let action = MAILED.iter().position(|action| *action == deed.action)?;
        let mut bytes = vec![u8::try_from(action).ok()?];
        bytes.extend(deed.revision.to_be_bytes());
        bytes.extend(seconds(deed.until).to_be_bytes());
        bytes.extend(deed.mail.0.as_bytes());
        bytes.extend(deed.comment.0.as_bytes());
        let tag = self.tag(member, &bytes);
        bytes.extend(tag);
        Some(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What a token stands for, where it is one of ours for that member.
    #[must_use]
    pub fn open(&self, member: ModeratorId, text: &str) -> Option<Deed> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (said, claimed) = bytes.split_at_checked(HEAD + 32)?;
        let same: bool = self.tag(member, said).ct_eq(claimed).into();
        if !same {
            return None;
        }
        let (head, ids) = said.split_at(HEAD);
        let (mail, comment) = ids.split_at(16);
        let until = u32::from_be_bytes(head[5..].try_into().ok()?);
        Some(Deed {
            mail: OutboxId(Uuid::from_slice(mail).ok()?),
            comment: CommentId(Uuid::from_slice(comment).ok()?),
            revision: i32::from_be_bytes(head[1..5].try_into().ok()?),
            action: *MAILED.get(usize::from(head[0]))?,
            until: Instant::from_micros(i64::from(until) * 1_000_000),
        })
    }

    fn tag(&self, member: ModeratorId, said: &[u8]) -> [u8; keyed::TAG] {
        keyed::tag(&self.0, &[member.0.as_bytes(), said])
    }
}

fn seconds(at: Instant) -> u32 {
    u32::try_from(at.as_micros() / 1_000_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn deed(action: Action) -> Deed {
        Deed {
            mail: OutboxId(Uuid::from_u128(1)),
            comment: CommentId(Uuid::from_u128(2)),
            revision: 7,
            action,
            until: Instant::from_micros(1_795_000_000_000_000),
        }
    }

    #[test]
    fn a_link_is_for_one_member_one_action_and_one_revision() {
        let key = DeedKey::derive(b"secret");
        let [lan, minh] = [3, 4].map(|n| ModeratorId(Uuid::from_u128(n)));
        let mut all = std::collections::BTreeSet::new();
        for action in MAILED {
            let link = key.seal(lan, &deed(action)).expect("a link");
            assert_eq!(key.seal(lan, &deed(action)), Some(link.clone()));
            assert_eq!(key.open(lan, &link), Some(deed(action)));
            assert_eq!(key.open(minh, &link), None);
            assert_eq!(DeedKey::derive(b"another").open(lan, &link), None);
            let next = Deed {
                revision: 8,
                ..deed(action)
            };
            assert_ne!(key.seal(lan, &next), Some(link.clone()));
            all.insert(link);
        }
        assert_eq!(all.len(), 3);
        assert_eq!(key.seal(lan, &deed(Action::Erase)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_changed_in_a_link_makes_it_no_link(at in 0_usize..76, to in 0_u8..64) {
            const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let (key, lan) = (DeedKey::derive(b"secret"), ModeratorId(Uuid::from_u128(3)));
            let link = key.seal(lan, &deed(Action::Approve)).expect("a link");
            let mut other = link.clone().into_bytes();
            prop_assert_eq!(other.len(), 76);
            other[at] = LETTERS[usize::from(to)];
            let other = String::from_utf8(other).expect("ASCII");
            prop_assert_eq!(key.open(lan, &other).is_some(), other == link);
        }
    }
}
