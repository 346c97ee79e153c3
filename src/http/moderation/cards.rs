//! Comments with their evidence.

use super::claims::ClaimBody;
use super::reports::ReportsBody;
use crate::clock;
use crate::domain::{
    Action, BatchId, Claim, CommentId, Decision, Evidence, Instant, Lane, Role, Source, Status,
};
use crate::http::door::Moderating;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::learn::Said;
use crate::store::{Alike, AuthorHistory, Card};
use actix_web::HttpResponse;
use actix_web::{get, web};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Who holds which comment.
pub(super) type Held = HashMap<CommentId, Claim>;

/// The article a card is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardArticle {
    /// Its canonical address.
    url: String,
    /// Its title, where known.
    title: Option<String>,
    /// Its section, where known.
    section: Option<String>,
    /// Whether it takes comments.
    open: bool,
}

/// A comment with its evidence, as a moderator sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardBody {
    /// Identifies the comment.
    id: CommentId,
    /// The site's key.
    site: String,
    /// Where it stands.
    status: Status,
    /// Where it waits, or waited.
    lane: Lane,
    /// The sum of its evidence's weights, capped by category.
    #[schema(example = 2.0)]
    score: f32,
    /// Send it back with a decision.
    #[schema(example = 1)]
    revision: i32,
    /// The author's name.
    name: String,
    /// The author's email as typed.
    email: String,
    /// The text.
    body: String,
    /// The comment it answers.
    parent: Option<CommentId>,
    /// The article.
    article: CardArticle,
    /// Everything the rules saw.
    evidence: Vec<Evidence>,
    /// What the site's model makes of it today.
    model: ModelBody,
    /// Hash of the rules that judged it.
    rules_version: String,
    /// When it arrived.
    created_at: Instant,
    /// When its author changed it last.
    edited_at: Option<Instant>,
    /// When it was decided last.
    decided_at: Option<Instant>,
    /// What its reader agreed to, where the site asked for it.
    consent: Option<ConsentBody>,
    /// The key of its author's email, the same however the email was typed.
    #[schema(example = "lantran@gmail.com")]
    author_key: String,
    /// What readers reported of it, if ever.
    reports: Option<ReportsBody>,
    /// Those that wait and say the same, where this card stands for all of them.
    alike: Option<AlikeBody>,
    /// What the site's model would have done with it by itself: it was left to a person so that the model stays measured. Left out for all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<Action>,
    /// The network that it came from, while the site keeps that; for editors and admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "203.0.113.0/24")]
    network: Option<String>,
    /// Who has it on their screen now, if anybody.
    claim: Option<ClaimBody>,
    /// The protocol that brought it from the newspaper's own system, which shows it; left out where its reader sent it to us.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
}

/// What a site's model makes of a comment, by what people decided before.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelBody {
    /// How probable it is that a person rejects it.
    #[schema(example = 0.93)]
    harm: f32,
    /// How probable it is that it is spam.
    #[schema(example = 0.02)]
    spam: f32,
}

impl From<Said> for ModelBody {
    fn from(said: Said) -> Self {
        let rounded = |probability: f32| (probability * 1000.0).round() / 1000.0;
        Self {
            harm: rounded(said.harm),
            spam: rounded(said.spam),
        }
    }
}

/// A reader's consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentBody {
    /// The version of the text.
    #[schema(example = "2026-01")]
    version: String,
    /// When they agreed.
    at: Instant,
}

impl CardBody {
    /// A card, with who holds it, of which `held` tells.
    pub(super) fn new(card: Card, by: &Moderating, held: &mut Held) -> Self {
        let Card {
            comment,
            article,
            evidence,
            alike,
            reports,
            sample,
            ..
        } = card;
        Self {
            model: by.model_says(&comment, &evidence).into(),
            claim: held
                .remove(&comment.id)
                .map(|claim| ClaimBody::new(claim, by)),
            id: comment.id,
            site: by
                .site(comment.site)
                .map(|site| site.key.clone())
                .unwrap_or_default(),
            status: comment.status,
            lane: comment.lane,
            score: comment.score,
            revision: comment.revision,
            name: comment.name,
            email: comment.email,
            body: comment.body,
            parent: comment.parent,
            article: CardArticle {
                open: article.is_open_at(clock::now()),
                url: article.url,
                title: article.title,
                section: article.section,
            },
            evidence,
            rules_version: comment.rules_version,
            created_at: comment.created_at,
            edited_at: comment.edited_at,
            decided_at: comment.decided_at,
            consent: comment.consent.map(|given| ConsentBody {
                version: given.version,
                at: given.at,
            }),
            author_key: comment.email_key,
            alike: alike.map(AlikeBody::from),
            reports: reports.map(ReportsBody::from),
            source: comment.source,
            sample: sample.map(|sample| sample.action),
            network: comment
                .network
                .filter(|_| by.moderator().role >= Role::Editor),
        }
    }
}

