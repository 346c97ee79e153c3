//! What a newspaper's CMS sends: events of articles, and the comments of its own form.

pub mod articles;
pub mod plugin;

use actix_web::{HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::FromCms;
use super::input;
use super::problem::{Problem, ProblemBody};
use super::respond::private;
use super::widget::Accepted;
use crate::cms::{ArticleData, CommentData, Envelope, Judged, Kind, read_article, read_foreign};
use crate::domain::{ArticleId, ArticleNews, CmsFormat, Instant};
use crate::store::Heard;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CmsOutcome)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It had its effect, and that is durable.
    Done,
    /// Nothing in it was new, or something newer is known.
    Known,
    /// It had its effect before.
    Repeated,
    /// It is about nothing that we take.
    Ignored,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Known => "known",
            Self::Repeated => "repeated",
            Self::Ignored => "ignored",
        }
    }
}

/// The answer to a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct Received {
    /// What became of it.
    outcome: Outcome,
    /// The article that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<ArticleId>,
    /// The comment that was handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<Accepted>,
}

impl Received {
    fn of(heard: Heard) -> Self {
        let (outcome, article) = outcome(heard);
        Self {
            outcome,
            article,
            comment: None,
        }
    }

    /// What became of the first thing that a message told.
    fn of_first(heard: &[Heard]) -> Self {
        heard
            .first()
            .map_or_else(Self::ignored, |one| Self::of(*one))
    }

    fn ignored() -> Self {
        Self {
            outcome: Outcome::Ignored,
            article: None,
            comment: None,
        }
    }
}

fn outcome(heard: Heard) -> (Outcome, Option<ArticleId>) {
    match heard {
        Heard::Done(id) => (Outcome::Done, Some(id)),
        Heard::Known(id) => (Outcome::Known, Some(id)),
        Heard::Repeated => (Outcome::Repeated, None),
    }
}

/// A message in our own form. Other formats send their own, as the site's settings say.
#[derive(ToSchema)]
#[schema(as = CmsMessage)]
#[serde(untagged)]
#[expect(dead_code, reason = "only for the document")]
pub enum MessageBody {
    /// About an article.
    Article {
        /// `article.published`, `article.updated`, `article.unpublished` or `article.deleted`.
        #[schema(example = "article.published")]
        r#type: String,
        /// When it happened.
        timestamp: Instant,
        /// The article.
        data: ArticleData,
    },
    /// A comment of the CMS's own form.
    Comment {
        /// `comment.created`.
        #[schema(example = "comment.created")]
        r#type: String,
        /// When it happened.
        timestamp: Instant,
        /// The comment.
        data: CommentData,
    },
}

/// What a message in our form is about.
#[derive(Deserialize)]
struct Named {
    #[serde(rename = "type")]
    kind: String,
}

/// Take in a message of the CMS
///
/// Signed by the site's secret as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, `webhook-signature`), or as the site's format
/// does (`cms.format` of its settings). Events may come late, twice and in any order: what is known in the end is the same. The answer leaves
/// once the effect is durable; a message that had its effect before is answered 200 and has none. A `type` that we do not know is answered
/// 200, too. A comment goes the way of all comments; send it again with the same `external_id` or `webhook-id` and it is the same one. It waits
/// here, too, under an article that takes none by now: its CMS has taken it.
#[utoipa::path(
    operation_id = "receive_cms",
    tag = "CMS",
    security(("webhook" = [])),
    params(("site" = String, Path, description = "The site's key", example = "demo")),
    request_body = MessageBody,
    responses(
        (status = 200, description = "Taken in", body = Received),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "Not signed, or not with the site's secret, or too long ago; or a bearer token that is none", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/cms")]
pub async fn receive(from: FromCms) -> Result<HttpResponse, Problem> {
    let cms = &from.site().settings.cms;
    let is_ours = match cms.format {
        CmsFormat::Standard => true,
        CmsFormat::HmacHex | CmsFormat::HmacBase64 => cms.fields.is_empty(),
        _ => false,
    };
    let received = if is_ours {
        ours(&from).await?
    } else {
        foreign(&from).await?
    };
    metrics::counter!("duyet_cms_messages_total", "outcome" => received.outcome.as_str())
        .increment(1);
    Ok(private(&received))
}

async fn ours(from: &FromCms) -> Result<Received, Problem> {
    let named: Named = input::json(from.body())?;
    if let Some(kind) = Kind::of_ours(&named.kind) {
        let message: Envelope<ArticleData> = input::json(from.body())?;
        let at = Some(message.timestamp);
        let news = read(from, kind, message.data, at, "data.")?;
        return Ok(Received::of_first(&from.tell(vec![news]).await?));
    }
    if named.kind == "comment.created" {
        let message: Envelope<CommentData> = input::json(from.body())?;
        let submitted = from.hand_in(message.data).await?;
        return Ok(Received {
            outcome: Outcome::Done,
            article: None,
            comment: Some(submitted.into()),
        });
    }
    tracing::info!(site = from.site().key, kind = ?named.kind, "a message of the CMS is about nothing that we take");
    Ok(Received::ignored())
}

async fn foreign(from: &FromCms) -> Result<Received, Problem> {
    let message: serde_json::Value = input::json(from.body())?;
    let told = read_foreign(from.site(), &from.delivery(), &message).map_err(Problem::fields)?;
    let mut news = Vec::with_capacity(told.len());
    for one in told {
        let at = from.proof().at;
        news.push(read(from, one.kind, one.data, at, &one.within)?);
    }
    if news.is_empty() {
        tracing::info!(
            site = from.site().key,
            "a message of the CMS is about nothing that we take"
        );
        return Ok(Received::ignored());
    }
    Ok(Received::of_first(&from.tell(news).await?))
}

fn read(
    from: &FromCms,
    kind: Kind,
    data: ArticleData,
    at: Option<Instant>,
    within: &str,
) -> Result<ArticleNews, Problem> {
    let judged = Judged {
        at,
        now: from.now(),
    };
    read_article(from.site(), kind, data, judged, within).map_err(Problem::fields)
}
