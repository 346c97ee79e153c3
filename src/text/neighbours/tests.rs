use std::collections::HashSet;

use proptest::prelude::*;

use super::readings::MOST_READINGS;
use super::*;
use crate::text::base;

/// The odds of a phrase where `_` stands in a text without marks.
fn odds(text: &str, phrase: &str) -> f32 {
    let counts = Neighbours::shipped();
    let words: Vec<_> = text.split(' ').collect();
    let at = words.iter().position(|word| *word == "_").unwrap();
    let near = |i: Option<usize>| match i.map(|i| words.get(i)) {
        Some(Some(word)) => counts.fold_id(word),
        _ => Some(FoldId::EDGE),
    };
    let before = [
        if at == 0 {
            None
        } else {
            near(at.checked_sub(2))
        },
        near(at.checked_sub(1)),
    ];
    let after = [
        near(Some(at + 1)),
        if at + 1 < words.len() {
            near(Some(at + 2))
        } else {
            None
        },
    ];
    let phrase: Vec<_> = phrase
        .split(' ')
        .map(|word| counts.syllable(word))
        .collect();
    counts.odds(before, &[phrase], after)
}

#[test]
fn the_shipped_counts_are_read_whole() {
    let text = include_str!("../../../rules/vi/neighbours.tsv");
    let counts = Neighbours::shipped();
    assert_eq!(counts.toned.len(), text.lines().count());
    assert!(counts.folds.len() > 2000);
    assert_eq!(counts.readings.len(), counts.folds.len() + 1);
    assert!(
        counts
            .readings
            .windows(2)
            .all(|pair| usize::from(pair[1] - pair[0]) <= MOST_READINGS)
    );
    assert_eq!(counts.fold_id("."), Some(FoldId::EDGE));
    let known: HashSet<_> = counts.toned.keys().collect();
    assert!(
        ["không", "lồn", "hòa", "đéo"]
            .iter()
            .all(|word| known.contains(&Box::from(*word)))
    );
}

#[test]
fn both_placements_of_a_tone_are_one_syllable() {
    let counts = Neighbours::shipped();
    assert!(counts.syllable("hòa").toned.is_some());
    assert_eq!(counts.syllable("hoà"), counts.syllable("hòa"));
    assert_eq!(
        counts.syllable("xyzzy"),
        Syllable {
            fold: None,
            toned: None
        }
    );
}

#[test]
fn a_syllable_is_read_by_its_neighbours() {
    for (text, phrase) in [
        ("nhu _ ay", "lồn"),
        ("vai _ that", "lồn"),
        ("may noi cai _ gi the", "lồn"),
        ("tao _ can biet", "đéo"),
        ("_ no", "địt mẹ"),
        ("thang nay _ that", "mất dạy"),
    ] {
        assert!(
            odds(text, phrase) > 0.0,
            "{text}: {phrase} {}",
            odds(text, phrase)
        );
    }
    for (text, phrase) in [
        ("mot cong ty _ nhat nuoc", "lồn"),
        ("cam on _ ban", "cặc"),
        ("nho _ khau trang", "đéo"),
        ("bat _ hoc", "đầu buồi"),
        ("bi _ hom qua", "mất dây"),
        ("da hai _ nguoi ngheo", "thằng chó"),
    ] {
        assert!(
            odds(text, phrase) < 0.0,
            "{text}: {phrase} {}",
            odds(text, phrase)
        );
    }
}

#[test]
fn phrases_of_the_same_letters_are_weighed_together() {
    let counts = Neighbours::shipped();
    let phrase =
        |text: &str| -> Vec<_> { text.split(' ').map(|word| counts.syllable(word)).collect() };
    let near = [None, None];
    let both = counts.odds(near, &[phrase("đụ má"), phrase("đù má")], near);
    assert!(both > counts.odds(near, &[phrase("đụ má")], near));
    let none: [&[Syllable]; 0] = [];
    assert!(counts.odds(near, &none, near) < -10.0);
}

#[test]
fn a_reading_never_seen_is_rare_and_letters_never_seen_are_taken_as_they_are() {
    assert!(odds("con _ nay", "cãc") < -5.0);
    assert!(odds("con _ nay", "xyzzy") > 5.0);
}

const TELLING: Telling = Telling {
    marked: 6.0,
    most: 4.0,
    sure: 3.0,
    one_in: 5,
    fewest: 4,
    word: 0.02,
};

#[test]
fn letters_that_are_a_word_are_told_from_those_that_lack_a_mark() {
    let counts = Neighbours::shipped();
    assert!(
        ["lon", "di", "con", "ngu", "tom"]
            .iter()
            .all(|word| counts.is_word(&TELLING, word))
    );
    assert!(
        ["cac", "dit", "buoi", "deo", "dech", "xyzzy"]
            .iter()
            .all(|word| !counts.is_word(&TELLING, word))
    );
}

#[test]
fn vietnamese_without_marks_is_told_from_english_and_from_marks() {
    let toneless = |text: &str| {
        Writing::of(Neighbours::shipped(), &TELLING, text.split(' ')).is_toneless(&TELLING)
    };
    for yes in [
        "hom nay troi dep qua",
        "thang nay ngu the",
        "dm may con lon nay",
        "toi khong dong y voi bai bao",
    ] {
        assert!(toneless(yes), "{yes}");
    }
    for no in [
        "cut me some slack",
        "do not do that to me",
        "so long and thanks",
        "hôm nay trời đẹp quá",
        "tôi không đồng y với bai báo",
        "an in on so to me the",
        "",
    ] {
        assert!(!toneless(no), "{no}");
    }
}

proptest! {
    /// Whatever the neighbours and the phrase, known or not, the odds are a number, and asking again gives the same.
    #[test]
    fn odds_are_finite_and_stay_the_same(
        picks in proptest::collection::vec(0_usize..8000, 4),
        phrase in proptest::collection::vec(0_usize..8000, 1..6),
    ) {
        let counts = Neighbours::shipped();
        let mut words: Vec<_> = counts.toned.keys().collect();
        words.sort();
        let fold = |pick: usize| {
            let folded: String = words.get(pick)?.chars().map(base).collect();
            counts.fold_id(&folded)
        };
        let near = [[fold(picks[0]), fold(picks[1])], [fold(picks[2]), fold(picks[3])]];
        let phrase: Vec<_> = phrase
            .iter()
            .map(|pick| counts.syllable(words.get(*pick).map_or("xyzzy", |word| word)))
            .collect();
        let odds = counts.odds(near[0], &[&phrase], near[1]);
        prop_assert!(odds.is_finite());
        let _ = counts.odds([None, None], &[&phrase[..1]], near[1]);
        prop_assert_eq!(odds.to_bits(), counts.odds(near[0], &[&phrase], near[1]).to_bits());
    }
}
