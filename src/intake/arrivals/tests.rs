use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const SITE: SiteId = SiteId(Uuid::nil());
const ARTICLE: &str = "https://bao.example/1.html";
/// Noon of a day, at the beginning of a window.
const NOON: i64 = 20_000 * 86_400 + 12 * 3600;

fn at(seconds: i64) -> Instant {
    Instant::from_micros((NOON + seconds) * 1_000_000)
}

fn address(number: u32) -> ReaderAddress {
    ReaderAddress::from(core::net::IpAddr::from(number.to_be_bytes()))
}

fn from(number: u32) -> Arrival<'static> {
    Arrival {
        site: SITE,
        address: Some(address(number)),
        email: None,
        article: None,
    }
}

fn arrivals() -> Arrivals {
    Arrivals::new(b"secret")
}

/// Counts so many; whether all were taken.
fn send(arrivals: &Arrivals, arrival: &Arrival<'_>, times: u32, now: Instant) -> bool {
    (0..times).all(|_| arrivals.arrive(arrival, None, now).is_ok())
}

#[test]
fn an_address_is_counted_by_what_one_reader_has() {
    let of = |text: &str| ReaderAddress::from(text.parse::<core::net::IpAddr>().expect("one"));
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
}

#[test]
fn nothing_is_lost_at_the_moment_when_the_windows_turn() {
    let arrivals = arrivals();
    assert!(send(&arrivals, &from(1), 6, at(599)));
    assert_eq!(arrivals.look(&from(1), at(601)).from_address, 6);
}

#[test]
fn each_thing_is_counted_by_itself() {
    let arrivals = arrivals();
    let one = Arrival {
        site: SITE,
        address: Some(address(1)),
        email: Some("lan@thu.example"),
        article: Some(ARTICLE),
    };
    assert!(send(&arrivals, &one, 3, at(0)));
    let all = Counts {
        from_address: 3,
        from_address_here: 3,
        from_email: 3,
        on_article: 3,
        on_site: 3,
    };
    assert_eq!(arrivals.look(&one, at(0)), all);
    let other_article = Arrival {
        article: Some("https://bao.example/2.html"),
        ..one
    };
    let counts = arrivals.look(&other_article, at(0));
    assert_eq!((counts.on_article, counts.from_address_here), (0, 0));
    assert_eq!((counts.from_address, counts.from_email), (3, 3));
    let other_address = Arrival {
        address: Some(address(2)),
        ..one
    };
    let counts = arrivals.look(&other_address, at(0));
    assert_eq!((counts.from_address, counts.from_address_here), (0, 0));
    assert_eq!((counts.on_article, counts.from_email), (3, 3));
    let other_site = Arrival {
        site: SiteId(Uuid::max()),
        ..one
    };
    assert_eq!(arrivals.look(&other_site, at(0)), Counts::default());
    let nobody = Arrival {
        address: None,
        email: None,
        article: None,
        ..one
    };
    let counts = arrivals.look(&nobody, at(0));
    assert_eq!(counts.on_site, 3);
    assert_eq!(counts.from_address, 0);
}

#[test]
fn counts_go_by_as_time_does() {
    let arrivals = arrivals();
    assert!(send(&arrivals, &from(1), 100, at(0)));
    let counted = |seconds| arrivals.look(&from(1), at(seconds)).from_address;
    assert_eq!(counted(599), 100);
    assert_eq!(counted(600), 100);
    assert_eq!(counted(900), 50);
    assert_eq!(counted(1194), 1);
    assert_eq!(counted(1200), 0);
}

#[test]
fn three_hundred_readers_behind_one_address_are_never_refused() {
    const CEILING: u32 = 1000;
    for gap in [0, 1, 12] {
        let arrivals = arrivals();
        for reader in 0..300 {
            let email = format!("ban-doc-{reader}@thu.example");
            let arrival = Arrival {
                email: Some(&email),
                article: Some(ARTICLE),
                ..from(1)
            };
            let answer = arrivals.arrive(&arrival, Some(CEILING), at(reader * gap));
            let (counts, _) = answer.expect("an honest reader is taken");
            assert_eq!(counts.from_email, 0);
        }
    }
}

