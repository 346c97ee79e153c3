//! When members are told, by clocks of all kinds.

use proptest::prelude::*;

use super::*;
use crate::domain::{QuietHours, Zone};

const MINUTE: Duration = Duration::from_secs(60);
const LIMITS: Limits = Limits {
    digest: Duration::from_secs(600),
    ceiling: Some(6),
    urgent_ceiling: Some(12),
    urgent_pause: MINUTE,
};

fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

fn minutes(count: u32) -> Duration {
    count * MINUTE
}

fn habits(pace: Pace) -> MailHabits {
    MailHabits {
        pace,
        ..MailHabits::default()
    }
}

fn nightly(zone: &str, urgent_in_quiet: bool) -> MailHabits {
    MailHabits {
        quiet: QuietHours::of_minutes(22 * 60, 6 * 60),
        zone: Zone::named(zone).expect("a zone"),
        urgent_in_quiet,
        ..MailHabits::default()
    }
}

fn told(times: &[Instant]) -> Telling {
    Telling {
        told: times.to_vec(),
        ..Telling::default()
    }
}

fn ordinary(since: Instant) -> Untold {
    Untold {
        ordinary: Some(since),
        urgent: None,
    }
}

fn urgent(since: Instant) -> Untold {
    Untold {
        ordinary: None,
        urgent: Some(since),
    }
}

#[test]
fn the_first_on_a_quiet_queue_is_told_at_once_and_the_next_after_ten_minutes() {
    let now = at("2026-11-29T03:00:00Z");
    let turn = |telling: &Telling, now| {
        turn(
            &habits(Pace::Digest),
            ordinary(now),
            telling,
            &Stuck::default(),
            &LIMITS,
            now,
        )
    };
    assert_eq!(turn(&Telling::default(), now), Some(Turn::Everything));
    let once = told(&[now]);
    assert_eq!(turn(&once, now.after(minutes(9))), None);
    assert_eq!(turn(&once, now.after(minutes(10))), Some(Turn::Everything));
}

#[test]
fn while_a_mail_cannot_leave_the_next_of_its_kind_waits_for_a_day_at_the_most() {
    let now = at("2026-11-29T03:00:00Z");
    let digest = habits(Pace::Digest);
    let told = Telling::default();
    let (new, threat) = (ordinary(now), urgent(now));
    let with = |untold, stuck| turn(&digest, untold, &told, &stuck, &LIMITS, now);
    let since = |age| Some(now.before(age));
    let (lately, long_ago) = (since(minutes(23 * 60)), since(minutes(24 * 60)));
    let digest_of = |digest| Stuck {
        digest,
        ..Stuck::default()
    };
    assert_eq!(with(new, digest_of(lately)), None);
    assert_eq!(with(new, digest_of(long_ago)), Some(Turn::Everything));
    assert_eq!(with(threat, digest_of(lately)), Some(Turn::Urgent));
    let both = Stuck {
        digest: lately,
        alert: lately,
        ..Stuck::default()
    };
    assert_eq!(with(threat, both), None);
    // A mailbox that is full or new to us is not the server: what is urgent waits for two minutes then.
    let its_own = |age| Stuck {
        alert: since(age),
        is_alert_its_own: true,
        ..both
    };
    assert_eq!(with(threat, its_own(MINUTE)), None);
    assert_eq!(with(threat, its_own(2 * MINUTE)), Some(Turn::Urgent));
    // One that is put off while others are taken waits for a digest's time, and the next one after it for an hour.
    let passed = |digests_of_its_own, age| Stuck {
        digests_of_its_own,
        ..digest_of(since(age))
    };
    for (digests, patience) in [(1, 10), (2, 60), (3, 60)] {
        assert_eq!(with(new, passed(digests, minutes(patience - 1))), None);
        let next = with(new, passed(digests, minutes(patience)));
        assert_eq!(next, Some(Turn::Everything), "after {digests}");
    }
    let ahead = digest_of(Some(now.after(MINUTE)));
    assert_eq!(
        with(new, ahead),
        Some(Turn::Everything),
        "a clock that was set back"
    );
    let late = Some((MINUTE, now.before(minutes(10))));
    let reminded = |stuck| promise(&digest, late, &told, &stuck, &LIMITS, now);
    assert_eq!(reminded(digest_of(lately)), Promise::AsBefore);
    assert_eq!(reminded(Stuck::default()), Promise::Remind);
}

