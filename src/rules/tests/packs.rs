use std::path::Path;

use super::super::signals::Words;
use super::super::{Context, RuleSet, Subject, check, judge, shipped};
use super::{body, own, pack, set};
use crate::domain::{Category, Field, Lane, Locale, RuleAction, View};
use crate::text::{Reading, canonical, toneless};

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let name = path.strip_prefix(root).unwrap();
            found.push(name.to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn every_file_in_rules_is_shipped() {
    let mut there = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"),
        &mut there,
    );
    let mut ours: Vec<String> = shipped().into_iter().map(|s| s.file).collect();
    there.sort();
    ours.sort();
    assert_eq!(ours, there);
}

#[test]
fn every_shipped_rule_holds_to_its_examples() {
    let report = check(&shipped());
    assert!(report.failures.is_empty(), "{report}");
    assert!(report.rules > 30 && report.examples > 150, "{report}");
}

#[test]
fn the_example_in_the_readme_holds() {
    let readme = include_str!("../../../rules/README.md");
    let example = readme.split("```").nth(1).unwrap();
    let report = check(&[pack("readme", example.trim_start_matches("toml"))]);
    assert!(report.failures.is_empty() && report.rules == 1, "{report}");
}

#[test]
fn shipped_rules_leave_every_decision_to_a_person() {
    assert!(set().rules().all(|rule| rule.action.is_none()));
}

#[test]
fn clean_vietnamese_has_no_evidence_of_foul_words_with_or_without_its_marks() {
    let set = set();
    for line in include_str!("../../../tests/rules/clean.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        let bare = toneless(&canonical(line));
        for text in [line, bare.text()] {
            let verdict = body(&set, text);
            let foul = |category| {
                matches!(
                    category,
                    Category::Profanity
                        | Category::Insult
                        | Category::Hate
                        | Category::Threat
                        | Category::Sexual
                )
            };
            let seen: Vec<_> = verdict
                .evidence
                .iter()
                .filter(|e| foul(e.category))
                .collect();
            assert!(seen.is_empty(), "{text}: {seen:?}");
        }
    }
}

#[test]
fn what_stands_in_a_comment_is_seen_and_told_in_the_order_of_the_text() {
    let set = set();
    for line in include_str!("../../../tests/rules/seen.txt").lines() {
        let Some((text, rules)) = line.split_once('\t') else {
            continue;
        };
        let verdict = body(&set, text);
        let seen: Vec<&str> = verdict.evidence.iter().map(|e| e.rule.as_str()).collect();
        let mut wanted: Vec<&str> = rules.split(' ').collect();
        wanted.sort_unstable();
        let mut sorted = seen.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, wanted, "{text}: {seen:?}");
        let starts: Vec<u32> = verdict.evidence.iter().map(|e| e.start).collect();
        assert!(starts.is_sorted(), "{text}: {starts:?}");
    }
}

#[test]
fn evidence_is_what_the_reader_typed() {
    let verdict = body(&set(), "Một lũ  ĐỒ\u{200B}  BÁN\n NƯỚCCCC!");
    let seen = verdict
        .evidence
        .iter()
        .max_by_key(|e| e.end - e.start)
        .unwrap();
    assert_eq!(seen.excerpt, "ĐỒ\u{200B}  BÁN\n NƯỚCCCC");
    assert_eq!((seen.start, seen.end), (8, 25));
    assert_eq!((seen.field, seen.view), (Field::Body, View::Toned));
}

#[test]
fn a_rule_on_links_points_into_the_body() {
    let verdict = body(&set(), "Đây: https://bit.ly/abc");
    let seen = verdict
        .evidence
        .iter()
        .find(|e| e.rule == "spam.links.shortened");
    let seen = seen.expect("the link is shortened");
    assert_eq!((seen.field, seen.start), (Field::Body, 5));
    assert_eq!(seen.excerpt, "https://bit.ly/");
}

#[test]
fn an_insult_in_the_letters_of_an_address_is_none() {
    let set = set();
    let insults = |text: &str| {
        let seen = body(&set, text).evidence;
        seen.iter().any(|one| one.category == Category::Insult)
    };
    let address = "https://evil.example/tin/ngu.html";
    let advert = format!("Vay nhanh tại {address} hoặc gọi 0912 345 678");
    assert!(!insults(&advert));
    assert!(!body(&set, &advert).is_urgent());
    // What stands beside an address is said all the same.
    assert!(insults("Đồ ngu, xem https://evil.example/tin.html"));
}