#[test]
fn the_ceiling_holds_for_its_address_and_lifts_when_it_says() {
    let arrivals = arrivals();
    let take = |number, seconds| arrivals.arrive(&from(number), Some(10), at(seconds));
    for _ in 0..10 {
        assert!(take(1, 30).is_ok());
    }
    let refused = take(1, 30).expect_err("it is full");
    assert!(take(2, 30).is_ok(), "another address is another's");
    for _ in 0..100 {
        assert!(take(1, 31).is_err(), "being refused does not count");
    }
    let wait = i64::from(refused.wait);
    assert!(take(1, 30 + wait - 2).is_err(), "not before {wait} seconds");
    assert!(take(1, 30 + wait).is_ok(), "but then");
    // Without an address there is no ceiling that it could have reached.
    let unknown = Arrival {
        address: None,
        ..from(1)
    };
    assert!((0..100).all(|_| arrivals.arrive(&unknown, Some(10), at(40)).is_ok()));
}

#[test]
fn what_was_not_stored_is_taken_back() {
    let arrivals = arrivals();
    let (_, counted) = arrivals.arrive(&from(1), Some(1), at(0)).expect("taken");
    assert!(arrivals.arrive(&from(1), Some(1), at(1)).is_err());
    arrivals.retract(counted);
    assert!(arrivals.arrive(&from(1), Some(1), at(2)).is_ok());
}

#[test]
fn a_day_ends_within_a_count_and_nothing_is_lost() {
    let arrivals = arrivals();
    let midnight = 12 * 3600;
    assert!(send(&arrivals, &from(1), 100, at(midnight - 1)));
    assert_eq!(arrivals.look(&from(1), at(midnight)).from_address, 100);
    assert_eq!(arrivals.look(&from(1), at(midnight + 300)).from_address, 50);
    assert!(send(&arrivals, &from(1), 10, at(midnight + 300)));
    assert_eq!(arrivals.look(&from(1), at(midnight + 300)).from_address, 60);
}

#[test]
fn hashes_differ_from_day_to_day_and_from_secret_to_secret() {
    let marks = |secret: &[u8], day| {
        let [key, _] = Keys::derive(secret).of([day, day]);
        Marks::of(&from(1), &key)
    };
    assert_eq!(marks(b"one", 1), marks(b"one", 1));
    assert_ne!(marks(b"one", 1), marks(b"one", 2));
    assert_ne!(marks(b"one", 1), marks(b"two", 1));
}

#[test]
fn a_clock_that_was_set_starts_anew_and_a_late_thread_does_not() {
    let arrivals = arrivals();
    assert!(send(&arrivals, &from(1), 5, at(600)));
    assert!(send(&arrivals, &from(1), 1, at(599)));
    assert_eq!(arrivals.look(&from(1), at(600)).from_address, 6);
    assert_eq!(arrivals.look(&from(1), at(-7200)).from_address, 0);
    assert!(send(&arrivals, &from(1), 2, at(-7200)));
    assert_eq!(arrivals.look(&from(1), at(-7200)).from_address, 2);
}

#[test]
fn replicas_add_up_and_a_new_start_remembers() {
    let (one, two, mut told) = (arrivals(), arrivals(), Vec::new());
    assert!(send(&one, &from(1), 7, at(0)));
    assert!(send(&two, &from(1), 8, at(0)));
    for tally in one.tell(100) {
        assert!(two.hear(&tally, at(1)));
        told.push(tally);
    }
    assert_eq!(two.look(&from(1), at(1)).from_address, 15);
    assert!(one.tell(100).is_empty(), "nothing is told twice");
    assert!(send(&one, &from(1), 1, at(2)));
    for tally in one.tell(100) {
        assert!(two.hear(&tally, at(3)));
        told.push(tally);
    }
    assert_eq!(two.look(&from(1), at(3)).from_address, 16);
    // What was heard is not told on.
    let own: i32 = two
        .tell(100)
        .iter()
        .flat_map(|tally| &tally.counts)
        .map(|(_, more)| more)
        .sum();
    assert_eq!(own, 8 + 8, "eight from the address and eight on the site");
    let restarted = arrivals();
    for tally in &told {
        assert!(restarted.hear(tally, at(4)));
    }
    assert_eq!(restarted.look(&from(1), at(4)).from_address, 8);
}

#[test]
fn a_window_that_has_not_begun_here_is_heard_later() {
    let (ahead, behind) = (arrivals(), arrivals());
    assert!(send(&ahead, &from(1), 3, at(600)));
    let [tally] = &ahead.tell(100)[..] else {
        panic!("one site, one window")
    };
    assert!(!behind.hear(tally, at(599)));
    assert!(behind.hear(tally, at(601)));
    assert_eq!(behind.look(&from(1), at(601)).from_address, 3);
    // One that is gone is nothing to wait for.
    assert!(behind.hear(tally, at(6000)));
    assert_eq!(behind.look(&from(1), at(6000)).from_address, 0);
}

