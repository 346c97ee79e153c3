//! Whose comments are not wanted.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::{ROWS, choices, chosen, told};
use super::signed_in::{Form, SignedIn};
use crate::clock;
use crate::domain::{Ban, BanId, BanKind, Instant};
use crate::http::door::NewBan;
use crate::http::input::Query;
use crate::http::page::{BanForm, BanNotice, BanTerm, BanView, BansPage, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::store::{BanFilter, Caught};

/// A ban as a list shows it.
pub(super) fn view(ban: Ban, caught: Option<Caught>, now: Instant) -> BanView {
    BanView {
        in_force: ban.holds_at(now),
        id: ban.id,
        kind: ban.kind,
        pattern: ban.pattern,
        reason: ban.reason,
        created_by: ban.created_by,
        created_at: ban.created_at,
        expires_at: ban.expires_at,
        lifted: ban.lifted_by.zip(ban.lifted_at),
        caught: caught.map(|caught| caught.count),
        last: caught.and_then(|caught| caught.last.zip(caught.at)),
    }
}

async fn page(
    by: &SignedIn,
    form: BanForm,
    notice: Option<BanNotice>,
    after: Option<BanId>,
) -> Result<BansPage, Problem> {
    let now = clock::now();
    let filter = BanFilter {
        after,
        limit: Some(i64::try_from(ROWS + 1).unwrap_or(i64::MAX)),
        ..BanFilter::default()
    };
    let mut bans = by.bans(&form.site, filter).await?;
    let more = bans.len() > ROWS;
    bans.truncate(ROWS);
    let last = bans.last().filter(|_| more);
    let next = last.map(|(ban, _)| {
        let after = ban.id.to_string();
        BansPage::address(&form.site, &[("after", &after)])
    });
    let bans = bans.into_iter();
    Ok(BansPage {
        t: by.t,
        desk: by.desk(Place::Bans),
        now,
        sites: choices(by),
        may_ban: by.editing(&form.site).is_ok(),
        bans: bans
            .map(|(ban, caught)| view(ban, Some(caught), now))
            .collect(),
        form,
        notice,
        next,
        is_first: after.is_none(),
    })
}

/// What came of the last move, by the address that it led to.
async fn notice(
    by: &SignedIn,
    site: &str,
    query: &mut Query,
) -> Result<Option<BanNotice>, Problem> {
    let id: Option<BanId> = query.read("id").unwrap_or_default();
    let mut number = |name: &str| query.read(name).unwrap_or_default().unwrap_or(0);
    let (count, left) = (number("count"), number("left"));
    let batch = query.read("batch").unwrap_or_default();
    Ok(match (query.text("notice").as_deref(), id, batch) {
        (Some("banned"), Some(id), _) => {
            let waiting = by.editing(site)?.count_waiting(id).await?;
            Some(BanNotice::Made { id, waiting })
        }
        (Some("lifted"), ..) => Some(BanNotice::Lifted),
        (Some("rejected"), Some(id), Some(batch)) => Some(BanNotice::Rejected {
            id,
            count,
            left,
            batch,
        }),
        (Some("undone"), ..) => Some(BanNotice::Undone(count)),
        (Some("nothing"), ..) => Some(BanNotice::NothingWaits),
        _ => None,
    })
}

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let notice = notice(&by, &site, &mut query).await?;
    let after = query.read("after").unwrap_or_default();
    let form = BanForm {
        kind: query
            .read("kind")
            .unwrap_or_default()
            .unwrap_or(BanKind::Email),
        pattern: query.text("pattern").unwrap_or_default(),
        ..BanForm::empty(&site)
    };
    let page = page(&by, form, notice, after).await?;
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The page's form, and that of an author.
pub async fn make(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let fields = by.form(payload).await?;
    let (kind, term): (BanKind, BanTerm) = (fields.field("kind")?, fields.field("term")?);
    let mut form = BanForm {
        site: fields.text("site").to_owned(),
        kind,
        pattern: fields.text("pattern").to_owned(),
        reason: fields.text("reason").to_owned(),
        term,
        errors: Vec::new(),
    };
    let new = NewBan {
        kind,
        pattern: form.pattern.clone(),
        reason: form.reason.clone(),
        expires_at: term.end(clock::now()),
    };
    match by.editing(&form.site)?.ban(new).await {
        Ok((ban, _)) => {
            let id = ban.id.to_string();
            Ok(back(&form.site, &[("notice", "banned"), ("id", &id)]))
        }
        Err(problem) if problem.code == Code::InvalidFields => {
            form.errors = told(&problem, by.t);
            let page = page(&by, form, None, None).await?;
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

fn back(site: &str, more: &[(&str, &str)]) -> HttpResponse {
    see_other(&BansPage::address(site, more))
}

fn id(path: &str) -> Result<BanId, Problem> {
    path.parse().map_err(|_| Problem::new(Code::NotFound))
}

/// A ban's button.
pub async fn lift(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form: Form = by.form(payload).await?;
    let site = form.text("site");
    by.editing(site)?.lift(id(&path)?).await?;
    Ok(back(site, &[("notice", "lifted")]))
}

/// The notice's button.
pub async fn reject_waiting(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form: Form = by.form(payload).await?;
    let site = form.text("site");
    let done = by.editing(site)?.reject_waiting(id(&path)?, None).await?;
    let Some(batch) = done.batch else {
        return Ok(back(site, &[("notice", "nothing")]));
    };
    let (count, left, batch) = (
        done.rejected.to_string(),
        done.left.to_string(),
        batch.to_string(),
    );
    let told = [
        ("notice", "rejected"),
        ("id", &path),
        ("count", &count),
        ("left", &left),
        ("batch", &batch),
    ];
    Ok(back(site, &told))
}