#[test]
fn what_is_known_around_a_comment_is_evidence_without_a_place() {
    let cluster = super::repeated(4);
    let context = Context {
        same_text: Some(cluster),
        ..Context::default()
    };
    let verdict = judge(&set(), &context, &Subject::default());
    let named = verdict.evidence.iter().map(|e| e.cluster);
    assert_eq!(named.collect::<Vec<_>>(), [Some(cluster); 2]);
    let seen: Vec<_> = verdict
        .evidence
        .iter()
        .map(|e| (e.rule.as_str(), e.view, e.start, e.end, e.excerpt.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("spam.repeat.again", View::Context, 0, 0, ""),
            ("spam.repeat.often", View::Context, 0, 0, "")
        ]
    );
    // Condolences are the same from everybody.
    assert_eq!(verdict.lane, Lane::Look);
}

#[test]
fn foul_words_in_a_quotation_weigh_less() {
    let set = set();
    let weight = |text: &str| body(&set, text).evidence[0].weight;
    let said = weight("nói như lồn ấy nhé");
    let quoted = weight("Có người bảo “nói như lồn ấy nhé” mà vẫn được đăng");
    assert!((quoted - said * set.policy().quoted.weight).abs() < f32::EPSILON && quoted < said);
}

#[test]
fn a_composite_sees_what_others_saw_together() {
    let parts = "[[rule]]\nid = \"own.two\"\ntitle = { vi = \"Hai\", en = \"Two\" }\ncategory = \"link\"\nweight = 0.5\nwords = [\"hai\"]\n\
                 examples = { hit = [\"hai\"], miss = [\"ba\"] }\n\
                 [[rule]]\nid = \"own.both\"\ntitle = { vi = \"Cả hai\", en = \"Both\" }\ncategory = \"scam\"\nweight = 2.0\n\
                 all = [\"own.one\", \"category:link\"]\nnone = [\"own.three\"]\nexamples = { hit = [\"một hai\"], miss = [\"hai\", \"một hai ba\"] }\n\
                 [[rule]]\nid = \"own.three\"\ntitle = { vi = \"Ba\", en = \"Three\" }\ncategory = \"spam\"\nweight = 0.0\nwords = [\"ba\"]\n\
                 examples = { hit = [\"ba\"], miss = [\"hai\"] }\n";
    let source = pack("own.toml", &(own("words = [\"một\"]").text + parts));
    let report = check(std::slice::from_ref(&source));
    assert!(report.failures.is_empty(), "{report}");
    let set = RuleSet::compile(&[source]).unwrap();
    let verdict = body(&set, "hai rồi một");
    let seen: Vec<(&str, &str)> = verdict
        .evidence
        .iter()
        .map(|e| (e.rule.as_str(), e.excerpt.as_str()))
        .collect();
    assert_eq!(
        seen,
        [("own.both", "hai"), ("own.two", "hai"), ("own.one", "một")]
    );
}

#[test]
fn what_weighs_nothing_is_not_told_unless_it_settles() {
    let rules = |more: &str| {
        let source = own(&format!("words = [\"một\"]\n{more}"));
        let text = source.text.replace("weight = 1.0", "weight = 0.0");
        RuleSet::compile(&[pack("own.toml", &text)]).unwrap()
    };
    assert!(body(&rules(""), "một").evidence.is_empty());
    assert_eq!(
        body(&rules("action = \"spam\""), "một").action,
        RuleAction::Spam
    );
}

#[test]
fn a_category_adds_no_more_than_its_cap() {
    let set = set();
    let fifty = |words: &str| {
        let lines: Vec<String> = (0..50).map(|n| format!("{words} {n}")).collect();
        body(&set, &lines.join(", "))
    };
    let policy = set.policy();
    let mild = fifty("như cứt");
    assert_eq!(
        mild.evidence.len(),
        20,
        "one rule points at twenty places and no more"
    );
    let of_mild = policy.mild.caps[&Category::Profanity];
    assert!((mild.score - of_mild).abs() < f32::EPSILON);
    assert_eq!(mild.lane, Lane::Look);
    let of_all = policy.caps[&Category::Profanity];
    assert!((fifty("địt mẹ").score - of_all).abs() < f32::EPSILON);
    let nothing = body(&set, "");
    assert_eq!(nothing.score.to_bits(), 0.0_f32.to_bits());
    assert_eq!(nothing.lane, Lane::LikelyFine);
}

#[test]
fn a_rule_with_an_action_settles_and_spam_goes_before_reject() {
    let rules = own("words = [\"một\"]\naction = \"reject\"");
    let more = pack(
        "more.toml",
        &own("words = [\"hai\"]\naction = \"spam\"")
            .text
            .replace("own", "more"),
    );
    let set = RuleSet::compile(&[rules, more]).unwrap();
    for (text, action, by) in [
        ("ba", RuleAction::Hold, None),
        ("một", RuleAction::Reject, Some("own.one")),
        ("hai", RuleAction::Spam, Some("more.one")),
        ("một hai", RuleAction::Spam, Some("more.one")),
    ] {
        let verdict = body(&set, text);
        assert_eq!(
            (verdict.action, verdict.settled_by.as_deref()),
            (action, by),
            "{text}"
        );
    }
}

