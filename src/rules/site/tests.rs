use uuid::Uuid;

use super::super::{Context, PackSource, RuleSet, Subject, judge_at};
use super::*;
use crate::domain::{Instant, Lane, SiteId, Verdict, WordId};

fn word(text: &str, kind: WordKind, state: WordState) -> SiteWord {
    let at = Instant::from_micros(0);
    SiteWord {
        id: WordId(Uuid::nil()),
        site: SiteId(Uuid::nil()),
        word: text.to_owned(),
        normal: String::new(),
        kind,
        category: (kind == WordKind::Hold).then_some(Category::Spam),
        weight: 1.5,
        state,
        note: None,
        created_by: String::new(),
        created_at: at,
        updated_at: at,
    }
}

fn held(text: &str) -> SiteWord {
    word(text, WordKind::Hold, WordState::Live)
}

fn allowed(text: &str) -> SiteWord {
    word(text, WordKind::Allow, WordState::Live)
}

/// One pack rule on `mua bán`, by words, and one on digits, by a pattern.
fn set() -> RuleSet {
    let text = r#"
id = "nha"
[[rule]]
id = "nha.mua"
title = { vi = "x", en = "x" }
category = "spam"
weight = 1.0
words = ["mua bán"]
examples = { hit = [], miss = [] }
[[rule]]
id = "nha.so"
title = { vi = "x", en = "x" }
category = "contact"
weight = 1.0
pattern = '[0-9]{9}'
examples = { hit = [], miss = [] }
"#;
    let file = "nha.toml".to_owned();
    let text = text.to_owned();
    RuleSet::compile(&[PackSource { file, text }]).unwrap()
}

fn verdict(list: &[SiteWord], name: &str, body: &str) -> Verdict {
    let site = SiteWords::compile(list).unwrap();
    let email = "mua.bán@x.example";
    let subject = Subject { name, email, body };
    judge_at(
        &set(),
        Some(&site),
        Context::default(),
        &subject,
        &Reading::new(body),
    )
}

fn rules(verdict: &Verdict) -> Vec<(&str, &str)> {
    let told = verdict.evidence.iter();
    told.map(|seen| (seen.rule.as_str(), seen.excerpt.as_str()))
        .collect()
}

#[test]
fn held_words_are_evidence_that_names_them() {
    let verdict = verdict(&[held("Bán  nhà")], "Bán Nhà", "xin BÁN... nhà, bánh nhà");
    assert_eq!(
        rules(&verdict),
        [
            ("site.hold:Bán  nhà", "BÁN... nhà"),
            ("site.hold:Bán  nhà", "Bán Nhà")
        ]
    );
    assert_eq!(site_word_of(&verdict.evidence[0].rule), Some("Bán  nhà"));
    assert_eq!((verdict.score, verdict.lane), (3.0, Lane::LikelyBad));
    assert_eq!(verdict.settled_by, None);
}

#[test]
fn an_allowed_phrase_takes_away_what_words_see_inside_it_and_nothing_else() {
    let list = [
        allowed("chợ mua bán nhà 123456789"),
        held("bán nhà"),
        held("nhà"),
    ];
    let body = "chợ mua bán nhà 123456789";
    assert_eq!(rules(&verdict(&list, "", body)), [("nha.so", "123456789")]);
    let body = "mua bán nhà ở chợ mua bán nhà 123456789";
    let seen = verdict(&list, "", body);
    assert_eq!(
        rules(&seen)[..3],
        [
            ("nha.mua", "mua bán"),
            ("site.hold:bán nhà", "bán nhà"),
            ("site.hold:nhà", "nhà")
        ]
    );
}

#[test]
fn a_draft_counts_for_nothing_but_a_trial() {
    let draft = [word("bán nhà", WordKind::Hold, WordState::Draft)];
    assert_eq!(rules(&verdict(&draft, "", "bán nhà")), []);
    assert!(SiteWords::compile(&draft).unwrap().is_empty());
    assert!(!SiteWords::compile_with_drafts(&draft).unwrap().is_empty());
}

#[test]
fn a_word_a_thousand_times_says_no_more_than_twenty() {
    let body = "nhà ".repeat(1000);
    assert_eq!(verdict(&[held("nhà")], "", &body).evidence.len(), PLACES);
}

#[test]
fn what_is_no_word_is_told_by_its_place() {
    let list = [held("nhà"), held("?!"), held("NHÀ"), held("(?<=a)b")];
    let faults = SiteWords::compile(&list).expect_err("faults");
    let told: Vec<_> = faults
        .iter()
        .map(|fault| (fault.place, fault.trouble))
        .collect();
    assert_eq!(
        told,
        [
            (1, WordTrouble::Empty),
            (2, WordTrouble::Known),
            (3, WordTrouble::LookAround)
        ]
    );
}

#[test]
fn patterns_are_told_from_words_and_their_disguises() {
    for (typed, trouble) in [
        ("(?!x)y", WordTrouble::LookAround),
        (r"(a)\1", WordTrouble::BackReference),
        (r"\bnhà\b", WordTrouble::Pattern),
        ("nhà.*đất", WordTrouble::Pattern),
        ("nhà|đất", WordTrouble::Pattern),
        ("[nN]hà", WordTrouble::Pattern),
        ("nhà{2,}", WordTrouble::Pattern),
        ("^nhà$", WordTrouble::Pattern),
        ("nhà\nđất", WordTrouble::Control),
        ("…", WordTrouble::Empty),
    ] {
        assert_eq!(read_word(typed), Err(trouble), "{typed}");
    }
    let long = "a".repeat(MAX_WORD_CHARS + 1);
    assert_eq!(read_word(&long), Err(WordTrouble::TooLong));
    for word in [
        "n.h.à",
        "n*à",
        "nh@",
        "100$",
        "nhà (mới)",
        "C++",
        "^^ nhà",
        "a\\",
        "[!] nhà",
    ] {
        assert!(read_word(word).is_ok(), "{word}");
    }
    assert_eq!(
        read_word("  Nhà   ĐẤT "),
        Ok(("Nhà ĐẤT".to_owned(), "nhà đất".to_owned()))
    );
}
