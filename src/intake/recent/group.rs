//! Comments that say the same, in the order they came.

use std::collections::VecDeque;

use super::Sent;
use crate::domain::{Cluster, CommentId};

/// Who and where are counted among so many of the newest: a flood of one text must not cost more with each copy.
const COUNTED: usize = 100;

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) comment: CommentId,
    email: u32,
    article: u32,
    address: Option<u16>,
}

impl Member {
    pub(super) const fn new(comment: CommentId, sent: &Sent) -> Self {
        Self {
            comment,
            email: sent.email,
            article: sent.article,
            address: sent.address,
        }
    }
}

/// All of them.
#[derive(Debug)]
pub(super) struct Group {
    /// Who began it; it keeps that name when the first is forgotten.
    first: CommentId,
    members: VecDeque<Member>,
}

impl Group {
    pub(super) fn new(first: CommentId) -> Self {
        Self {
            first,
            // Most texts come once.
            members: VecDeque::with_capacity(1),
        }
    }

    pub(super) fn push(&mut self, member: Member) {
        self.members.push_back(member);
    }

    pub(super) fn remove(&mut self, comment: CommentId) {
        // Nearly always the oldest.
        let place = self.members.iter().position(|is| is.comment == comment);
        if let Some(place) = place {
            self.members.remove(place);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The group with one more, which may be in it already as `own`; none where it would be alone.
    pub(super) fn with(&self, sent: &Sent, own: Option<CommentId>) -> Option<Cluster> {
        let is_in = own.is_some_and(|own| self.members.iter().any(|is| is.comment == own));
        let others = self.members.len() - usize::from(is_in);
        if others == 0 {
            return None;
        }
        let newest = self.members.iter().rev();
        let counted = newest.filter(|is| Some(is.comment) != own).take(COUNTED);
        let (mut emails, mut articles) = (vec![sent.email], vec![sent.article]);
        let mut addresses: Vec<u16> = sent.address.into_iter().collect();
        for member in counted {
            emails.push(member.email);
            articles.push(member.article);
            addresses.extend(member.address);
        }
        Some(Cluster {
            first: self.first,
            comments: number(others + 1),
            emails: different(emails),
            addresses: different(addresses),
            articles: different(articles),
        })
    }
}

fn different<T: Ord>(mut all: Vec<T>) -> u32 {
    all.sort_unstable();
    all.dedup();
    number(all.len())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
