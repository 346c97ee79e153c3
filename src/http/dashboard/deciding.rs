//! What a moderator's buttons do. A form gets a page with a notice; a script, which asks for JSON, the same in words.

use std::str::FromStr;
use std::time::Duration;

use actix_web::http::header::ACCEPT;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::list::List;
use super::signed_in::{Form, SignedIn};
use crate::clock;
use crate::domain::{Action, Actor, BatchId, Comment, CommentId, Decision, Instant, Signs, Status};
use crate::http::input::Ceiling;
use crate::http::moderation::decisions::DecisionAction;
use crate::http::moderation::notes::fault;
use crate::http::page::{BansPage, QueueFilter as Tab, QueueNotice, desk};
use crate::http::problem::Problem;
use crate::http::respond::{private, see_other};
use crate::intake::FieldError;
use crate::messages::Messages;
use crate::store::{Card, Outcome, Settled};

/// As many comments as are decided together.
const MOST: usize = 500;

/// A comment and the revision that was on the screen: `ID:REVISION`.
struct Target(CommentId, i32);

impl FromStr for Target {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, revision) = text.split_once(':').ok_or(())?;
        Ok(Self(
            id.parse().map_err(|_| ())?,
            revision.parse().map_err(|_| ())?,
        ))
    }
}

/// What came as long before a page was made may not have been stored yet when the page was read.
const COMING: Duration = Duration::from_secs(30);

/// The comments that say the same as one and have the same signs, as a page showed them at that moment by the card of one of them, and how
/// many it said they were: `FIRST:MICROSECONDS:SIGNS:COUNT:ID:REVISION`.
struct Seen {
    first: CommentId,
    at: Instant,
    signs: Signs,
    count: usize,
    shown: Target,
}

impl FromStr for Seen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (first, rest) = text.split_once(':').ok_or(())?;
        let (at, rest) = rest.split_once(':').ok_or(())?;
        let (signs, rest) = rest.split_once(':').ok_or(())?;
        let (count, shown) = rest.split_once(':').ok_or(())?;
        Ok(Self {
            first: first.parse().map_err(|_| ())?,
            at: Instant::from_micros(at.parse().map_err(|_| ())?),
            signs: signs.parse()?,
            count: count.parse().map_err(|_| ())?,
            shown: shown.parse()?,
        })
    }
}

/// What became of it, for the page's script.
#[derive(Serialize)]
struct Told {
    /// Undo it by this.
    batch: Option<BatchId>,
    /// What happened, in words.
    said: String,
    /// What moved.
    done: Vec<CommentId>,
    /// What a colleague, or its reader, had moved before.
    lost: Vec<Lost>,
}

#[derive(Serialize)]
struct Lost {
    id: CommentId,
    said: String,
}

/// What a decision came too late for. What the member decided themselves, on another page or before an answer was lost, was no colleague.
pub fn lost_to(by: &SignedIn, card: Card) -> Option<QueueNotice> {
    let Some(last) = card.last else {
        return card.comment.edited_at.map(|_| QueueNotice::Edited);
    };
    if last.member == Some(by.moderator().id) {
        let (action, at) = (last.action, last.at);
        return Some(QueueNotice::Already { action, at });
    }
    Some(QueueNotice::Conflict {
        by: if last.actor_kind == Actor::Reader.kind() {
            card.comment.name
        } else {
            last.actor_name
        },
        action: last.action,
        at: last.at,
    })
}

fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT);
    accept.is_some_and(|accept| accept == "application/json")
}

/// Back to the list that a form stood on, and to the same page of it.
fn back(form: &Form, notice: &str) -> HttpResponse {
    let list = List::read(form.text("view"), Tab::TABS[0]);
    let after: Option<CommentId> = form.text("after").parse().ok();
    let page = after.map_or_else(String::new, |after| format!("&after={after}"));
    see_other(&list.path(&format!("{page}&{notice}")))
}

fn ids(settled: &[Settled], outcome: &Outcome) -> Vec<CommentId> {
    let these = settled.iter().filter(|one| one.outcome == *outcome);
    these.map(|one| one.comment).collect()
}

