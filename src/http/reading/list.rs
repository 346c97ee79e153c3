//! What a newspaper's page reads: lists of an article's comments, and how many there are.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;

use super::Asked;
use super::shown::{
    Listed, PublicArticle, PublicComment, PublicComments, ThreadedArticle, ThreadedComment, Threads,
};
use crate::domain::{CommentId, ThreadOrder};
use crate::http::door::{AtSite, Read};
use crate::http::input::Query;
use crate::http::layer;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::rendition::Rendition;
use crate::http::respond::see_other;
use crate::intake::FieldError;

/// List an article's published comments
///
/// One after the other, oldest first; or in threads, where an `order` is named. Replies stand with the first comment of their thread,
/// one level deep, the first 20 of them: more of one thread by `thread`. `around` answers the page that holds that comment, for
/// permanent links, and the first page where it is not public.
#[utoipa::path(
    operation_id = "list_published",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("article" = String, Query, description = "The article's address", example = "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"),
        ("order" = Option<ThreadOrder>, Query, description = "In threads, in that order; one after the other unless said"),
        ("after" = Option<String>, Query, description = "What `next` gave: from there on"),
        ("limit" = Option<usize>, Query, description = "1 to 100 comments, or threads; 50 unless said", minimum = 1, maximum = 100),
        ("thread" = Option<CommentId>, Query, description = "The replies of that thread, from after `after` (what `next` gave, or a comment's id)"),
        ("around" = Option<CommentId>, Query, description = "The page of threads that holds this comment"),
    ),
    responses(
        (status = 200, description = "The comments; never an email, an address or evidence", body = Listed),
        (status = 303, description = "For a browser that asks for a page: to that of the article's comments"),
        (status = 304, description = "Nothing has changed since the `ETag` given as `If-None-Match`"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/comments")]
pub async fn list(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if layer::wants_page(&request) {
        return Ok(see_other(&for_people(&at, &request)));
    }
    let mut query = Query::of(&request);
    let article = query
        .text("article")
        .ok_or_else(|| Problem::field("article", "article-required"))?;
    let asked = Asked::read(&mut query)?;
    query.end()?;
    let read = at.read(&article, asked).await?;
    let Some(page) = &read.page else {
        return Ok(at.slip(written(&at, &read, asked)).answer(&request));
    };
    let json = page.json.get_or_init(|| written(&at, &read, asked));
    Ok(json.answer(&request))
}

/// Where somebody goes who opens the address that a form was sent to: the page of the article's comments, or the newspaper.
fn for_people(at: &AtSite, request: &HttpRequest) -> String {
    let article = Query::of(request).text("article");
    let page = article.map(|article| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("url", &article)
            .finish();
        format!("/sites/{}/articles?{query}", at.site.key)
    });
    page.or_else(|| at.site.origins.first().cloned())
        .unwrap_or_else(|| "/".to_owned())
}

/// The answer as JSON.
fn written(at: &AtSite, read: &Read, asked: Asked) -> Rendition {
    let article = PublicArticle::of(read);
    let page = read.page.as_deref();
    let comments = page.map_or(&[][..], |page| page.comments.as_slice());
    let next = page.and_then(|page| page.next.clone());
    if let Asked::Flat { .. } = asked {
        return Rendition::json(&Listed::Flat(PublicComments {
            article,
            comments: comments
                .iter()
                .map(|(_, row)| PublicComment::from(row))
                .collect(),
            next,
        }));
    }
    Rendition::json(&Listed::Threads(Threads {
        article: ThreadedArticle {
            id: read.article.as_ref().map(|article| article.id),
            article,
            count: read.count,
        },
        site: (&*at.site).into(),
        comments: comments
            .iter()
            .map(|(placed, row)| ThreadedComment::new(placed, row))
            .collect(),
        next,
    }))
}

/// As many articles as are counted in one answer.
const MOST_COUNTED: usize = 50;

/// How many published comments each article has, by its address.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicCounts {
    /// The numbers, by address as asked.
    counts: BTreeMap<String, usize>,
}

/// Count articles' published comments
///
/// An address that is not the site's is left out of the answer.
#[utoipa::path(
    operation_id = "count_published",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("article" = String, Query, description = "An article's address; give it again for each, 50 at the most", example = "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"),
    ),
    responses(
        (status = 200, description = "The numbers", body = PublicCounts),
        (status = 304, description = "Nothing has changed since the `ETag` given as `If-None-Match`"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/counts")]
pub async fn counts(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let articles = query.all("article");
    query.end()?;
    if articles.is_empty() {
        return Err(Problem::field("article", "article-required"));
    }
    if articles.len() > MOST_COUNTED {
        let wrong = FieldError::new("article", "list-length").with("max", MOST_COUNTED);
        return Err(Problem::fields(vec![wrong]));
    }
    let counts = at.counts(articles).await?.into_iter().collect();
    let counts = Rendition::json(&PublicCounts { counts });
    Ok(at.slip(counts).answer(&request))
}