#[test]
fn readers_words_are_tried_for_no_longer_than_the_next_mail_waits() {
    let digests = |digest| Limits { digest, ..LIMITS };
    assert_eq!(patience_with_words(true, &LIMITS), minutes(2));
    assert_eq!(patience_with_words(false, &LIMITS), minutes(10));
    // However soon digests follow each other: a server may have a moment's trouble.
    assert_eq!(
        patience_with_words(false, &digests(Duration::ZERO)),
        minutes(2)
    );
    let now = at("2026-11-29T03:00:00Z");
    let written = now.before(minutes(9));
    assert!(is_ahead(written, written.after(minutes(10)), now));
    assert!(!is_ahead(written, written.after(minutes(9)), now));
    let by_a_clock_that_was_ahead = now.after(minutes(1));
    assert!(!is_ahead(
        by_a_clock_that_was_ahead,
        now.after(minutes(11)),
        now
    ));
}

#[test]
fn each_pace_has_its_own_time() {
    let now = at("2026-11-29T03:00:00Z");
    let last = |minutes: u32| told(&[now.before(minutes * MINUTE)]);
    let is_told = |pace, telling: &Telling| {
        let since = ordinary(now.before(MINUTE));
        turn(
            &habits(pace),
            since,
            telling,
            &Stuck::default(),
            &LIMITS,
            now,
        )
        .is_some()
    };
    assert!(!is_told(Pace::Off, &Telling::default()));
    assert!(is_told(Pace::AtOnce, &last(1)));
    assert!(!is_told(Pace::Hourly, &last(59)) && is_told(Pace::Hourly, &last(60)));
    let off = turn(
        &habits(Pace::Off),
        urgent(now),
        &Telling::default(),
        &Stuck::default(),
        &LIMITS,
        now,
    );
    assert_eq!(off, None, "off is off for what is urgent, too");
}

#[test]
fn twice_a_day_is_in_the_morning_and_in_the_afternoon_at_home() {
    // 8:00 and 16:00 in Vietnam.
    let (morning, afternoon) = (at("2026-11-29T01:00:00Z"), at("2026-11-29T09:00:00Z"));
    let is_told = |since, telling: &Telling, now| {
        turn(
            &habits(Pace::TwiceADay),
            ordinary(since),
            telling,
            &Stuck::default(),
            &LIMITS,
            now,
        )
        .is_some()
    };
    let night = morning.before(minutes(300));
    assert!(!is_told(night, &Telling::default(), morning.before(MINUTE)));
    assert!(is_told(night, &Telling::default(), morning));
    let once = told(&[morning]);
    let later = morning.after(minutes(5));
    assert!(!is_told(later, &once, afternoon.before(MINUTE)));
    assert!(is_told(later, &once, afternoon));
    assert!(
        is_told(later, &once, afternoon.after(minutes(90))),
        "a service that was away"
    );
    assert!(!is_told(
        afternoon.after(MINUTE),
        &once,
        afternoon.after(minutes(90))
    ));
}

#[test]
fn quiet_hours_keep_mail_back_and_what_is_urgent_only_where_it_was_said_so() {
    let (night, morning) = (at("2026-11-29T16:00:00Z"), at("2026-11-29T23:00:00Z"));
    let zone = "Asia/Ho_Chi_Minh";
    let turn = |habits: &MailHabits, untold, now| {
        turn(
            habits,
            untold,
            &Telling::default(),
            &Stuck::default(),
            &LIMITS,
            now,
        )
    };
    let both = Untold {
        ordinary: Some(night),
        urgent: Some(night),
    };
    assert_eq!(turn(&nightly(zone, false), both, night), None);
    assert_eq!(turn(&nightly(zone, true), both, night), Some(Turn::Urgent));
    assert_eq!(turn(&nightly(zone, true), ordinary(night), night), None);
    assert_eq!(
        turn(&nightly(zone, false), both, morning),
        Some(Turn::Everything)
    );
    // The same moment is day elsewhere.
    assert_eq!(
        turn(&nightly("Europe/Berlin", false), both, night),
        Some(Turn::Everything)
    );
}

