//! The members of the paper, for admins.

use crate::domain::{Instant, ModeratorId, Role};
use crate::http::door::{Administering, Bound, Invitation};
use crate::http::habits::MailBody;
use crate::http::input;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::MemberEntry;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use actix_web::{get, patch, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A site that a member is bound to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoundSite {
    /// The site's key.
    #[schema(example = "bao")]
    site: String,
    /// The sections they are bound to, as articles name them; none for the whole site.
    #[serde(default)]
    #[schema(example = json!(["Thể thao"]))]
    sections: Vec<String>,
}

/// A member of the paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberBody {
    /// Which member.
    id: ModeratorId,
    /// Where their mail goes, and what they sign in with.
    #[schema(example = "lan@bao.example")]
    email: String,
    /// Shown to colleagues.
    #[schema(example = "Lan")]
    name: String,
    /// What they may do.
    role: Role,
    /// What they are bound to; none for all sites.
    sites: Vec<BoundSite>,
    /// `invited` where they have not set a password yet, `active`, or `disabled`.
    #[schema(example = "active")]
    state: &'static str,
    /// Whether they sign in with a second step.
    second_step: bool,
    /// When one of their sessions was used last, within minutes.
    seen_at: Option<Instant>,
    /// When they are mailed about what waits.
    mail: MailBody,
}

impl MemberBody {
    fn new(entry: MemberEntry, by: &Administering) -> Self {
        let member = entry.member;
        let bound = |site: &crate::domain::SiteId| {
            let sections = member.sections.get(site);
            Some(BoundSite {
                site: by.site_key(*site)?.to_owned(),
                sections: sections.into_iter().flatten().cloned().collect(),
            })
        };
        Self {
            sites: member.sites.iter().filter_map(bound).collect(),
            id: member.id,
            role: member.role,
            state: match (member.disabled_at, entry.has_joined) {
                (Some(_), _) => "disabled",
                (None, true) => "active",
                (None, false) => "invited",
            },
            email: member.email,
            name: member.name,
            second_step: entry.has_second_factor,
            seen_at: entry.seen_at,
            mail: MailBody::from(&entry.habits),
        }
    }
}

/// The members.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberList {
    /// In the order they were added.
    members: Vec<MemberBody>,
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationRequest {
    /// Where the mail goes.
    #[schema(example = "lan@bao.example")]
    email: String,
    /// Shown to colleagues; they may change it.
    #[schema(example = "Lan")]
    name: String,
    /// What they may do.
    role: Role,
    /// What they are bound to; none for all sites.
    #[serde(default)]
    sites: Vec<BoundSite>,
}

/// What of a member is to be another; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberChangeRequest {
    /// What they may do.
    #[serde(default)]
    role: Option<Role>,
    /// What they are bound to, in place of what they were; none for all sites.
    #[serde(default)]
    sites: Option<Vec<BoundSite>>,
    /// When they are mailed about what waits, in place of what they chose. They may change it again.
    #[serde(default)]
    mail: Option<MailBody>,
}

fn bound(sites: Vec<BoundSite>) -> Bound {
    let pairs = sites.into_iter().map(|one| (one.site, one.sections));
    pairs.collect()
}

fn id(text: &str) -> Result<ModeratorId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}

/// List the members
///
/// For admins. One who is bound to sites sees those who are bound to no others.
#[utoipa::path(
    operation_id = "list_members",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The members", body = MemberList),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/members")]
pub async fn list(by: Administering) -> Result<HttpResponse, Problem> {
    let members = by.members().await?;
    let told = members.into_iter().map(|entry| MemberBody::new(entry, &by));
    Ok(private(&MemberList {
        members: told.collect(),
    }))
}

/// Invite somebody
///
/// They get a mail with a link that works once, for three days, and sets their password.
#[utoipa::path(
    operation_id = "invite_member",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    request_body = InvitationRequest,
    responses(
        (status = 201, description = "The member, who has not joined yet", body = MemberBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a page that is not the dashboard's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "There is no site yet, without which no mail is sent", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A field must be corrected, or the email is a member's", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/members")]
pub async fn invite(
    by: Administering,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let new: InvitationRequest =
        input::json_body(&request, payload, input::Ceiling::Content).await?;
    let entry = by
        .invite(Invitation {
            email: new.email,
            name: new.name,
            role: new.role,
            bound: bound(new.sites),
        })
        .await?;
    let told = MemberBody::new(entry, &by);
    Ok(HttpResponse::Created()
        .insert_header((actix_web::http::header::CACHE_CONTROL, "no-store"))
        .json(told))
}

/// Change a member's role, sites, sections, or when they are mailed
#[utoipa::path(
    operation_id = "change_member",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = ModeratorId, Path, description = "The member")),
    request_body = MemberChangeRequest,
    responses(
        (status = 200, description = "The member as they are now", body = MemberBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a page that is not the dashboard's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such member", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It would leave nobody who may administer everything", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A field must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[patch("/api/v1/moderation/members/{id}")]
pub async fn change(
    by: Administering,
    member: web::Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let wanted: MemberChangeRequest =
        input::json_body(&request, payload, input::Ceiling::Content).await?;
    let bound = wanted.sites.map(bound);
    let habits = wanted.mail.map(|mail| mail.read()).transpose()?;
    let member = id(&member)?;
    let mut entry = by.change(member, wanted.role, bound.as_ref()).await?;
    if let Some(habits) = habits {
        entry = by.set_mail_habits(member, habits).await?;
    }
    Ok(private(&MemberBody::new(entry, &by)))
}

/// Disable a member
///
/// Their sessions end, their tokens work no more, and they get no more mail, until they are enabled again.
#[utoipa::path(
    operation_id = "disable_member",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = ModeratorId, Path, description = "The member")),
    responses(
        (status = 200, description = "The member as they are now", body = MemberBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a page that is not the dashboard's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such member", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It would leave nobody who may administer everything", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/members/{id}/disable")]
pub async fn disable(
    by: Administering,
    member: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let entry = by.set_disabled(id(&member)?, true).await?;
    Ok(private(&MemberBody::new(entry, &by)))
}

/// Enable a member again
#[utoipa::path(
    operation_id = "enable_member",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = ModeratorId, Path, description = "The member")),
    responses(
        (status = 200, description = "The member as they are now", body = MemberBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a page that is not the dashboard's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such member", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/members/{id}/enable")]
pub async fn enable(by: Administering, member: web::Path<String>) -> Result<HttpResponse, Problem> {
    let entry = by.set_disabled(id(&member)?, false).await?;
    Ok(private(&MemberBody::new(entry, &by)))
}

/// Send an invitation again
#[utoipa::path(
    operation_id = "invite_member_again",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = ModeratorId, Path, description = "The member")),
    responses(
        (status = 204, description = "The mail is on its way"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a page that is not the dashboard's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such member", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "They have joined already, or are disabled", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "They were sent three mails within the last hour. Try again after `Retry-After` seconds", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/members/{id}/invitation")]
pub async fn invite_again(
    by: Administering,
    member: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    by.invite_again(id(&member)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
