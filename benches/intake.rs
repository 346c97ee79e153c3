//! What a comment costs before it reaches the database: `cargo bench --bench intake`.

use divan::{Bencher, black_box};
use duyet::domain::{Locale, Site, SiteId, SiteSettings};
use duyet::intake::{ArticleField, Email, EmailPolicy, Submission, check};
use duyet::rules::signals::{Feature, measure};
use duyet::rules::{Context, Reserved, RuleSet, Subject, judge, shipped};
use duyet::text::{Reading, fingerprint};

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
        challenge: None,
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

/// All that intake asks without the database: the fields, whose name the name looks like, and what the address tells.
#[divan::bench]
fn check_and_look_closer(bencher: Bencher) {
    let (site, submission, names) = (site(), submission(), names());
    let context = Context {
        reserved: Some(&names),
        ..Context::default()
    };
    bencher.bench(|| {
        let checked =
            check(black_box(&submission), &site, EmailPolicy::default()).expect("it is well");
        let name = Reading::new(checked.name.as_str());
        let like = measure(Feature::ReservedName, context, &name);
        let mixed = measure(Feature::MixedScripts, context, &name);
        let email = Reading::new(checked.email.as_str());
        let disposable = measure(Feature::DisposableDomain, context, &email);
        let meant = checked.email.suggestion();
        (like, mixed, disposable, meant, checked.name.key())
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

#[divan::bench]
fn compile_the_packs() -> bool {
    RuleSet::compile(black_box(&shipped())).is_ok()
}
