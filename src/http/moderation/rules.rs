//! The rules in use, what each did on a site, and how that is taken back.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{BatchId, Category, CommentId, DecisionId, Field, RuleAction, View};
use crate::http::door::{MOST_COUNTED, Moderating};
use crate::http::input::{self, Query};
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;
use crate::rules::{LooksFor, ReadableRule};

/// A rule of a pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleBody {
    /// Its id.
    #[schema(example = "vi.profanity.core")]
    id: String,
    /// Its pack's.
    #[schema(example = "vi.profanity")]
    pack: String,
    /// What it means, in Vietnamese.
    title_vi: String,
    /// And in English.
    title_en: String,
    /// What kind of trouble it looks for.
    category: Category,
    /// Where it looks.
    fields: Vec<Field>,
    /// What each place of it adds to the score.
    weight: f32,
    /// `reject` or `spam` where it settles a comment by itself; none where a person decides.
    action: Option<RuleAction>,
    /// `words`, `pattern`, `feature` or `rules`.
    kind: &'static str,
    /// Its words and phrases, its pattern, its feature with the least that counts, or the rules it rests on.
    looks_for: Vec<String>,
    /// How a pattern reads the text.
    view: Option<View>,
    /// Texts in which it sees something.
    hits: Vec<String>,
    /// Texts in which it must see nothing.
    misses: Vec<String>,
}

impl RuleBody {
    fn new(rule: ReadableRule<'_>) -> Self {
        let (kind, looks_for, view) = match rule.looks_for {
            LooksFor::Words { words, .. } => ("words", words.clone(), None),
            LooksFor::Pattern { pattern, view } => ("pattern", vec![pattern.clone()], Some(*view)),
            LooksFor::Feature { name, at_least } => {
                ("feature", vec![format!("{name} >= {at_least}")], None)
            }
            LooksFor::Others { terms } => ("rules", terms.clone(), None),
        };
        Self {
            id: rule.info.id.clone(),
            pack: rule.info.pack.clone(),
            title_vi: rule.info.title.vi.clone(),
            title_en: rule.info.title.en.clone(),
            category: rule.info.category,
            fields: rule.info.fields.clone(),
            weight: rule.info.weight,
            action: rule.info.action,
            kind,
            looks_for,
            view,
            hits: rule.hits.to_vec(),
            misses: rule.misses.to_vec(),
        }
    }
}

/// The rules in use.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleList {
    /// Names the set: another one has another version.
    version: String,
    /// By id.
    rules: Vec<RuleBody>,
}

/// What a rule did on a site.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleDeeds {
    /// In how many comments it was seen, as the search index knows; 1000 stands for as many or more.
    seen: usize,
    /// The comments that it settled by itself and nobody has touched since, newest first.
    settled: Vec<CommentId>,
    /// Give this as `after` for more; none where there are no more.
    next: Option<DecisionId>,
}

/// How far to go back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoRuleRequest {
    /// The rule's id.
    #[schema(example = "spam.betting.offer")]
    rule: String,
    /// What it settled within so many days: 1 to 90.
    #[schema(example = 7)]
    days: u32,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneRuleBody {
    /// Undoes it; none where nothing was put back.
    batch: Option<BatchId>,
    /// How many comments are back in the queue.
    requeued: usize,
    /// Whether there are more than were put back at once; ask again.
    more: bool,
}

/// List the rules in use
///
/// Those of the packs, by id. A site's own words are a list of their own.
#[utoipa::path(
    operation_id = "list_rules",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The rules", body = RuleList),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/rules")]
pub async fn list(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Query::of(&request).end()?;
    let rules = by.rules();
    Ok(private(&RuleList {
        version: rules.version().to_owned(),
        rules: rules.readable().map(RuleBody::new).collect(),
    }))
}

/// Show what a rule did on a site
///
/// Of the parts of the site that are yours.
#[utoipa::path(
    operation_id = "show_rule_deeds",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("rule" = String, Query, description = "The rule's id; `site.hold:` and the word for a site's own"),
        ("days" = Option<u32>, Query, description = "Within so many days: 1 to 90, 7 unless said", minimum = 1, maximum = 90),
        ("after" = Option<DecisionId>, Query, description = "Only those before this decision: `next` of the page before"),
        ("limit" = Option<usize>, Query, description = "1 to 500, 100 unless said", minimum = 1, maximum = 500),
    ),
    responses(
        (status = 200, description = "What it did", body = RuleDeeds),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/rules/deeds")]
pub async fn deeds(
    by: Moderating,
    site: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let limit = query.limit(100, 500)?;
    let days = query.read("days")?.unwrap_or(7);
    let after = query.read("after")?;
    let rule = query.text("rule");
    query.end()?;
    let rule = rule.ok_or_else(|| Problem::field("rule", "field-missing"))?;
    let seen = by.count_seen(&site, &rule, days).await?;
    let found = by.deeds(&site, &rule, days, (after, limit)).await?;
    Ok(private(&RuleDeeds {
        seen: seen.min(MOST_COUNTED),
        next: found.next,
        settled: found.settled,
    }))
}

/// Undo what a rule did
///
/// For editors and admins. Puts the comments that the rule settled by itself back into the queue, at most 500 at once, in one
/// batch that is undone as one. What anybody has moved since stays where it is.
#[utoipa::path(
    operation_id = "undo_rule",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = UndoRuleRequest,
    responses(
        (status = 200, description = "How many are back", body = UndoneRuleBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/rules/undo")]
pub async fn undo(
    by: Moderating,
    site: web::Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let by = by.at_least(crate::domain::Role::Editor)?;
    let asked: UndoRuleRequest = input::json_body(&request, payload, input::Ceiling::Form).await?;
    let done = by.undo_rule(&site, &asked.rule, asked.days).await?;
    Ok(private(&UndoneRuleBody {
        batch: done.batch,
        requeued: done.requeued,
        more: done.more,
    }))
}
