//! The queue: what waits, lane by lane, and what was decided.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::signed_in::{Form, SignedIn};
use crate::clock;
use crate::domain::{Action, Actor, BatchId, CommentId, Evidence, Locale, Status};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::moderation::decisions::DecisionAction;
use crate::http::page::{
    DecidedView, EvidenceView, ParentView, Place, QueueCard, QueueFilter as View, QueueNotice,
    QueuePage, QueueTab,
};
use crate::http::problem::Problem;
use crate::http::respond::{desk, see_other};
use crate::messages::Messages;
use crate::store::{Card, Order, Outcome, QueueFilter, Settled};

/// As many cards as a page has.
const CARDS: usize = 25;

/// What the page's address asks for.
struct Asked {
    /// The tab; none where the address names none.
    view: Option<View>,
    comment: Option<CommentId>,
    after: Option<CommentId>,
    notice: Option<String>,
    action: Option<Action>,
    count: usize,
    batch: Option<BatchId>,
}

impl Asked {
    /// An address that was mended by hand shows the queue rather than an error.
    fn read(request: &HttpRequest) -> Self {
        let mut query = Query::of(request);
        let lane = query
            .text("lane")
            .and_then(|lane| format!("lane={lane}").parse().ok());
        let status = query
            .text("status")
            .and_then(|status| format!("status={status}").parse().ok());
        Self {
            view: lane.or(status),
            comment: query.read("comment").unwrap_or_default(),
            after: query.read("after").unwrap_or_default(),
            notice: query.text("notice"),
            action: query.read("action").unwrap_or_default(),
            count: query.read("count").unwrap_or_default().unwrap_or(0),
            batch: query.read("batch").unwrap_or_default(),
        }
    }

    fn filter(&self, view: View) -> QueueFilter {
        let (status, lane, order) = match view {
            View::Lane(lane) => (Status::Pending, Some(lane), Order::Oldest),
            View::Status(status) => (status, None, Order::Newest),
        };
        let (after, limit) = (self.after, CARDS + 1);
        QueueFilter {
            status: Some(status),
            lane,
            order: Some(order),
            after,
            limit,
            article: None,
        }
    }
}

