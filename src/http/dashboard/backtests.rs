//! Back-tests: started by a form, watched on a page that renews its changing part by itself where scripts run.

use std::collections::HashMap;

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::chosen;
use super::signed_in::SignedIn;
use super::site_words::{self, Shown};
use super::told;
use crate::clock;
use crate::domain::{
    Backtest, BacktestId, Comment, CommentId, Field, Sample, Shift, Spot, TriedWord, WordId,
    WordState,
};
use crate::http::door::Editing;
use crate::http::input::Query;
use crate::http::page::{BacktestPage, BacktestPart, Place, SampleView, ShiftView};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::store::WordFilter;
use crate::text::{Pointed as Span, Segment, segments};

/// As many comments of all shifts together as a page shows.
const SHOWN: usize = 300;

fn id(path: &str) -> Result<BacktestId, Problem> {
    path.parse().map_err(|_| Problem::new(Code::NotFound))
}

/// The form on the page of words.
pub async fn start(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let site = form.text("site").to_owned();
    let editing = by.editing(&site)?;
    let ids: Result<Vec<WordId>, _> = form.all("word").map(str::parse).collect();
    let ids = ids.map_err(|_| Problem::field("word", "field-type"))?;
    match editing.start_backtest(form.field("days")?, &ids).await {
        Ok(run) => Ok(see_other(&BacktestPart::address(&site, &run, ""))),
        Err(problem) if problem.code == Code::InvalidFields => {
            let told = told(&problem, by.t).into_iter().next();
            let shown = Shown {
                not_started: told.map(|error| error.message),
                ..Shown::default()
            };
            let page = site_words::page(&by, site, shown).await?;
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

/// The page.
pub async fn show(
    by: SignedIn,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let part = part(&by, &path, &request).await?;
    let page = BacktestPage {
        t: by.t,
        desk: by.desk(Place::Rules),
        now: clock::now(),
        part,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The part of it that changes.
pub async fn some(
    by: SignedIn,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let part = part(&by, &path, &request).await?;
    Ok(desk(HttpResponse::Ok(), part.render()))
}

/// The page's button.
pub async fn cancel(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let site = form.text("site");
    let run = by.editing(site)?.cancel_backtest(id(&path)?).await?;
    Ok(see_other(&BacktestPart::address(site, &run, "")))
}

async fn part(by: &SignedIn, path: &str, request: &HttpRequest) -> Result<BacktestPart, Problem> {
    let site = chosen(by, Query::of(request).text("site"));
    let editing = by.editing(&site)?;
    let mut run = editing.backtest(id(path)?).await?;
    let (usable, shifts) = if run.state.is_over() {
        let shifts = std::mem::take(&mut run.findings.shifts);
        let shown = shown(by, &editing, &run, shifts).await?;
        (usable(by, &site, &run).await?, shown)
    } else {
        (Vec::new(), Vec::new())
    };
    Ok(BacktestPart {
        t: by.t,
        csrf: by.form_token(),
        site,
        run,
        usable,
        shifts,
    })
}

/// The words that were tried and are drafts still.
async fn usable(by: &SignedIn, site: &str, run: &Backtest) -> Result<Vec<TriedWord>, Problem> {
    let words = by.words_of(site, WordFilter::default()).await?;
    let is_draft = |tried: &&TriedWord| {
        let mut same = words.iter().filter(|word| word.id == tried.id);
        same.any(|word| word.state == WordState::Draft)
    };
    Ok(run.words.iter().filter(is_draft).cloned().collect())
}

/// Comments that would stand elsewhere, with their texts as they are now; the most first.
async fn shown(
    by: &SignedIn,
    editing: &Editing,
    run: &Backtest,
    mut shifts: Vec<Shift>,
) -> Result<Vec<ShiftView>, Problem> {
    shifts.sort_by_key(|shift| std::cmp::Reverse(shift.count));
    let samples = shifts.iter().flat_map(|shift| &shift.samples);
    let ids: Vec<CommentId> = samples.map(|one| one.comment).take(SHOWN).collect();
    let cards = editing.cards(ids).await?.into_iter();
    let comments: HashMap<CommentId, Comment> =
        cards.map(|card| (card.comment.id, card.comment)).collect();
    let views = shifts.into_iter().map(|shift| ShiftView {
        before: shift.before,
        after: shift.after,
        count: shift.count,
        statuses: shift.statuses.into_iter().collect(),
        samples: shift
            .samples
            .into_iter()
            .filter_map(|one| Some(sample(by, run, comments.get(&one.comment)?, one)))
            .collect(),
    });
    Ok(views.collect())
}

fn sample(by: &SignedIn, run: &Backtest, comment: &Comment, sample: Sample) -> SampleView {
    // Places of a text that is another one by now would point anywhere.
    let is_edited = comment.edited_at.is_some_and(|at| at > run.created_at);
    let spots: Vec<&Spot> = if is_edited {
        Vec::new()
    } else {
        sample.added.iter().chain(&sample.gone).collect()
    };
    let marked = |text: &str, fields: &[Field]| -> Vec<Segment> {
        let here = spots.iter().zip(1..);
        let here = here.filter(|(spot, _)| fields.contains(&spot.field));
        let spans = here.map(|(spot, number)| Span {
            start: spot.start as usize,
            end: spot.end as usize,
            number,
            title: by.rule_title(&spot.rule, by.t.locale()),
        });
        segments(text, spans.collect())
    };
    SampleView {
        id: comment.id,
        name: marked(&comment.name, &[Field::Name]),
        body: marked(&comment.body, &[Field::Body, Field::Link]),
        status: comment.status,
        scores: (sample.score_before, sample.score_after),
        is_edited,
    }
}
