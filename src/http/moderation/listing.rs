//! Lists of comments with their evidence: the queue, filters and search.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::cards::{AuthorBody, CardBody};
use crate::domain::{ArticleId, Category, CommentId, Lane, Status};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::intake::{ArticleUrl, FieldError};
use crate::store::{Order, Page, QueueFilter};
use crate::text::{Phrase, PhraseFault};

/// A card of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedCard {
    /// The card.
    #[serde(flatten)]
    card: CardBody,
    /// The author's history on this site.
    author: AuthorBody,
}

/// A page of cards.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardPage {
    /// The cards.
    comments: Vec<ListedCard>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<CommentId>,
}

impl CardPage {
    async fn new(page: Page, by: &Moderating) -> Result<Self, Problem> {
        let ids: Vec<_> = page.cards.iter().map(|card| card.comment.id).collect();
        let mut held = by.claims_of(Vec::clone(&ids)).await?;
        let histories = by.histories(ids).await?;
        let cards = page.cards.into_iter().map(|card| {
            let history = histories.get(&card.comment.id).copied();
            ListedCard {
                author: history.unwrap_or_default().into(),
                card: CardBody::new(card, by, &mut held),
            }
        });
        Ok(Self {
            comments: cards.collect(),
            next: page.next,
        })
    }
}

/// List comments with their evidence
///
/// Without `status` all are listed, newest first; `order=oldest` turns the list around, `order=risk` lists what waits, the gravest first. Filters narrow
/// the list together.
///
/// `q` finds words that stand next to each other in text, name or email. A word with its marks (`Đảng`) finds just that one, a
/// word without (`dang`) finds all that it is with its marks off; capitals and the place of a tone (`hoà`, `hòa`) make no
/// difference. Where `q` ends within a word of three letters or more that nothing has as it is, that word may go on.
#[utoipa::path(
    operation_id = "list_comments",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("status" = Option<Status>, Query, description = "Only those that stand there"),
        ("lane" = Option<Lane>, Query, description = "Only those of that lane"),
        ("site" = Option<String>, Query, description = "Only those of the site of that key"),
        ("section" = Option<String>, Query, description = "Only those under articles of that section"),
        ("article" = Option<String>, Query, description = "Only those under the article of that address or id"),
        ("rule" = Option<String>, Query, description = "Only those in which that rule saw something"),
        ("category" = Option<Category>, Query, description = "Only those in which something of that category was seen"),
        ("author" = Option<String>, Query, description = "Only those of that author, by the `author_key` of a card"),
        ("q" = Option<String>, Query, description = "Only those that say this, in text, name or email; 1 to 64 words"),
        ("reported" = Option<bool>, Query, description = "`true`: only those that are public and that readers have reported, in the order in which the first open report of each came"),
        ("fold" = Option<bool>, Query, description = "Whether those that wait and say the same are one card, with `alike`; a page may then have fewer cards than `limit` and yet a `next`"),
        ("order" = Option<Order>, Query, description = "`newest` unless said. `risk`: of what waits alone, what a person would refuse most surely comes first, by what the site's model made of each when it came or changed last; with further filters a page may have fewer cards than `limit` and yet a `next`"),
        ("after" = Option<CommentId>, Query, description = "From after this comment"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The cards", body = CardPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/comments")]
pub async fn list(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = query.text("site");
    let filter = QueueFilter {
        status: query.read("status")?,
        lane: query.read("lane")?,
        sections: stored(&mut query, "section")?.into_iter().collect(),
        article: article(&mut query)?,
        rules: stored(&mut query, "rule")?.into_iter().collect(),
        category: query.read("category")?,
        author: stored(&mut query, "author")?,
        phrase: phrase(&mut query)?,
        reported: query.read("reported")?.unwrap_or(false),
        order: query.read("order")?,
        after: query.read("after")?,
        limit: query.limit(50, 200)?,
        fold: query.read("fold")?.unwrap_or(false),
    };
    query.end()?;
    let page = by.queue(site.as_deref(), filter).await?;
    Ok(private(&CardPage::new(page, &by).await?))
}

/// A parameter that is compared with a stored text. None of those holds a NUL, and PostgreSQL does not even take the question.
fn stored(query: &mut Query, name: &'static str) -> Result<Option<String>, Problem> {
    match query.text(name) {
        Some(text) if text.contains('\0') => Err(Problem::field(name, "field-type")),
        text => Ok(text),
    }
}

/// An article by its id or by its address, however that is written.
fn article(query: &mut Query) -> Result<Option<String>, Problem> {
    let Some(typed) = query.text("article") else {
        return Ok(None);
    };
    if typed.parse::<ArticleId>().is_ok() {
        return Ok(Some(typed));
    }
    match ArticleUrl::sought(&typed) {
        Some(url) => Ok(Some(url.into_string())),
        None => Err(Problem::field("article", "article-invalid")),
    }
}

/// What is searched for, which must have a word in it.
fn phrase(query: &mut Query) -> Result<Option<Phrase>, Problem> {
    let Some(typed) = query.text("q") else {
        return Ok(None);
    };
    Phrase::read(&typed).map(Some).map_err(|fault| {
        let error = match fault {
            PhraseFault::NoWord => FieldError::new("q", "search-no-word"),
            PhraseFault::TooLong => {
                FieldError::new("q", "search-too-long").with("max", Phrase::WORDS)
            }
        };
        Problem::fields(vec![error])
    })
}

/// List the comments that wait and say the same as one
///
/// Behind a card with `alike`, ask for these by its `first`; oldest first.
#[utoipa::path(
    operation_id = "list_alike",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = CommentId, Path, description = "The comment that `alike` names as the first"),
        ("after" = Option<CommentId>, Query, description = "From after this comment"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The cards", body = CardPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "That is no comment's id", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/comments/{id}/alike")]
pub async fn alike(
    by: Moderating,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let first = id.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let mut query = Query::of(&request);
    let (after, limit) = (query.read("after")?, query.limit(50, 200)?);
    query.end()?;
    let page = by.cluster_members(first, after, limit).await?;
    Ok(private(&CardPage::new(page, &by).await?))
}