#[test]
fn what_is_told_is_what_matters_and_little_of_it() {
    let arrivals = arrivals();
    for number in 0..1000 {
        assert!(send(&arrivals, &from(number), 1, at(0)));
    }
    let told = |most| -> Vec<i32> {
        let tallies = arrivals.tell(most);
        tallies
            .iter()
            .flat_map(|tally| &tally.counts)
            .map(|(_, more)| *more)
            .collect()
    };
    assert_eq!(told(100), [1000], "the site; each address came once");
    for number in 0..50 {
        assert!(send(&arrivals, &from(number), number, at(1)));
    }
    assert_eq!(told(3), [(1..50).sum::<u32>().cast_signed(), 50, 49]);
    assert_eq!(told(1000).len(), 49 - 2, "the rest comes with the next");
}

#[test]
fn memory_is_bounded_and_the_heavy_stay() {
    let arrivals = arrivals();
    assert!(send(&arrivals, &from(0), 500, at(0)));
    let many = u32::try_from(CAPACITY * 2).expect("it fits");
    for number in 1..=many {
        assert!(send(&arrivals, &from(number), 1, at(1)));
    }
    assert!(lock(&arrivals.windows).len() <= CAPACITY);
    assert_eq!(arrivals.look(&from(0), at(2)).from_address, 500);
}

#[test]
fn pressure_is_felt_where_it_is() {
    let busy = Counts {
        on_article: 5_000,
        on_site: 5_000,
        ..Counts::default()
    };
    assert_eq!(busy.pressure().here(), Level::Flood);
    let elsewhere = Counts {
        on_article: 3,
        ..busy
    };
    assert_eq!(elsewhere.pressure().here(), Level::Calm);
    assert_eq!(elsewhere.pressure().site, Level::Flood);
    let cafe = Counts {
        from_address: 50,
        from_address_here: 19,
        ..Counts::default()
    };
    assert_eq!(cafe.pressure().reader, Level::Calm);
    let robot = Counts {
        from_email: 30,
        ..cafe
    };
    assert_eq!(robot.pressure().reader, Level::Flood);
}

proptest! {
    /// The estimate never leaves what is certain: all of the running window, none or all of the one before.
    #[test]
    fn a_count_lies_between_what_is_certain(
        moments in prop::collection::vec(0_i64..1_800, 1..200),
        extra in 0_i64..600,
    ) {
        let mut moments = moments;
        moments.sort_unstable();
        let arrivals = arrivals();
        for moment in &moments {
            prop_assert!(send(&arrivals, &from(1), 1, at(*moment)));
        }
        let now = moments.last().expect("one at least") + extra;
        let counted = i64::from(arrivals.look(&from(1), at(now)).from_address);
        let since = |start: i64| i64::try_from(moments.iter().filter(|moment| **moment >= start).count()).expect("few");
        let window = now / 600 * 600;
        prop_assert!(since(window) <= counted && counted <= since(window - 600), "{counted}");
    }

    /// However it is spread and however it is told, all replicas come to the same.
    #[test]
    fn replicas_agree_once_all_is_told(
        sent in prop::collection::vec((0_usize..3, 0_u32..4, 0_i64..1_200), 0..80),
        most in 1_usize..5,
    ) {
        let mut sent = sent;
        sent.sort_by_key(|(.., moment)| *moment);
        let replicas = [arrivals(), arrivals(), arrivals()];
        for (replica, number, moment) in sent {
            prop_assert!(send(&replicas[replica], &from(number), 2, at(moment)));
        }
        let now = at(1_200);
        for (teller, replica) in replicas.iter().enumerate() {
            loop {
                let told = replica.tell(most);
                if told.is_empty() { break; }
                for tally in told {
                    for (hearer, other) in replicas.iter().enumerate() {
                        prop_assert!(hearer == teller || other.hear(&tally, now));
                    }
                }
            }
        }
        for number in 0..4 {
            let [one, two, three] = replicas.each_ref().map(|replica| replica.look(&from(number), now));
            prop_assert_eq!(one, two);
            prop_assert_eq!(two, three);
        }
    }

    #[test]
    fn after_the_wait_there_is_room(ceiling in 1_u32..50, moments in prop::collection::vec(0_i64..1_200, 1..200)) {
        let mut moments = moments;
        moments.sort_unstable();
        let arrivals = arrivals();
        for moment in moments {
            if let Err(TooMany { wait }) = arrivals.arrive(&from(1), Some(ceiling), at(moment)) {
                prop_assert!((1..=1_200).contains(&wait));
                let then = at(moment).after(Duration::from_secs(wait.into()));
                let copy = arrivals.look(&from(1), then).from_address;
                prop_assert!(copy < ceiling, "{copy} after {wait} s");
                return Ok(());
            }
        }
    }
}
