//! A reader's own comment, by its receipt: as JSON for the widget, as a page for the link in a thank-you.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, delete, get, patch, web};
use askama::Template;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::Holder;
use super::input;
use super::language::Language;
use super::page::{EditForm, ReceiptNotice, ReceiptPage, Unsaved};
use super::problem::{FieldProblem, Problem, ProblemBody};
use super::respond::{html, noindex, private, refused, see_other};
use crate::domain::{ArticleId, CommentId, Instant, Reason, Status};
use crate::messages::Messages;

/// A reader's own comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnComment {
    /// Identifies it.
    id: CommentId,
    /// Where it stands; what was put with the spam reads `rejected`.
    status: Status,
    /// The name as typed.
    name: String,
    /// The text as stored.
    body: String,
    /// The article's address.
    article: String,
    /// Identifies the article, whatever its address is by now.
    article_id: ArticleId,
    /// Grows by one with each change.
    revision: i32,
    /// When it was sent.
    created_at: Instant,
    /// When its author changed it last.
    edited_at: Option<Instant>,
    /// Until when its text may be changed; null where it may not any more.
    editable_until: Option<Instant>,
    /// When its status was decided last.
    decided_at: Option<Instant>,
    /// Why it was rejected, where the newsroom shares that.
    reason: Option<Reason>,
    /// The same in words, in the language of `Accept-Language`.
    #[schema(example = "Không đúng nội dung bài")]
    reason_text: Option<String>,
}

/// Another text for one's own comment. Name and email stay as they are: another name is another author.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRequest {
    /// The text: 1 to 5000 characters, plain text.
    #[schema(example = "Bài viết rất hay và bổ ích. Cảm ơn toà soạn!")]
    body: String,
    /// The revision that was on the screen: then nothing is changed that was decided or edited meanwhile.
    #[serde(default)]
    #[schema(example = 1)]
    revision: Option<i32>,
}

/// Whoever writes spam learns from a receipt only that it is not published.
fn told(status: Status) -> Status {
    if status == Status::Spam {
        Status::Rejected
    } else {
        status
    }
}

async fn own(holder: &Holder, t: Messages) -> Result<OwnComment, Problem> {
    let (comment, article, reason) = holder.comment().await?;
    Ok(OwnComment {
        editable_until: holder.editable_until(&comment).await?,
        reason,
        reason_text: reason.map(|reason| t.reason(reason)),
        id: comment.id,
        status: told(comment.status),
        name: comment.name,
        body: comment.body,
        article: article.url,
        article_id: article.id,
        revision: comment.revision,
        created_at: comment.created_at,
        edited_at: comment.edited_at,
        decided_at: comment.decided_at,
    })
}

/// Look up one's own comment
#[utoipa::path(
    operation_id = "show_receipt",
    tag = "Readers",
    params(("token" = String, Path, description = "The receipt")),
    responses(
        (status = 200, description = "The comment", body = OwnComment),
        (status = 404, description = "Not a receipt of ours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/{token}")]
pub async fn show(holder: Holder, language: Language) -> Result<HttpResponse, Problem> {
    Ok(noindex(private(&own(&holder, language.0).await?)))
}

