//! The comments of an article as a page of ours: for readers without scripts and old pages, and for search engines.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use url::form_urlencoded::Serializer;

use super::{Asked, nested};
use crate::domain::{Begin, ThreadOrder};
use crate::http::door::{AtSite, Read};
use crate::http::input::Query;
use crate::http::page::{CommentForm, ConsentBox, Notice, ReadingOrder, ReadingPage};
use crate::http::problem::{Code, Problem};
use crate::http::respond::html;
use crate::messages::Messages;

/// As many threads as stand on a page.
const THREADS: usize = 50;

/// The comments of the article at `url`. Where nothing was written yet, the form stands alone; other newspapers' articles have no page.
pub async fn show(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let asked = asked(&mut query)?;
    let url = query
        .text("url")
        .ok_or_else(|| Problem::field("url", "article-required"))?;
    let notice = query.text("duyet");
    let parent = query.text("parent");
    let read = at.read(&url, asked).await.map_err(|problem| {
        if problem.code == Code::InvalidFields {
            Problem::new(Code::NotFound)
        } else {
            problem
        }
    })?;
    let mut page = ReadingPage {
        notice: notice.as_deref().and_then(Notice::from_query),
        ..filled(&at, &read, asked)
    };
    if let Some(parent) = parent {
        answer(&mut page, parent);
    }
    Ok(html(HttpResponse::Ok(), page.render()))
}

fn asked(query: &mut Query) -> Result<Asked, Problem> {
    Ok(match Asked::read(query)? {
        // A page has its threads, whatever is not said.
        Asked::Flat { .. } => Asked::Threads {
            order: ThreadOrder::Newest,
            begin: Begin::Start,
            limit: THREADS,
        },
        asked => asked,
    })
}

fn filled(at: &AtSite, read: &Read, asked: Asked) -> ReadingPage {
    let first = address(at, "articles", "url", &read.url);
    let page = read.page.as_deref();
    let here = match asked {
        Asked::Threads { order, .. } => format!("{first}&order={order}"),
        Asked::Replies { thread, .. } => format!("{first}&thread={thread}"),
        Asked::Flat { .. } => first.clone(),
    };
    let next = page.and_then(|page| page.next.as_deref());
    ReadingPage {
        // A newspaper's page speaks the newspaper's language, whoever looks at it.
        t: Messages::of(at.site.locale),
        site_name: at.site.name.clone(),
        site: format!("/sites/{}", at.site.key),
        url: read.url.clone(),
        count: read.count,
        comments: page.map_or(Vec::new(), |page| nested(&page.comments)),
        orders: orders(&first, asked),
        next: next.map(|next| format!("{here}&after={next}")),
        feed: read
            .article
            .is_some()
            .then(|| address(at, "feed.xml", "article", &read.url)),
        form: read.is_open.then(|| form(at, read, &first)),
        first,
        answered: None,
        notice: None,
    }
}

/// Has the form answer a comment that stands on the page.
fn answer(page: &mut ReadingPage, parent: String) {
    let threads = page.comments.iter();
    let mut all = threads.flat_map(|one| std::iter::once(one).chain(&one.replies));
    let Some(name) = all.find(|one| one.id == parent).map(|one| one.name.clone()) else {
        return;
    };
    page.answered = Some(name);
    if let Some(form) = &mut page.form {
        form.parent = Some(parent);
    }
}

fn orders(first: &str, asked: Asked) -> Vec<ReadingOrder> {
    let Asked::Threads { order: shown, .. } = asked else {
        return Vec::new();
    };
    let order = |order: &ThreadOrder| ReadingOrder {
        name: match order {
            ThreadOrder::Newest => "reading-newest",
            ThreadOrder::Oldest => "reading-oldest",
            ThreadOrder::Replies => "reading-replies",
        },
        href: format!("{first}&order={order}"),
        is_shown: *order == shown,
    };
    ThreadOrder::ALL.iter().map(order).collect()
}

/// The plain form. Whoever sends it comes back to this page.
fn form(at: &AtSite, read: &Read, first: &str) -> CommentForm {
    let back = format!("{}{first}", at.public_url());
    CommentForm {
        consent: ConsentBox::of(&at.site, None),
        stamp: Some(at.stamp()),
        tell: at.site.settings.tell_decision.then_some(false),
        ..CommentForm::empty(&at.site.key, &read.url, &back)
    }
}

/// The path of something of the site about an article.
fn address(at: &AtSite, what: &str, name: &str, url: &str) -> String {
    let query = Serializer::new(String::new())
        .append_pair(name, url)
        .finish();
    format!("/sites/{}/{what}?{query}", at.site.key)
}
