//! What the lists beside the queue have in common.

use super::queue;
use crate::domain::{Decision, Instant};
use crate::http::door::Moderating;
use crate::http::page::{BriefCard, FieldError, SiteChoice};
use crate::http::problem::{FieldProblem, Problem};
use crate::messages::Messages;
use crate::store::Card;

/// As many comments or articles as a page has.
pub(super) const ROWS: usize = 25;

/// The sites of whoever looks.
pub(super) fn choices(by: &Moderating) -> Vec<SiteChoice> {
    let sites = by.sites().iter();
    sites
        .map(|site| SiteChoice {
            key: site.key.clone(),
            name: site.name.clone(),
        })
        .collect()
}

/// The site that an address names, or the first there is.
pub(super) fn chosen(by: &Moderating, asked: Option<String>) -> String {
    let first = || by.sites().first().map(|site| site.key.clone());
    asked.or_else(first).unwrap_or_default()
}

/// A comment with what was decided about it before.
pub(super) fn brief(
    card: Card,
    decisions: &[Decision],
    by: &Moderating,
    now: Instant,
    t: Messages,
) -> BriefCard {
    let (reader, last) = (
        card.comment.name.clone(),
        card.last.as_ref().map(|last| last.id),
    );
    let earlier = decisions.iter().filter(|one| Some(one.id) != last);
    let decisions = earlier.map(|one| said(one, &reader, by, now, t)).collect();
    BriefCard {
        card: queue::view(card, by, t),
        decisions,
    }
}

fn said(decision: &Decision, reader: &str, by: &Moderating, now: Instant, t: Messages) -> String {
    let who = match decision.actor_kind.as_str() {
        "rule" => by.rule_title(&decision.actor_name, t.locale()),
        "reader" => reader.to_owned(),
        _ => decision.actor_name.clone(),
    };
    let when = t.when_near(decision.at, now);
    let id = match decision.undone_at {
        None => "queue-decided-by",
        Some(_) => "brief-undone",
    };
    t.with(
        id,
        &[
            ("name", who.into()),
            ("done", t.done(decision.action).into()),
            ("when", when.into()),
        ],
    )
}

/// What is wrong, in words, by its field.
pub(super) fn told(problem: &Problem, t: Messages) -> Vec<FieldError> {
    let errors = problem.errors.iter();
    errors
        .map(|error| {
            let told = FieldProblem::told(error, t);
            FieldError {
                field: told.field,
                message: told.message,
            }
        })
        .collect()
}
