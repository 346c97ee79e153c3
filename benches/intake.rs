//! What a comment costs before it reaches the database: `cargo bench --bench intake`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use divan::{Bencher, black_box};
use duyet::domain::{ChallengeId, CommentId, Instant, Locale, Site, SiteId, SiteSettings};
use duyet::intake::{
    Arrival, Arrivals, ArticleField, Email, EmailPolicy, ReaderAddress, RecentTexts, RobotCheck,
    Submission, check,
};
use duyet::rules::signals::{Feature, measure};
use duyet::rules::{Context, Reserved, RuleSet, Subject, judge, shipped};
use duyet::text::{Likeness, Reading, fingerprint, likeness};

const BODY: &str = "Tôi đọc bài này thấy rất hay và bổ ích, mong toà soạn có thêm nhiều bài như vậy về đời sống của bà con ở vùng cao. \
                    Con đường liên xã đã xuống cấp nhiều năm nay, đề nghị các cấp sớm quan tâm sửa chữa.";

fn main() {
    divan::main();
}

fn site() -> Site {
    Site {
        id: SiteId(uuid::Uuid::nil()),
        key: "bao".to_owned(),
        name: "Báo".to_owned(),
        locale: Locale::Vi,
        origins: vec!["https://bao.example".to_owned()],
        webhook_secret: String::new(),
        akismet_key: String::new(),
        settings: SiteSettings::default(),
    }
}

fn submission() -> Submission {
    Submission {
        article: ArticleField {
            url: "https://bao.example/doi-song/duong-lien-xa.html".to_owned(),
            title: None,
        },
        name: "Nguyễn Văn An".to_owned(),
        email: "nguyenvanan@example.com".to_owned(),
        body: BODY.to_owned(),
        parent: None,
        consent: None,
        tell: false,
        challenge: None,
        stamp: None,
        website: None,
    }
}

#[divan::bench]
fn check_a_submission(bencher: Bencher) {
    let (site, submission) = (site(), submission());
    bencher.bench(|| check(black_box(&submission), &site, EmailPolicy::default()));
}

fn names() -> Reserved {
    let whole = [
        "Báo Đồng Nai",
        "Nguyễn Thị Lan",
        "Trần Văn Bình",
        "Lê Thị Hoà",
    ];
    Reserved::new(whole, ["Chuyên mục Bạn đọc"])
}

/// All that intake asks without the database: the fields, whose name the name looks like, what the address tells, how much
/// comes from there, and what the form's stamp says.
#[divan::bench]
fn check_and_look_closer(bencher: Bencher) {
    let (site, names, robots) = (site(), names(), robots());
    let submission = with_stamp(&robots);
    let context = Context {
        reserved: Some(&names),
        ..Context::default()
    };
    let (arrivals, now) = (busy(), noon());
    bencher.bench(|| {
        let checked =
            check(black_box(&submission), &site, EmailPolicy::default()).expect("it is well");
        let arrival = Arrival {
            site: site.id,
            address: Some(address(7)),
            email: Some(checked.email.key()),
            article: Some(checked.article.as_str()),
        };
        let counts = arrivals.arrive(&arrival, Some(u32::MAX), now);
        let name = Reading::new(checked.name.as_str());
        let like = measure(Feature::ReservedName, context, &name);
        let mixed = measure(Feature::MixedScripts, context, &name);
        let email = Reading::new(checked.email.as_str());
        let disposable = measure(Feature::DisposableDomain, context, &email);
        let meant = checked.email.suggestion();
        let signs = robots.signs(&submission, site.id, now);
        assert_eq!(signs.haste, 0);
        (
            like,
            mixed,
            disposable,
            meant,
            checked.name.key(),
            counts.is_ok(),
        )
    });
}

fn robots() -> RobotCheck {
    RobotCheck::derive(b"0123456789abcdef0123456789abcdef")
}

fn with_stamp(robots: &RobotCheck) -> Submission {
    let shown = noon().before(std::time::Duration::from_secs(90));
    Submission {
        stamp: Some(robots.stamps.seal(site().id, shown)),
        ..submission()
    }
}

/// The honeypot and the stamp: what each comment from a form of ours costs more.
#[divan::bench]
fn look_for_signs_of_a_robot(bencher: Bencher) {
    let (robots, site) = (robots(), site());
    let submission = with_stamp(&robots);
    bencher.bench(|| robots.signs(black_box(&submission), site.id, noon()));
}

/// A solution of a challenge, where one is wanted.
#[divan::bench]
fn verify_a_proof_of_work(bencher: Bencher) {
    let (robots, site) = (robots(), site());
    let id = ChallengeId(uuid::Uuid::from_u128(1));
    let challenge = robots.challenges.make(site.id, id, [7; 32], noon());
    let challenge = serde_json::to_value(&challenge).expect("JSON");
    let read = serde_json::from_value(challenge.clone()).expect("a challenge");
    let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&read));
    let solution = solution.expect("solvable").expect("solved");
    let payload = serde_json::json!({ "challenge": challenge, "solution": solution });
    let submission = Submission {
        challenge: Some(BASE64_STANDARD.encode(payload.to_string())),
        ..submission()
    };
    assert_eq!(robots.proof(&submission, site.id, noon()), Ok(id));
    bencher.bench(|| robots.proof(black_box(&submission), site.id, noon()));
}

