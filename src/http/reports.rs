//! Readers report published comments: from the newspaper's pages by a call, and by a page of ours that needs no script.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, post, web};
use askama::Template;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::AtSite;
use super::input::{self, Query};
use super::language::{self, Language};
use super::page::{FieldError as FieldView, Refusal, ReportPage, ReportThanksPage};
use super::problem::{Code, FieldProblem, Problem, ProblemBody};
use super::respond::{html, html_that_posts_to, noindex, refused, see_other};
use crate::domain::{Article, Comment, CommentId, ReportReason};
use crate::intake::{CheckedReport, ReportFields};
use crate::messages::Messages;

/// A report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Why.
    reason: ReportReason,
    /// What moderators should know besides: 500 characters at the most.
    #[serde(default)]
    #[schema(example = "Ý kiến này nêu số nhà của gia đình tôi.")]
    note: Option<String>,
}

/// A report was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportTaken {}

/// Report a published comment
///
/// It stays public until a moderator decides. One report of a comment counts from one network address and day; a repeat is
/// answered alike and changes nothing. 20 reports an hour are taken from an address, and 20
/// urgent ones (`unlawful`, `personal_data`).
/// A plain HTML form posts to the same address: see the second media type.
#[utoipa::path(
    operation_id = "report_comment",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("id" = CommentId, Path, description = "The comment"),
    ),
    request_body(content(
        (ReportRequest = "application/json"),
        (ReportFields = "application/x-www-form-urlencoded"),
    )),
    responses(
        (status = 202, description = "Taken", body = ReportTaken),
        (status = 303, description = "A form was taken: back to its `return` address"),
        (status = 200, description = "A form was taken and named no way back: a page of thanks", content_type = "text/html"),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "A bearer token that is none; no reader needs one", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The page is not the site's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site, or no such comment is public", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 16 KiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Neither JSON nor a form", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many reports; try again after `Retry-After` seconds", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/comments/{id}/reports")]
pub async fn report(
    at: AtSite,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let id = comment_of(&request)?;
    let bytes = input::body(payload, input::Ceiling::Form).await?;
    match input::media_type(&request).as_str() {
        "application/json" => {
            let asked: ReportRequest = input::json(&bytes)?;
            let note = asked.note.unwrap_or_default();
            let checked = CheckedReport::new(asked.reason, &note);
            let checked = checked.map_err(|error| Problem::fields(vec![error]))?;
            at.report(id, checked).await?;
            Ok(HttpResponse::Accepted().json(ReportTaken {}))
        }
        "application/x-www-form-urlencoded" => {
            let t = Messages::of(language::of(request.headers()));
            by_form(&at, t, id, &ReportFields::read(&bytes)).await
        }
        _ => Err(Problem::new(Code::UnsupportedMediaType)),
    }
}

fn comment_of(request: &HttpRequest) -> Result<CommentId, Problem> {
    let id = request.match_info().get("id").unwrap_or_default();
    id.parse().map_err(|_| Problem::new(Code::NotFound))
}

/// The page that reports a comment, for readers without a script.
pub async fn show(
    at: AtSite,
    language: Language,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = path.1.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let about = at.reportable(id).await?;
    let fields = ReportFields {
        return_to: Query::of(&request).text("return"),
        ..ReportFields::default()
    };
    let page = page(&at, language.0, about, fields, None);
    let origins = at.site.origins.join(" ");
    Ok(noindex(html_that_posts_to(
        HttpResponse::Ok(),
        page.render(),
        &origins,
    )))
}

/// Takes a form. Errors come back as the page with everything typed in its place.
async fn by_form(
    at: &AtSite,
    t: Messages,
    id: CommentId,
    fields: &ReportFields,
) -> Result<HttpResponse, Problem> {
    let about = at.reportable(id).await?;
    let taken = match fields.check() {
        Ok(checked) => at.report(id, checked).await,
        Err(wrong) => Err(Problem::fields(wrong)),
    };
    match taken {
        Ok(()) => Ok(thanks(at, t, &about, fields)),
        Err(problem) if problem.code.keeps_what_was_typed() => {
            let page = page(at, t, about, fields.clone(), Some(&problem));
            let origins = at.site.origins.join(" ");
            let page = html_that_posts_to(refused(&problem), page.render(), &origins);
            Ok(noindex(page))
        }
        Err(problem) => Err(problem),
    }
}

fn thanks(
    at: &AtSite,
    t: Messages,
    (comment, article): &(Comment, Article),
    fields: &ReportFields,
) -> HttpResponse {
    if let Some(mut back) = fields.return_to.as_deref().and_then(|to| at.way_back(to)) {
        back.query_pairs_mut().append_pair("duyet", "reported");
        return see_other(back.as_str());
    }
    let page = ReportThanksPage {
        t,
        site_name: at.site.name.clone(),
        back: permalink(article, comment),
    };
    noindex(html(HttpResponse::Ok(), page.render()))
}

/// Where the comment stands under its article.
fn permalink(article: &Article, comment: &Comment) -> String {
    format!("{}#duyet-{}", article.url, comment.id)
}

fn page(
    at: &AtSite,
    t: Messages,
    (comment, article): (Comment, Article),
    fields: ReportFields,
    problem: Option<&Problem>,
) -> ReportPage {
    let told = problem.into_iter().flat_map(|problem| &problem.errors);
    let errors = told.map(|error| FieldProblem::told(error, t));
    let errors = errors.map(|error| FieldView {
        field: error.field,
        message: error.message,
    });
    ReportPage {
        t,
        site_name: at.site.name.clone(),
        action: format!(
            "/api/v1/sites/{}/comments/{}/reports",
            at.site.key, comment.id
        ),
        back: permalink(&article, &comment),
        article_url: article.url,
        name: comment.name,
        body: comment.body,
        reason: fields.reason.parse().ok(),
        note: fields.note,
        return_to: fields.return_to,
        refusal: problem
            .filter(|problem| problem.code != Code::InvalidFields)
            .map(|problem| Refusal::of(t, problem.code.slug())),
        errors: errors.collect(),
    }
}