/// In Berlin the night of 29 March 2026 has no hour from 2 to 3, that of 25 October has it twice.
#[test]
fn quiet_hours_are_over_at_their_next_end() {
    let nightly = nightly("Asia/Ho_Chi_Minh", false);
    let until = |text: &str| quiet_until(&nightly, at(text));
    let morning = Some(at("2026-11-29T23:00:00Z"));
    assert_eq!(until("2026-11-29T15:00:00Z"), morning, "in the evening");
    assert_eq!(until("2026-11-29T22:59:59Z"), morning, "after midnight");
    assert_eq!(until("2026-11-29T23:00:00Z"), None);
    let night = at("2026-11-29T15:00:00Z");
    assert_eq!(quiet_until(&habits(Pace::Digest), night), None);
}

#[test]
fn quiet_hours_follow_the_clocks_of_a_zone_that_changes_them() {
    let berlin = |from, to| MailHabits {
        quiet: QuietHours::of_minutes(from, to),
        ..nightly("Europe/Berlin", false)
    };
    let quiet = |habits: &MailHabits, text: &str| is_quiet(habits, at(text));
    let night = berlin(22 * 60, 6 * 60);
    for (day, begins, ends) in [
        ("winter", "2026-01-15T21:00:00Z", "2026-01-16T05:00:00Z"),
        ("spring", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),
        ("summer", "2026-07-15T20:00:00Z", "2026-07-16T04:00:00Z"),
        ("autumn", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),
    ] {
        assert!(quiet(&night, begins) && !quiet(&night, ends), "{day}");
        let second = Duration::from_secs(1);
        assert!(!is_quiet(&night, at(begins).before(second)), "{day}");
        assert!(is_quiet(&night, at(ends).before(second)), "{day}");
    }
    // Quiet hours that end in the hour that is left out end with it.
    let short = berlin(22 * 60, 150);
    assert!(quiet(&short, "2026-03-29T00:59:59Z") && !quiet(&short, "2026-03-29T01:00:00Z"));
    // Twice a day stays in the morning and the afternoon of that clock.
    let twice = MailHabits {
        pace: Pace::TwiceADay,
        quiet: None,
        ..night
    };
    for (slot, before) in [
        ("2026-03-29T06:00:00Z", "2026-03-29T05:59:59Z"),
        ("2026-10-25T07:00:00Z", "2026-10-25T06:59:59Z"),
    ] {
        let since = ordinary(at(slot).before(minutes(600)));
        let yesterday = told(&[at(slot).before(minutes(900))]);
        let due = |now| {
            turn(
                &twice,
                since,
                &yesterday,
                &Stuck::default(),
                &LIMITS,
                at(now),
            )
        };
        assert_eq!((due(before), due(slot)), (None, Some(Turn::Everything)));
    }
}

#[test]
fn what_is_urgent_is_told_at_once_and_by_a_ceiling_of_its_own() {
    let now = at("2026-11-29T03:00:00Z");
    let digest = habits(Pace::Digest);
    let full: Vec<Instant> = (1..=6).map(|n| now.before(n * minutes(9))).collect();
    let telling = told(&full);
    assert_eq!(
        turn(
            &digest,
            ordinary(now),
            &telling,
            &Stuck::default(),
            &LIMITS,
            now
        ),
        None
    );
    assert_eq!(
        turn(
            &digest,
            urgent(now),
            &telling,
            &Stuck::default(),
            &LIMITS,
            now
        ),
        Some(Turn::Urgent)
    );
    let alerted = |count: u32| Telling {
        alerted: (1..=count).map(|n| now.before(n * minutes(2))).collect(),
        ..told(&full)
    };
    assert_eq!(
        turn(
            &digest,
            urgent(now),
            &alerted(11),
            &Stuck::default(),
            &LIMITS,
            now
        ),
        Some(Turn::Urgent)
    );
    assert_eq!(
        turn(
            &digest,
            urgent(now),
            &alerted(12),
            &Stuck::default(),
            &LIMITS,
            now
        ),
        None
    );
    let last = now.before(Duration::from_secs(59));
    let just = Telling {
        alerted: vec![last],
        ..told(&[now.before(MINUTE)])
    };
    assert_eq!(
        turn(&digest, urgent(now), &just, &Stuck::default(), &LIMITS, now),
        None
    );
    assert_eq!(
        turn(
            &digest,
            urgent(now),
            &just,
            &Stuck::default(),
            &LIMITS,
            last.after(MINUTE)
        ),
        Some(Turn::Urgent)
    );
}

