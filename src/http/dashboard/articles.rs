//! Articles: the list, and one with its controls and its comments.

use std::collections::HashMap;

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::{ROWS, briefs, choices, told};
use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{Article, ArticleId, ArticleState, CommentId, Instant, Role, Status};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::page::{ArticleListPage, ArticlePage, ArticleView, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::store::{ArticleChange, ArticleFilter};

fn view(article: Article, waiting: i64, by: &Moderating, now: Instant) -> ArticleView {
    ArticleView {
        open: article.is_open_at(now),
        site_name: by
            .site(article.site)
            .map(|site| site.name.clone())
            .unwrap_or_default(),
        id: article.id,
        title: article.title,
        section: article.section,
        author: article.author,
        presence: article.presence,
        url: article.url,
        is_shut: article.state == ArticleState::Closed,
        closes_at: article.closes_at,
        premoderate: article.premoderate,
        created_at: article.created_at,
        waiting,
    }
}

/// The list.
pub async fn list(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = query.text("site");
    let sought: String = query.text("q").unwrap_or_default();
    let state: Option<ArticleState> = query.read("state").unwrap_or_default();
    let busiest = query.text("order").as_deref() == Some("waiting");
    let after: Option<ArticleId> = query.read("after").unwrap_or_default();
    let filter = ArticleFilter {
        open: state.map(|state| state == ArticleState::Open),
        busiest,
        after,
        limit: ROWS,
        ..ArticleFilter::default()
    };
    let now = clock::now();
    let found = by.articles(site.as_deref(), &sought, filter).await?;
    let articles = found.articles.into_iter();
    let page = ArticleListPage {
        t: by.t,
        desk: by.desk(Place::Articles),
        now,
        sites: choices(&by),
        site: site.unwrap_or_default(),
        sought,
        state,
        busiest,
        articles: articles
            .map(|one| view(one.article, one.waiting, &by, now))
            .collect(),
        next: found.next,
        is_first: after.is_none(),
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// What the page's address asks for.
struct Asked {
    /// The status of the comments; what waits where the address names none.
    status: Status,
    after: Option<CommentId>,
    is_changed: bool,
}

async fn page(by: &SignedIn, id: ArticleId, asked: Asked) -> Result<ArticlePage, Problem> {
    let now = clock::now();
    let mut sheet = by.article(id, asked.status, asked.after, ROWS + 1).await?;
    let more = sheet.cards.len() > ROWS;
    sheet.cards.truncate(ROWS);
    let last = sheet.cards.last().filter(|_| more);
    let next = last.map(|last| {
        let (status, after) = (asked.status, last.comment.id);
        format!("/articles/{id}?status={status}&after={after}")
    });
    let waiting = sheet.counts.iter().find(|(is, _)| *is == Status::Pending);
    let waiting = waiting.map_or(0, |(_, count)| *count);
    let cards = briefs(by, sheet.cards, HashMap::new(), now).await?;
    let closes_at = sheet.article.closes_at;
    Ok(ArticlePage {
        t: by.t,
        desk: by.desk(Place::Articles),
        now,
        article: view(sheet.article, waiting, by, now),
        may_change: by.moderator().role >= Role::Editor,
        is_changed: asked.is_changed,
        error: None,
        typed_date: closes_at.map(|at| by.t.in_field(at)).unwrap_or_default(),
        counts: sheet.counts,
        shown: asked.status,
        cards,
        next,
        is_first: asked.after.is_none(),
    })
}

fn id(path: &str) -> Result<ArticleId, Problem> {
    path.parse().map_err(|_| Problem::new(Code::NotFound))
}

/// One article.
pub async fn show(
    by: SignedIn,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let status = query.read("status").unwrap_or_default();
    let asked = Asked {
        status: status.unwrap_or(Status::Pending),
        after: query.read("after").unwrap_or_default(),
        is_changed: query.text("notice").as_deref() == Some("changed"),
    };
    let page = page(&by, id(&path)?, asked).await?;
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// What a button asks for; an error where the date cannot be read.
fn asked(button: &str, date: &str, by: &SignedIn) -> Result<ArticleChange, Problem> {
    let none = ArticleChange::default();
    let state = |state| ArticleChange {
        state: Some(state),
        ..none
    };
    let premoderate = |is| ArticleChange {
        premoderate: Some(is),
        ..none
    };
    let closes_at = |at| ArticleChange {
        closes_at: Some(at),
        ..none
    };
    Ok(match button {
        "open" => state(ArticleState::Open),
        "close" => state(ArticleState::Closed),
        "premoderate" => premoderate(true),
        "free" => premoderate(false),
        "no-date" => closes_at(None),
        "date" => match by.t.of_field(date) {
            Some(at) => closes_at(Some(at)),
            None => return Err(Problem::field("closes_at", "article-date-wrong")),
        },
        _ => return Err(Problem::field("do", "field-type")),
    })
}

/// The article's buttons.
pub async fn change(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let id = id(&path)?;
    let date = form.text("closes_at");
    let changed = match asked(form.text("do"), date, &by) {
        Ok(asked) => by.change_article(id, asked).await.map(|_| ()),
        Err(problem) => Err(problem),
    };
    match changed {
        Ok(()) => Ok(see_other(&format!("/articles/{id}?notice=changed"))),
        Err(problem) if problem.errors.iter().any(|one| one.field == "closes_at") => {
            let asked = Asked {
                status: Status::Pending,
                after: None,
                is_changed: false,
            };
            let mut page = page(&by, id, asked).await?;
            page.error = told(&problem, by.t)
                .into_iter()
                .map(|one| one.message)
                .next();
            date.clone_into(&mut page.typed_date);
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}
