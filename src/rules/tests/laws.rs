use proptest::prelude::*;

use super::super::{Context, RuleSet, Subject, judge, shipped};
use super::{pack, set};
use crate::domain::Field;

/// Anything at all, often with pieces that rules look for.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "lồn",
            "đ\u{323}ụ",
            "FUCK",
            "chó\u{200B} đẻ",
            "a.com",
            "https://bit.ly/x",
            "0912 345 678",
            "ｓｈｉｔ",
            "fuсk",
            "địttttt",
            "😀",
            "\u{301}\u{302}",
            "vay  tiền-nhanh",
            "a@b.vn",
            " ",
            "\n",
            ".",
            "ß",
            "İ",
            "ﬁ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "))
}

fn shared() -> &'static RuleSet {
    static SET: std::sync::OnceLock<RuleSet> = std::sync::OnceLock::new();
    SET.get_or_init(set)
}

proptest! {
    #[test]
    fn evidence_lies_in_its_field_and_shows_it(name in text(), email in text(), body in text(), count in 0_u32..5) {
        let repeated = (count > 0).then(|| super::repeated(count));
        let context = Context { same_text: repeated, near_text: repeated, from_email: count * 10, on_article: count * 100, ..Context::default() };
        let subject = Subject { name: &name, email: &email, body: &body };
        let verdict = judge(shared(), &context, &subject);
        for seen in &verdict.evidence {
            let field = match seen.field {
                Field::Name => &name,
                Field::Email => &email,
                _ => &body,
            };
            let (start, end) = (seen.start as usize, seen.end as usize);
            prop_assert!(start <= end && end <= field.chars().count());
            let slice: String = field.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(&slice, &seen.excerpt);
        }
        prop_assert!(verdict.evidence.is_sorted_by_key(|e| (e.field, e.start, e.rule.clone())));
        prop_assert!(verdict.score >= 0.0 && verdict.score.is_finite());
        prop_assert_eq!(judge(shared(), &context, &subject), verdict);
    }

    #[test]
    fn a_word_with_anything_around_it_is_found_where_it_stands(before in any::<String>(), after in any::<String>()) {
        let body = format!("{before} lồn {after}");
        let place = u32::try_from(before.chars().count() + 1).unwrap();
        let subject = Subject { body: &body, ..Subject::default() };
        let verdict = judge(shared(), &Context::default(), &subject);
        let found = verdict.evidence.iter().any(|e| e.rule == "vi.profanity.core"
            && e.start <= place && place + 3 <= e.end);
        prop_assert!(found, "{:?}", verdict);
    }

    #[test]
    fn a_word_inside_a_word_is_not_found(before in "[a-pr-zđêộư]{1,4}", after in "[a-pr-zđêộư]{0,4}") {
        let set = RuleSet::compile(&[super::own("words = [\"qxq\"]")]).unwrap();
        for body in [format!("{before}qxq{after}"), format!("{after}qxq{before}")] {
            let subject = Subject { body: &body, ..Subject::default() };
            prop_assert_eq!(judge(&set, &Context::default(), &subject).evidence, vec![]);
        }
    }
}

proptest! {
    // Each order is a compilation of all packs, so that several texts are judged by each.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_order_of_packs_and_rules_changes_nothing(order in Just(shipped()).prop_shuffle(), bodies in prop::collection::vec(text(), 6)) {
        let turned: Vec<_> = order.iter().map(|source| {
            let Some((head, rules)) = source.text.split_once("[[rule]]") else { return source.clone() };
            let mut rules: Vec<&str> = rules.split("[[rule]]").collect();
            rules.reverse();
            pack(&source.file, &format!("# turned\n{head}[[rule]]{}", rules.join("\n[[rule]]")))
        }).collect();
        let other = RuleSet::compile(&turned).unwrap();
        prop_assert_eq!(other.version(), shared().version());
        let context = Context { same_text: Some(super::repeated(3)), from_address: 200, ..Context::default() };
        for body in bodies {
            let subject = Subject { body: &body, name: &body, email: &body };
            prop_assert_eq!(judge(&other, &context, &subject), judge(shared(), &context, &subject));
        }
    }
}

#[test]
fn the_version_changes_with_the_content() {
    let mut changed = shipped();
    for source in &mut changed {
        source.text = source.text.replacen("weight = 4.0", "weight = 3.5", 1);
    }
    let other = RuleSet::compile(&changed).unwrap();
    assert_ne!(other.version(), shared().version());
    assert_eq!(other.version().len(), 16);
}
