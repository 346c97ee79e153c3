//! What is counted, as hashes that tell nothing to whoever has no key.
//!
//! `SipHash` (Aumasson and Bernstein, 2012) under a key of 128 bits is a pseudo-random function: without the key nobody can
//! try out the four thousand million addresses of IPv4 against a hash. The key is HMAC-SHA256 of the day under the service's
//! secret, so that hashes of one day cannot be compared with those of another.

use siphasher::sip::SipHasher13;
use std::hash::Hasher;

use super::Arrival;
use crate::intake::keyed::{self, Key};

/// What a hash counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Address,
    /// An address under one article.
    AddressHere,
    Email,
    Article,
    Site,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Address,
        Self::AddressHere,
        Self::Email,
        Self::Article,
        Self::Site,
    ];
}

/// The hashes of one arrival, by kind; none for what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks([Option<u64>; Kind::ALL.len()]);

impl Marks {
    pub(super) fn of(arrival: &Arrival<'_>, key: &SipHasher13) -> Self {
        let mut site = *key;
        site.write(arrival.site.0.as_bytes());
        let address = arrival
            .address
            .as_ref()
            .map(|address| mark(&site, Kind::Address, address.bytes()));
        let article = arrival
            .article
            .map(|article| mark(&site, Kind::Article, article.as_bytes()));
        let here = address.zip(article).map(|(address, article)| {
            let both = [address.to_le_bytes(), article.to_le_bytes()];
            mark(&site, Kind::AddressHere, both.as_flattened())
        });
        let email = arrival
            .email
            .map(|email| mark(&site, Kind::Email, email.as_bytes()));
        let all = mark(&site, Kind::Site, &[]);
        Self(Kind::ALL.map(|kind| match kind {
            Kind::Address => address,
            Kind::AddressHere => here,
            Kind::Email => email,
            Kind::Article => article,
            Kind::Site => Some(all),
        }))
    }

    pub(super) fn get(&self, kind: Kind) -> Option<u64> {
        self.0[kind as usize]
    }

    /// All that there are.
    pub(super) fn all(&self) -> impl Iterator<Item = u64> {
        self.0.into_iter().flatten()
    }
}

/// The kind is one byte after the site's sixteen, and what follows it fills the rest: no two kinds can mean the same.
fn mark(site: &SipHasher13, kind: Kind, what: &[u8]) -> u64 {
    let mut hasher = *site;
    hasher.write(&[kind as u8]);
    hasher.write(what);
    hasher.finish()
}

/// The keys of the days.
pub(super) struct Keys {
    key: Key,
    known: [(i64, SipHasher13); 2],
}

impl Keys {
    /// Made from the service's secret for this purpose alone.
    pub(super) fn derive(secret: &[u8]) -> Self {
        let key = keyed::derive(secret, b"duyet arrivals v1");
        let first = (0, of_day(&key, 0));
        Self {
            key,
            known: [first; 2],
        }
    }

    /// The keys of two days, made once for as long as they are asked for.
    pub(super) fn of(&mut self, days: [i64; 2]) -> [SipHasher13; 2] {
        days.map(|day| {
            if let Some((_, key)) = self.known.iter().find(|(known, _)| *known == day) {
                return *key;
            }
            let key = of_day(&self.key, day);
            self.known = [(day, key), self.known[0]];
            key
        })
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

fn of_day(key: &Key, day: i64) -> SipHasher13 {
    keyed::hasher(key, &[&day.to_le_bytes()])
}
