//! What judging costs: by the way a comment is typed, with and without a site's own words, by length, beside another
//! filter. `cargo bench --bench rules`.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use duyet::domain::{Category, Instant, SiteId, SiteWord, WordId, WordKind, WordState};
use duyet::rules::{Context, RuleSet, SiteWords, Subject, judge, judge_at, shipped};
use duyet::text::Reading;
use rustrict::CensorStr;

const CLEAN: &str = "Tôi đọc bài này thấy rất hay và bổ ích, mong toà soạn có thêm nhiều bài như vậy về đời sống của bà con ở vùng cao. \
                     Con đường liên xã đã xuống cấp nhiều năm nay, đề nghị các cấp sớm quan tâm sửa chữa.";
const TONELESS: &str = "Toi doc bai nay thay rat hay va bo ich, mong toa soan co them nhieu bai nhu vay ve doi song cua ba con o vung cao. \
                        Con duong lien xa da xuong cap nhieu nam nay, de nghi cac cap som quan tam sua chua.";
const ENGLISH: &str = "I read this article with great interest and hope that the paper will bring more of its kind about how people live in the \
                       mountains. The road between the villages has been bad for years, please do something.";
const FOUL: &str = "Làm ăn như l.ồ.n, đ!t mẹ bọn nó, thằng nào ký duyệt cái đường này ra đây tao hỏi, vãi cả lồnnnn, ngu như bò. \
                    Gọi 0912 345 678 hoặc vào bit.ly/abc để vay tiền nhanh, lãi suất thấp, giải ngân trong ngày, không cần thế chấp.";

static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| RuleSet::compile(&shipped()).expect("the shipped packs compile"));

fn main() {
    let _ = &*RULES;
    divan::main();
}

fn judged(bencher: Bencher, rules: &RuleSet, body: &str) {
    let subject = Subject {
        name: "Nguyễn Văn An",
        email: "nguyenvanan@example.com",
        body,
    };
    bencher
        .counter(BytesCount::of_str(body))
        .bench(|| judge(rules, &Context::default(), black_box(&subject)));
}

#[divan::bench]
fn clean(bencher: Bencher) {
    judged(bencher, &RULES, CLEAN);
}

#[divan::bench]
fn clean_without_tones(bencher: Bencher) {
    judged(bencher, &RULES, TONELESS);
}

#[divan::bench]
fn clean_english(bencher: Bencher) {
    judged(bencher, &RULES, ENGLISH);
}

#[divan::bench]
fn foul_and_hidden(bencher: Bencher) {
    judged(bencher, &RULES, FOUL);
}

/// Ten thousand words of a site's own, of two syllables and more, none of which stands in the text.
fn site_words() -> SiteWords {
    let onsets = [
        "b", "ch", "đ", "kh", "l", "m", "ng", "nh", "ph", "th", "tr", "v", "x",
    ];
    let rhymes = [
        "ang", "iêu", "ong", "uôn", "ươi", "oai", "ênh", "ung", "ăm", "âu",
    ];
    let syllables: Vec<String> = onsets
        .iter()
        .flat_map(|onset| rhymes.iter().map(move |rhyme| format!("{onset}{rhyme}")))
        .collect();
    let pairs = syllables
        .iter()
        .flat_map(|one| syllables.iter().map(move |other| format!("{one} {other}")));
    let words: Vec<SiteWord> = pairs
        .take(10_000)
        .map(|word| SiteWord {
            id: WordId(uuid::Uuid::nil()),
            site: SiteId(uuid::Uuid::nil()),
            word: word.clone(),
            normal: word,
            kind: WordKind::Hold,
            category: Some(Category::Insult),
            weight: 1.0,
            state: WordState::Live,
            note: None,
            created_by: String::new(),
            created_at: Instant::from_micros(0),
            updated_at: Instant::from_micros(0),
        })
        .collect();
    SiteWords::compile(&words).expect("every word can be looked for")
}

#[divan::bench]
fn clean_with_ten_thousand_site_words(bencher: Bencher) {
    let words = site_words();
    let subject = Subject {
        name: "Nguyễn Văn An",
        email: "nguyenvanan@example.com",
        body: CLEAN,
    };
    bencher.counter(BytesCount::of_str(CLEAN)).bench(|| {
        let body = Reading::new(black_box(CLEAN));
        judge_at(&RULES, Some(&words), Context::default(), &subject, &body)
    });
}

/// Four times the text must cost four times as much, not more.
#[divan::bench(args = [1, 4, 16, 64])]
fn kilobytes(bencher: Bencher, kilobytes: usize) {
    let mut body = String::new();
    while body.len() < kilobytes * 1024 {
        body.push_str(if body.len().is_multiple_of(3) {
            FOUL
        } else {
            CLEAN
        });
        body.push('\n');
    }
    judged(bencher, &RULES, &body);
}

/// Single letters, stars and digits, which are what the readings of hidden words have most to do with.
#[divan::bench(args = [4, 64])]
fn kilobytes_of_tricks(bencher: Bencher, kilobytes: usize) {
    let body = "đ ị t m ẹ l*n c4c d i t ".repeat(kilobytes * 1024 / 30);
    judged(bencher, &RULES, &body);
}

#[divan::bench(args = [4, 64])]
fn kilobytes_of_stars(bencher: Bencher, kilobytes: usize) {
    judged(bencher, &RULES, &"đ*t đ** ".repeat(kilobytes * 1024 / 10));
}

#[divan::bench(args = [4, 64])]
fn kilobytes_of_quotations(bencher: Bencher, kilobytes: usize) {
    judged(bencher, &RULES, &"\"lồn\" ".repeat(kilobytes * 1024 / 8));
}

#[divan::bench]
fn compile_the_packs() -> bool {
    RuleSet::compile(black_box(&shipped())).is_ok()
}

#[divan::bench(args = [CLEAN, ENGLISH])]
fn rustrict(bencher: Bencher, body: &str) {
    bencher
        .counter(BytesCount::of_str(body))
        .bench(|| black_box(body).is_inappropriate());
}
