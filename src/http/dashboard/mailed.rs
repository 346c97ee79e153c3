//! The links of mails to moderators: each opens a page that shows the comment as it is now, with one button. To open it decides
//! nothing, whoever opens it; who presses the button is signed in as the one it was mailed to.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::card_view::{views, who};
use super::signed_in::SignedIn;
use crate::access::Deed;
use crate::clock;
use crate::domain::{Action, Instant, Status};
use crate::http::page::{MailedOtherPage, MailedPage, MailedState, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, noindex, see_other};
use crate::store::Card;

/// What stands in the page's query after its button was pressed.
const DONE: &str = "done";

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

async fn card_of(by: &SignedIn, deed: &Deed) -> Result<Card, Problem> {
    let found = by.cards_of(vec![deed.comment]).await?.pop();
    found.ok_or(Problem::new(Code::NotFound))
}

/// Whether what a link offers can be done still, and why not.
fn state_of(by: &SignedIn, card: &Card, deed: &Deed, just: bool, now: Instant) -> MailedState {
    let comment = &card.comment;
    if matches!(comment.status, Status::Withdrawn | Status::Erased) {
        return MailedState::Gone;
    }
    let waits = comment.status == Status::Pending || card.is_reported();
    if waits && comment.revision == deed.revision {
        return if now < deed.until {
            MailedState::Open
        } else {
            MailedState::Expired
        };
    }
    let Some(last) = &card.last else {
        return if comment.edited_at.is_some() {
            MailedState::Edited
        } else {
            MailedState::Moved
        };
    };
    if waits && last.undone_at.is_some() {
        return MailedState::Undone;
    }
    if waits {
        return if last.action == Action::Edit {
            MailedState::Edited
        } else {
            MailedState::Moved
        };
    }
    let is_decision = matches!(last.action, Action::Approve | Action::Reject | Action::Spam);
    let is_newest = last.revision == comment.revision && last.undone_at.is_none();
    MailedState::Decided {
        by: who(last, &comment.name, by),
        is_own: just && last.actor_name == by.moderator().name,
        action: last.action,
        at: last.at,
        undo: (is_decision && is_newest).then_some(last.batch),
    }
}

/// The page.
#[get("/decide/{token}")]
pub async fn show(
    by: SignedIn,
    token: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Some(deed) = by.deed(&token) else {
        return Ok(others(&by));
    };
    let (card, now) = (card_of(&by, &deed).await?, clock::now());
    let state = state_of(&by, &card, &deed, request.query_string() == DONE, now);
    let view = views(&by, vec![card]).await?.pop();
    let page = MailedPage {
        t: by.t,
        desk: by.desk(Place::Queue),
        now,
        path: path(&token),
        action: deed.action,
        state,
        card: view.ok_or(Problem::new(Code::NotFound))?,
    };
    Ok(noindex(desk(HttpResponse::Ok(), page.render())))
}

/// Its button, and the one that undoes. What came too late is told by the page.
#[post("/decide/{token}")]
pub async fn press(
    by: SignedIn,
    token: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let Some(deed) = by.deed(&token) else {
        return Ok(others(&by));
    };
    if !form.text("undo").is_empty() {
        by.undo(form.field("undo")?).await?;
        return Ok(see_other(&path(&token)));
    }
    let card = card_of(&by, &deed).await?;
    let is_open = state_of(&by, &card, &deed, false, clock::now()) == MailedState::Open;
    if is_open && by.press(&token, &deed, card.comment.site).await? {
        return Ok(see_other(&format!("{}?{DONE}", path(&token))));
    }
    Ok(see_other(&path(&token)))
}