/// The page.
#[get("/queue")]
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let t = by.t;
    let asked = Asked::read(&request);
    let tabs = tabs(&by).await?;
    let one = match asked.comment {
        Some(comment) if asked.notice.is_none() => by.cards_of(vec![comment]).await?.pop(),
        _ => None,
    };
    let shown = asked
        .view
        .or(one.as_ref().map(tab_of))
        .unwrap_or_else(|| first_with_work(&tabs));
    let mut cards = match one {
        Some(card) => vec![card],
        None => by.cards(None, asked.filter(shown)).await?,
    };
    let more = cards.len() > CARDS;
    cards.truncate(CARDS);
    let last = cards.last().map(|card| card.comment.id);
    let page = QueuePage {
        t,
        desk: by.desk(Place::Queue),
        now: clock::now(),
        filter: shown,
        tabs,
        notice: notice(&by, &asked).await?,
        next: last
            .filter(|_| more)
            .map(|last| format!("/queue?{}&after={last}", shown.query())),
        is_first: asked.after.is_none(),
        cards: cards.into_iter().map(|card| view(card, &by, t)).collect(),
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The tab that a card stands on.
fn tab_of(card: &Card) -> View {
    match card.comment.status {
        Status::Pending => View::Lane(card.comment.lane),
        status => View::Status(status),
    }
}

/// Who comes to work sees work: the first lane where something waits.
fn first_with_work(tabs: &[QueueTab]) -> View {
    let waits = tabs
        .iter()
        .find(|tab| tab.count.is_some_and(|count| count > 0));
    waits.map_or(View::TABS[0], |tab| tab.filter)
}

async fn tabs(by: &Moderating) -> Result<Vec<QueueTab>, Problem> {
    let waiting = by.waiting().await?;
    let tab = |filter: &View| {
        let View::Lane(lane) = filter else {
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
    Ok(View::TABS.iter().map(tab).collect())
}

async fn notice(by: &Moderating, asked: &Asked) -> Result<Option<QueueNotice>, Problem> {
    Ok(match (asked.notice.as_deref(), asked.action, asked.batch) {
        (Some("done"), Some(action), Some(batch)) => Some(QueueNotice::Done {
            action,
            count: asked.count,
            batch,
        }),
        (Some("undone"), ..) => Some(QueueNotice::Undone { count: asked.count }),
        (Some("nothing"), ..) => Some(QueueNotice::NothingToUndo),
        (Some("conflict"), ..) => {
            let Some(comment) = asked.comment else {
                return Ok(None);
            };
            by.cards_of(vec![comment]).await?.pop().and_then(lost_to)
        }
        _ => None,
    })
}

/// What a decision came too late for.
fn lost_to(card: Card) -> Option<QueueNotice> {
    let Some(last) = card.last else {
        return card.comment.edited_at.map(|_| QueueNotice::Edited);
    };
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

fn view(card: Card, by: &Moderating, t: Messages) -> QueueCard {
    let Card {
        comment,
        article,
        evidence,
        parent,
        last,
    } = card;
    let locale: Locale = t.locale();
    let title = |rule: &str| by.rule_title(rule, locale);
    let reader = comment.name.clone();
    QueueCard {
        id: comment.id,
        revision: comment.revision,
        status: comment.status,
        lane: comment.lane,
        score: comment.score,
        name: comment.name,
        email: comment.email,
        body: comment.body,
        site_name: by
            .site(comment.site)
            .map(|site| site.name.clone())
            .unwrap_or_default(),
        article_title: article.title,
        article_section: article.section,
        article_url: article.url,
        parent: parent.map(|parent| ParentView {
            name: parent.name,
            body: parent.body,
        }),
        created_at: comment.created_at,
        consent: comment.consent,
        evidence: evidence
            .into_iter()
            .map(|seen| EvidenceView {
                title: title(&seen.rule),
                seen: shortened(seen),
            })
            .collect(),
        decided: last.map(|last| DecidedView {
            by: match last.actor_kind.as_str() {
                "rule" => title(&last.actor_name),
                "reader" => reader.clone(),
                _ => last.actor_name,
            },
            action: last.action,
            at: last.at,
            reason: last.reason.map(|reason| match reason.parse() {
                Ok(reason) => t.reason(reason),
                Err(_) => reason,
            }),
        }),
    }
}

/// The text itself shows the whole place; the list of evidence needs no more than a line of it.
fn shortened(seen: Evidence) -> Evidence {
    const SHOWN: usize = 80;
    if seen.excerpt.chars().count() <= SHOWN {
        return seen;
    }
    let start: String = seen.excerpt.chars().take(SHOWN).collect();
    Evidence {
        excerpt: format!("{start}…"),
        ..seen
    }
}

/// Back to the tab that a form stood on.
fn back(form: &Form, notice: &str) -> HttpResponse {
    let view: View = form.text("view").parse().unwrap_or(View::TABS[0]);
    see_other(&format!("/queue?{}&{notice}", view.query()))
}

fn done(settled: &[Settled]) -> usize {
    settled
        .iter()
        .filter(|one| one.outcome == Outcome::Done)
        .count()
}

/// A card's buttons.
#[post("/queue/decisions")]
pub async fn decide(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let (action, id, revision): (DecisionAction, CommentId, i32) = (
        form.field("action")?,
        form.field("id")?,
        form.field("revision")?,
    );
    // The list stands above all buttons, and says why only for one of them.
    let reason = match (action, form.text("reason")) {
        (DecisionAction::Reject, given) if !given.is_empty() => Some(form.field("reason")?),
        _ => None,
    };
    let (batch, settled) = by
        .decide(action.into(), vec![(id, revision)], reason, None)
        .await?;
    Ok(match done(&settled) {
        0 => back(&form, &format!("notice=conflict&comment={id}")),
        count => back(
            &form,
            &format!("notice=done&action={action}&count={count}&batch={batch}"),
        ),
    })
}

/// The notice's button.
#[post("/queue/undo")]
pub async fn undo(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let settled = by.undo(form.field("batch")?).await?;
    Ok(match done(&settled) {
        0 => back(&form, "notice=nothing"),
        count => back(&form, &format!("notice=undone&count={count}")),
    })
}
