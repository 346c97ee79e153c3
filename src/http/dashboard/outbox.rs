//! What leaves the house, and what could not.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{OutboxId, Role};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::page::{OutboxNotice, OutboxPage, Outgoing, OutgoingView, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::store::{OutboxEntry, OutboxKind, OutboxState, SendNow};

/// As many as each list shows.
const SHOWN: usize = 100;

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let page = OutboxPage {
        t: by.t,
        desk: by.desk(Place::Outbox),
        now: clock::now(),
        notice: Query::of(&request)
            .read::<OutboxNotice>("notice")
            .unwrap_or_default(),
        dead: failures(&by, OutboxState::Dead).await?,
        waiting: failures(&by, OutboxState::Ready).await?,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// What in that state failed at least once.
async fn failures(by: &SignedIn, state: OutboxState) -> Result<Vec<OutgoingView>, Problem> {
    let (t, by) = (by.t, (**by).clone().at_least(Role::Editor)?);
    let mut failures = Vec::new();
    for entry in by.failures(state, SHOWN).await? {
        let what = what(&by, &entry).await?;
        failures.push(OutgoingView {
            id: entry.id,
            site: by
                .site(entry.site_id)
                .map(|site| site.name.clone())
                .unwrap_or_default(),
            comment: entry
                .comment_id
                .filter(|_| !matches!(what, Outgoing::Mail(..))),
            what,
            created_at: entry.created_at,
            at: entry.run_at,
            attempts: entry.attempts,
            words: t.kept(&entry.last_error.unwrap_or_default()),
        });
    }
    Ok(failures)
}

async fn what(by: &Moderating, entry: &OutboxEntry) -> Result<Outgoing, Problem> {
    Ok(match entry.kind.parse() {
        Ok(OutboxKind::Check) => Outgoing::Question,
        Ok(OutboxKind::Callback) => Outgoing::Decision,
        _ => {
            let (kind, to) = by.addressed(entry).await?.unzip();
            Outgoing::Mail(kind, to.flatten())
        }
    })
}

/// The button beside what was given up, or waits.
pub async fn send_again(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    by.form(payload).await?;
    let by = (*by).clone().at_least(Role::Editor)?;
    let id: OutboxId = path.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let notice = match by.send_now(id).await {
        Ok(SendNow::Soon) => OutboxNotice::Soon,
        Ok(_) => OutboxNotice::Again,
        Err(problem) if problem.code == Code::NotFound => OutboxNotice::Gone,
        Err(problem) => return Err(problem),
    };
    Ok(see_other(&format!("/outbox?notice={notice}")))
}

/// The button that lets go what was given up.
pub async fn discard(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    by.form(payload).await?;
    let by = (*by).clone().at_least(Role::Editor)?;
    let id: OutboxId = path.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let notice = match by.discard_dead(id).await {
        Ok(()) => OutboxNotice::Discarded,
        Err(problem) if problem.code == Code::NotFound => OutboxNotice::Gone,
        Err(problem) => return Err(problem),
    };
    Ok(see_other(&format!("/outbox?notice={notice}")))
}
