//! The plain HTML form: a page from 2015, without JavaScript.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::door::{AtSite, Sender};
use super::page::{
    CommentForm, ConsentBox, FieldError as FieldView, FormProblemPage, FormThanksPage, Refusal,
};
use super::problem::{Code, FieldProblem, Problem};
use super::respond::{self, html, see_other};
use super::{input, language, multipart};
pub(super) use crate::intake::CommentFields;
use crate::intake::PostedForm;
use crate::messages::Messages;

/// The media type of a form whose fields are parts of a body.
pub(super) const IN_PARTS: &str = "multipart/form-data";

/// Takes a form in, on the same path as the JSON call. Errors come back as a page with everything typed in its place.
pub(super) async fn submit(
    at: &AtSite,
    request: &HttpRequest,
    body: Bytes,
    key: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let t = Messages::of(language::of(request.headers()));
    let fields = posted(at, request, body).await?;
    let taken = match fields.submission() {
        Ok(submission) => at.submit(&submission, key, Sender::Form).await,
        Err(error) => Err(Problem::fields(vec![error])),
    };
    let submitted = match taken {
        Ok(submitted) => submitted,
        Err(problem) if problem.code.keeps_what_was_typed() => {
            return Ok(again(at, t, fields, &problem));
        }
        Err(problem) => return Err(problem),
    };
    if let Some(mut back) = fields.return_to.as_deref().and_then(|to| at.way_back(to)) {
        back.query_pairs_mut()
            .append_pair("duyet", submitted.status.as_str());
        return Ok(see_other(back.as_str()));
    }
    let page = FormThanksPage {
        t,
        site_name: at.site.name.clone(),
        status: submitted.status,
        receipt_url: Some(at.receipt_url(&submitted.receipt)),
        return_to: at.way_back(&fields.article).map(String::from),
        suggestion: submitted.suggestion,
        will_be_told: at.site.settings.tell_decision && fields.wants_to_be_told(),
    };
    Ok(html(HttpResponse::Ok(), page.render()))
}

/// What was posted: the fields, what the address adds to them, and at last the page that the browser says it was sent from.
async fn posted(at: &AtSite, request: &HttpRequest, body: Bytes) -> Result<CommentFields, Problem> {
    let mut form = if input::media_type(request) == IN_PARTS {
        PostedForm {
            fields: multipart::fields(request, body).await?,
            ..PostedForm::default()
        }
    } else {
        PostedForm::urlencoded(&body)
    };
    let charset = input::charset(request);
    form.query = request.query_string().as_bytes();
    form.charset = charset.as_deref();
    let mut fields = CommentFields::read(&form);
    if fields.article.trim().is_empty()
        && let Some(page) = at.page_it_came_from(request)
    {
        fields.article = page;
    }
    Ok(fields)
}

/// The form with everything typed still in it, and what was wrong, or why it was not taken.
fn again(at: &AtSite, t: Messages, fields: CommentFields, problem: &Problem) -> HttpResponse {
    let told = problem
        .errors
        .iter()
        .map(|error| FieldProblem::told(error, t));
    let errors = told
        .map(|error| FieldView {
            field: error.field,
            message: error.message,
        })
        .collect();
    let tell = at.site.settings.tell_decision;
    let tell = tell.then(|| fields.wants_to_be_told());
    let page = FormProblemPage {
        t,
        site_name: at.site.name.clone(),
        article_title: fields.title.clone(),
        refusal: (problem.code != Code::InvalidFields).then(|| Refusal::of(t, problem.code.slug())),
        form: CommentForm {
            action: format!("/api/v1/sites/{}/comments", at.site.key),
            asks_article: problem.is_about("article.url"),
            article: fields.article,
            title: fields.title,
            return_to: fields.return_to,
            // What it was to answer may be gone; sent again, it is a comment of its own.
            parent: fields.parent.filter(|_| !problem.is_about("parent")),
            name: fields.name,
            email: fields.email,
            body: fields.body,
            consent: ConsentBox::of(&at.site, fields.consent.as_deref()),
            tell,
            suggestion: problem.suggestion.clone(),
            stamp: Some(at.stamp_again(fields.stamp.as_deref())),
            proof: fields.altcha,
            website: fields.website.unwrap_or_default(),
            errors,
            can_be_sent: problem.code != Code::ArticleClosed,
        },
    };
    // The page's form is sent to us and answered with a way back to the newspaper, which browsers take for part of it.
    let origins = at.site.origins.join(" ");
    respond::html_that_posts_to(respond::refused(problem), page.render(), &origins)
}