/// What is told of comments that wait and say the same, or nearly.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlikeBody {
    /// Ask for all of them by this.
    first: CommentId,
    /// How many wait in whose words the rules saw the same, with itself.
    #[schema(example = 17)]
    count: usize,
    /// How many wait besides, in whose words they saw something else: these have cards of their own.
    #[schema(example = 2)]
    others: usize,
    /// From how many different emails.
    #[schema(example = 12)]
    authors: usize,
    /// From how many different network addresses, as far as they are known.
    #[schema(example = 9)]
    addresses: usize,
    /// Whether there are more than were counted.
    more: bool,
}

impl From<Alike> for AlikeBody {
    fn from(alike: Alike) -> Self {
        Self {
            first: alike.first,
            count: alike.count,
            others: alike.others,
            authors: alike.authors,
            addresses: alike.addresses,
            more: alike.more,
        }
    }
}

/// What is known of the author on this site, by their email, apart from this comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorBody {
    /// Comments sent.
    sent: i64,
    /// Of those approved.
    approved: i64,
    /// Rejected.
    rejected: i64,
    /// Put with the spam.
    spam: i64,
    /// When the one before this came.
    last_seen: Option<Instant>,
    /// Whether there are more than were counted: some hundreds, the newest.
    more: bool,
}

impl From<AuthorHistory> for AuthorBody {
    fn from(history: AuthorHistory) -> Self {
        let AuthorHistory {
            sent,
            approved,
            rejected,
            spam,
            last_seen,
            more,
        } = history;
        Self {
            sent,
            approved,
            rejected,
            spam,
            last_seen,
            more,
        }
    }
}

/// One move of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionBody {
    /// Undo it by this.
    batch: BatchId,
    /// What was done.
    action: Action,
    /// Where the comment stood.
    from: Status,
    /// Where it stood afterwards.
    to: Status,
    /// The revision it made.
    revision: i32,
    /// `moderator`, `rule`, `model`, `reader` or `client`.
    #[schema(example = "moderator")]
    actor: String,
    /// The moderator's name or the rule's id.
    #[schema(example = "Lan")]
    by: String,
    /// Why, as the reader of a rejected comment is told.
    #[schema(example = "off_topic")]
    reason: Option<String>,
    /// A word to colleagues.
    note: Option<String>,
    /// When.
    at: Instant,
    /// When it was undone.
    undone_at: Option<Instant>,
}

impl From<Decision> for DecisionBody {
    fn from(decision: Decision) -> Self {
        Self {
            batch: decision.batch,
            action: decision.action,
            from: decision.from,
            to: decision.to,
            revision: decision.revision,
            actor: decision.actor_kind,
            by: decision.actor_name,
            reason: decision.reason,
            note: decision.note,
            at: decision.at,
            undone_at: decision.undone_at,
        }
    }
}

/// One card, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct FullCard {
    /// The card.
    #[serde(flatten)]
    card: CardBody,
    /// The author's history on this site.
    author: AuthorBody,
    /// What was decided, oldest first.
    decisions: Vec<DecisionBody>,
}

/// Show one comment with its author's history and its decisions
#[utoipa::path(
    operation_id = "show_comment",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = CommentId, Path, description = "The comment")),
    responses(
        (status = 200, description = "The card", body = FullCard),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such comment on your sites", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/comments/{id}")]
pub async fn show(by: Moderating, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let (card, author, decisions) = by.card(id).await?;
    let decisions = decisions.into_iter().map(DecisionBody::from).collect();
    let mut held = by.claims_of(vec![id]).await?;
    Ok(private(&FullCard {
        card: CardBody::new(card, &by, &mut held),
        author: author.into(),
        decisions,
    }))
}