#[test]
fn a_promise_that_is_broken_is_told_once_until_it_is_kept_again() {
    let now = at("2026-11-29T03:00:00Z");
    let digest = habits(Pace::Digest);
    let promised = Some(minutes(240));
    let ask = |oldest, telling: &Telling, now| {
        promise(
            &digest,
            promised.zip(oldest),
            telling,
            &Stuck::default(),
            &LIMITS,
            now,
        )
    };
    let old = now.before(minutes(240));
    let fresh = Telling::default();
    assert_eq!(ask(Some(old.after(MINUTE)), &fresh, now), Promise::AsBefore);
    assert_eq!(ask(Some(old), &fresh, now), Promise::Remind);
    let reminded = Telling {
        is_late: true,
        reminded_of: Some(old),
        ..Telling::default()
    };
    assert_eq!(
        ask(Some(old), &reminded, now.after(minutes(600))),
        Promise::AsBefore
    );
    assert_eq!(ask(None, &reminded, now), Promise::Kept);
    // A clock that was ahead for a while reminds of the same no second time, and of others it does.
    let kept = Telling {
        is_late: false,
        ..reminded
    };
    assert_eq!(ask(Some(old), &kept, now), Promise::AsBefore);
    let other = old.after(MINUTE);
    assert_eq!(ask(Some(other), &kept, now.after(MINUTE)), Promise::Remind);
    assert_eq!(
        promise(&digest, None, &fresh, &Stuck::default(), &LIMITS, now),
        Promise::AsBefore
    );
    let asleep = nightly("Asia/Ho_Chi_Minh", true);
    let night = at("2026-11-29T16:00:00Z");
    assert_eq!(
        promise(
            &asleep,
            promised.map(|promised| (promised, old)),
            &fresh,
            &Stuck::default(),
            &LIMITS,
            night
        ),
        Promise::AsBefore
    );
}

#[test]
fn times_that_lie_ahead_keep_no_mail_back() {
    let now = at("2026-11-29T03:00:00Z");
    for ahead in [minutes(60), minutes(1440)] {
        let ahead = now.after(ahead);
        for pace in [Pace::AtOnce, Pace::Digest, Pace::Hourly, Pace::TwiceADay] {
            let telling = Telling {
                alerted: vec![ahead; 12],
                ..told(&[ahead; 6])
            };
            let turn = turn(
                &habits(pace),
                ordinary(ahead),
                &telling,
                &Stuck::default(),
                &LIMITS,
                now,
            );
            assert_eq!(turn, Some(Turn::Everything), "{pace}");
        }
    }
}

/// What may happen to a queue, one thing after the other.
#[derive(Debug, Clone, Copy)]
enum Event {
    Comes { is_urgent: bool },
    Passes(u64),
    Jumps(i64),
}

fn events(jumps: bool) -> impl Strategy<Value = Vec<Event>> {
    let jump = prop_oneof![Just(3_600), Just(-3_600), Just(86_400), Just(-86_400)];
    let one = prop_oneof![
        6 => Just(Event::Comes { is_urgent: false }),
        1 => Just(Event::Comes { is_urgent: true }),
        6 => (1_u64..7_200).prop_map(Event::Passes),
        u32::from(jumps) => jump.prop_map(Event::Jumps),
    ];
    prop::collection::vec(one, 0..80)
}

