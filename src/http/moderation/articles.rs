//! Articles: which there are, what waits under each, and whether they take comments.

use std::collections::BTreeMap;

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, patch, web};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::cards::CardBody;
use crate::clock;
use crate::domain::{Article, ArticleId, ArticleState, CommentId, Instant, Presence, Status};
use crate::http::door::Moderating;
use crate::http::input::{self, Query};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::{ArticleChange, ArticleFilter, ArticleOrder};

/// An article as the newsroom sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleBody {
    /// Identifies it.
    id: ArticleId,
    /// The site's key.
    site: String,
    /// Its canonical address.
    url: String,
    /// Its title, where known.
    title: Option<String>,
    /// Its section, where known.
    section: Option<String>,
    /// What its CMS calls it, where that told us.
    external_id: Option<String>,
    /// Where it stands on the newspaper's site: under what was taken off nothing is public.
    presence: Presence,
    /// Who wrote it, where the CMS told us.
    author: Option<String>,
    /// What it is about, where the CMS told us.
    tags: Vec<String>,
    /// When it was published, where the CMS told us.
    published_at: Option<Instant>,
    /// Whether it takes comments, apart from the clock.
    state: ArticleState,
    /// From when on it takes none.
    closes_at: Option<Instant>,
    /// Whether it takes comments now.
    open: bool,
    /// Whether every comment waits for a person, whatever rules and bans say.
    premoderate: bool,
    /// When its first comment came, or its CMS first told of it.
    created_at: Instant,
}

impl ArticleBody {
    fn new(article: Article, by: &Moderating) -> Self {
        Self {
            open: article.is_open_at(clock::now()),
            site: by
                .site(article.site)
                .map(|site| site.key.clone())
                .unwrap_or_default(),
            id: article.id,
            url: article.url,
            title: article.title,
            section: article.section,
            external_id: article.external_id,
            presence: article.presence,
            author: article.author,
            tags: article.tags,
            published_at: article.published_at,
            state: article.state,
            closes_at: article.closes_at,
            premoderate: article.premoderate,
            created_at: article.created_at,
        }
    }
}

/// An article of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleListed {
    /// The article.
    #[serde(flatten)]
    article: ArticleBody,
    /// How many comments wait under it, among the latest 7000 of each lane.
    waiting: i64,
}

/// Articles.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticlesPage {
    /// The articles.
    articles: Vec<ArticleListed>,
    /// Give this as `after` to go on; none where this is the end. A search that found little in the 50000 articles that it looked through goes on, too.
    next: Option<ArticleId>,
}

/// One article with its comments of one status.
#[derive(Debug, Serialize, ToSchema)]
pub struct FullArticle {
    /// The article.
    #[serde(flatten)]
    article: ArticleBody,
    /// Its comments by status; of what waits, the latest 7000 of each lane are looked through.
    counts: BTreeMap<&'static str, i64>,
    /// Those of the status that was asked for, newest first.
    comments: Vec<CardBody>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<CommentId>,
}

/// What is to be another way; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleRequest {
    /// Whether it takes comments. Opening an article that has closed by the clock takes its date away.
    #[serde(default)]
    state: Option<ArticleState>,
    /// From when on it takes none, in the future; null for never.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<Instant>)]
    #[expect(
        clippy::option_option,
        reason = "null is another wish than nothing said"
    )]
    closes_at: Option<Option<Instant>>,
    /// Whether every comment waits for a person: nothing is rejected, put with the spam or published without one.
    #[serde(default)]
    premoderate: Option<bool>,
}

/// Tells a null that was named from what was not.
#[expect(
    clippy::option_option,
    reason = "null is another wish than nothing said"
)]
fn named<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<Instant>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// List articles
///
/// Newest first, or those under which most waits; by words of the title or the address, with or without their marks.
#[utoipa::path(
    operation_id = "list_articles",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = Option<String>, Query, description = "Only those of the site of that key"),
        ("q" = Option<String>, Query, description = "Words of the title or the address", example = "dang bo"),
        ("state" = Option<ArticleState>, Query, description = "Only those that take comments now, or do not"),
        ("order" = Option<ArticleOrder>, Query, description = "`newest` unless said; `waiting` is one page"),
        ("after" = Option<ArticleId>, Query, description = "From after this article"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The articles", body = ArticlesPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/articles")]
pub async fn list(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let (site, sought) = (query.text("site"), query.text("q").unwrap_or_default());
    let state: Option<ArticleState> = query.read("state")?;
    let order: Option<ArticleOrder> = query.read("order")?;
    let filter = ArticleFilter {
        open: state.map(|state| state == ArticleState::Open),
        busiest: order == Some(ArticleOrder::Waiting),
        after: query.read("after")?,
        limit: query.limit(50, 200)?,
        ..ArticleFilter::default()
    };
    query.end()?;
    let page = by.articles(site.as_deref(), &sought, filter).await?;
    let articles = page.articles.into_iter().map(|one| ArticleListed {
        article: ArticleBody::new(one.article, &by),
        waiting: one.waiting,
    });
    Ok(private(&ArticlesPage {
        articles: articles.collect(),
        next: page.next,
    }))
}

/// Show one article with its comments
#[utoipa::path(
    operation_id = "show_article",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = ArticleId, Path, description = "The article"),
        ("status" = Option<Status>, Query, description = "Of which status the comments are; `pending` unless said"),
        ("after" = Option<CommentId>, Query, description = "From after this comment"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The article", body = FullArticle),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such article on your sites", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/articles/{id}")]
pub async fn show(
    by: Moderating,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = read(&id)?;
    let mut query = Query::of(&request);
    let status = query.read("status")?.unwrap_or(Status::Pending);
    let (after, limit) = (query.read("after")?, query.limit(50, 200)?);
    query.end()?;
    let mut sheet = by.article(id, status, after, limit + 1).await?;
    let more = sheet.cards.len() > limit;
    sheet.cards.truncate(limit);
    let next = sheet.cards.last().filter(|_| more);
    let next = next.map(|last| last.comment.id);
    let ids = sheet.cards.iter().map(|card| card.comment.id).collect();
    let mut held = by.claims_of(ids).await?;
    let cards = sheet.cards.into_iter();
    Ok(private(&FullArticle {
        comments: cards
            .map(|card| CardBody::new(card, &by, &mut held))
            .collect(),
        article: ArticleBody::new(sheet.article, &by),
        counts: sheet
            .counts
            .into_iter()
            .map(|(status, count)| (status.as_str(), count))
            .collect(),
        next,
    }))
}

/// Open or close an article, now or at a date, or leave all its comments to a person
///
/// For editors and admins. It counts for the next comment, on every replica.
#[utoipa::path(
    operation_id = "change_article",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = ArticleId, Path, description = "The article")),
    request_body = ArticleRequest,
    responses(
        (status = 200, description = "The article as it is now", body = ArticleBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such article on your sites", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[patch("/api/v1/moderation/articles/{id}")]
pub async fn change(
    by: Moderating,
    id: web::Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let id = read(&id)?;
    let asked: ArticleRequest = input::json_body(&request, payload, input::Ceiling::Form).await?;
    let asked = ArticleChange {
        state: asked.state,
        closes_at: asked.closes_at,
        premoderate: asked.premoderate,
    };
    let article = by.change_article(id, asked).await?;
    Ok(private(&ArticleBody::new(article, &by)))
}

fn read(id: &str) -> Result<ArticleId, Problem> {
    id.parse().map_err(|_| Problem::new(Code::NotFound))
}
