use super::super::{PackSource, RuleSet, check, shipped};
use super::{own, pack};

/// The faults of one own pack, as people read them.
fn faults(source: PackSource) -> Vec<String> {
    let errors = RuleSet::compile(&[source]).expect_err("the pack is at fault");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_refused_pattern_is_named_with_file_line_rule_and_remedy() {
    for (pattern, problem, remedy) in [
        ("(?=x)x", "look-around", "`not_before`"),
        ("(?<!a)b", "look-around", "`not_after`"),
        ("(?P<x>a)(?P=x)", "backreferences", "repeated part out"),
        (r"(?<x>a)\\k<x>", "backreferences", "repeated part out"),
        ("(?>a)b", "atomic group", "`(?:…)`"),
        (r"(a)\\1", "backreferences", "repeated part out"),
        (r"(\\pL{200}){200}", "memory", "smaller bounds"),
        ("(a", "unclosed group", "backslash"),
        ("Abc", "capital", "lower case"),
    ] {
        let found = faults(own(&format!("pattern = \"{pattern}\"")));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("own.toml:8: rule own.one: "),
            "{found:?}"
        );
        assert!(
            found[0].contains(problem) && found[0].contains(remedy),
            "{found:?}"
        );
        assert!(
            found[0].contains(" — ") && found[0].contains("instead"),
            "{found:?}"
        );
    }
}

#[test]
fn classes_and_names_with_capitals_are_no_capitals() {
    for pattern in [r"\\W\\S\\pL\\p{Lu}", r"(?P<Name>a)", r"(?<Name>a)"] {
        let compiled = RuleSet::compile(&[own(&format!("pattern = \"{pattern}\""))]);
        assert!(compiled.is_ok(), "{pattern}: {compiled:?}");
    }
}

#[test]
fn a_word_that_can_never_match_is_refused() {
    assert_eq!(
        faults(own("words = [\"một\",\n\"!!\", \"MỘT\"]")),
        [
            "own.toml:9: rule own.one: `!!` has no letter and no digit \
             — write a word, or a `pattern` for signs, instead",
            "own.toml:9: rule own.one: `MỘT` is in the list already, if perhaps spelled otherwise \
             — write it once instead",
        ]
    );
}

#[test]
fn a_key_that_does_not_exist_is_named_with_its_rule() {
    let found = faults(own("words = [\"một\"]\nwieght = 2"));
    assert!(found[0].starts_with("own.toml:"), "{found:?}");
    assert!(
        found[0].contains("rule own.one: unknown field `wieght`"),
        "{found:?}"
    );
    let found = faults(pack(
        "own.toml",
        &own("words = [\"một\"]")
            .text
            .replace("\"spam\"", "\"spma\""),
    ));
    assert!(
        found[0].contains("rule own.one: unknown variant `spma`"),
        "{found:?}"
    );
}

#[test]
fn a_rule_looks_for_one_thing_and_says_how_much() {
    for (keys, problem) in [
        ("", "one thing"),
        ("words = [\"a\"]\npattern = \"a\"", "one thing"),
        ("words = []", "empty"),
        ("words = [\"a\"]\nfield = []", "fields is empty"),
        ("words = [\"a\"]\nview = \"raw\"", "view"),
        ("words = [\"a\"]\nat_least = 2", "go together"),
        ("feature = \"link_count\"", "go together"),
        ("feature = \"link_count\"\nat_least = 0", "from 0 on"),
        ("pattern = \"a\"\nview = \"context\"", "context"),
    ] {
        let found = faults(own(keys));
        assert!(found[0].contains(problem), "{keys}: {found:?}");
    }
    let heavy = own("words = [\"a\"]")
        .text
        .replace("weight = 1.0", "weight = nan");
    assert!(faults(pack("own.toml", &heavy))[0].contains("weight"));
}

#[test]
fn ids_are_unique_and_start_with_their_packs_id() {
    let first = own("words = [\"một\"]");
    let second = pack("second.toml", &first.text);
    let errors = RuleSet::compile(&[first.clone(), second]).unwrap_err();
    assert!(
        errors[0].to_string().contains("taken at own.toml:3"),
        "{errors:?}"
    );
    let other = pack(
        "own.toml",
        &first.text.replace("id = \"own\"", "id = \"other\""),
    );
    assert!(faults(other)[0].contains("`other.…`"));
}

#[test]
fn every_fault_is_told_at_once() {
    let broken = pack("broken.toml", "id = ");
    let errors = RuleSet::compile(&[own("words = []"), broken]).unwrap_err();
    assert_eq!(errors.len(), 2);
    assert_eq!(
        (errors[0].file.as_str(), errors[0].line),
        ("broken.toml", 1)
    );
}

#[test]
fn a_policy_needs_every_cap_and_rising_lanes() {
    let policy = shipped()
        .into_iter()
        .find(|s| s.file == "rules/policy.toml")
        .unwrap();
    for (from, to, problem) in [
        ("flood = 2.0\n", "", "flood has no cap"),
        ("flood = 2.0", "flood = 0", "no bound"),
        ("look = 1.0", "look = 5.0", "do not rise"),
        ("[caps]", "[cups]", "unknown field `cups`"),
    ] {
        let found = faults(pack("policy.toml", &policy.text.replace(from, to)));
        assert!(found[0].contains(problem), "{found:?}");
    }
    let twice = RuleSet::compile(&[policy.clone(), policy]).unwrap_err();
    assert!(twice[0].to_string().contains("policy as well"));
}

#[test]
fn check_tells_of_examples_that_fail_or_lack() {
    let right = check(&[own("words = [\"một\"]")]).to_string();
    assert!(
        right.ends_with("1 rules, 2 examples, 0 failures"),
        "{right}"
    );
    assert!(
        right.contains("`một` is a common word and holds whoever uses it"),
        "{right}"
    );
    let wrong = check(&[own("words = [\"hai\"]")]).to_string();
    assert!(
        wrong.contains("own.toml:3: rule own.one: misses its `hit` example in body: một"),
        "{wrong}"
    );
    assert!(
        wrong.contains("hits its `miss` example in body: hai"),
        "{wrong}"
    );
    let lacking = pack(
        "own.toml",
        &own("words = [\"một\"]").text.replace("[\"hai\"]", "[]"),
    );
    assert!(
        check(&[lacking])
            .to_string()
            .contains("has no example under `miss`")
    );
    assert!(check(&[own("")]).to_string().contains("one thing"));
}

#[test]
fn check_tells_of_what_is_written_twice() {
    for keys in ["words = [\"một\"]", "pattern = \"một\""] {
        let one = own(keys);
        let again = one.text.replace("id = \"own", "id = \"other");
        let report = check(&[one, pack("other.toml", &again)]).to_string();
        assert!(
            report.contains("as well — write it once instead"),
            "{report}"
        );
    }
}