/// The buttons of a card, and those beneath the list for all that were picked.
pub async fn decide(
    by: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = by.form_of(payload, Ceiling::Content).await?;
    let action: DecisionAction = form.field("action")?;
    let Meant { targets, gone } = targets(&by, &form).await?;
    if targets.is_empty() {
        return if wants_json(&request) {
            Err(how_many())
        } else {
            Ok(back(&form, "notice=none"))
        };
    }
    // The list of reasons stands beside all buttons, and says why only for one of them.
    let reason = match (action, form.text("reason")) {
        (DecisionAction::Reject, given) if !given.is_empty() => Some(form.field("reason")?),
        _ => None,
    };
    let action = Action::from(action);
    let (batch, settled) = by.decide(action, targets, reason, None).await?;
    let done = ids(&settled, &Outcome::Done);
    let mut lost = ids(&settled, &Outcome::Conflict);
    lost.extend(gone);
    if wants_json(&request) {
        let tab = List::read(form.text("view"), Tab::TABS[0]).tab;
        return told(&by, (tab, action), batch, done, lost).await;
    }
    Ok(match (done.len(), lost.first()) {
        (0, Some(first)) => back(&form, &format!("notice=conflict&comment={first}")),
        (0, None) => back(&form, "notice=gone"),
        (count, _) => {
            let lost = lost.len();
            back(
                &form,
                &format!("notice=done&action={action}&count={count}&batch={batch}&lost={lost}"),
            )
        }
    })
}

/// What a form means.
struct Meant {
    /// What is decided, at the revisions that were on the screen.
    targets: Vec<(CommentId, i32)>,
    /// What stood there as well, and a colleague has moved since: it is told who was faster.
    gone: Vec<CommentId>,
}

/// What a form means: comments with the revisions that were on the screen, and, by `alike`, all that wait and said the same when
/// the page was made. Those that a colleague has moved since are meant too, so that it is told who was faster; one that has come back since, nobody
/// has seen.
async fn targets(by: &SignedIn, form: &Form) -> Result<Meant, Problem> {
    let named: Result<Vec<Target>, ()> = form.all("comment").map(Target::from_str).collect();
    let named = named.map_err(|()| Problem::field("comment", "field-type"))?;
    let mut targets: Vec<(CommentId, i32)> =
        named.into_iter().map(|Target(id, at)| (id, at)).collect();
    let mut gone = Vec::new();
    for alike in form.all("alike") {
        let seen: Seen = alike
            .parse()
            .map_err(|()| Problem::field("alike", "field-type"))?;
        // Beside them there is the one that is shown.
        let room = MOST.saturating_sub(targets.len() + 1).max(1);
        let alike = |card: &Card| Signs::of(&card.evidence) == seen.signs;
        let members = by.cluster_members(seen.first, None, room).await?.cards;
        let members = members.into_iter().filter(alike).map(|card| card.comment);
        let moved = by.cluster_members_moved(seen.first, seen.at).await?;
        let moved = moved.iter().map(|one| one.id).take(MOST).collect();
        let mut moved = by.cards_of(moved).await?;
        moved.retain(alike);
        let behind = stood_behind(&seen, members, &moved);
        let Seen { at, shown, .. } = seen;
        let Target(id, revision) = shown;
        if behind.iter().all(|one| one.id != id) {
            targets.push((id, revision));
        }
        targets.extend(behind.iter().map(|one| (one.id, one.revision)));
        gone.extend(by_others(by, at, &moved));
    }
    targets.sort_unstable();
    targets.dedup_by_key(|(id, _)| *id);
    if targets.len() > MOST {
        return Err(how_many());
    }
    gone.retain(|gone| targets.iter().all(|(id, _)| id != gone));
    Ok(Meant { targets, gone })
}