/// What a page's request for a challenge costs us.
#[divan::bench]
fn make_a_challenge(bencher: Bencher) {
    let (robots, site) = (robots(), site());
    let id = ChallengeId(uuid::Uuid::from_u128(1));
    bencher.bench(|| {
        robots
            .challenges
            .make(site.id, id, black_box([7; 32]), noon())
    });
}

fn noon() -> Instant {
    Instant::from_micros(1_794_916_800_000_000)
}

fn address(number: u32) -> ReaderAddress {
    std::net::IpAddr::from(number.to_be_bytes()).into()
}

/// Counts as in a flood from fifty thousand places, so that they lie in no cache.
fn busy() -> Arrivals {
    let arrivals = Arrivals::new(b"0123456789abcdef0123456789abcdef");
    for number in 0..50_000 {
        let email = format!("ban-doc-{number}@example.com");
        let arrival = Arrival {
            site: SiteId(uuid::Uuid::nil()),
            address: Some(address(number)),
            email: Some(&email),
            article: Some("https://bao.example/doi-song/duong-lien-xa.html"),
        };
        let _ = arrivals.arrive(&arrival, None, noon());
    }
    arrivals
}

/// What one comment adds to the counts for the limits, each from another place.
#[divan::bench]
fn count_an_arrival(bencher: Bencher) {
    let (arrivals, now) = (busy(), noon());
    let mut number = 0_u32;
    bencher.bench_local(|| {
        number = (number + 7919) % 50_000;
        let arrival = Arrival {
            site: SiteId(uuid::Uuid::nil()),
            address: Some(address(number)),
            email: Some("nguyenvanan@example.com"),
            article: Some("https://bao.example/doi-song/duong-lien-xa.html"),
        };
        arrivals
            .arrive(black_box(&arrival), Some(u32::MAX), now)
            .is_ok()
    });
}

#[divan::bench]
fn look_at_a_name(bencher: Bencher) {
    let names = names();
    bencher.bench(|| names.likeness(black_box("Nguyễn Văn An")).is_some());
}

#[divan::bench]
fn look_at_an_address(bencher: Bencher) {
    let email = Email::parse("nguyenvanan@baodongnai.com.vn").expect("an address");
    bencher.bench(|| {
        let reading = Reading::new(black_box(email.as_str()));
        let disposable = measure(Feature::DisposableDomain, Context::default(), &reading);
        (disposable, email.suggestion())
    });
}

#[divan::bench]
fn judge_a_comment(bencher: Bencher) {
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs compile");
    let subject = Subject {
        name: "Nguyễn Văn An",
        email: "nguyenvanan@example.com",
        body: BODY,
    };
    bencher.bench(|| judge(&rules, &Context::default(), black_box(&subject)));
}

#[divan::bench]
fn fingerprint_a_text() -> Option<i64> {
    fingerprint(&Reading::new(black_box(BODY)))
}

/// What the letters of a canonical text cost: its fingerprint alone, and its fingerprint with its sketch.
#[divan::bench]
fn fingerprint_letters(bencher: Bencher) {
    let body = Reading::new(BODY);
    body.canonical();
    bencher.bench_local(|| fingerprint(black_box(&body)));
}

#[divan::bench]
fn liken_letters(bencher: Bencher) {
    let body = Reading::new(BODY);
    body.canonical();
    bencher.bench_local(|| likeness(black_box(&body)));
}

/// What the memory of texts costs each comment when it is full of others.
#[divan::bench]
fn look_for_repeats_and_remember(bencher: Bencher) {
    let mut recent = RecentTexts::default();
    let site = SiteId(uuid::Uuid::nil());
    let mut number = 0_u32;
    let mut next = |recent: &mut RecentTexts| {
        number += 1;
        // As scattered as the sketches of other texts.
        let mark = number.wrapping_mul(0x9e37_79b9);
        let mut band = 0_u32;
        let text = Likeness {
            exact: Some(i64::from(mark)),
            near: Some(std::array::from_fn(|_| {
                band += 1;
                mark.rotate_left(band * 3) ^ band
            })),
        };
        let sent = recent.sent(
            site,
            text,
            "nguyenvanan@example.com",
            "https://bao.example/1",
            Some(7),
        );
        let repeats = recent.repeats(&sent, None, noon());
        recent.insert(
            &sent,
            CommentId(uuid::Uuid::from_u128(number.into())),
            noon(),
        );
        repeats
    };
    for _ in 0..100_000 {
        next(&mut recent);
    }
    bencher.bench_local(|| next(&mut recent));
}

#[divan::bench]
fn compile_the_packs() -> bool {
    RuleSet::compile(black_box(&shipped())).is_ok()
}
