//! Rules, a site's own words and back-tests, with a hostile word on them.

use std::collections::BTreeMap;

use super::super::*;
use super::lists::{cards, sites};
use super::sample::{HOSTILE_BODY, HOSTILE_NAME, at, desk, id};
use crate::domain::{
    Backtest, BacktestId, BacktestState, BatchId, Category, CommentId, Field, Findings, Lane,
    Outcome, Role, RuleAction, SiteId, SiteWord, Status, TriedWord, View, WordFinding, WordId,
    WordKind, WordState, WrittenForm,
};
use crate::messages::Messages;
use crate::rules::{LooksFor, Toneless};
use crate::text::{Pointed as Span, segments};
use std::sync::Arc;

use askama::Template;

const NOW: &str = "2026-11-23T07:03:30Z";

fn rule(number: usize, looks_for: LooksFor) -> RuleView {
    RuleView {
        id: format!("nha.rule.{number}"),
        title: HOSTILE_NAME.to_owned(),
        category: Category::Spam,
        fields: vec![Field::Body, Field::Name],
        weight: 2.5,
        action: (number == 1).then_some(RuleAction::Spam),
        alone: Lane::Look,
        looks_for,
        hits: vec![HOSTILE_BODY.to_owned()],
        misses: vec!["mua sau".to_owned()],
    }
}

fn some() -> Vec<RuleView> {
    let words = LooksFor::Words {
        words: vec![HOSTILE_NAME.to_owned(), "mua ngay".to_owned()],
        toneless: Toneless::Neighbours,
        has_company: true,
    };
    let pattern = LooksFor::Pattern {
        pattern: "<b>\\d+".to_owned(),
        view: View::Toneless,
    };
    let feature = LooksFor::Feature {
        name: "link_count".to_owned(),
        at_least: 3,
    };
    let others = LooksFor::Others {
        terms: vec!["category:insult".to_owned(), "−nha.rule.1".to_owned()],
    };
    let all = [words, pattern, feature, others].into_iter().enumerate();
    all.map(|(place, one)| rule(place + 1, one)).collect()
}

fn packs(t: Messages) -> RulesPage {
    RulesPage {
        t,
        desk: desk(Place::Rules, Role::Moderator),
        sites: sites(),
        site: "bao".to_owned(),
        all: vec!["nha".to_owned(), "spam.links".to_owned()],
        pack: "nha".to_owned(),
        category: Some(Category::Spam),
        sought: HOSTILE_NAME.to_owned(),
        packs: vec![PackView {
            id: "nha".to_owned(),
            rules: some(),
        }],
    }
}

fn no_rules(t: Messages) -> RulesPage {
    RulesPage {
        sites: Vec::new(),
        packs: Vec::new(),
        ..packs(t)
    }
}

fn one(t: Messages) -> RulePage {
    RulePage {
        t,
        desk: desk(Place::Rules, Role::Editor),
        now: at(NOW),
        sites: sites(),
        site: "bao".to_owned(),
        id: "nha.rule.1".to_owned(),
        title: HOSTILE_NAME.to_owned(),
        rule: some().into_iter().next(),
        is_gone: false,
        bans: None,
        days: 7,
        seen: (1_000, true),
        may_undo: true,
        settled: cards(t),
        notice: Some(RuleNotice::Undone {
            count: 2,
            more: true,
            batch: BatchId(id(9)),
        }),
        next: Some("/rules/one?site=bao&after=3".to_owned()),
        is_first: false,
    }
}

fn gone(t: Messages) -> RulePage {
    RulePage {
        rule: None,
        is_gone: true,
        seen: (0, false),
        may_undo: false,
        settled: Vec::new(),
        notice: Some(RuleNotice::Nothing),
        next: None,
        is_first: true,
        ..one(t)
    }
}

fn word(number: u128, kind: WordKind, state: WordState) -> SiteWord {
    SiteWord {
        id: WordId(id(number)),
        site: SiteId(id(1)),
        word: if number == 1 { "các" } else { HOSTILE_NAME }.to_owned(),
        normal: "x".to_owned(),
        kind,
        category: (kind == WordKind::Hold).then_some(Category::Profanity),
        weight: 1.5,
        state,
        note: Some(HOSTILE_BODY.to_owned()),
        created_by: HOSTILE_NAME.to_owned(),
        created_at: at("2026-11-22T03:53:00Z"),
        updated_at: at("2026-11-22T03:53:00Z"),
    }
}

