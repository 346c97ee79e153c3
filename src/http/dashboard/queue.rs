//! The queue: what waits, lane by lane, and what was decided.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::card_view::views;
use super::deciding::lost_to;
use super::list::List;
use super::named::Named;
use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{Action, BatchId, CommentId, Status};
use crate::http::door::LaneTotal;
use crate::http::input::Query;
use crate::http::page::{
    CardPart, Chip, Narrowing, Place, QueueFilter as Tab, QueueNotice, QueueOrders, QueuePage,
    QueueTab,
};
use crate::http::problem::{Code, FieldProblem, Problem};
use crate::http::respond::desk;
use crate::rules::RuleInfo;
use crate::store::{Card, Order, Page, QueueFilter};

/// As many cards as a page has.
const CARDS: usize = 25;
/// As many as are handed out one by one.
const MOST: usize = 100;
/// As many pages of a list as are looked through for some cards of it.
const LOOKED_THROUGH: usize = 10;

/// What the page's address asks for beside the list. What was mended by hand and cannot be read is left out.
struct Asked {
    comment: Option<CommentId>,
    after: Option<CommentId>,
    notice: Option<String>,
    action: Option<Action>,
    count: usize,
    lost: usize,
    choices: bool,
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
            choices: query.read("choices").unwrap_or_default().unwrap_or(false),
            batch: query.read("batch").unwrap_or_default(),
        }
    }
}

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&request);
    // Before anything is read: what comes meanwhile has not been on the page.
    let now = clock::now();
    let lanes = by.lanes().await?;
    let one = match asked.comment {
        Some(comment) if asked.notice.is_none() => by.cards_of(vec![comment]).await?.pop(),
        _ => None,
    };
    let is_missing = asked.comment.is_some() && asked.notice.is_none() && one.is_none();
    let tab = one.as_ref().map(tab_of);
    let tab = tab.unwrap_or_else(|| first_with_work(&lanes));
    let list = List::read(request.query_string(), tab);
    let named = Named::of(&by, &list).await?;
    let (found, trouble) = match one {
        Some(card) => (alone(card), None),
        None => page_of(&by, &list, &named, asked.after).await?,
    };
    let page = QueuePage {
        t: by.t,
        desk: by.desk(Place::Queue),
        now,
        filter: list.tab,
        view: list.query(),
        tabs: tabs(&list, &lanes),
        narrowing: Narrowing {
            trouble,
            no_such_rule: found.cards.is_empty() && named.lacks_rule(&list),
            ..narrowing(&by, &list, &found, asked.choices).await?
        },
        orders: orders(&list),
        notice: if is_missing {
            Some(QueueNotice::NoSuchComment)
        } else {
            notice(&by, &asked).await?
        },
        next: found.next.map(|last| list.path(&format!("&after={last}"))),
        after: asked.after,
        elsewhere: if found.cards.is_empty() && asked.after.is_none() {
            elsewhere(&by, &list, &named).await?
        } else {
            None
        },
        cards: views(&by, found.cards).await?,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// Some cards by themselves, for a page that has a place for them.
pub async fn some(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let list = List::read(&query.text("view").unwrap_or_default(), Tab::TABS[0]);
    let view = list.query();
    let fitting = query.read("fitting")?.unwrap_or(false);
    let folded = query.read("folded")?.unwrap_or(false);
    let asked = query.all("comment");
    query.end()?;
    if asked.len() > MOST {
        return Err(Problem::field("comment", "list-length"));
    }
    let ids: Result<Vec<CommentId>, _> = asked.iter().map(|id| id.parse()).collect();
    let ids = ids.map_err(|_| Problem::field("comment", "field-type"))?;
    let (now, csrf) = (clock::now(), by.form_token());
    let cards = if fitting || folded {
        fitting_of(&by, &list, ids, folded).await?
    } else {
        by.cards_of(ids).await?
    };
    let cards = views(&by, cards).await?;
    let mut html = String::new();
    for card in &cards {
        let part = CardPart {
            t: by.t,
            now,
            csrf: &csrf,
            view: &view,
            after: None,
            card,
        };
        html += &part.render().map_err(|error| Problem {
            cause: Some(error.to_string()),
            ..Problem::new(Code::Internal)
        })?;
    }
    Ok(desk(HttpResponse::Ok(), Ok(html)))
}

/// The cards of those of the comments that belong onto a list; folded, of those that stand on it, some for others.
async fn fitting_of(
    by: &SignedIn,
    list: &List,
    ids: Vec<CommentId>,
    folded: bool,
) -> Result<Vec<Card>, Problem> {
    let Some(first) = ids.iter().min() else {
        return Ok(Vec::new());
    };
    // They are looked for among what came from the first of them to the last. What was reported stands in the order of its reports.
    let before = Uuid::from_u128(first.0.as_u128().saturating_sub(1));
    let mut after = (list.tab != Tab::Reported).then_some(CommentId(before));
    let end = ids.iter().max();
    let named = Named::of(by, list).await?;
    let mut cards = Vec::new();
    for _ in 0..LOOKED_THROUGH {
        let found = part_of(by, list, &named, after, folded).await?;
        let there = found.cards.into_iter();
        cards.extend(there.filter(|card| ids.contains(&card.comment.id)));
        after = found.next;
        let is_past = list.tab != Tab::Reported && after.as_ref() >= end;
        if after.is_none() || is_past || cards.len() == ids.len() {
            break;
        }
    }
    Ok(cards)
}

/// A page of a list, oldest first.
async fn part_of(
    by: &SignedIn,
    list: &List,
    named: &Named,
    after: Option<CommentId>,
    folded: bool,
) -> Result<Page, Problem> {
    Ok(match (list.alike(), named.filter(list)) {
        (Some(one), _) => by.cluster_members(one, after, MOST).await?,
        (None, Err(_)) => Page::default(),
        (None, Ok(filter)) => {
            let filter = QueueFilter {
                after,
                limit: MOST,
                order: Some(Order::Oldest),
                fold: folded && filter.fold,
                ..filter
            };
            match by.queue(list.narrowing("site"), filter).await {
                Err(problem) if problem.code == Code::SiteUnknown => Page::default(),
                page => page?,
            }
        }
    })
}

fn alone(card: Card) -> Page {
    Page {
        cards: vec![card],
        next: None,
    }
}

/// A page of a list; an empty one, and why, where what was typed cannot be searched for.
async fn page_of(
    by: &SignedIn,
    list: &List,
    named: &Named,
    after: Option<CommentId>,
) -> Result<(Page, Option<String>), Problem> {
    if let Some(first) = list.alike() {
        return Ok((by.cluster_members(first, after, CARDS).await?, None));
    }
    let filter = match named.filter(list) {
        Ok(filter) => filter,
        Err(fault) => {
            return Ok((
                Page::default(),
                Some(FieldProblem::told(&fault, by.t).message),
            ));
        }
    };
    let filter = QueueFilter {
        after,
        limit: CARDS,
        ..filter
    };
    let page = match by.queue(list.narrowing("site"), filter).await {
        // A site that is not theirs has nothing for them.
        Err(problem) if problem.code == Code::SiteUnknown => Page::default(),
        page => page?,
    };
    Ok((page, None))
}

/// The two orders of what waits, each with its address; the one that is shown first. None where the list has but one.
fn orders(list: &List) -> Option<QueueOrders> {
    let has_orders = matches!(list.tab, Tab::Lane(_)) && list.alike().is_none();
    has_orders.then(|| QueueOrders {
        by_risk: list.by_risk(),
        oldest: list.ordered(false).path(""),
        risk: list.ordered(true).path(""),
    })
}

/// The other tabs that have something of what is sought, where this one has nothing. Nothing where nothing is sought.
async fn elsewhere(
    by: &SignedIn,
    list: &List,
    named: &Named,
) -> Result<Option<Vec<(Tab, String)>>, Problem> {
    if list.narrowed().is_empty() || list.alike().is_some() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for tab in Tab::TABS.iter().filter(|tab| **tab != list.tab) {
        let there = list.on(*tab);
        let Ok(filter) = named.filter(&there) else {
            return Ok(None);
        };
        let filter = QueueFilter { limit: 1, ..filter };
        match by.queue(list.narrowing("site"), filter).await {
            Ok(page) if page.cards.is_empty() => {}
            Ok(_) => found.push((*tab, there.path(""))),
            Err(problem) if problem.code == Code::SiteUnknown => return Ok(None),
            Err(problem) => return Err(problem),
        }
    }
    Ok(Some(found))
}

/// What the list is narrowed by, in words, and the way to each wider one.
async fn narrowing(
    by: &SignedIn,
    list: &List,
    found: &Page,
    choices: bool,
) -> Result<Narrowing, Problem> {
    let title = found
        .cards
        .first()
        .and_then(|card| card.article.title.clone());
    let word = |name: &str, value: &str| match name {
        "category" => value
            .parse()
            .map_or_else(|_| value.to_owned(), |category| by.t.category(category)),
        "rule" => by.rule_title(value, by.t.locale()),
        "site" => by
            .sites()
            .iter()
            .find(|site| site.key == value)
            .map_or_else(|| value.to_owned(), |site| site.name.clone()),
        "article" => title.clone().unwrap_or_else(|| value.to_owned()),
        "alike" => String::new(),
        _ => value.to_owned(),
    };
    let chips = list.narrowed().iter().map(|(name, value)| Chip {
        name,
        value: word(name, value),
        wider: list.without(name).path(""),
    });
    // They are many, and seldom wanted.
    let (sections, rules) = if choices {
        let (all, locale) = (by.rules(), by.t.locale());
        let rule = |rule: &RuleInfo| (rule.id.clone(), rule.title.get(locale).to_owned());
        (by.sections().await?, all.rules().map(rule).collect())
    } else {
        (Vec::new(), Vec::new())
    };
    Ok(Narrowing {
        chips: chips.collect(),
        fields: list.narrowed().to_vec(),
        sites: by
            .sites()
            .iter()
            .map(|site| (site.key.clone(), site.name.clone()))
            .collect(),
        sections,
        rules,
        trouble: None,
        no_such_rule: false,
    })
}

/// The tab that a card stands on.
fn tab_of(card: &Card) -> Tab {
    match card.comment.status {
        _ if card.is_reported() => Tab::Reported,
        Status::Pending => Tab::Lane(card.comment.lane),
        status => Tab::Status(status),
    }
}

/// Who comes to work sees work: the first lane where something waits.
fn first_with_work(lanes: &[LaneTotal]) -> Tab {
    let waits = |tab: &&Tab| {
        let mut here = lanes.iter().filter(|one| Some(one.lane) == tab.lane());
        here.any(|one| one.count > 0)
    };
    *Tab::TABS.iter().find(waits).unwrap_or(&Tab::TABS[0])
}

/// The tabs, each narrowed like the list. Their numbers are of all that waits.
fn tabs(list: &List, lanes: &[LaneTotal]) -> Vec<QueueTab> {
    let tab = |tab: &Tab| {
        let here = lanes.iter().find(|one| Some(one.lane) == tab.lane());
        QueueTab {
            filter: *tab,
            href: list.on(*tab).path(""),
            count: here.map(|one| one.count.unsigned_abs()),
            more: here.is_some_and(|one| one.more),
            oldest: here.and_then(|one| one.oldest),
        }
    };
    Tab::TABS.iter().map(tab).collect()
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
        (Some("gone"), ..) => Some(QueueNotice::Gone),
        (Some("noted"), ..) => Some(QueueNotice::Noted),
        (Some("none"), ..) => Some(QueueNotice::NonePicked),
        (Some("conflict"), ..) => {
            let Some(comment) = asked.comment else {
                return Ok(None);
            };
            by.cards_of(vec![comment])
                .await?
                .pop()
                .and_then(|card| lost_to(by, card))
        }
        _ => None,
    })
}
