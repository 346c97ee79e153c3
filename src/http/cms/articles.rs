//! Articles as they are to be, for senders that tell once and never again: one, or a thousand to be compared with what is known.

use actix_web::{HttpRequest, HttpResponse, post, put, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Outcome, Received, outcome};
use crate::cms::{self, ArticleData, Judged, read_article};
use crate::domain::{ArticleId, ArticleNews};
use crate::http::door::{FromCms, Reconciling};
use crate::http::input;
use crate::http::language;
use crate::http::problem::{FieldProblem, Problem, ProblemBody};
use crate::http::respond::private;
use crate::intake::{FieldError, read_json_value};
use crate::messages::Messages;

/// As many articles as one call tells of.
const MOST: usize = 1_000;
/// As many as one write takes: who waits beside it does not wait long.
const TOGETHER: usize = 50;

/// Articles as they are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticlesRequest {
    /// The articles. Each is read by itself.
    #[schema(min_items = 1, max_items = 1000, value_type = Vec<ArticleData>)]
    articles: Vec<Value>,
}

/// What became of each, in the order they came.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticlesAnswer {
    /// The articles.
    results: Vec<ArticleResult>,
}

/// What became of one.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleResult {
    /// What the CMS calls it, as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    /// What became of it; none where something in it is wrong.
    outcome: Option<Outcome>,
    /// What we call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<ArticleId>,
    /// What is wrong with it. The others have their effect all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// Tell what an article is
///
/// By the CMS's signature, or by the bearer token of an editor or admin of the whole site. All of the article is told; what is not said is not
/// known any more. It may be sent again and again: only what is newer than what is known (by `version`, else `updated_at`; what names neither is so as of now, whatever is known) has an effect.
/// Who signs has `external_id` in the body too, since the signature is about that alone, and signs each call anew: the same one again is
/// answered `repeated`.
#[utoipa::path(
    operation_id = "put_article",
    tag = "CMS",
    security(("webhook" = []), ("bearer" = [])),
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("external_id" = String, Path, description = "What the CMS calls the article", example = "4711"),
    ),
    request_body = ArticleData,
    responses(
        (status = 200, description = "Taken in", body = Received),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "Neither a signature nor a token that counts", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[put("/articles/{external_id}")]
pub async fn put_one(
    path: web::Path<(String, String)>,
    from: Reconciling,
) -> Result<HttpResponse, Problem> {
    let Reconciling(from) = from;
    let mut data: ArticleData = input::json(from.body())?;
    let (_, external_id) = path.into_inner();
    match &data.external_id {
        Some(named) if *named != external_id => {
            return Err(Problem::field("external_id", "cms-other-id"));
        }
        // Else who has read along could say the same of any other article.
        None if from.is_signed() => return Err(Problem::field("external_id", "cms-id-unsigned")),
        _ => data.external_id = Some(external_id),
    }
    let news = read(&from, data).map_err(Problem::fields)?;
    let heard = from.put(vec![news], 0).await?;
    Ok(private(&Received::of_first(&heard)))
}

/// Tell what many articles are
///
/// The same for up to 1000 articles, each with its `external_id` or `url`; what became of each is answered. What is wrong with one keeps no other.
#[utoipa::path(
    operation_id = "put_articles",
    tag = "CMS",
    security(("webhook" = []), ("bearer" = [])),
    params(("site" = String, Path, description = "The site's key", example = "demo")),
    request_body = ArticlesRequest,
    responses(
        (status = 200, description = "What became of each", body = ArticlesAnswer),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "Neither a signature nor a token that counts", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/articles")]
pub async fn put_many(from: Reconciling, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Reconciling(from) = from;
    let asked: ArticlesRequest = input::json(from.body())?;
    if asked.articles.is_empty() || asked.articles.len() > MOST {
        let wrong = FieldError::new("articles", "list-length").with("max", MOST);
        return Err(Problem::fields(vec![wrong]));
    }
    let t = Messages::of(language::of(request.headers()));
    let (mut results, mut news, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (place, sent) in asked.articles.iter().enumerate() {
        let one = read_json_value(sent, "article").map_err(|error| vec![error]);
        let errors = match one.and_then(|data| read(&from, data)) {
            Ok(one) => {
                news.push(one);
                places.push(place);
                Vec::new()
            }
            Err(errors) => errors,
        };
        results.push(ArticleResult {
            external_id: sent.get("external_id").and_then(cms::as_name),
            outcome: None,
            article: None,
            errors: errors
                .iter()
                .map(|error| FieldProblem::told(error, t))
                .collect(),
        });
    }
    let mut places = places.into_iter();
    for (part, some) in news.chunks(TOGETHER).enumerate() {
        for heard in from.put(some.to_vec(), part).await? {
            if let Some(result) = places.next().and_then(|place| results.get_mut(place)) {
                let (outcome, article) = outcome(heard);
                (result.outcome, result.article) = (Some(outcome), article);
            }
        }
    }
    Ok(private(&ArticlesAnswer { results }))
}

fn read(from: &FromCms, data: ArticleData) -> Result<ArticleNews, Vec<FieldError>> {
    let judged = Judged {
        at: None,
        now: from.now(),
    };
    read_article(from.site(), data.kind(), data, judged, "")
}
