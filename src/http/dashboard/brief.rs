//! What the lists beside the queue have in common.

use std::collections::HashMap;

use super::card_view::{because, views, who};
use super::signed_in::SignedIn;
use crate::domain::{CommentId, Decision, DecisionId, Instant};
use crate::http::door::Moderating;
use crate::http::page::card;
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

/// Comments with what was decided about each before, in the same order.
pub(super) async fn briefs(
    by: &SignedIn,
    cards: Vec<Card>,
    mut decisions: HashMap<CommentId, Vec<Decision>>,
    now: Instant,
) -> Result<Vec<BriefCard>, Problem> {
    let last = |card: &Card| card.last.as_ref().map(|last| last.id);
    let lasts: Vec<Option<DecisionId>> = cards.iter().map(last).collect();
    let views = views(by, cards).await?.into_iter().zip(lasts);
    let briefs = views.map(|(card, last)| {
        let all = decisions.remove(&card.id).unwrap_or_default();
        let earlier = all.iter().filter(|one| Some(one.id) != last);
        let decisions = earlier.map(|one| told_of(one, &card.name, by, now));
        BriefCard {
            decisions: decisions.collect(),
            card,
        }
    });
    Ok(briefs.collect())
}

fn told_of(decision: &Decision, reader: &str, by: &SignedIn, now: Instant) -> String {
    if let Some(line) = because(decision, by)
        .and_then(|why| card::because(by.t, &why, decision.action, decision.at, now))
    {
        return match decision.undone_at {
            None => line,
            Some(_) => by.t.with("brief-undone-because", &[("line", line.into())]),
        };
    }
    let who = who(decision, reader, by);
    let id = match decision.undone_at {
        None => "queue-decided-by",
        Some(_) => "brief-undone",
    };
    card::said(by.t, id, &who, decision.action, decision.at, now)
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
