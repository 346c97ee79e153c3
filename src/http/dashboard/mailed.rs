//! The links of mails to moderators: each opens a page that shows the comment as it is now, with one button. To open it decides
//! nothing, whoever opens it; who presses the button is signed in as the one it was mailed to.

use actix_web::HttpResponse;
use actix_web::web::{self, Payload};
use askama::Template;

use super::card_view::{views, who};
use super::signed_in::SignedIn;
use crate::access::Deed;
use crate::clock;
use crate::domain::{Action, Decision, Instant, Status};
use crate::http::page::{MailedOtherPage, MailedPage, MailedState, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, noindex, see_other};
use crate::store::Card;

fn path(token: &str) -> String {
    format!("/decide/{token}")
}

fn others(by: &SignedIn) -> HttpResponse {
    let page = MailedOtherPage {
        t: by.t,
        desk: by.desk(Place::Queue),
    };
    noindex(desk(HttpResponse::NotFound(), page.render()))
}

/// The comment of a link, and what was decided on it last, undone or not.
async fn found(by: &SignedIn, deed: &Deed) -> Result<(Card, Option<Decision>), Problem> {
    let (card, _, decisions) = by.card(deed.comment).await?;
    let last = decisions.into_iter().max_by_key(|one| one.revision);
    Ok((card, last))
}

/// Whether what a link offers can be done still.
fn is_open(card: &Card, deed: &Deed, now: Instant) -> bool {
    waits(card) && card.comment.revision == deed.revision && now < deed.until
}

fn waits(card: &Card) -> bool {
    card.comment.status == Status::Pending || card.is_reported()
}

/// The same with why not.
fn state_of(
    by: &SignedIn,
    (card, last): (&Card, Option<&Decision>),
    deed: &Deed,
    now: Instant,
) -> MailedState {
    let comment = &card.comment;
    if matches!(comment.status, Status::Withdrawn | Status::Erased) {
        return MailedState::Gone;
    }
    if is_open(card, deed, now) {
        return MailedState::Open;
    }
    if waits(card) {
        return match last {
            _ if comment.revision == deed.revision => MailedState::Expired,
            Some(last) if last.undone_at.is_some() => MailedState::Undone,
            Some(last) if last.action == Action::Edit => MailedState::Edited,
            _ => MailedState::Moved,
        };
    }
    let Some(last) = last else {
        return MailedState::Moved;
    };
    let is_decision = matches!(last.action, Action::Approve | Action::Reject | Action::Spam);
    let is_newest = last.revision == comment.revision && last.undone_at.is_none();
    MailedState::Decided {
        by: who(last, &comment.name, by),
        is_own: last.actor == Some(by.moderator().id),
        action: last.action,
        at: last.at,
        undo: (is_decision && is_newest).then_some(last.batch),
    }
}

/// The page.
pub async fn show(by: SignedIn, token: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Some(deed) = by.deed(&token) else {
        return Ok(others(&by));
    };
    let page = page(&by, &token, &deed).await?;
    Ok(noindex(desk(HttpResponse::Ok(), page.render())))
}

/// What stands behind a link now.
async fn page(by: &SignedIn, token: &str, deed: &Deed) -> Result<MailedPage, Problem> {
    let (card, last) = found(by, deed).await?;
    let now = clock::now();
    let state = state_of(by, (&card, last.as_ref()), deed, now);
    let view = views(by, vec![card]).await?.pop();
    Ok(MailedPage {
        t: by.t,
        desk: by.desk(Place::Queue),
        now,
        is_anew: false,
        path: path(token),
        action: deed.action,
        state,
        card: view.ok_or(Problem::new(Code::NotFound))?,
    })
}

/// The page once more, for who pressed a button of one that was opened before they signed in again.
async fn anew(by: &SignedIn, token: &str, deed: &Deed) -> Result<HttpResponse, Problem> {
    let page = MailedPage {
        is_anew: true,
        ..page(by, token, deed).await?
    };
    Ok(noindex(desk(HttpResponse::Forbidden(), page.render())))
}

/// Its button, and the one that undoes. What came too late is told by the page.
pub async fn press(
    by: SignedIn,
    token: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = match by.form(payload).await {
        Err(problem) if problem.code == Code::FormOutdated => {
            return match by.deed(&token) {
                Some(deed) => anew(&by, &token, &deed).await,
                None => Err(problem),
            };
        }
        form => form?,
    };
    let Some(deed) = by.deed(&token) else {
        return Ok(others(&by));
    };
    if !form.text("undo").is_empty() {
        by.undo(form.field("undo")?).await?;
        return Ok(see_other(&path(&token)));
    }
    let (card, _) = found(&by, &deed).await?;
    if is_open(&card, &deed, clock::now()) {
        // Where a colleague was faster the page says so.
        by.press(&deed).await?;
    }
    Ok(see_other(&path(&token)))
}