fn any_habits() -> impl Strategy<Value = MailHabits> {
    let paces = [Pace::AtOnce, Pace::Digest, Pace::Hourly, Pace::TwiceADay];
    let zones = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"];
    let quiet = prop::option::of((0..1440_i32, 0..1440_i32));
    (
        prop::sample::select(paces.to_vec()),
        prop::sample::select(zones.to_vec()),
        quiet,
        any::<bool>(),
    )
        .prop_map(|(pace, zone, quiet, urgent_in_quiet)| MailHabits {
            pace,
            quiet: quiet.and_then(|(from, to)| QuietHours::of_minutes(from, to)),
            zone: Zone::named(zone).expect("a zone"),
            urgent_in_quiet,
        })
}

/// A member with what waits for them, as the worker keeps it: by numbers.
struct Model {
    now: Instant,
    waiting: Vec<(usize, bool, Instant)>,
    told: Vec<usize>,
    mails: Vec<(Instant, Turn)>,
    telling: Telling,
}

impl Model {
    fn look(&mut self, habits: &MailHabits) {
        let since = |is_urgent| {
            let mut these = self.waiting.iter().filter(|one| one.1 == is_urgent);
            these.next().map(|one| one.2)
        };
        let untold = Untold {
            ordinary: since(false),
            urgent: since(true),
        };
        let Some(turn) = turn(
            habits,
            untold,
            &self.telling,
            &Stuck::default(),
            &LIMITS,
            self.now,
        ) else {
            return;
        };
        let is_in = |one: &(usize, bool, Instant)| one.1 || turn == Turn::Everything;
        self.told.extend(
            self.waiting
                .iter()
                .filter(|one| is_in(one))
                .map(|one| one.0),
        );
        self.waiting.retain(|one| !is_in(one));
        let times = match turn {
            Turn::Everything => &mut self.telling.told,
            Turn::Urgent => &mut self.telling.alerted,
        };
        *times = with_another(times, self.now);
        self.mails.push((self.now, turn));
    }
}

fn play(habits: &MailHabits, events: &[Event]) -> Model {
    let mut model = Model {
        now: at("2026-03-28T20:00:00Z"),
        waiting: Vec::new(),
        told: Vec::new(),
        mails: Vec::new(),
        telling: Telling::default(),
    };
    let mut count = 0;
    for event in events {
        match event {
            Event::Comes { is_urgent } => {
                model.waiting.push((count, *is_urgent, model.now));
                count += 1;
            }
            Event::Passes(seconds) => model.now = model.now.after(Duration::from_secs(*seconds)),
            Event::Jumps(seconds) => {
                model.now = Instant::from_micros(model.now.as_micros() + seconds * 1_000_000);
            }
        }
        model.look(habits);
    }
    // Days in which nothing more comes: whatever a clock did, all of it is told then.
    for _ in 0..(4 * 24 * 60) {
        model.now = model.now.after(MINUTE);
        model.look(habits);
    }
    let mut told = model.told.clone();
    told.sort_unstable();
    assert_eq!(
        told,
        (0..count).collect::<Vec<_>>(),
        "each once, and all of them"
    );
    model
}

proptest! {
    #[test]
    fn whatever_clocks_do_each_is_told_once_and_all_are(habits in any_habits(), events in events(true)) {
        play(&habits, &events);
    }

    #[test]
    fn no_hour_has_more_mails_than_its_ceiling(habits in any_habits(), events in events(false)) {
        let model = play(&habits, &events);
        for (turn, most) in [(Turn::Everything, 6), (Turn::Urgent, 12)] {
            let times: Vec<Instant> =
                model.mails.iter().filter(|mail| mail.1 == turn).map(|mail| mail.0).collect();
            for (place, first) in times.iter().enumerate() {
                let within = times[place..].iter().filter(|at| **at < first.after(HOUR)).count();
                prop_assert!(within <= most, "{within}");
            }
        }
        for (at, turn) in &model.mails {
            let may = !is_quiet(&habits, *at) || (*turn == Turn::Urgent && habits.urgent_in_quiet);
            prop_assert!(may, "a mail in quiet hours");
        }
    }
}