/// Edit one's own comment
///
/// Within the time that the site sets (`editable_until`). The new text is judged anew and waits for a moderator like a new
/// comment; what was published is taken down until then. The same text again changes nothing.
#[utoipa::path(
    operation_id = "edit_comment",
    tag = "Readers",
    params(("token" = String, Path, description = "The receipt")),
    request_body = EditRequest,
    responses(
        (status = 200, description = "The comment as it is now", body = OwnComment),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Not a receipt of ours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`edit-over`: the time is over; `edit-settled`: it was not published, or withdrawn; `edit-changed`: it has another revision", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 128 KiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many comments and edits from this network address; try again after `Retry-After` seconds", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[patch("/{token}")]
pub async fn edit(
    holder: Holder,
    language: Language,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let asked: EditRequest = input::json_body(&request, payload, input::Ceiling::Content).await?;
    holder.edit(&asked.body, asked.revision).await?;
    Ok(noindex(private(&own(&holder, language.0).await?)))
}

/// Withdraw one's own comment
#[utoipa::path(
    operation_id = "withdraw",
    tag = "Readers",
    params(("token" = String, Path, description = "The receipt")),
    responses(
        (status = 200, description = "Withdrawn; it is public no more", body = OwnComment),
        (status = 404, description = "Not a receipt of ours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It was not published, so there is nothing to withdraw", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/{token}")]
pub async fn withdraw(holder: Holder, language: Language) -> Result<HttpResponse, Problem> {
    holder.withdraw().await?;
    Ok(noindex(private(&own(&holder, language.0).await?)))
}

/// The page, after what was done there a moment ago.
async fn page(
    holder: &Holder,
    t: Messages,
    token: &str,
    notice: Option<ReceiptNotice>,
) -> Result<ReceiptPage, Problem> {
    let (comment, article, reason) = holder.comment().await?;
    let withdrawable = matches!(comment.status, Status::Pending | Status::Approved);
    let until = holder.editable_until(&comment).await?;
    Ok(ReceiptPage {
        t,
        site_name: holder.site_name().await?,
        status: told(comment.status),
        name: comment.name,
        article_url: article.url,
        sent_at: comment.created_at,
        edited_at: comment.edited_at,
        decided_at: comment.decided_at,
        reason: reason.map(|reason| t.reason(reason)),
        withdraw_action: withdrawable.then(|| format!("/receipts/{token}")),
        unsaved: None,
        editing: until.map(|until| EditForm {
            action: format!("/receipts/{token}/edit"),
            revision: comment.revision,
            until,
            body: comment.body.clone(),
            error: None,
        }),
        body: comment.body,
        // A link says what it likes; the comment says what was done.
        notice: notice.filter(|notice| match notice {
            ReceiptNotice::Withdrawn => comment.status == Status::Withdrawn,
            ReceiptNotice::Edited => {
                comment.edited_at.is_some() && comment.status == Status::Pending
            }
            ReceiptNotice::Same => until.is_some(),
        }),
    })
}

fn answer(status: HttpResponseBuilder, page: &ReceiptPage) -> HttpResponse {
    noindex(html(status, page.render()))
}

/// The page behind the link.
pub async fn show_page(
    holder: Holder,
    language: Language,
    token: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = ReceiptNotice::of_query(request.query_string());
    let page = page(&holder, language.0, &token, notice).await?;
    Ok(answer(HttpResponse::Ok(), &page))
}

/// From a form to the page, so that reloading it sends nothing again and its address can be kept.
fn back(token: &str, notice: ReceiptNotice) -> HttpResponse {
    see_other(&format!("/receipts/{token}?{}", notice.query()))
}

/// The page's button.
pub async fn withdraw_by_form(
    holder: Holder,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    holder.withdraw().await?;
    Ok(back(&token, ReceiptNotice::Withdrawn))
}

/// Where the browser stands while something in the form is wrong: who comes back there later is led to the page.
pub async fn leave_form(_holder: Holder, token: web::Path<String>) -> HttpResponse {
    see_other(&format!("/receipts/{token}"))
}

/// The page's form. What is wrong with the text comes back with the text.
pub async fn edit_by_form(
    holder: Holder,
    language: Language,
    token: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let fields = input::pairs(&input::body(payload, input::Ceiling::Content).await?);
    let text = |name: &str| {
        let found = fields.iter().find(|(is, _)| is == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let seen = text("revision").parse().ok();
    let problem = match holder.edit(text("body"), seen).await {
        Ok(true) => return Ok(back(&token, ReceiptNotice::Edited)),
        Ok(false) => return Ok(back(&token, ReceiptNotice::Same)),
        Err(problem) if problem.code.keeps_what_was_typed() => problem,
        Err(problem) => return Err(problem),
    };
    let mut page = page(&holder, language.0, &token, None).await?;
    let (error, body) = (why(&problem, language.0), text("body").to_owned());
    if let Some(form) = &mut page.editing {
        (form.error, form.body) = (Some(error), body);
    } else {
        page.unsaved = Some(Unsaved { body, error });
    }
    Ok(answer(refused(&problem), &page))
}

/// What was wrong with an edit, in words.
fn why(problem: &Problem, t: Messages) -> String {
    if problem.errors.is_empty() {
        let slug = problem.code.slug();
        let [title, detail] = ["", "-detail"].map(|end| t.get(&format!("problem-{slug}{end}")));
        return format!("{title}. {detail}");
    }
    let told = problem.errors.iter();
    let told = told.map(|error| FieldProblem::told(error, t).message);
    told.collect::<Vec<_>>().join(" ")
}
