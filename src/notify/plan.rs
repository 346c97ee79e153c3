//! When a member is told: plain functions of what waits, how they want to be told, when they were, and the time.
//!
//! What is told once is not decided here but by numbers (`store::telling`). A clock that jumps can only make a mail come sooner or
//! later: times that lie ahead of the clock are taken for long ago, since a clock that was ahead once must not keep mail back.

use std::time::Duration;

use jiff::civil::Time;

use crate::domain::{Instant, MailHabits, Pace, Stuck, Telling};

/// The ceilings count within this time.
pub const HOUR: Duration = Duration::from_secs(3600);
/// As long as a mail that cannot leave keeps the next one back: one mail that a server will not have must not silence a member for ever.
const STUCK: Duration = Duration::from_secs(24 * 3600);
/// The same of a second one in a row that is put off while others are taken: its mailbox is full, and would be when it is emptied again.
const OWN_STUCK: Duration = HOUR;
/// The same of one about what is urgent that waits over something else than the server, such as a mailbox that puts off who is new to it.
const ALERT_STUCK: Duration = Duration::from_secs(120);
/// When who is told twice a day is told, on their own clock.
const TWICE: [Time; 2] = [Time::constant(8, 0, 0, 0), Time::constant(16, 0, 0, 0)];

/// What holds for everybody.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The least time between two digests.
    pub digest: Duration,
    /// As many mails as one member gets within an hour about one site; none for no ceiling.
    pub ceiling: Option<usize>,
    /// The same for mails about what is urgent alone.
    pub urgent_ceiling: Option<usize>,
    /// The least time between two of these.
    pub urgent_pause: Duration,
}

/// Since when something waits that a member was not told of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Untold {
    /// What is not urgent.
    pub ordinary: Option<Instant>,
    /// What is.
    pub urgent: Option<Instant>,
}

/// What a member is told now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// All that they were not told of.
    Everything,
    /// What is urgent of it.
    Urgent,
}

/// What a member is told now, if anything.
#[must_use]
pub fn turn(
    habits: &MailHabits,
    untold: Untold,
    telling: &Telling,
    stuck: &Stuck,
    limits: &Limits,
    now: Instant,
) -> Option<Turn> {
    if habits.pace == Pace::Off {
        return None;
    }
    let alerts =
        untold.urgent.is_some() && !is_alert_stuck(stuck, now) && may_alert(telling, limits, now);
    if is_quiet(habits, now) {
        return (alerts && habits.urgent_in_quiet).then_some(Turn::Urgent);
    }
    // What is urgent and found no room by itself comes with the rest.
    let since = untold.ordinary.into_iter().chain(untold.urgent).min()?;
    let has_room =
        has_room(&telling.told, limits.ceiling, now) && !is_digest_stuck(stuck, limits, now);
    if has_room && is_due(habits, since, telling, limits, now) {
        return Some(Turn::Everything);
    }
    alerts.then_some(Turn::Urgent)
}

/// What becomes of the promise to have looked at everything within some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// As before.
    AsBefore,
    /// It is kept again.
    Kept,
    /// It is broken, and the member is reminded.
    Remind,
}

/// Whether a member is reminded that the oldest has waited for longer than was `promised`: once, until nothing does.
#[must_use]
pub fn promise(
    habits: &MailHabits,
    promised: Option<(Duration, Instant)>,
    telling: &Telling,
    stuck: &Stuck,
    limits: &Limits,
    now: Instant,
) -> Promise {
    let late = promised.filter(|(promised, oldest)| oldest.after(*promised) <= now);
    let Some((_, oldest)) = late else {
        return if telling.is_late {
            Promise::Kept
        } else {
            Promise::AsBefore
        };
    };
    // A clock that was ahead once has had them reminded of these already.
    let knows = telling.reminded_of.is_some_and(|of| oldest <= of);
    let may = habits.pace != Pace::Off
        && !is_quiet(habits, now)
        && !is_digest_stuck(stuck, limits, now)
        && has_room(&telling.told, limits.ceiling, now);
    if telling.is_late || knows || !may {
        Promise::AsBefore
    } else {
        Promise::Remind
    }
}

/// The times of a list with one more, without those that no ceiling asks for any more.
#[must_use]
pub fn with_another(times: &[Instant], now: Instant) -> Vec<Instant> {
    let mut kept = within_the_hour(times, now);
    // The last one is asked for by digests, however long ago it was.
    kept.push(now);
    kept
}

