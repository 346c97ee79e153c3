use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::*;
use crate::domain::Instant;

const VI_TEXT: Messages = Messages::of(Locale::Vi);
const EN_TEXT: Messages = Messages::of(Locale::En);

/// Each message of some files with the variables it uses.
fn variables(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let head = Regex::new(r"^([a-z][\w-]*) =").expect("pattern");
    let variable = Regex::new(r"\$([a-z_]+)").expect("pattern");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in files.iter().flat_map(|file| file.lines()) {
        if let Some(id) = head.captures(line) {
            id[1].clone_into(&mut current);
            let earlier = found.insert(current.clone(), BTreeSet::new());
            assert!(earlier.is_none(), "`{current}` is there twice");
        }
        if line.starts_with('#') {
            continue;
        }
        for name in variable.captures_iter(line) {
            found
                .get_mut(&current)
                .expect("a variable stands in a message")
                .insert(name[1].to_owned());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_and_variables() {
    let (vi, en) = (variables(VI), variables(EN));
    assert!(vi.len() > 150, "only {} messages were read", vi.len());
    assert_eq!(vi, en);
}

#[test]
fn every_message_parses_and_formats_in_both_languages() {
    for (id, names) in variables(VI) {
        let arguments: Vec<(&str, FluentValue)> =
            names.iter().map(|name| (name.as_str(), 2.into())).collect();
        for t in [VI_TEXT, EN_TEXT] {
            let text = t.with(&id, &arguments);
            assert!(!text.trim().is_empty() && text != id, "`{id}` says nothing");
            assert!(!text.contains('{'), "`{id}`: {text}");
            assert!(!text.contains('\u{2068}'), "`{id}` has isolation marks");
        }
    }
}

#[test]
fn every_word_of_the_domain_has_a_name() {
    for t in [VI_TEXT, EN_TEXT] {
        let mut names = BTreeSet::new();
        let all = (Lane::ALL.iter().map(|&word| t.lane(word)))
            .chain(Status::ALL.iter().map(|&word| t.status(word)))
            .chain(Category::ALL.iter().map(|&word| t.category(word)));
        for name in all {
            assert!(names.insert(name.clone()), "two things are called {name}");
        }
        for &action in Action::ALL {
            assert!(!t.done(action).is_empty());
        }
        for &reason in Reason::ALL {
            assert!(names.insert(t.reason(reason)), "{reason}");
        }
        for &kind in BanKind::ALL {
            assert!(names.insert(t.ban(kind)), "{kind}");
        }
        for &field in Field::ALL {
            assert!(!t.field(field).is_empty());
        }
    }
}

#[test]
fn every_error_code_has_its_texts() {
    let fields = [
        "name-required",
        "name-too-long",
        "name-control",
        "name-bidi",
        "name-invisible",
        "name-emoji",
        "name-broken",
        "name-markup",
        "name-link",
        "name-phone",
        "name-no-letter",
        "name-marks",
        "email-required",
        "email-too-long",
        "email-invalid",
        "email-local-too-long",
        "email-dots",
        "email-unicode",
        "email-control",
        "email-domain",
        "body-required",
        "body-too-long",
        "body-control",
        "challenge-missing",
        "challenge-wrong",
        "challenge-expired",
        "challenge-spent",
        "article-required",
        "article-invalid",
        "article-foreign",
        "article-title",
        "list-length",
        "list-long",
        "text-too-long",
        "parent-invalid",
        "parent-unknown",
        "field-meant",
        "field-unknown",
        "field-type",
        "field-range",
        "field-word",
        "field-time",
        "field-missing",
        "key-mismatch",
        "key-invalid",
        "word-empty",
        "word-too-long",
        "word-control",
        "word-look-around",
        "word-back-reference",
        "word-pattern",
        "word-known",
        "word-weight",
        "word-weighed",
        "word-ban",
        "word-many",
        "password-short",
        "password-long",
        "password-own",
        "password-common",
        "password-wrong",
        "password-later",
        "email-taken",
        "member-sites",
        "member-site",
        "member-section",
        "code-wrong",
        "text-required",
        "text-control",
        "ban-name-control",
        "ban-name-wide",
        "ban-address-invalid",
        "ban-address-wide",
        "ban-known",
        "ban-many",
        "ban-expired",
        "article-closes-past",
        "mail-zone",
        "mail-quiet",
        "webhook-events",
        "webhook-many",
        "settings-origin-star",
        "target-malformed",
        "target-scheme",
        "target-dressed",
        "target-forbidden",
        "target-clear",
    ];
    for t in [VI_TEXT, EN_TEXT] {
        for code in fields {
            assert!(t.has(code), "{code}");
        }
        let words = crate::http::Words::ALL.map(crate::http::Words::slug);
        let codes = crate::http::Code::ALL.map(crate::http::Code::slug);
        for code in codes.into_iter().chain(words) {
            assert!(t.has(&format!("problem-{code}")), "{code}");
            assert!(t.has(&format!("problem-{code}-detail")), "{code}");
        }
    }
}

#[test]
fn variables_are_filled_in_without_marks() {
    let variables = [("max", 5000.into()), ("length", 5012.into())];
    insta::assert_snapshot!(
        VI_TEXT.with("body-too-long", &variables),
        @"Ý kiến dài 5012 ký tự, nhiều hơn mức 5000. Hãy rút ngắn hoặc gửi thành nhiều ý kiến."
    );
    insta::assert_snapshot!(
        EN_TEXT.with("body-too-long", &variables),
        @"The comment has 5012 characters, more than the 5000 allowed. Shorten it or send it in parts."
    );
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "no message `no-such-message`")]
fn an_unknown_message_is_loud() {
    let _ = VI_TEXT.get("no-such-message");
}

fn instant(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a timestamp").into()
}

#[test]
fn dates_are_told_in_vietnam() {
    let evening = instant("2026-11-22T18:03:00Z");
    assert_eq!(VI_TEXT.when(evening), "01:03, 23/11/2026");
    assert_eq!(EN_TEXT.when(evening), "01:03, 23/11/2026");
    let same_day = instant("2026-11-23T16:59:59Z");
    let next_day = instant("2026-11-23T17:00:00Z");
    assert_eq!(VI_TEXT.when_near(evening, same_day), "01:03");
    assert_eq!(VI_TEXT.when_near(evening, next_day), "01:03, 23/11/2026");
}

#[test]
fn a_field_of_a_form_is_read_as_it_was_written() {
    let evening = instant("2026-11-22T18:03:00Z");
    let written = VI_TEXT.in_field(evening);
    assert_eq!(written, "2026-11-23T01:03");
    assert_eq!(VI_TEXT.of_field(&written), Some(evening));
    assert_eq!(VI_TEXT.of_field("2026-11-23T01:03:00"), Some(evening));
    for wrong in ["", "mai", "2026-13-01T00:00", "25:00"] {
        assert_eq!(VI_TEXT.of_field(wrong), None, "{wrong}");
    }
}

#[test]
fn waiting_is_told_in_two_units() {
    let since = instant("2026-11-23T07:00:00Z");
    let told = |seconds: u64| {
        let now = since.after(std::time::Duration::from_secs(seconds));
        (VI_TEXT.wait(since, now), EN_TEXT.wait(since, now))
    };
    let pair = |vi: &str, en: &str| (vi.to_owned(), en.to_owned());
    assert_eq!(told(59), pair("dưới 1 phút", "under a minute"));
    assert_eq!(told(60), pair("1 phút", "1 min"));
    assert_eq!(told(3600), pair("1 giờ", "1 h"));
    assert_eq!(told(11_400), pair("3 giờ 10 phút", "3 h 10 min"));
    assert_eq!(told(86_400 + 3540), pair("1 ngày", "1 day"));
    assert_eq!(told(3 * 86_400 + 7260), pair("3 ngày 2 giờ", "3 days 2 h"));
    let before = since.before(std::time::Duration::from_secs(9));
    assert_eq!(VI_TEXT.wait(since, before), "dưới 1 phút");
}

#[test]
fn decimals_follow_the_language() {
    assert_eq!(VI_TEXT.decimal(2.5), "2,5");
    assert_eq!(EN_TEXT.decimal(2.5), "2.5");
    assert_eq!(VI_TEXT.decimal(4.0), "4");
}
