//! The page of numbers, with hostile titles in its charts.

use std::collections::BTreeMap;

use askama::Template;

use super::super::*;
use super::sample::{HOSTILE_NAME, at, desk, id};
use crate::domain::{
    Action, ArticleId, CommentId, Day, DecidedBy, DecisionId, Lesson, ModelSettings, Role,
    RuleTally, Status, Tally, Witness,
};
use crate::learn::Report;
use crate::messages::Messages;

fn of_a_day(number: u64) -> Tally {
    let mut tally = Tally::default();
    if number == 3 {
        return tally;
    }
    tally.statuses = [
        (Status::Pending, number),
        (Status::Approved, 900 + 40 * number),
        (Status::Rejected, 60 + number),
        (Status::Spam, 20 * number),
    ]
    .into();
    tally.decided = [
        (DecidedBy::People, 900 + 41 * number),
        (DecidedBy::Rules, 60 + 19 * number),
        (DecidedBy::Bans, number),
        (DecidedBy::Nobody, number),
    ]
    .into();
    for wait in 0..20u32 {
        tally.waits.add(f64::from(wait * wait * 60));
    }
    tally
}

fn rule(number: u64, title: &str) -> RuleRow {
    RuleRow {
        id: format!("vi.rule.{number}"),
        title: title.to_owned(),
        tally: RuleTally {
            settled: 1_200 / number,
            overturned: 300 / number,
            suspected: 40,
            approved: 12,
        },
    }
}

fn article(number: u64, name: &str) -> BusyArticle {
    BusyArticle {
        id: ArticleId(id(number.into())),
        name: name.to_owned(),
        comments: 4_321 / number,
    }
}

/// Decisions of a site that mostly approves, whose model errs now and then.
pub fn lessons() -> Vec<Lesson> {
    (0..1_240_u16)
        .map(|number| {
            let is_bad = number % 11 == 3;
            let is_wrong = number % 37 == 5 || number > 900 && number % 5 == 0;
            let far = f32::from(number % 45) / 100.0;
            let harm = if is_bad == is_wrong {
                0.05 + far
            } else {
                0.52 + far
            };
            Lesson {
                decision: DecisionId(id(number.into())),
                comment: CommentId(id(number.into())),
                action: match number {
                    _ if !is_bad => Action::Approve,
                    spam if spam % 2 == 0 => Action::Spam,
                    _ => Action::Reject,
                },
                harm,
                spam: if is_bad { 0.6 } else { 0.08 },
                is_toneless: number % 9 == 0,
                witness: Witness::Itself,
                bad_after: (100..1_200)
                    .contains(&number)
                    .then_some(is_bad != (number % 41 == 5)),
            }
        })
        .collect()
}

fn model(t: Messages, lessons: Vec<Lesson>) -> ModelNumbers {
    let report = Report::of(lessons.len() as u64, &lessons, &ModelSettings::default());
    let wrong = report.most_wrong.iter().map(|lesson| WrongRow {
        id: lesson.comment,
        text: HOSTILE_NAME.to_owned(),
        action: lesson.action,
        said: lesson.harm,
    });
    ModelNumbers {
        learns_again: false,
        t,
        name: "Báo Sông Lam".to_owned(),
        wrong: wrong.collect(),
        settings: Some("/settings?site=bao".to_owned()),
        report,
    }
}

fn numbers(t: Messages) -> NumbersPage {
    let today = Day::of(at("2026-11-23T07:03:30Z"));
    let days: BTreeMap<Day, Tally> = (0..7)
        .map(|number| (today.before(6 - number), of_a_day(number.into())))
        .collect();
    let mut all = Tally::default();
    for day in days.values() {
        all.merge(day);
    }
    NumbersPage {
        t,
        desk: desk(Place::Numbers, Role::Moderator),
        sites: vec![
            SiteChoice {
                key: "bao".to_owned(),
                name: "Báo Sông Lam".to_owned(),
            },
            SiteChoice {
                key: "khac".to_owned(),
                name: "<i>Báo Khác</i>".to_owned(),
            },
        ],
        site: "bao".to_owned(),
        range: 7,
        days,
        all,
        rules: vec![
            rule(1, HOSTILE_NAME),
            rule(2, "Lời chửi tục viết tắt hoặc viết chệch, không dấu"),
        ],
        busiest: vec![article(1, "Cầu mới qua sông"), article(2, HOSTILE_NAME)],
        is_whole: false,
        model: Some(model(t, lessons())),
    }
}

fn empty(t: Messages) -> NumbersPage {
    NumbersPage {
        all: Tally::default(),
        days: numbers(t)
            .days
            .into_keys()
            .map(|day| (day, Tally::default()))
            .collect(),
        rules: Vec::new(),
        busiest: Vec::new(),
        is_whole: true,
        model: Some(model(t, Vec::new())),
        ..numbers(t)
    }
}

pub fn pages(t: Messages) -> Vec<(&'static str, String)> {
    [("numbers", numbers(t)), ("numbers_empty", empty(t))]
        .map(|(name, page)| (name, page.render().expect("renders")))
        .into()
}

/// The first chart by itself: what it is, that it has no colours or styles of its own, and that titles are text in it.
#[test]
fn a_chart_has_a_name_and_leaves_its_looks_to_the_page() {
    let page = numbers(super::vi()).render().expect("renders");
    let charts: Vec<&str> = page
        .split("<svg class=\"chart\"")
        .skip(1)
        .map(|rest| rest.split("</svg>").next().expect("an end"))
        .collect();
    assert_eq!(charts.len(), 8);
    for chart in &charts {
        assert!(
            chart.contains("role=\"img\"") && chart.contains("<title id="),
            "{chart}"
        );
        assert!(
            !chart.contains("style") && !chart.contains("=\"#"),
            "{chart}"
        );
        assert!(!chart.contains("<script"), "{chart}");
    }
    assert!(
        charts[3].contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{}",
        charts[3]
    );
    insta::assert_snapshot!("numbers_chart", charts[0]);
}
