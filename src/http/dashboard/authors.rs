//! Everything of one author. The email stands in the query, which no log has.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::bans;
use super::brief::{ROWS, briefs, choices, chosen, told};
use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{BanKind, CommentId, Instant};
use crate::http::door::AuthorFile;
use crate::http::input::Query;
use crate::http::page::{AuthorPage, AuthorView, BanForm, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::desk;

/// As many names as are shown.
const NAMES: usize = 20;

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let email = query.text("email").unwrap_or_default();
    let after: Option<CommentId> = query.read("after").unwrap_or_default();
    let now = clock::now();
    let mut page = AuthorPage {
        t: by.t,
        desk: by.desk(Place::Authors),
        now,
        sites: choices(&by),
        site,
        email,
        error: None,
        author: None,
    };
    if page.email.is_empty() {
        return Ok(desk(HttpResponse::Ok(), page.render()));
    }
    match by.author(&page.site, &page.email, after, ROWS + 1).await {
        Ok(file) => page.author = Some(view(file, &by, &page, after, now).await?),
        Err(problem) if problem.code == Code::InvalidFields => {
            let errors = told(&problem, by.t).into_iter();
            page.error = errors.map(|error| error.message).next();
            return Ok(desk(HttpResponse::UnprocessableEntity(), page.render()));
        }
        Err(problem) => return Err(problem),
    }
    Ok(desk(HttpResponse::Ok(), page.render()))
}

async fn view(
    file: AuthorFile,
    by: &SignedIn,
    page: &AuthorPage,
    after: Option<CommentId>,
    now: Instant,
) -> Result<AuthorView, Problem> {
    let AuthorFile {
        email_key,
        mut sheet,
        bans,
    } = file;
    let more = sheet.cards.len() > ROWS;
    sheet.cards.truncate(ROWS);
    let last = sheet.cards.last().filter(|_| more);
    let next = last.map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::from("/authors?"));
        let after = last.comment.id.to_string();
        query.extend_pairs([
            ("site", &page.site),
            ("email", &page.email),
            ("after", &after),
        ]);
        query.finish()
    });
    let is_banned = bans
        .iter()
        .any(|ban| ban.kind == BanKind::Email && ban.holds_at(now));
    let may_ban = by.editing(&page.site).is_ok();
    let cards = briefs(by, sheet.cards, sheet.decisions, now).await?;
    Ok(AuthorView {
        form: (may_ban && !is_banned).then(|| BanForm {
            kind: BanKind::Email,
            pattern: page.email.clone(),
            ..BanForm::empty(&page.site)
        }),
        may_lift: may_ban,
        cards,
        email_key,
        counts: sheet.counts,
        is_cut: sheet.is_cut,
        names: sheet.names.into_iter().take(NAMES).collect(),
        first_seen: sheet.first_seen,
        last_seen: sheet.last_seen,
        bans: bans
            .into_iter()
            .map(|ban| bans::view(ban, None, now))
            .collect(),
        next,
        is_first: after.is_none(),
    })
}
