//! Laws of the model: the same everywhere, the same however it came about, and what it can be written as.

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::*;
use crate::domain::{
    Action, BatchId, Category, CheckerRule, CommentId, DecisionId, Evidence, Field, Lane, Lesson,
    ModelSettings, Taught, View, Witness, without_answer,
};
use crate::text::Reading;

fn features(text: &str) -> Features {
    Features::of(&Reading::new(text), &[])
}

fn taught(number: u128, text: &str, action: Action) -> Taught {
    Taught {
        decision: DecisionId(Uuid::from_u128(number)),
        batch: BatchId(Uuid::from_u128(number)),
        comment: CommentId(Uuid::from_u128(number)),
        action,
        body: text.to_owned(),
        evidence: Vec::new(),
        witness: Witness::Itself,
    }
}

fn examples() -> Vec<Example> {
    let texts = [
        ("Bài viết rất hay", false),
        ("Đồ ngu, viết thế mà cũng viết", true),
        ("Cây cầu mới đẹp quá", false),
        ("Lũ khốn nạn ăn tiền của dân", true),
        ("Mong tỉnh sớm sửa đường", false),
        ("Câm mồm đi con điên", true),
    ];
    (0_u64..)
        .zip(texts)
        .map(|(number, (text, is_bad))| Example {
            features: features(text),
            stripped: None,
            label: Label::of(Output::Harm, is_bad),
            text: number,
        })
        .collect()
}

#[test]
fn what_an_external_checker_says_later_is_no_feature() {
    let said = [
        without_answer(CheckerRule::WAITING),
        without_answer(CheckerRule::ABSENT),
        without_answer("checker.toxic"),
    ];
    let text = "Cây cầu mới đẹp quá";
    assert_eq!(Features::of(&Reading::new(text), &said), features(text));
    let by_rule = [without_answer("vi.insult.core")];
    assert_ne!(Features::of(&Reading::new(text), &by_rule), features(text));
}

#[test]
fn a_tiny_set_makes_the_same_bytes_on_every_machine() {
    let model = train(&examples(), &Plan::default());
    let hash = hex::encode(Sha256::digest(model.to_bytes()));
    insta::assert_snapshot!(hash);
}

#[test]
fn a_model_survives_being_written() {
    let model = train(&examples(), &Plan::default());
    assert_eq!(Model::from_bytes(&model.to_bytes()).as_ref(), Ok(&model));
    let slim = Model::from_bytes(&model.to_slim_bytes()).expect("a model");
    for one in examples() {
        let [whole, small] =
            [&model, &slim].map(|model| model.probability(&one.features, Output::Harm));
        assert!((whole - small).abs() < 0.02, "{whole} {small}");
    }
    assert!(model.to_slim_bytes().len() < 40_000);
}

#[test]
fn damaged_bytes_are_no_model() {
    let bytes = Model::default().to_slim_bytes();
    assert_eq!(Model::from_bytes(&bytes[1..]), Err(NoModel::Other));
    for at in [12, 60, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(Model::from_bytes(&damaged), Err(NoModel::Damaged));
        assert!(Model::from_bytes(&bytes[..at]).is_err());
    }
}

#[test]
fn a_site_costs_less_than_two_megabytes() {
    let mut pupil = Pupil::new(Model::default());
    let mut measure = Measure::default();
    let mut told = 0;
    for number in 1..4 {
        let lesson = pupil.learn(&taught(number, "đồ khốn nạn này", Action::Reject));
        // However many it has learnt.
        while told < number * 10_000 {
            measure.add(&lesson);
            told += 1;
        }
        let learning = pupil.model();
        let judging = learning.for_judging();
        // While comments are judged by what was learnt, both have the same weights in memory.
        assert!(std::sync::Arc::ptr_eq(&learning.weights, &judging.weights));
        let weights = learning.weights.capacity() * size_of::<f32>();
        let squares = learning.squares.bytes() + judging.squares.bytes();
        let all = weights + squares + measure.bytes();
        assert!(all < 1_800_000, "{weights} {squares} {}", measure.bytes());
    }
}

#[test]
fn what_judges_is_not_changed_by_what_is_learnt_meanwhile() {
    let mut pupil = Pupil::new(Model::default());
    let judging = pupil.model().for_judging();
    let text = features("đồ khốn nạn này");
    let before = judging.predict(&text);
    pupil.learn(&taught(1, "đồ khốn nạn này", Action::Reject));
    assert_eq!(judging.predict(&text), before);
    assert_ne!(pupil.model().predict(&text), before);
}

