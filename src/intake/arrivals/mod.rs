//! How much comes from where: counts over the last ten minutes, by address, email, article and site.
//!
//! Two things are made of them. A **ceiling** for one address, far above what a café or an office sends, is the only one
//! that refuses. Everything below it is **pressure**: numbers for rules of the category `flood`, which hold and never
//! refuse, and [`Pressure`] for whoever wants to ask more of a robot while much comes at once (a proof of work, say).
//! Nothing is counted across sites, and a busy article weighs on itself alone.
//!
//! # How it is counted
//!
//! By sliding windows made of fixed ones: a count is what came in the running window of ten minutes, and of the window before
//! it the share that the last ten minutes still reach into. It takes that to have come evenly, so a count may be off by
//! what came unevenly then; it needs no list of moments, and it can be added up over several replicas, which a bucket
//! that leaks cannot.
//!
//! A replica counts in memory ([`Arrivals::arrive`]) and asks no database. What it has counted it [tells](Arrivals::tell) once a
//! second; what others have, it [hears](Arrivals::hear). So replicas know of each other a second late, and after a start
//! everything is as before. A count of one is never told: it is most of what there is, and says nothing.
//!
//! # What is remembered of a reader
//!
//! No address and no email, here or in what is told: only hashes, under a key that is made from the service's secret for
//! one day ([`keys`]). Windows older than the last two are dropped, and with them the hashes.
//!
//! # What an attacker can do to it
//!
//! As many keys as [`CAPACITY`] are kept for a window. When there are more, those that came least go, so that whoever
//! sends much stays counted however many others are invented.

mod address;
mod keys;
mod pressure;
#[cfg(test)]
mod tests;
mod windows;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use address::ReaderAddress;
pub use pressure::{Counts, Level, Pressure};
pub use windows::CAPACITY;

use self::keys::{Keys, Kind, Marks};
use self::windows::{Moment, Windows};
use crate::domain::{Instant, SiteId};

/// The time that counts reach back.
pub const WINDOW: Duration = Duration::from_secs(600);

/// Who hands a comment in, and where. What is not known is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// The site.
    pub site: SiteId,
    /// The reader's address.
    pub address: Option<ReaderAddress>,
    /// The [key](super::Email::key) of the reader's email.
    pub email: Option<&'a str>,
    /// The article's canonical address.
    pub article: Option<&'a str>,
}

/// An address has reached its ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// Seconds until it may send again, where nobody else sends from there.
    pub wait: u32,
}

/// What was counted for one arrival, to take it back.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Counted {
    moment: Moment,
    site: SiteId,
    marks: Marks,
}

/// Counts of one site in one window that others do not know of yet. They are added to what was told before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The site.
    pub site: SiteId,
    /// Which window: its number since 1970.
    pub window: i64,
    /// By keyed hash, what came in addition; below zero for what was taken back.
    pub counts: Vec<(u64, i32)>,
}

/// The counts.
#[derive(Debug)]
pub struct Arrivals {
    keys: Mutex<Keys>,
    windows: Mutex<Windows>,
}

impl Arrivals {
    /// Nothing counted yet. Replicas must have the same secret to know each other's hashes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self {
            keys: Mutex::new(Keys::derive(secret)),
            windows: Mutex::default(),
        }
    }

    /// Counts a comment, unless its address has reached `ceiling` in the last ten minutes: what was refused is not counted,
    /// so that an attacker does not keep their neighbours out by going on. The counts are those of the others.
    pub fn arrive(
        &self,
        arrival: &Arrival<'_>,
        ceiling: Option<u32>,
        now: Instant,
    ) -> Result<(Counts, Counted), TooMany> {
        let moment = Moment::of(now);
        let (marks, before) = self.marks(arrival, moment);
        let mut windows = lock(&self.windows);
        let counts = windows.counts(moment, &marks, &before);
        if let (Some(ceiling), true) = (ceiling, marks.get(Kind::Address).is_some())
            && counts.from_address >= ceiling
        {
            return Err(TooMany {
                wait: windows.wait(moment, &marks, &before, ceiling),
            });
        }
        Ok((counts, add_one(&mut windows, moment, arrival.site, marks)))
    }

    /// Counts a comment that no ceiling refuses, since nobody could tell its sender.
    pub fn count(&self, arrival: &Arrival<'_>, now: Instant) -> (Counts, Counted) {
        let moment = Moment::of(now);
        let (marks, before) = self.marks(arrival, moment);
        let mut windows = lock(&self.windows);
        let counts = windows.counts(moment, &marks, &before);
        (counts, add_one(&mut windows, moment, arrival.site, marks))
    }

    /// Takes back what was counted for a comment that was not stored, or was one that had been stored before.
    pub fn retract(&self, counted: Counted) {
        lock(&self.windows).add(counted.moment, counted.site, &counted.marks, -1);
    }

    /// What there is, without counting anything.
    #[cfg(test)]
    fn look(&self, arrival: &Arrival<'_>, now: Instant) -> Counts {
        let moment = Moment::of(now);
        let (marks, before) = self.marks(arrival, moment);
        lock(&self.windows).counts(moment, &marks, &before)
    }

    /// What others do not know of yet, at most `most` counts, the greatest first. The rest comes with the next call.
    #[must_use]
    pub fn tell(&self, most: usize) -> Vec<Tally> {
        lock(&self.windows).tell(most)
    }

    /// Adds what another replica has counted, or this one before it was started anew. False where it cannot be taken yet,
    /// because that window has not begun here.
    pub fn hear(&self, tally: &Tally, now: Instant) -> bool {
        lock(&self.windows).hear(Moment::of(now), tally)
    }

    /// The hashes in the running window and in the one before, which may lie in another day.
    fn marks(&self, arrival: &Arrival<'_>, moment: Moment) -> (Marks, Marks) {
        let (day, day_before) = (moment.day(), moment.day_before());
        let [key, key_before] = lock(&self.keys).of([day, day_before]);
        let marks = Marks::of(arrival, &key);
        let before = if day == day_before {
            marks
        } else {
            Marks::of(arrival, &key_before)
        };
        (marks, before)
    }
}

fn add_one(windows: &mut Windows, moment: Moment, site: SiteId, marks: Marks) -> Counted {
    windows.add(moment, site, &marks, 1);
    Counted {
        moment,
        site,
        marks,
    }
}

/// Counts stand on their own, so a panic elsewhere leaves none half made.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
