//! The history as a table for office programs, page by page from the store, so that nobody holds all of it.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;

use super::told::{Teller, together};
use super::{asked, form_of};
use crate::clock;
use crate::domain::{Day, EventId, Instant};
use crate::http::connection::stay;
use crate::http::dashboard::signed_in::SignedIn;
use crate::http::door::{Exporting, HistoryAsked};
use crate::http::page::HistoryForm;
use crate::http::problem::Problem;
use crate::http::sheet;
use crate::messages::Messages;
use crate::store::HistoryEntry;

/// As many rows as are read and sent together.
const ROWS: usize = 500;

/// The columns, by the messages of their heads.
const COLUMNS: [&str; 19] = [
    "time", "utc", "site", "by", "who", "kind", "what", "comment", "author", "article", "address",
    "member", "batch", "together", "via", "network", "browser", "times", "last",
];

/// What is left to be sent.
struct Sending {
    by: Arc<SignedIn>,
    asked: HistoryAsked,
    /// Keeps the connection while rows are on their way, and lets it go from one that nobody takes them from.
    request: HttpRequest,
    before: Option<EventId>,
    is_begun: bool,
    is_over: bool,
    now: Instant,
    _one: Exporting,
}

fn head(t: Messages) -> Vec<String> {
    let name = |column: &&str| t.get(&format!("history-column-{column}"));
    COLUMNS.iter().map(name).collect()
}

fn row(entry: &HistoryEntry, teller: &Teller<'_>, t: Messages) -> Vec<String> {
    let about = entry.about.as_ref();
    let (times, last) = entry.times;
    vec![
        t.in_sheet(entry.at),
        entry.at.to_string(),
        teller.site(entry).unwrap_or_default(),
        entry.actor_kind.clone(),
        teller.who(entry),
        entry.kind.clone(),
        teller.what(entry),
        entry.comment.map_or_else(String::new, |id| id.to_string()),
        about.map_or_else(String::new, |about| about.name.clone()),
        about
            .and_then(|about| about.title.clone())
            .or_else(|| entry.article_title.clone())
            .unwrap_or_default(),
        about.map_or_else(|| article_url(entry), |about| about.url.clone()),
        entry
            .member
            .as_ref()
            .map_or_else(String::new, |(_, name)| name.clone()),
        entry.detail["batch"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        together(entry).map_or_else(String::new, |count| count.to_string()),
        entry
            .via
            .map_or_else(String::new, |via| t.get(&format!("history-via-{via}"))),
        entry.address.clone().unwrap_or_default(),
        entry.browser.clone().unwrap_or_default(),
        times.to_string(),
        t.in_sheet(last),
    ]
}

/// The address of the article that was changed.
fn article_url(entry: &HistoryEntry) -> String {
    let url = entry.detail["url"].as_str();
    url.filter(|_| entry.article().is_some())
        .unwrap_or_default()
        .to_owned()
}

impl Sending {
    /// The next rows; none where all were sent.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Problem> {
        if self.is_over {
            return Ok(None);
        }
        let _turn = stay(&self.request);
        let page = self.by.history(&self.asked, self.before, ROWS).await?;
        let t = self.by.t;
        let teller = Teller::new(&self.by, self.now);
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(ROWS + 1);
        if !self.is_begun {
            rows.push(head(t));
        }
        rows.extend(page.entries.iter().map(|entry| row(entry, &teller, t)));
        let mut bytes = Vec::new();
        if !self.is_begun {
            bytes.extend_from_slice(sheet::MARK);
        }
        let written = sheet::rows(&rows).map_err(|error| {
            tracing::error!(%error, "rows of the history could not be written");
            Problem::new(crate::http::problem::Code::Internal)
        })?;
        bytes.extend(written);
        self.is_begun = true;
        (self.before, self.is_over) = (page.next, page.next.is_none());
        Ok(Some((bytes.into(), self)))
    }
}

/// The answer has begun, so all that is left is to end it where anybody sees that it is not whole.
fn cut_off(problem: Problem) -> std::io::Error {
    tracing::warn!(code = ?problem.code, "the history could not be read to its end");
    std::io::Error::other("the history could not be read to its end")
}

/// `duyet-history-bao-2026-11-01-2026-11-29.csv`: names of sites and days are of letters, digits and dashes.
fn file_name(form: &HistoryForm, now: Instant) -> String {
    let to = if form.to.is_empty() {
        Day::of(now).to_string()
    } else {
        form.to.clone()
    };
    let parts = ["duyet-history", &form.site, &form.from, &to];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    format!("{}.csv", parts.collect::<Vec<_>>().join("-"))
}

/// The page's button. It is recorded who had what written out, so it is no mere look.
pub async fn export(
    by: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let fields = by.form(payload).await?;
    let form = form_of(|name| Some(fields.text(name).to_owned()));
    let asked = asked(&form, by.t)?;
    let one = by.export(&asked).await?;
    let now = clock::now();
    let name = file_name(&form, now);
    let sending = Sending {
        by: Arc::new(by),
        asked,
        request,
        before: None,
        is_begun: false,
        is_over: false,
        now,
        _one: one,
    };
    let rows = stream::try_unfold(sending, async |sending| {
        sending.next().await.map_err(cut_off)
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .streaming(rows))
}
