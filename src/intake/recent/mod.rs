//! The texts of the last hours, to see when one comes again, the same or nearly. An index in memory over what the store
//! holds: it is filled from there after a start and kept up with other replicas, so nothing is lost with it.
//!
//! A text takes some 600 bytes, so a full memory some 60 MB.

mod group;

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hash, RandomState};
use std::time::Duration;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use self::group::{Group, Member};
use crate::domain::{Cluster, CommentId, Instant, SiteId};
use crate::text::{BANDS, Likeness, Reading, SHARED, likeness};

/// How long a text is remembered.
pub const WINDOW: Duration = Duration::from_secs(24 * 3600);
/// As many texts as are remembered at the most; the oldest go first.
pub const CAPACITY: usize = 100_000;

/// Keys are hashes already, or rise with time, and none is chosen by a reader.
type Table<K, V> = HashMap<K, V, FxBuildHasher>;

/// A text, and what is told apart of who sent it and where: hashes of this process's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    exact: Option<u64>,
    near: Option<[u32; BANDS]>,
    email: u32,
    article: u32,
    address: Option<u16>,
}

/// What is known of comments that say what one says. Each counts that one too, and is there only with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repeats {
    /// Those with the same text.
    pub same: Option<Cluster>,
    /// Those with nearly the same, where there are more of them.
    pub near: Option<Cluster>,
}

/// What a remembered comment is found and forgotten by.
#[derive(Debug)]
struct Text {
    at: Instant,
    sent: Sent,
    group: Option<u32>,
}

/// A band that was seen: with which group, and in how many texts.
#[derive(Debug)]
struct Band {
    group: u32,
    texts: u32,
}

/// The texts of all sites within [`WINDOW`].
#[derive(Debug, Default)]
pub struct RecentTexts {
    keys: RandomState,
    in_order: VecDeque<(Instant, CommentId)>,
    texts: Table<CommentId, Text>,
    same: Table<u64, Group>,
    bands: Table<u32, Band>,
    near: Table<u32, Group>,
    groups: u32,
}

/// What of a stored text tells that it comes again.
#[must_use]
pub fn read(body: &str) -> Likeness {
    likeness(&Reading::new(body))
}

impl RecentTexts {
    /// A text as it is compared, with who sent it and where.
    #[must_use]
    pub fn sent(
        &self,
        site: SiteId,
        text: Likeness,
        email: &str,
        article: &str,
        address: Option<u16>,
    ) -> Sent {
        let of_site = |n: u64| FxBuildHasher.hash_one((site.0.as_u128(), n));
        Sent {
            exact: text.exact.map(|n| of_site(n.cast_unsigned())),
            near: text
                .near
                .map(|bands| std::array::from_fn(|band| half(of_site(bands[band].into())))),
            email: half(self.keys.hash_one(email)),
            article: half(self.keys.hash_one(article)),
            address,
        }
    }

    /// The comments within the window before `now` that say what `sent` says, but for `own`.
    pub fn repeats(&mut self, sent: &Sent, own: Option<CommentId>, now: Instant) -> Repeats {
        self.forget_before(now.before(WINDOW));
        let same = sent.exact.and_then(|text| self.same.get(&text));
        let same = same.and_then(|group| group.with(sent, own));
        let near = self
            .group_of(sent)
            .and_then(|group| self.near.get(&group)?.with(sent, own));
        let count = same.map_or(1, |cluster| cluster.comments);
        Repeats {
            same,
            near: near.filter(|cluster| cluster.comments > count),
        }
    }

    /// Whether a comment is remembered.
    #[must_use]
    pub fn knows(&self, comment: CommentId) -> bool {
        self.texts.contains_key(&comment)
    }

    /// Remembers a text; another one of the same comment takes its place.
    pub fn insert(&mut self, sent: &Sent, comment: CommentId, at: Instant) {
        if self
            .texts
            .get(&comment)
            .is_some_and(|text| text.sent == *sent)
        {
            return;
        }
        self.forget(comment);
        if sent.exact.is_none() {
            return;
        }
        let member = Member::new(comment, sent);
        if let Some(text) = sent.exact {
            let group = self.same.entry(text).or_insert_with(|| Group::new(comment));
            group.push(member);
        }
        let group = sent.near.map(|bands| self.join(sent, &bands, member));
        let text = Text {
            at,
            sent: *sent,
            group,
        };
        self.texts.insert(comment, text);
        // Nearly always the newest; what another replica took in may come a moment late.
        let later = self.in_order.iter().rev();
        let later = later.take_while(|(other, _)| *other > at).count();
        self.in_order
            .insert(self.in_order.len() - later, (at, comment));
        if self.texts.len() > CAPACITY {
            self.forget_oldest();
        }
    }

    /// Forgets a comment's text: it was changed or taken back.
    pub fn forget(&mut self, comment: CommentId) {
        let Some(text) = self.texts.remove(&comment) else {
            return;
        };
        if let Some(key) = text.sent.exact {
            leave(&mut self.same, key, comment);
        }
        if let Some(group) = text.group {
            leave(&mut self.near, group, comment);
        }
        for key in text.sent.near.iter().flatten() {
            if let Some(band) = self.bands.get_mut(key) {
                band.texts -= 1;
                if band.texts == 0 {
                    self.bands.remove(key);
                }
            }
        }
    }

    /// The group that a text shares the most bands with, if enough; of equals the older.
    fn group_of(&self, sent: &Sent) -> Option<u32> {
        let bands = sent.near.as_ref()?;
        let mut seen = [(0_u32, 0_usize); BANDS];
        let mut groups = 0;
        for band in bands.iter().filter_map(|band| self.bands.get(band)) {
            let known = seen[..groups].iter_mut().find(|(is, _)| *is == band.group);
            if let Some((_, count)) = known {
                *count += 1;
            } else {
                seen[groups] = (band.group, 1);
                groups += 1;
            }
        }
        let enough = seen[..groups].iter().filter(|(group, count)| {
            // A band may outlive its group, in a text that had joined another.
            *count >= SHARED && self.near.contains_key(group)
        });
        let most = enough.max_by_key(|(group, count)| (*count, u32::MAX - group));
        most.map(|(group, _)| *group)
    }

    /// Adds a text to the group it belongs to, or begins one.
    fn join(&mut self, sent: &Sent, bands: &[u32; BANDS], member: Member) -> u32 {
        let group = self.group_of(sent).unwrap_or_else(|| {
            self.groups = self.groups.wrapping_add(1);
            self.groups
        });
        let members = self.near.entry(group);
        members
            .or_insert_with(|| Group::new(member.comment))
            .push(member);
        for key in bands {
            let band = self.bands.entry(*key).or_insert(Band { group, texts: 0 });
            band.texts += 1;
            if !self.near.contains_key(&band.group) {
                band.group = group;
            }
        }
        group
    }

    fn forget_before(&mut self, limit: Instant) {
        while self.in_order.front().is_some_and(|(at, _)| *at < limit) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        while let Some((at, comment)) = self.in_order.pop_front() {
            // A text that was changed has a later place too.
            if self.texts.get(&comment).is_some_and(|text| text.at == at) {
                return self.forget(comment);
            }
        }
    }
}

fn leave<K: Eq + Hash>(groups: &mut Table<K, Group>, key: K, comment: CommentId) {
    if let Some(group) = groups.get_mut(&key) {
        group.remove(comment);
        if group.is_empty() {
            groups.remove(&key);
        }
    }
}

/// The upper half: the better mixed one.
#[allow(clippy::cast_possible_truncation)] // it fits
const fn half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests;
