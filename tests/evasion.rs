//! A word that is hidden is seen all the same, and nobody is held for typing oddly.

use std::fs::read_to_string;
use std::path::Path;

use duyet::domain::Lane;
use duyet::rules::{Context, RuleSet, Subject, judge, shipped};
use unicode_normalization::UnicodeNormalization;

use crate::support::hiding::Way;

fn rules() -> RuleSet {
    RuleSet::compile(&shipped()).expect("the shipped packs compile")
}

fn is_held(rules: &RuleSet, text: &str) -> bool {
    let body: String = text.nfc().collect();
    let subject = Subject {
        body: &body,
        ..Subject::default()
    };
    judge(rules, &Context::default(), &subject).lane != Lane::LikelyFine
}

fn lines(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/rules")
        .join(file);
    let text = read_to_string(path).expect("the file is there");
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The foul comments of one language with their words, and how many of them are held once those are hidden, by way.
fn kept(is_language: impl Fn(&str) -> bool) -> Vec<(Way, f64)> {
    let rules = rules();
    let lines = lines("foul.txt");
    let comments: Vec<(&str, &str)> = lines
        .iter()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(word, _)| is_language(word))
        .collect();
    for (_, comment) in &comments {
        assert!(is_held(&rules, comment), "as typed: {comment}");
    }
    let share = |way: Way| {
        let missed: Vec<String> = comments
            .iter()
            .map(|(word, comment)| way.hide(comment, &[word]))
            .filter(|hidden| !is_held(&rules, hidden))
            .collect();
        println!("{way:?} misses {missed:#?}");
        #[allow(clippy::cast_precision_loss)] // some dozens
        let kept = 1.0 - missed.len() as f64 / comments.len() as f64;
        kept
    };
    Way::ALL.into_iter().map(|way| (way, share(way))).collect()
}

#[allow(clippy::cast_precision_loss)] // eighteen
fn mean(kept: &[(Way, f64)]) -> f64 {
    kept.iter().map(|(_, share)| share).sum::<f64>() / kept.len() as f64
}

#[test]
fn vietnamese_words_are_seen_however_they_are_hidden() {
    let kept = kept(|word| !word.is_ascii());
    for (way, share) in &kept {
        assert!(*share >= 0.7, "{way:?}: {share}");
        if matches!(way, Way::TonesOffTheWord | Way::TonesOffTheComment) {
            assert!(*share >= 0.8, "{way:?}: {share}");
        }
    }
    assert!(mean(&kept) >= 0.9, "{kept:?}");
}

#[test]
fn english_words_are_seen_however_they_are_hidden() {
    let kept = kept(str::is_ascii);
    for (way, share) in &kept {
        assert!(*share >= 0.7, "{way:?}: {share}");
    }
    assert!(mean(&kept) >= 0.95, "{kept:?}");
}

#[test]
fn a_clean_comment_is_not_held_for_the_way_it_is_typed() {
    let rules = rules();
    for comment in lines("clean.txt") {
        let words = || comment.split(|c: char| !c.is_alphabetic());
        let longest = words().max_by_key(|word| word.chars().count());
        for word in longest.into_iter().chain(words().next()) {
            for way in Way::ALL {
                let typed = way.hide(&comment, &[&word.to_lowercase()]);
                assert!(!is_held(&rules, &typed), "{way:?}: {typed}");
            }
        }
    }
}