fn run(state: BacktestState) -> Backtest {
    let finding = WordFinding {
        word: "các".to_owned(),
        seen: 5_100,
        held: 4_900,
        clean: 4_212,
        forms: vec![WrittenForm {
            form: "cac".to_owned(),
            view: View::Toneless,
            count: 4_212,
        }],
    };
    Backtest {
        id: BacktestId(id(7)),
        site: SiteId(id(1)),
        started_by: HOSTILE_NAME.to_owned(),
        created_at: at("2026-11-23T06:00:00Z"),
        days: 30,
        words: vec![TriedWord {
            id: WordId(id(1)),
            word: "các".to_owned(),
            kind: WordKind::Hold,
            category: Some(Category::Profanity),
            weight: 1.5,
        }],
        state,
        total: Some(60_000),
        done: if state.is_over() { 60_000 } else { 12_345 },
        reached: None,
        basis: String::new(),
        findings: Findings {
            approved: 50_000,
            held: 4_900,
            clean: 4_212,
            freed: 3,
            words: vec![finding],
            shifts: Vec::new(),
        },
        lease: 1,
        ended_at: None,
    }
}

fn words(t: Messages) -> SiteWordsPage {
    let draft = WordView {
        word: word(1, WordKind::Hold, WordState::Draft),
        tried: Some(Arc::new(run(BacktestState::Done))),
    };
    let untried = WordView {
        word: word(2, WordKind::Hold, WordState::Draft),
        tried: None,
    };
    let live = WordView {
        word: word(3, WordKind::Allow, WordState::Live),
        tried: None,
    };
    let told = ["text-required", "text-control"].map(|code| t.get(code));
    let errors = ["word", "weight"].into_iter().zip(told);
    SiteWordsPage {
        t,
        desk: desk(Place::Rules, Role::Editor),
        now: at(NOW),
        sites: sites(),
        site: "bao".to_owned(),
        may_edit: true,
        form: WordForm {
            word: HOSTILE_NAME.to_owned(),
            errors: errors
                .map(|(field, message)| FieldError {
                    field: field.to_owned(),
                    message,
                })
                .collect(),
            ..WordForm::default()
        },
        notice: Some(t.get("words-added")),
        not_started: Some(t.get("backtest-running")),
        is_long: true,
        sought: HOSTILE_NAME.to_owned(),
        drafts: WordList {
            next: Some(untried.word.id),
            words: vec![draft, untried],
            count: 1_202,
            is_first: false,
        },
        live: WordList {
            words: vec![live],
            count: 1,
            next: None,
            is_first: true,
        },
        runs: [BacktestState::Running, BacktestState::Done]
            .map(|state| Arc::new(run(state)))
            .into(),
        days: vec![7, 30, 90],
    }
}

fn words_of_a_moderator(t: Messages) -> SiteWordsPage {
    SiteWordsPage {
        may_edit: false,
        form: WordForm::default(),
        notice: None,
        not_started: None,
        is_long: false,
        sought: String::new(),
        drafts: WordList {
            words: Vec::new(),
            count: 0,
            next: None,
            is_first: true,
        },
        runs: Vec::new(),
        ..words(t)
    }
}

fn sample(number: u128, is_edited: bool) -> SampleView {
    let span = Span {
        start: 0,
        end: 4,
        number: 1,
        title: HOSTILE_NAME.to_owned(),
    };
    SampleView {
        id: CommentId(id(number)),
        name: segments(HOSTILE_NAME, Vec::new()),
        body: segments(HOSTILE_BODY, vec![span]),
        status: Status::Approved,
        scores: (0.0, 1.5),
        is_edited,
    }
}

fn backtest(t: Messages, state: BacktestState) -> BacktestPage {
    let run = run(state);
    let statuses = BTreeMap::from([(Status::Approved, 4_212), (Status::Pending, 688)]);
    BacktestPage {
        t,
        desk: desk(Place::Rules, Role::Editor),
        now: at(NOW),
        part: BacktestPart {
            t,
            csrf: "csrf-token".to_owned(),
            site: "bao".to_owned(),
            usable: run.words.clone(),
            run,
            shifts: vec![ShiftView {
                before: Outcome::LikelyFine,
                after: Outcome::Look,
                count: 4_900,
                statuses: statuses.into_iter().collect(),
                samples: vec![sample(1, false), sample(2, true)],
            }],
        },
    }
}

fn stopped(t: Messages) -> BacktestPage {
    let mut page = backtest(t, BacktestState::Cancelled);
    page.part.shifts.clear();
    page
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    let of = |state| backtest(t, state).render();
    vec![
        ("rules", packs(t).render()),
        ("rules_none", no_rules(t).render()),
        ("rule", one(t).render()),
        ("rule_gone", gone(t).render()),
        ("site_words", words(t).render()),
        (
            "site_words_of_a_moderator",
            words_of_a_moderator(t).render(),
        ),
        ("backtest_running", of(BacktestState::Running)),
        ("backtest_done", of(BacktestState::Done)),
        ("backtest_stopped", stopped(t).render()),
    ]
}
