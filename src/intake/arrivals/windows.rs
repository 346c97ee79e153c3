//! Two windows of fixed length, of which a sliding one is made.

use std::cmp::Reverse;
use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::keys::{Kind, Marks};
use super::{Counts, Tally, WINDOW};
use crate::domain::{Instant, SiteId};

/// As many keys as are kept for a window. Sixteen bytes each, and room to look them up quickly: some 10 MiB for both.
pub const CAPACITY: usize = 200_000;

/// A count below is not told to others.
const WORTH_TELLING: i64 = 2;

#[allow(clippy::cast_possible_truncation)] // 600,000,000
const MICROS: i64 = WINDOW.as_micros() as i64;
const DAY: i64 = 86_400_000_000;

/// A moment as a window, and how far that has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    window: i64,
    run: i64,
}

impl Moment {
    pub(super) fn of(now: Instant) -> Self {
        let micros = now.as_micros();
        Self {
            window: micros.div_euclid(MICROS),
            run: micros.rem_euclid(MICROS),
        }
    }

    /// The day that the window begins on.
    pub(super) fn day(self) -> i64 {
        (self.window * MICROS).div_euclid(DAY)
    }

    /// The day that the window before begins on.
    pub(super) fn day_before(self) -> i64 {
        ((self.window - 1) * MICROS).div_euclid(DAY)
    }
}

/// What came in a window under one key.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Counted here.
    own: u32,
    /// The part of it that others were told of.
    told: u32,
    /// Counted elsewhere.
    others: u32,
}

impl Count {
    const fn total(self) -> u32 {
        self.own.saturating_add(self.others)
    }

    fn untold(self) -> i64 {
        i64::from(self.own) - i64::from(self.told)
    }

    fn is_worth_telling(self) -> bool {
        self.own != self.told && i64::from(self.own.max(self.told)) >= WORTH_TELLING
    }
}

#[derive(Debug, Default)]
struct Window {
    number: i64,
    counts: FxHashMap<u64, Count>,
}

impl Window {
    fn numbered(number: i64) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    fn total(&self, mark: u64) -> u32 {
        self.counts.get(&mark).map_or(0, |count| count.total())
    }

    /// The count of that key, which may be a new one.
    fn entry(&mut self, mark: u64) -> &mut Count {
        if self.counts.len() >= CAPACITY {
            self.make_room();
        }
        self.counts.entry(mark).or_default()
    }

    /// Drops the keys that came least until a quarter is free.
    fn make_room(&mut self) {
        let mut least = 1;
        while self.counts.len() > CAPACITY / 4 * 3 {
            self.counts.retain(|_, count| count.total() > least);
            least *= 2;
        }
    }
}

/// The running window and the one before.
#[derive(Debug, Default)]
pub(super) struct Windows {
    now: Window,
    before: Window,
    /// Keys with something to tell, each once.
    untold: Vec<(SiteId, i64, u64)>,
}

impl Windows {
    /// Takes the clock's word for the window, but for one that is a moment late: threads pass the border one by one.
    fn advance(&mut self, moment: Moment) {
        match moment.window - self.now.number {
            0 | -1 => {}
            1 => {
                let next = Window::numbered(moment.window);
                self.before = std::mem::replace(&mut self.now, next);
            }
            // A long pause, or a clock that was set.
            _ => {
                self.now = Window::numbered(moment.window);
                self.before = Window::numbered(moment.window - 1);
            }
        }
    }

    fn of_number(&mut self, number: i64) -> Option<&mut Window> {
        [&mut self.now, &mut self.before]
            .into_iter()
            .find(|window| window.number == number)
    }

    pub(super) fn counts(&mut self, moment: Moment, marks: &Marks, before: &Marks) -> Counts {
        self.advance(moment);
        let count = |kind| match (marks.get(kind), before.get(kind)) {
            (Some(mark), Some(mark_before)) => self
                .now
                .total(mark)
                .saturating_add(still_within(self.before.total(mark_before), moment.run)),
            _ => 0,
        };
        Counts {
            from_address: count(Kind::Address),
            from_address_here: count(Kind::AddressHere),
            from_email: count(Kind::Email),
            on_article: count(Kind::Article),
            on_site: count(Kind::Site),
        }
    }