#[test]
fn only_the_latest_lessons_are_measured() {
    let lesson = |harm| Lesson {
        decision: DecisionId(Uuid::nil()),
        comment: CommentId(Uuid::nil()),
        action: Action::Approve,
        harm,
        spam: 0.0,
        witness: Witness::Itself,
        is_toneless: false,
        bad_after: None,
    };
    let old = vec![lesson(0.9); 100];
    let new = vec![lesson(0.1); MEASURED];
    let measure = Measure::of(old.iter().chain(&new));
    assert_eq!(measure, Measure::of(&new));
    let (fine, _) = measure.record(Output::Harm, false).seen();
    assert_eq!(usize::try_from(fine), Ok(MEASURED));
}

#[test]
fn one_decision_moves_what_is_like_it_and_hardly_anything_else() {
    let mut pupil = Pupil::new(Model::default());
    let ask = |pupil: &Pupil, text: &str| pupil.model().probability(&features(text), Output::Harm);
    let (like, unlike) = ("thằng khốn nạn này", "cây cầu đẹp quá");
    let before = [ask(&pupil, like), ask(&pupil, unlike)];
    for number in 1..4 {
        pupil.learn(&taught(number, "đồ khốn nạn này", Action::Reject));
    }
    let moved = ask(&pupil, like) - before[0];
    assert!(moved > 0.2, "{moved}");
    assert!(ask(&pupil, unlike) - before[1] < moved / 2.0);
}

#[test]
fn the_words_that_weigh_are_told_by_their_places() {
    let mut pupil = Pupil::new(Model::default());
    for number in 1..20 {
        let (text, action) = if number % 2 == 0 {
            ("đúng là khốn nạn thật", Action::Reject)
        } else {
            ("đúng là đẹp thật", Action::Approve)
        };
        pupil.learn(&taught(number, text, action));
    }
    let text = "Chỗ này khốn nạn nhỉ";
    let reading = Reading::new(text);
    let told = pupil
        .model()
        .explain(&reading, &features(text), Output::Harm);
    let words: Vec<&str> = told.iter().map(|one| reading.excerpt(one.span)).collect();
    let told = words.join(" | ");
    assert!(told.contains("khốn nạn") && !told.contains("này"), "{told}");
}

#[test]
fn lanes_move_only_once_false_alarms_are_known() {
    let said = Said {
        harm: 0.9,
        ..Said::default()
    };
    let lesson = |harm, action| Lesson {
        decision: DecisionId(Uuid::nil()),
        comment: CommentId(Uuid::nil()),
        action,
        harm,
        spam: 0.0,
        witness: Witness::Itself,
        is_toneless: false,
        bad_after: None,
    };
    let mut measure = Measure::default();
    let lane = |measure: &Measure, is_toneless| {
        Thresholds::of(measure, &ModelSettings::default()).lane(Lane::LikelyFine, said, is_toneless)
    };
    for _ in 0..250 {
        measure.add(&lesson(0.1, Action::Approve));
    }
    assert_eq!(lane(&measure, false), Lane::LikelyFine);
    for _ in 0..250 {
        measure.add(&lesson(0.1, Action::Approve));
    }
    assert_eq!(lane(&measure, false), Lane::LikelyBad);
    assert_eq!(lane(&measure, true), Lane::LikelyFine);
    // Many that people found fine were thought as bad: nothing is moved for less than that.
    for _ in 0..50 {
        measure.add(&lesson(0.95, Action::Approve));
    }
    assert_eq!(lane(&measure, false), Lane::LikelyFine);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A model that was kept as bytes half-way and one that never was are the same.
    #[test]
    fn learning_on_from_bytes_is_learning_on(
        texts in prop::collection::vec("[a-zđạồ !]{0,40}", 1..12),
        half in 0_usize..12,
    ) {
        let actions = [Action::Approve, Action::Reject, Action::Spam];
        let lessons: Vec<Taught> = (1..).zip(&texts).map(|(number, text)| {
            taught(number, text, actions[text.len() % 3])
        }).collect();
        let mut whole = Pupil::new(Model::default());
        for lesson in &lessons {
            whole.learn(lesson);
        }
        let half = half.min(lessons.len());
        let mut first = Pupil::new(Model::default());
        for lesson in &lessons[..half] {
            first.learn(lesson);
        }
        let kept = Model::from_bytes(&first.model().to_bytes()).expect("a model");
        let mut second = Pupil::resumed(kept, first.through(), first.lessons());
        for lesson in &lessons[half..] {
            second.learn(lesson);
        }
        prop_assert_eq!(whole.model().to_bytes(), second.model().to_bytes());
    }

    #[test]
    fn any_text_has_a_probability(text in "\\PC{0,200}") {
        let said = Model::default().predict(&features(&text));
        prop_assert!((0.0..=1.0).contains(&said.harm) && (0.0..=1.0).contains(&said.spam));
        let reading = Reading::new(&text);
        let told = Model::default().explain(&reading, &features(&text), Output::Harm);
        prop_assert!(told.iter().all(|one| reading.whole().holds(one.span)));
    }
}

