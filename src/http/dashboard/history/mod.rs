//! The history: the page, and the table that is downloaded.

pub mod export;
mod told;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use self::told::Teller;
use super::brief::choices;
use super::signed_in::SignedIn;
use crate::clock;
use crate::http::door::HistoryAsked;
use crate::http::input::Query;
use crate::http::page::{HistoryForm, HistoryPage, Place};
use crate::http::problem::Problem;
use crate::http::respond::desk;
use crate::messages::Messages;

/// As many rows as a page has.
const ROWS: usize = 50;

/// What a form or an address says.
fn form_of(mut field: impl FnMut(&str) -> Option<String>) -> HistoryForm {
    let mut text = |name: &str| field(name).unwrap_or_default().trim().to_owned();
    let comment = text("comment");
    HistoryForm {
        site: text("site"),
        kind: text("kind").parse().ok(),
        who: text("who"),
        from: text("from"),
        to: text("to"),
        // A card's whole address does as well.
        comment: comment
            .rsplit_once("comment=")
            .map_or(comment.clone(), |(_, id)| id.chars().take(36).collect()),
    }
}

/// What is asked for; what cannot be read is told.
fn asked(form: &HistoryForm, t: Messages) -> Result<HistoryAsked, Problem> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let day = |name: &str, text: &str, end: bool| match text {
        "" => Ok(None),
        text => t
            .of_day(text, end)
            .map(Some)
            .ok_or(Problem::field(name, "field-type")),
    };
    let comment = some(&form.comment).map(|id| id.parse());
    Ok(HistoryAsked {
        site: some(&form.site),
        kind: form.kind,
        who: some(&form.who),
        comment: comment
            .transpose()
            .map_err(|_| Problem::field("comment", "field-type"))?,
        from: day("from", &form.from, false)?,
        to: day("to", &form.to, true)?,
    })
}

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let form = form_of(|name| query.text(name));
    let before = query.read("before").unwrap_or_default();
    let found = by.history(&asked(&form, by.t)?, before, ROWS).await?;
    let now = clock::now();
    let teller = Teller::new(&by, now);
    let members = by.colleagues().await?.into_iter();
    let page = HistoryPage {
        t: by.t,
        desk: by.desk(Place::History),
        now,
        sites: choices(&by),
        members: members
            .map(|member| (member.id.to_string(), member.name))
            .collect(),
        form,
        rows: found.entries.iter().map(|one| teller.row(one)).collect(),
        next: found.next,
        is_first: before.is_none(),
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}