    /// Counts up or down. What was counted in a window that is gone has gone with it.
    pub(super) fn add(&mut self, moment: Moment, site: SiteId, marks: &Marks, by: i32) {
        self.advance(moment);
        let mut untold = std::mem::take(&mut self.untold);
        if let Some(window) = self.of_number(moment.window) {
            for mark in marks.all() {
                let count = window.entry(mark);
                let was_known = count.is_worth_telling();
                count.own = count.own.saturating_add_signed(by);
                if count.is_worth_telling() && !was_known && untold.len() < CAPACITY {
                    untold.push((site, moment.window, mark));
                }
            }
        }
        self.untold = untold;
    }

    /// Seconds until the address is below the ceiling again.
    pub(super) fn wait(&self, moment: Moment, marks: &Marks, before: &Marks, ceiling: u32) -> u32 {
        let total = |window: &Window, marks: &Marks| {
            marks
                .get(Kind::Address)
                .map_or(0, |mark| i64::from(window.total(mark)))
        };
        let (now, earlier) = (total(&self.now, marks), total(&self.before, before));
        let ceiling = i64::from(ceiling);
        let micros = if now < ceiling {
            // When enough of the window before has gone by.
            run_until_below(earlier, ceiling - now) - moment.run
        } else {
            // Not in this window; in the next one this is the window before.
            MICROS - moment.run + run_until_below(now, ceiling)
        };
        u32::try_from(micros / 1_000_000 + 1).unwrap_or(1).max(1)
    }

    pub(super) fn tell(&mut self, most: usize) -> Vec<Tally> {
        let mut all: Vec<(SiteId, i64, u64, i64)> = Vec::with_capacity(self.untold.len());
        for (site, number, mark) in std::mem::take(&mut self.untold) {
            let untold = self
                .of_number(number)
                .and_then(|window| window.counts.get(&mark))
                .map_or(0, |count| count.untold());
            if untold != 0 {
                all.push((site, number, mark, untold));
            }
        }
        all.sort_unstable_by_key(|(.., untold)| Reverse(untold.unsigned_abs()));
        for (site, number, mark, _) in all.drain(most.min(all.len())..) {
            self.untold.push((site, number, mark));
        }
        let mut tallies: HashMap<(SiteId, i64), Vec<(u64, i32)>> = HashMap::new();
        for (site, number, mark, untold) in all {
            if let Some(count) = self
                .of_number(number)
                .and_then(|window| window.counts.get_mut(&mark))
            {
                count.told = count.own;
                let more = i32::try_from(untold).unwrap_or(i32::MAX);
                tallies
                    .entry((site, number))
                    .or_default()
                    .push((mark, more));
            }
        }
        tallies
            .into_iter()
            .map(|((site, window), counts)| Tally {
                site,
                window,
                counts,
            })
            .collect()
    }

    pub(super) fn hear(&mut self, moment: Moment, tally: &Tally) -> bool {
        self.advance(moment);
        if tally.window > self.now.number {
            return false;
        }
        if let Some(window) = self.of_number(tally.window) {
            for (mark, more) in &tally.counts {
                let count = window.entry(*mark);
                count.others = count.others.saturating_add_signed(*more);
            }
        }
        true
    }

    /// How many keys are kept.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.now.counts.len() + self.before.counts.len()
    }
}

/// Of what came in the window before, as much as lies within the last ten minutes, to the nearest whole number: rounded
/// down, each count would lose one in the moment when the windows turn.
fn still_within(earlier: u32, run: i64) -> u32 {
    let left = (2 * i64::from(earlier) * (MICROS - run) + MICROS) / (2 * MICROS);
    u32::try_from(left).unwrap_or(u32::MAX)
}

/// How far a window must have run until less than `below` of the `earlier` is within reach, `below` being one or more.
fn run_until_below(earlier: i64, below: i64) -> i64 {
    MICROS - (2 * below - 1).saturating_mul(MICROS) / (2 * earlier.max(1))
}