#[test]
fn what_was_decided_together_was_known_of_to_nobody_before() {
    let text = "Nhận việc tại nhà, ngày kiếm 500k, nhắn tin cho em nhé";
    let batch = BatchId(Uuid::from_u128(7));
    let mut campaign: Vec<Taught> = (1..=20)
        .map(|number| Taught {
            batch,
            ..taught(number, text, Action::Reject)
        })
        .collect();
    // Somebody else decides on something meanwhile.
    campaign[9] = taught(10, "Bài viết rất hay", Action::Approve);
    let as_it_was = Pupil::new(Model::default()).asked(&campaign[0]).harm;
    let mut one_by_one = Pupil::new(Model::default());
    let surer: Vec<f32> = campaign
        .iter()
        .map(|one| one_by_one.learn(one).harm)
        .collect();
    assert!(surer[19] > as_it_was + 0.3);
    // A batch may come in two parts.
    for split in [0, 1, 12, 19] {
        let (first, rest) = campaign.split_at(split);
        let mut class = Class::of(Pupil::new(Model::default()));
        let lessons = [class.learn(first, true), class.learn(rest, false)].concat();
        for (number, lesson) in (0..20).zip(&lessons) {
            let is_as_it_was = lesson.harm.to_bits() == as_it_was.to_bits();
            assert_eq!(is_as_it_was, number != 9, "{split} {number}");
            assert_eq!(lesson.decision, campaign[number].decision);
        }
        // What is learnt is the same, and the next batch is asked of what was learnt of this.
        assert_eq!(class.pupil, one_by_one);
        let next = taught(21, text, Action::Reject);
        let said = class.learn(std::slice::from_ref(&next), false)[0].harm;
        assert!(said > surer[19] - 1e-6);
    }
}

#[test]
fn fine_comments_are_not_bad_for_how_they_come() {
    let said = |text: &str, seen: &[_]| Model::shipped().says(&Reading::new(text), seen).harm;
    for text in [
        "Trường mầm non của thôn đã có sân chơi mới rồi.",
        "Con đường qua xã tôi cũng đang chờ được sửa chữa.",
        "Đội chủ nhà thắng 3-0, chúc mừng các cầu thủ!",
    ] {
        let mut seen = ["email", "address", "address_here", "article"].map(|of| Evidence {
            category: Category::Flood,
            weight: 1.0,
            ..without_answer(&format!("spam.flood.{of}"))
        });
        let (alone, in_a_burst) = (said(text, &[]), said(text, &seen));
        assert!(in_a_burst < alone + 0.05, "{text}: {alone} {in_a_burst}");
        for one in &mut seen {
            (one.field, one.view) = (Field::Email, View::Raw);
        }
        let by_address = said(text, &seen);
        assert!(by_address < alone + 0.05, "{text}: {alone} {by_address}");
        // Of the same rules and categories that speak of texts.
        let of_texts = [
            ("names.trade", Category::Spam),
            ("names.authority", Category::Impersonation),
            ("vi.insult.core", Category::Insult),
            ("spam.email.disposable", Category::Spam),
        ];
        for (one, (rule, category)) in seen.iter_mut().zip(of_texts) {
            (one.rule, one.category, one.field) = (rule.to_owned(), category, Field::Name);
        }
        let by_name = said(text, &seen);
        assert!(by_name < alone + 0.05, "{text}: {alone} {by_name}");
    }
}

proptest! {
    /// The intake weighs features as it reads them, and whoever learns reads them first.
    #[test]
    fn what_is_weighed_as_it_is_read_is_what_is_predicted(
        text in "[a-zđàáạẽôơư0-9 .,!?:/\n👍\u{200b}]{0,200}",
        has_evidence in any::<bool>(),
    ) {
        let reading = Reading::new(&text);
        let seen: Vec<_> = has_evidence.then(|| without_answer("vi.insult.core")).into_iter().collect();
        let model = Model::shipped();
        let said = model.says(&reading, &seen);
        let predicted = model.predict(&Features::of(&reading, &seen));
        prop_assert_eq!(said.harm.to_bits(), predicted.harm.to_bits());
        prop_assert_eq!(said.spam.to_bits(), predicted.spam.to_bits());
    }
}
