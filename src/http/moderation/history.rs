//! The history: what was done, by whom, when and from where.

use actix_web::{HttpRequest, HttpResponse, get};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{CommentId, EventId, HistoryKind, Instant, ModeratorId, Via};
use crate::http::door::{HistoryAsked, Moderating};
use crate::http::input::Query;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::HistoryEntry;

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryActor {
    /// `moderator`, `rule`, `model`, `reader`, `client`, `cms`, `operator`, or `stranger` for who has not proved who they are.
    #[schema(example = "moderator")]
    kind: String,
    /// The member, where it is one.
    id: Option<ModeratorId>,
    /// Their name then, the rule's id, or what they are.
    #[schema(example = "Lan")]
    name: String,
}

/// Whose account something was done to.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryAccount {
    /// The member.
    id: ModeratorId,
    /// Their name then.
    name: String,
}

/// One thing that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryItem {
    /// Identifies it.
    id: EventId,
    /// When; of attempts that were gathered, the first.
    at: Instant,
    /// What: `comment.approved`, `ban_added`, `sign_in.done`, …
    #[schema(example = "comment.approved")]
    kind: String,
    /// The site's key; none for what was done to an account.
    site: Option<String>,
    /// Who.
    by: HistoryActor,
    /// How they came; none for rules, readers, and what was done before this was kept.
    via: Option<Via>,
    /// From which network address, for as long as that is kept. Of what was done on a site it stands with the sign-in alone.
    address: Option<String>,
    /// By what browser.
    browser: Option<String>,
    /// The comment.
    comment: Option<CommentId>,
    /// Whose account.
    account: Option<HistoryAccount>,
    /// How often, where attempts that failed were gathered.
    times: i32,
    /// When last.
    last_at: Instant,
    /// What else is known, by kind.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
}

impl HistoryItem {
    fn new(entry: HistoryEntry, by: &Moderating) -> Self {
        let (times, last_at) = entry.times;
        let site = entry.site.and_then(|site| by.site(site));
        Self {
            id: entry.id,
            at: entry.at,
            kind: entry.kind,
            site: site.map(|site| site.key.clone()),
            by: HistoryActor {
                kind: entry.actor_kind,
                id: entry.actor_id,
                name: entry.actor_name,
            },
            via: entry.via,
            address: entry.address,
            browser: entry.browser,
            comment: entry.comment,
            account: entry.member.map(|(id, name)| HistoryAccount { id, name }),
            times,
            last_at,
            detail: entry.detail,
        }
    }
}

/// What was done, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryAnswer {
    /// What was done. A page that looked through 20000 acts of a site may have fewer than its limit, and a next page.
    history: Vec<HistoryItem>,
    /// Give this as `before` to go on; none where this is the end.
    next: Option<EventId>,
}

fn moment(query: &mut Query, name: &str) -> Result<Option<Instant>, Problem> {
    Ok(query.read::<Timestamp>(name)?.map(Instant::from))
}

/// List what was done
///
/// Every decision, ban, change of words, articles and settings on your sites and sections, and what happened to accounts: an admin sees
/// those of the members they manage, everybody sees their own.
#[utoipa::path(
    operation_id = "list_history",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = Option<String>, Query, description = "Only what was done on the site of that key; leaves out what was done to accounts"),
        ("kind" = Option<HistoryKind>, Query, description = "Only of that kind"),
        ("who" = Option<String>, Query, description = "Only by that member (their id), or by `rule`, `model`, `reader`, `client`, `cms`, `operator`, `stranger`"),
        ("comment" = Option<CommentId>, Query, description = "Only about that comment"),
        ("from" = Option<Instant>, Query, description = "Only from then on"),
        ("to" = Option<Instant>, Query, description = "Only before then"),
        ("before" = Option<EventId>, Query, description = "Only before that one, from `next`"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "What was done", body = HistoryAnswer),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or member among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/history")]
pub async fn list(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let asked = HistoryAsked {
        site: query.text("site"),
        kind: query.read("kind")?,
        who: query.text("who"),
        comment: query.read("comment")?,
        from: moment(&mut query, "from")?,
        to: moment(&mut query, "to")?,
    };
    let (before, limit) = (query.read("before")?, query.limit(50, 200)?);
    query.end()?;
    let page = by.history(&asked, before, limit).await?;
    let entries = page.entries.into_iter();
    Ok(private(&HistoryAnswer {
        history: entries.map(|one| HistoryItem::new(one, &by)).collect(),
        next: page.next,
    }))
}
