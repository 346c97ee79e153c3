//! What the model that learns costs, by the length of a comment: to read it as features, to say what it makes of them, to learn one
//! decision. `cargo bench --bench model`.

use divan::{Bencher, black_box};
use duyet::learn::{Features, Label, Model, Output, Pace};
use duyet::text::Reading;

/// Letters of a comment.
const LENGTHS: [usize; 3] = [50, 150, 200];
/// As many different ones take turns: weights that were needed a moment ago would lie at hand otherwise.
const TEXTS: usize = 500;
const SYLLABLES: &str = "tôi đọc bài này thấy rất hay và bổ ích mong toà soạn có thêm nhiều như vậy về đời sống của bà con ở vùng cao đường xuống cấp \
                         đã lâu đề nghị các sớm quan tâm sửa chữa cho dân nhờ trường học chợ quê người già trẻ em nước sạch điện mất luôn buồn lắm \
                         cảm ơn phóng viên lên tiếng ai cũng biết mà không làm gì hôm qua mưa to ngập hết cả xóm xe máy chết dọc";

fn main() {
    divan::main();
}

fn texts(length: usize) -> Vec<String> {
    let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
    let mut at = 1;
    let mut next = || {
        // Knuth's line, of which the upper half is random enough.
        at = u64::wrapping_mul(at, 6_364_136_223_846_793_005).wrapping_add(1);
        syllables[usize::try_from(at >> 33).unwrap_or_default() % syllables.len()]
    };
    let text = |_| {
        let mut text = String::new();
        while text.chars().count() < length {
            text.push_str(next());
            text.push(' ');
        }
        text
    };
    (0..TEXTS).map(text).collect()
}

#[divan::bench(args = LENGTHS, sample_count = 1000)]
fn read(bencher: Bencher, letters: usize) {
    let texts = texts(letters);
    let readings: Vec<Reading<'_>> = texts.iter().map(|text| Reading::new(text)).collect();
    let mut turns = readings.iter().cycle();
    // As the intake has it: read already, for the rules.
    bencher.bench_local(|| {
        turns
            .next()
            .map(|reading| Features::of(black_box(reading), &[]))
    });
}

fn features(letters: usize) -> Vec<Features> {
    let of = |text: &String| Features::of(&Reading::new(text), &[]);
    texts(letters).iter().map(of).collect()
}

#[divan::bench(args = LENGTHS, sample_count = 1000)]
fn predict(bencher: Bencher, letters: usize) {
    let features = features(letters);
    let mut turns = features.iter().cycle();
    let model = Model::shipped();
    bencher.bench_local(|| turns.next().map(|one| model.predict(black_box(one))));
}

/// As the intake asks: what the rules have read already is read as features and weighed at once.
#[divan::bench(args = LENGTHS, sample_count = 1000)]
fn says(bencher: Bencher, letters: usize) {
    let texts = texts(letters);
    let readings: Vec<Reading<'_>> = texts.iter().map(|text| Reading::new(text)).collect();
    for reading in &readings {
        reading.canonical();
    }
    let mut turns = readings.iter().cycle();
    let model = Model::shipped();
    bencher.bench_local(|| {
        turns
            .next()
            .map(|reading| model.says(black_box(reading), &[]))
    });
}

/// Both outputs, and every other comment is bad.
#[divan::bench(args = LENGTHS, sample_count = 1000)]
fn learn(bencher: Bencher, letters: usize) {
    let features = features(letters);
    let mut turns = features
        .iter()
        .zip([false, true].into_iter().cycle())
        .cycle();
    let mut model = Model::shipped().clone();
    // The weights are the shipped model's until the first lesson.
    model.learn(&features[0], Label::FINE, Pace::DECISIONS);
    bencher.bench_local(|| {
        if let Some((one, is_bad)) = turns.next() {
            let label = if is_bad {
                Label::of(Output::Harm, true)
            } else {
                Label::FINE
            };
            model.learn(black_box(one), label, Pace::DECISIONS);
        }
    });
}
