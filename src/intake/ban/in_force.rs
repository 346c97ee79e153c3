//! The bans of a site as they are held against what arrives.

use core::net::IpAddr;
use std::collections::HashMap;

use ipnet::IpNet;

use super::pattern::Pattern;
use crate::domain::{
    Ban, BanId, BanKind, Category, Evidence, Field, Instant, RuleAction, Verdict, View,
};

/// Who wrote a comment, as far as bans look.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// The name as stored.
    pub name: &'a str,
    /// Its folded key.
    pub name_key: &'a str,
    /// The email as stored.
    pub email: &'a str,
    /// Its normalised key.
    pub email_key: &'a str,
    /// Where it came from, where that is known.
    pub address: Option<IpAddr>,
}

/// A ban's name and end.
#[derive(Debug, Clone, Copy)]
struct Term {
    id: BanId,
    ends: Option<Instant>,
}

impl Term {
    fn is_on(self, now: Instant) -> bool {
        self.ends.is_none_or(|end| now < end)
    }
}

/// The bans of one site. What was lifted is none of them; what expires is asked at each look.
#[derive(Debug, Clone, Default)]
pub struct Bans {
    emails: HashMap<String, Vec<Term>>,
    names: Vec<(Pattern, Term)>,
    ranges: Vec<(IpNet, Term)>,
}

impl Bans {
    /// Makes them ready. A range that cannot be read is left out: it was refused when it was typed.
    pub fn new<'a>(bans: impl IntoIterator<Item = &'a Ban>) -> Self {
        let mut all = Self::default();
        for ban in bans.into_iter().filter(|ban| ban.lifted_at.is_none()) {
            let term = Term {
                id: ban.id,
                ends: ban.expires_at,
            };
            match ban.kind {
                BanKind::Email => all.emails.entry(ban.key.clone()).or_default().push(term),
                BanKind::Name => all.names.push((Pattern::new(&ban.key), term)),
                BanKind::Address => all
                    .ranges
                    .extend(ban.key.parse().ok().map(|range| (range, term))),
            }
        }
        all
    }

    /// The bans that hold for an author: one of each kind at the most, by email before by name before by address.
    #[must_use]
    pub fn holding(&self, author: &Author<'_>, now: Instant) -> Vec<(BanKind, BanId)> {
        let on = |term: &&Term| term.is_on(now);
        let email = self.emails.get(author.email_key);
        let email = email.and_then(|terms| terms.iter().find(on));
        let mut names = self.names.iter();
        let name = names.find(|(pattern, term)| term.is_on(now) && pattern.holds(author.name_key));
        let range = author.address.map(|address| address.to_canonical());
        let range = range.and_then(|address| {
            let mut ranges = self.ranges.iter();
            ranges.find(|(range, term)| term.is_on(now) && range.contains(&address))
        });
        let found = [
            (BanKind::Email, email),
            (BanKind::Name, name.map(|(_, term)| term)),
            (BanKind::Address, range.map(|(_, term)| term)),
        ];
        let held = found.into_iter();
        held.filter_map(|(kind, term)| Some((kind, term?.id)))
            .collect()
    }

    /// Settles a comment that was judged, where its author is banned: it is rejected whatever the rules made of it, and its
    /// evidence says so. Its lane and score stay as the rules say, for who puts it back into the queue. The ban, where there is one.
    pub fn settle(
        &self,
        verdict: &mut Verdict,
        author: &Author<'_>,
        now: Instant,
    ) -> Option<BanId> {
        let holding = self.holding(author, now);
        let (kind, ban) = *holding.first()?;
        let seen = holding.iter().map(|(kind, _)| evidence(*kind, author));
        verdict.evidence.extend(seen);
        verdict.evidence.sort_by(|a, b| {
            (a.field, a.start, &a.rule, a.end).cmp(&(b.field, b.start, &b.rule, b.end))
        });
        verdict.action = RuleAction::Reject;
        verdict.settled_by = Some(kind.rule().to_owned());
        Some(ban)
    }
}

/// An address is no part of the comment, so nothing of it is shown.
fn evidence(kind: BanKind, author: &Author<'_>) -> Evidence {
    let (field, excerpt, view) = match kind {
        BanKind::Email => (Field::Email, author.email, View::Raw),
        BanKind::Name => (Field::Name, author.name, View::Raw),
        BanKind::Address => (Field::Body, "", View::Context),
    };
    Evidence {
        rule: kind.rule().to_owned(),
        category: Category::Ban,
        field,
        start: 0,
        end: u32::try_from(excerpt.chars().count()).unwrap_or(u32::MAX),
        excerpt: excerpt.to_owned(),
        weight: 0.0,
        view,
        cluster: None,
    }
}