/// Whether it is quiet on a member's clock.
#[must_use]
pub fn is_quiet(habits: &MailHabits, now: Instant) -> bool {
    let time = habits.zone.clock().to_datetime(now.timestamp()).time();
    habits.quiet.is_some_and(|quiet| quiet.covers(time))
}

/// For how long a mail that the server puts off once it has read it is tried with its readers' words: no longer than the next one waits
/// anyway, and long enough for a server that has a moment's trouble.
#[must_use]
pub fn patience_with_words(is_urgent: bool, limits: &Limits) -> Duration {
    if is_urgent {
        ALERT_STUCK
    } else {
        limits.digest.max(ALERT_STUCK)
    }
}

/// Whether a time that something which was written waits for is still to come. By a clock that was set back it was written in the
/// future, and that time is as good as over.
#[must_use]
pub fn is_ahead(written: Instant, until: Instant, now: Instant) -> bool {
    written <= now && until > now
}

/// When the quiet is over that a member has now, where they have it.
#[must_use]
pub fn quiet_until(habits: &MailHabits, now: Instant) -> Option<Instant> {
    let quiet = habits.quiet.filter(|_| is_quiet(habits, now))?;
    let (clock, (_, end)) = (habits.zone.clock(), quiet.bounds());
    let today = clock.to_datetime(now.timestamp()).date();
    let days = [Some(today), today.tomorrow().ok()].into_iter().flatten();
    let ends = days.filter_map(|day| clock.to_timestamp(day.to_datetime(end)).ok());
    ends.map(Instant::from).find(|end| *end > now)
}

fn is_due(
    habits: &MailHabits,
    since: Instant,
    telling: &Telling,
    limits: &Limits,
    now: Instant,
) -> bool {
    let last = telling.told.iter().filter(|at| **at <= now).max().copied();
    let rested = |pause: Duration| last.is_none_or(|last| last.after(pause) <= now);
    match habits.pace {
        Pace::Off => false,
        Pace::AtOnce => true,
        Pace::Digest => rested(limits.digest),
        Pace::Hourly => rested(HOUR),
        Pace::TwiceADay => {
            let slot = last_slot(habits, now);
            let is_new = last.is_none_or(|last| last < slot);
            is_new && (since <= slot || since > now)
        }
    }
}

/// The latest of the two times a day.
fn last_slot(habits: &MailHabits, now: Instant) -> Instant {
    let clock = habits.zone.clock();
    let today = clock.to_datetime(now.timestamp()).date();
    let days = [Some(today), today.yesterday().ok()];
    let slots = days.into_iter().flatten().flat_map(|day| {
        TWICE.map(|time| clock.to_timestamp(day.to_datetime(time)).map(Instant::from))
    });
    let past = slots.flatten().filter(|slot| *slot <= now);
    past.max().unwrap_or(now)
}

fn may_alert(telling: &Telling, limits: &Limits, now: Instant) -> bool {
    let last = telling.alerted.iter().filter(|at| **at <= now).max();
    let rested = last.is_none_or(|last| last.after(limits.urgent_pause) <= now);
    rested && has_room(&telling.alerted, limits.urgent_ceiling, now)
}

fn is_digest_stuck(stuck: &Stuck, limits: &Limits, now: Instant) -> bool {
    let patience = match stuck.digests_of_its_own {
        0 => STUCK,
        1 => limits.digest,
        _ => OWN_STUCK,
    };
    is_stuck(stuck.digest, patience, now)
}

fn is_alert_stuck(stuck: &Stuck, now: Instant) -> bool {
    let patience = if stuck.is_alert_its_own {
        ALERT_STUCK
    } else {
        STUCK
    };
    is_stuck(stuck.alert, patience, now)
}

/// Whether a mail before keeps the next one back.
fn is_stuck(since: Option<Instant>, patience: Duration, now: Instant) -> bool {
    since.is_some_and(|since| is_ahead(since, since.after(patience), now))
}

fn has_room(times: &[Instant], ceiling: Option<usize>, now: Instant) -> bool {
    ceiling.is_none_or(|most| within_the_hour(times, now).len() < most)
}

fn within_the_hour(times: &[Instant], now: Instant) -> Vec<Instant> {
    let within = |at: &&Instant| **at <= now && at.after(HOUR) > now;
    times.iter().filter(within).copied().collect()
}

#[cfg(test)]
mod tests;
