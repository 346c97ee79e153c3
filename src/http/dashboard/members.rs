//! The members of the paper, for admins.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::signed_in::{Form, SignedIn};
use super::told;
use crate::clock;
use crate::domain::{ModeratorId, Role};
use crate::http::door::{Administering, Bound, Invitation};
use crate::http::input::{Ceiling, Query};
use crate::http::page::{
    FieldError, MemberForm, MemberPage, MemberRow, MembersPage, Place, SiteBinding,
};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{html, see_other};
use crate::messages::Messages;
use crate::store::MemberEntry;

fn id(text: &str) -> Result<ModeratorId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}

/// What a member is bound to, by the keys of those sites that the admin knows.
fn bound_of(entry: &MemberEntry, admin: &Administering) -> Bound {
    let keyed = |site: &crate::domain::SiteId| {
        let key = admin.site_key(*site)?.to_owned();
        let sections = entry.member.sections.get(site);
        Some((key, sections.into_iter().flatten().cloned().collect()))
    };
    entry.member.sites.iter().filter_map(keyed).collect()
}

fn row(entry: &MemberEntry, admin: &Administering) -> MemberRow {
    let names = admin.sites();
    let line = |(key, sections): (String, Vec<String>)| {
        let name = names.iter().find(|(is, _)| *is == key);
        let name = name.map_or(key.clone(), |(_, name)| name.clone());
        if sections.is_empty() {
            name
        } else {
            format!("{name}: {}", sections.join(", "))
        }
    };
    MemberRow {
        id: entry.member.id.to_string(),
        name: entry.member.name.clone(),
        email: entry.member.email.clone(),
        role: entry.member.role,
        bound: bound_of(entry, admin).into_iter().map(line).collect(),
        state: match (entry.member.disabled_at, entry.has_joined) {
            (Some(_), _) => "disabled",
            (None, true) => "active",
            (None, false) => "invited",
        },
        has_second_step: entry.has_second_factor,
        seen: entry.seen_at,
    }
}

async fn form(admin: &Administering, role: Role, bound: &Bound) -> Result<MemberForm, Problem> {
    let mut sites = Vec::new();
    for site in admin.own_sites() {
        let here = bound.iter().find(|(key, _)| *key == site.key);
        sites.push(SiteBinding {
            is_bound: here.is_some(),
            sections: here.map_or(String::new(), |(_, sections)| sections.join("\n")),
            known: admin.sections(site.id).await?,
            key: site.key.clone(),
            name: site.name.clone(),
        });
    }
    Ok(MemberForm { role, sites })
}

/// That no article of late stands in sections that a member is bound to, so that nothing comes to them from there.
async fn warning(
    entry: &MemberEntry,
    admin: &Administering,
    t: Messages,
) -> Result<Option<String>, Problem> {
    let mut empty = Vec::new();
    for site in admin.own_sites() {
        let Some(bound) = entry.member.sections.get(&site.id) else {
            continue;
        };
        let known = admin.sections(site.id).await?;
        let missing = bound.iter().filter(|name| !known.contains(name));
        empty.extend(missing.map(|name| format!("“{name}” ({})", site.name)));
    }
    if empty.is_empty() {
        return Ok(None);
    }
    let values = [
        ("name", entry.member.name.as_str().into()),
        ("sections", empty.join(", ").into()),
    ];
    Ok(Some(t.with("members-empty-sections", &values)))
}

/// What a form says of role, sites and sections. Who names sections of a site means that site, ticked or not.
fn read(form: &Form, admin: &Administering) -> Result<(Role, Bound), Problem> {
    let sections = |key: &str| -> Vec<String> {
        let lines = form.text(&format!("sections:{key}")).lines();
        let lines = lines.map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let ticked: Vec<String> = form.all("site").map(str::to_owned).collect();
    let own = admin.sites().into_iter().map(|(key, _)| key);
    let named = own.filter(|key| !ticked.contains(key) && !sections(key).is_empty());
    let named: Vec<String> = named.collect();
    let keys = ticked.into_iter().chain(named);
    let bound = keys.map(|key| (key.clone(), sections(&key))).collect();
    Ok((form.field("role")?, bound))
}

fn notice(request: &HttpRequest, t: Messages) -> Option<String> {
    let done = Query::of(request).text("done")?;
    let known = ["invited", "saved", "disabled", "enabled"].contains(&done.as_str());
    known.then(|| t.get(&format!("members-done-{done}")))
}

fn status(errors: &[FieldError]) -> actix_web::HttpResponseBuilder {
    if errors.is_empty() {
        HttpResponse::Ok()
    } else {
        HttpResponse::UnprocessableEntity()
    }
}

/// The list.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let admin = by.administering()?;
    let invited: Option<ModeratorId> = Query::of(&request).read("member").unwrap_or_default();
    let warning = match invited {
        Some(id) => warning(&admin.member(id).await?, &admin, by.t).await?,
        None => None,
    };
    let page = MembersPage {
        t: by.t,
        desk: by.desk(Place::Members),
        now: clock::now(),
        members: rows(&admin).await?,
        email: String::new(),
        name: String::new(),
        form: form(&admin, Role::Moderator, &Bound::new()).await?,
        notice: notice(&request, by.t),
        warning,
        errors: Vec::new(),
    };
    Ok(html(HttpResponse::Ok(), page.render()))
}

