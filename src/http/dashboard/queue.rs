//! The queue: what waits, lane by lane, and what was decided.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;

use super::card_view::views;
use super::deciding::lost_to;
use super::list::List;
use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{Action, BatchId, CommentId, Status};
use crate::http::input::Query;
use crate::http::page::{CardPart, Place, QueueFilter as Tab, QueueNotice, QueuePage, QueueTab};
use crate::http::problem::{Code, Problem};
use crate::http::respond::desk;
use crate::store::{Card, QueueFilter};

/// As many cards as a page has.
const CARDS: usize = 25;
/// As many as are handed out one by one.
const MOST: usize = 100;

/// What the page's address asks for beside the list. What was mended by hand and cannot be read is left out.
struct Asked {
    comment: Option<CommentId>,
    after: Option<CommentId>,
    notice: Option<String>,
    action: Option<Action>,
    count: usize,
    lost: usize,
    batch: Option<BatchId>,
}

impl Asked {
    fn read(request: &HttpRequest) -> Self {
        let mut query = Query::of(request);
        Self {
            comment: query.read("comment").unwrap_or_default(),
            after: query.read("after").unwrap_or_default(),
            notice: query.text("notice"),
            action: query.read("action").unwrap_or_default(),
            count: query.read("count").unwrap_or_default().unwrap_or(0),
            lost: query.read("lost").unwrap_or_default().unwrap_or(0),
            batch: query.read("batch").unwrap_or_default(),
        }
    }
}

/// The page.
#[get("/queue")]
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&request);
    let tabs = tabs(&by).await?;
    let one = match asked.comment {
        Some(comment) if asked.notice.is_none() => by.cards_of(vec![comment]).await?.pop(),
        _ => None,
    };
    let list = List::read(request.query_string())
        .or_else(|| one.as_ref().map(tab_of).map(List::of))
        .unwrap_or_else(|| List::of(first_with_work(&tabs)));
    let mut cards = match one {
        Some(card) => vec![card],
        None => by.cards(None, page_of(&list, asked.after)).await?,
    };
    let more = cards.len() > CARDS;
    cards.truncate(CARDS);
    let last = cards.last().map(|card| card.comment.id);
    let page = QueuePage {
        t: by.t,
        desk: by.desk(Place::Queue),
        now: clock::now(),
        filter: list.tab,
        view: list.query(),
        tabs,
        notice: notice(&by, &asked).await?,
        next: last
            .filter(|_| more)
            .map(|last| list.path(&format!("&after={last}"))),
        is_first: asked.after.is_none(),
        cards: views(&by, cards).await?,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// Some cards by themselves, for a page that has a place for them.
#[get("/queue/cards")]
pub async fn some(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let view = List::read(&query.text("view").unwrap_or_default());
    let view = view.unwrap_or_else(|| List::of(Tab::TABS[0])).query();
    let asked = query.all("comment");
    query.end()?;
    if asked.len() > MOST {
        return Err(Problem::field("comment", "list-length"));
    }
    let ids: Result<Vec<CommentId>, _> = asked.iter().map(|id| id.parse()).collect();
    let ids = ids.map_err(|_| Problem::field("comment", "field-type"))?;
    let cards = views(&by, by.cards_of(ids).await?).await?;
    let (now, csrf) = (clock::now(), by.form_token());
    let mut html = String::new();
    for card in &cards {
        let part = CardPart {
            t: by.t,
            now,
            csrf: &csrf,
            view: &view,
            card,
        };
        html += &part.render().map_err(|error| Problem {
            cause: Some(error.to_string()),
            ..Problem::new(Code::Internal)
        })?;
    }
    Ok(desk(HttpResponse::Ok(), Ok(html)))
}

fn page_of(list: &List, after: Option<CommentId>) -> QueueFilter {
    QueueFilter {
        after,
        limit: CARDS + 1,
        ..list.filter()
    }
}

/// The tab that a card stands on.
fn tab_of(card: &Card) -> Tab {
    match card.comment.status {
        Status::Pending => Tab::Lane(card.comment.lane),
        status => Tab::Status(status),
    }
}

/// Who comes to work sees work: the first lane where something waits.
fn first_with_work(tabs: &[QueueTab]) -> Tab {
    let waits = tabs
        .iter()
        .find(|tab| tab.count.is_some_and(|count| count > 0));
    waits.map_or(Tab::TABS[0], |tab| tab.filter)
}

async fn tabs(by: &SignedIn) -> Result<Vec<QueueTab>, Problem> {
    let waiting = by.waiting().await?;
    let tab = |filter: &Tab| {
        let Tab::Lane(lane) = filter else {
            return QueueTab {
                filter: *filter,
                count: None,
                oldest: None,
            };
        };
        let here = waiting.iter().filter(|row| row.lane == *lane);
        let count: i64 = here.clone().map(|row| row.count).sum();
        let oldest = here.filter_map(|row| row.oldest).min();
        QueueTab {
            filter: *filter,
            count: Some(count.unsigned_abs()),
            oldest,
        }
    };
    Ok(Tab::TABS.iter().map(tab).collect())
}

async fn notice(by: &SignedIn, asked: &Asked) -> Result<Option<QueueNotice>, Problem> {
    Ok(match (asked.notice.as_deref(), asked.action, asked.batch) {
        (Some("done"), Some(action), Some(batch)) => Some(QueueNotice::Done {
            action,
            count: asked.count,
            batch,
            lost: asked.lost,
        }),
        (Some("undone"), ..) => Some(QueueNotice::Undone { count: asked.count }),
        (Some("nothing"), ..) => Some(QueueNotice::NothingToUndo),
        (Some("noted"), ..) => Some(QueueNotice::Noted),
        (Some("none"), ..) => Some(QueueNotice::NonePicked),
        (Some("conflict"), ..) => {
            let Some(comment) = asked.comment else {
                return Ok(None);
            };
            by.cards_of(vec![comment]).await?.pop().and_then(lost_to)
        }
        _ => None,
    })
}
