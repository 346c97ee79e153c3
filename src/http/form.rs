//! The plain HTML form: a page from 2015, without JavaScript.

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;
use utoipa::ToSchema;

use super::door::AtSite;
use super::input;
use super::page::{CommentForm, FieldError as FieldView, FormProblemPage, FormThanksPage};
use super::problem::{Code, FieldProblem, Problem};
use super::respond::{self, html, see_other};
use crate::intake::{ArticleField, FieldError, Submission};
use crate::messages::Messages;

/// The fields of the form. Others are let be: old pages send their own.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = CommentForm)]
pub struct CommentFields {
    /// The article's address.
    #[schema(
        example = "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"
    )]
    article: String,
    /// The article's title.
    title: Option<String>,
    /// The reader's name; also `ho_ten` or `hoten`.
    #[schema(example = "Nguyễn Văn A")]
    name: String,
    /// The reader's email address.
    #[schema(example = "nguyenvana@example.com")]
    email: String,
    /// The text; also `noi_dung` or `noidung`.
    #[schema(example = "Bài viết rất hay và bổ ích.")]
    body: String,
    /// The published comment it answers.
    parent: Option<String>,
    /// Where to go afterwards: a page of the site. `duyet=pending` is added to its query.
    #[serde(rename = "return")]
    return_to: Option<String>,
}

impl CommentFields {
    /// The first of each field's names that holds something counts.
    fn read(bytes: &[u8]) -> Self {
        let mut fields = Self::default();
        for (name, value) in input::pairs(bytes) {
            let required = match name.as_str() {
                "article" => &mut fields.article,
                "name" | "ho_ten" | "hoten" => &mut fields.name,
                "email" => &mut fields.email,
                "body" | "noi_dung" | "noidung" => &mut fields.body,
                "title" => fields.title.get_or_insert_default(),
                "parent" => fields.parent.get_or_insert_default(),
                "return" => fields.return_to.get_or_insert_default(),
                _ => continue,
            };
            if required.is_empty() {
                *required = value;
            }
        }
        let empty = |value: &String| value.trim().is_empty();
        fields.title = fields.title.filter(|value| !empty(value));
        fields.parent = fields.parent.filter(|value| !empty(value));
        fields.return_to = fields.return_to.filter(|value| !empty(value));
        fields
    }

    fn submission(&self) -> Result<Submission, Problem> {
        let parent = self.parent.as_deref().map(str::parse).transpose();
        Ok(Submission {
            article: ArticleField {
                url: self.article.clone(),
                title: self.title.clone(),
            },
            name: self.name.clone(),
            email: self.email.clone(),
            body: self.body.clone(),
            parent: parent.map_err(|_| Problem::field("parent", "parent-invalid"))?,
            consent: None,
            challenge: None,
        })
    }
}

/// Takes a form in, on the same path as the JSON call. Errors come back as a page with everything typed in its place.
pub(super) async fn submit(
    at: &AtSite,
    t: Messages,
    bytes: &[u8],
    key: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let fields = CommentFields::read(bytes);
    let taken = match fields.submission() {
        Ok(submission) => at.submit(&submission, key).await,
        Err(problem) => Err(problem),
    };
    let submitted = match taken {
        Ok(submitted) => submitted,
        Err(problem) if problem.code == Code::InvalidFields => {
            return Ok(again(at, t, fields, &problem.errors));
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
    };
    Ok(html(HttpResponse::Ok(), page.render()))
}

fn again(at: &AtSite, t: Messages, fields: CommentFields, errors: &[FieldError]) -> HttpResponse {
    let told = errors.iter().map(|error| FieldProblem::told(error, t));
    let errors = told
        .map(|error| FieldView {
            field: error.field,
            message: error.message,
        })
        .collect();
    let page = FormProblemPage {
        t,
        site_name: at.site.name.clone(),
        article_title: fields.title.clone(),
        form: CommentForm {
            action: format!("/api/v1/sites/{}/comments", at.site.key),
            article: fields.article,
            title: fields.title,
            return_to: fields.return_to,
            parent: fields.parent,
            name: fields.name,
            email: fields.email,
            body: fields.body,
            errors,
        },
    };
    // The page's form is sent to us and answered with a way back to the newspaper, which browsers take for part of it.
    let origins = at.site.origins.join(" ");
    respond::html_that_posts_to(HttpResponse::UnprocessableEntity(), page.render(), &origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_field_names_and_strange_fields_do_no_harm() {
        let fields = CommentFields::read(b"ho_ten=Nguy%E1%BB%85n+V%C4%83n+A&email=a%40bao.vn&noidung=Hay&x=1&article=u&return=&name=B");
        assert_eq!(
            (fields.name.as_str(), fields.body.as_str()),
            ("Nguyễn Văn A", "Hay")
        );
        assert_eq!(fields.return_to, None);
    }
}