async fn rows(admin: &Administering) -> Result<Vec<MemberRow>, Problem> {
    let members = admin.members().await?;
    Ok(members.iter().map(|entry| row(entry, admin)).collect())
}

/// Invites somebody.
pub async fn invite(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let admin = by.administering()?;
    let sent = by.form_of(payload, Ceiling::Content).await?;
    let (role, bound) = read(&sent, &admin)?;
    let new = Invitation {
        email: sent.text("email").to_owned(),
        name: sent.text("name").to_owned(),
        role,
        bound: bound.clone(),
    };
    match admin.invite(new).await {
        Ok(entry) => {
            let id = entry.member.id;
            Ok(see_other(&format!("/members?done=invited&member={id}")))
        }
        Err(problem) if problem.code == Code::InvalidFields => {
            let errors = told(&problem, by.t);
            let page = MembersPage {
                t: by.t,
                desk: by.desk(Place::Members),
                now: clock::now(),
                members: rows(&admin).await?,
                email: sent.text("email").to_owned(),
                name: sent.text("name").to_owned(),
                form: form(&admin, role, &bound).await?,
                notice: None,
                warning: None,
                errors,
            };
            Ok(html(status(&page.errors), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

async fn member_page(
    by: &SignedIn,
    admin: &Administering,
    entry: &MemberEntry,
    form: MemberForm,
    notice: Option<String>,
    errors: Vec<FieldError>,
) -> Result<HttpResponse, Problem> {
    let page = MemberPage {
        t: by.t,
        desk: by.desk(Place::Members),
        now: clock::now(),
        member: row(entry, admin),
        form,
        notice,
        warning: warning(entry, admin, by.t).await?,
        errors,
    };
    Ok(html(status(&page.errors), page.render()))
}

/// One member.
pub async fn show_one(
    by: SignedIn,
    member: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let admin = by.administering()?;
    let entry = admin.member(id(&member)?).await?;
    let form = form(&admin, entry.member.role, &bound_of(&entry, &admin)).await?;
    let notice = notice(&request, by.t);
    member_page(&by, &admin, &entry, form, notice, Vec::new()).await
}

/// Another role, other sites or sections.
pub async fn change(
    by: SignedIn,
    member: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let admin = by.administering()?;
    let sent = by.form_of(payload, Ceiling::Content).await?;
    let (role, bound) = read(&sent, &admin)?;
    let id = id(&member)?;
    match admin.change(id, Some(role), Some(&bound)).await {
        Ok(_) => Ok(see_other(&format!("/members/{id}?done=saved"))),
        Err(problem) if problem.code == Code::InvalidFields => {
            let (entry, errors) = (admin.member(id).await?, told(&problem, by.t));
            let form = form(&admin, role, &bound).await?;
            member_page(&by, &admin, &entry, form, None, errors).await
        }
        Err(problem) => Err(problem),
    }
}

async fn set_disabled(
    by: &SignedIn,
    member: &str,
    payload: Payload,
    disabled: bool,
) -> Result<HttpResponse, Problem> {
    let admin = by.administering()?;
    by.form(payload).await?;
    let id = id(member)?;
    admin.set_disabled(id, disabled).await?;
    let done = if disabled { "disabled" } else { "enabled" };
    Ok(see_other(&format!("/members/{id}?done={done}")))
}

/// Lets a member in no more.
pub async fn disable(
    by: SignedIn,
    member: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    set_disabled(&by, &member, payload, true).await
}

/// Lets a member in again.
pub async fn enable(
    by: SignedIn,
    member: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    set_disabled(&by, &member, payload, false).await
}

/// Sends an invitation again.
pub async fn invite_again(
    by: SignedIn,
    member: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let admin = by.administering()?;
    by.form(payload).await?;
    let id = id(&member)?;
    admin.invite_again(id).await?;
    Ok(see_other(&format!("/members/{id}?done=invited")))
}