#[test]
fn matches_within_a_match_of_the_same_rule_are_not_told_again() {
    let set = RuleSet::compile(&[own("words = [\"một\", \"một hai\", \"hai ba\"]")]).unwrap();
    let verdict = body(&set, "một hai ba một");
    let seen: Vec<&str> = verdict
        .evidence
        .iter()
        .map(|e| e.excerpt.as_str())
        .collect();
    assert_eq!(seen, ["một hai", "hai ba", "một"]);
}

#[test]
fn patterns_read_the_view_they_ask_for() {
    for (view, text, hits) in [
        ("raw", "MOT mot", "MOT"),
        ("toned", "MỘT mot", "mot"),
        ("toneless", "MỘT", "MỘT"),
    ] {
        let pattern = if view == "raw" { "MOT" } else { "mot" };
        let keys = format!("pattern = \"{pattern}\"\nview = \"{view}\"");
        let verdict = body(&RuleSet::compile(&[own(&keys)]).unwrap(), text);
        assert_eq!(verdict.evidence[0].excerpt, hits, "{view}");
        assert_eq!(verdict.evidence[0].view.as_str(), view);
    }
}

#[test]
fn a_title_is_found_by_rule_and_language() {
    let set = set();
    assert_eq!(
        set.title("vi.profanity.core", Locale::Vi),
        Some("Từ tục tĩu")
    );
    assert_eq!(
        set.title("spam.contact.phone", Locale::En),
        Some("Phone number")
    );
    assert_eq!(set.title("vi.profanity", Locale::Vi), None);
}

#[test]
fn ordinary_words_hold_nobody() {
    // Abbreviations and homographs that mean something else more often than not.
    let ordinary = ["cc", "vl", "lol", "bs", "chim", "cu", "seo"];
    let set = set();
    for word in ordinary {
        assert!(Words::normal(word).is_ok());
        assert_eq!(body(&set, word).lane, Lane::LikelyFine, "{word}");
    }
}

#[test]
fn many_mild_words_are_not_one_grave_one() {
    let set = set();
    for mild in ["hay vl, ", "crap, damn, hell, "] {
        let verdict = body(&set, &mild.repeat(10));
        assert!(verdict.categories[&Category::Profanity] < 3.0, "{mild}");
    }
    assert_eq!(body(&set, "địt mẹ, hay vl").lane, Lane::LikelyBad);
}

#[test]
fn a_name_without_its_marks_is_a_name() {
    let set = set();
    let lane = |name| {
        let subject = Subject {
            name,
            body: "Bài viết hay quá.",
            ..Subject::default()
        };
        judge(&set, &Context::default(), &subject).lane
    };
    for name in ["Le Van Cac", "Tran Van Lon", "Vu Dit", "Lon"] {
        assert_eq!(lane(name), Lane::LikelyFine, "{name}");
    }
    assert_ne!(body(&set, "lam an vai lon").lane, Lane::LikelyFine);
    for name in ["Cặc", "dit me may"] {
        assert_ne!(lane(name), Lane::LikelyFine, "{name}");
    }
}

/// Patterns that are not run are those that would have seen nothing: what tells which may match is right about every example of every rule.
#[test]
fn no_match_of_a_shipped_pattern_is_passed_over() {
    let set = set();
    let texts: Vec<&str> = set.examples().map(|(_, text, _)| text).collect();
    let mut matches = 0;
    for ((view, _), patterns) in &set.patterns {
        let written: Vec<(usize, regex::Regex)> = patterns
            .written()
            .map(|(key, pattern)| (key, regex::Regex::new(pattern).expect("it was compiled")))
            .collect();
        for text in &texts {
            let reading = Reading::new(text);
            let text = match view {
                View::Toned => reading.canonical().text(),
                View::Toneless => reading.toneless().text(),
                _ => text,
            };
            let mut told = Vec::new();
            patterns.find(text, |key, bytes| told.push((key, bytes)));
            let each = written.iter().flat_map(|(key, pattern)| {
                let found = pattern.find_iter(text).filter(|found| !found.is_empty());
                found.map(|found| (*key, found.range()))
            });
            assert_eq!(told, each.collect::<Vec<_>>(), "{text}");
            matches += told.len();
        }
    }
    assert!(matches > 300, "{matches}");
}
