//! What a comment costs before it reaches the database: `cargo bench --bench intake`.

use divan::{Bencher, black_box};
use duyet::domain::{Locale, Site, SiteId};
use duyet::intake::{ArticleField, Submission, check};
use duyet::rules::{Context, RuleSet, Subject, judge, shipped};
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
    bencher.bench(|| check(black_box(&submission), &site));
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