/// Of the members of a cluster that wait, those that stood behind a card. What came, was changed or came back since, nobody has seen.
fn stood_behind(
    seen: &Seen,
    members: impl Iterator<Item = Comment>,
    moved: &[Card],
) -> Vec<Comment> {
    let is_of_then = |one: &Comment| {
        one.created_at <= seen.at
            && one.edited_at.is_none_or(|edited| edited <= seen.at)
            && moved.iter().all(|moved| moved.comment.id != one.id)
    };
    let mut behind: Vec<Comment> = members.filter(is_of_then).collect();
    let gone = moved
        .iter()
        .filter(|one| one.comment.status != Status::Pending);
    // Where they are not as many as the card said, one that was on its way then may be among them.
    if behind.len() + gone.count() != seen.count {
        let stored = seen.at.before(COMING);
        behind.retain(|one| one.created_at <= stored);
    }
    behind
}

/// Of what was moved since a page was made, what stood on it and others have decided.
fn by_others(by: &SignedIn, at: Instant, moved: &[Card]) -> Vec<CommentId> {
    let me = Some(by.moderator().id);
    let is_of_others = |last: &Decision| last.member != me && last.from == Status::Pending;
    let gone = moved.iter().filter(|card| {
        let comment = &card.comment;
        comment.status != Status::Pending
            && comment.created_at <= at
            && card.last.as_ref().is_some_and(is_of_others)
    });
    gone.map(|card| card.comment.id).collect()
}

/// None were named, or too many.
fn how_many() -> Problem {
    let wrong = FieldError::new("comment", "list-length").with("max", MOST);
    Problem::fields(vec![wrong])
}

async fn told(
    by: &SignedIn,
    (tab, action): (Tab, Action),
    batch: BatchId,
    done: Vec<CommentId>,
    lost: Vec<CommentId>,
) -> Result<HttpResponse, Problem> {
    let said = match (done.len(), lost.len()) {
        // It was taken away, or out of their part, since the page was made.
        (0, 0) => by.t.get("queue-gone"),
        (0, _) => String::new(),
        (done, lost) => desk::done(by.t, tab, action, done, lost),
    };
    let lost = by.cards_of(lost).await?.into_iter().map(|card| Lost {
        id: card.comment.id,
        said: lost_to(by, card).map_or_else(String::new, |notice| in_words(by.t, &notice)),
    });
    Ok(private(&Told {
        batch: (!done.is_empty()).then_some(batch),
        said,
        lost: lost.collect(),
        done,
    }))
}

fn in_words(t: Messages, notice: &QueueNotice) -> String {
    match notice {
        QueueNotice::Conflict { by, action, at } => {
            desk::lost_to(t, by, *action, *at, clock::now())
        }
        QueueNotice::Already { action, at } => desk::already(t, *action, *at, clock::now()),
        _ => t.get("queue-notice-edited"),
    }
}

/// The notice's button.
pub async fn undo(
    by: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let settled = by.undo(form.field("batch")?).await?;
    let done = ids(&settled, &Outcome::Done);
    if wants_json(&request) {
        let said = match done.len() {
            0 => by.t.get("queue-notice-nothing"),
            count => by.t.with("queue-notice-undone", &[("count", count.into())]),
        };
        return Ok(private(&Told {
            batch: None,
            said,
            done,
            lost: Vec::new(),
        }));
    }
    let of_bans = form.text("bans");
    if !of_bans.is_empty() {
        let count = done.len().to_string();
        let told = [("notice", "undone"), ("count", count.as_str())];
        return Ok(see_other(&BansPage::address(of_bans, &told)));
    }
    Ok(match done.len() {
        0 => back(&form, "notice=nothing"),
        count => back(&form, &format!("notice=undone&count={count}")),
    })
}

/// A note for colleagues.
pub async fn note(
    by: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let comment = form.field("comment")?;
    let text = form.text("text");
    if let Some(fault) = fault(text) {
        return Err(Problem::fields(vec![fault]));
    }
    by.note(comment, text.trim().to_owned()).await?;
    if wants_json(&request) {
        return Ok(private(&Told {
            batch: None,
            said: by.t.get("note-saved"),
            done: vec![comment],
            lost: Vec::new(),
        }));
    }
    Ok(back(&form, "notice=noted"))
}
