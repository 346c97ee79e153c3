//! The demonstration: a newspaper's article that ends in the form, as the first newspaper's pages do.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::door::{AtSite, Bystander};
use super::input::Query;
use super::page::{CommentForm, ConsentBox, DemoArticle, DemoArticlePage, Notice};
use super::problem::Problem;
use super::reading::{Asked, nested};
use super::respond::newspaper;
use crate::messages::Messages;

/// The demonstration's site.
pub const SITE: &str = "demo";
/// Where its article is.
pub const PATH: &str = "/demo/{site}/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html";

/// The address of the article.
#[must_use]
pub fn article_url(public_url: &str) -> String {
    format!("{public_url}{}", PATH.replace("{site}", SITE))
}

/// The article with its comments, as a newspaper's own server would put the page together.
pub async fn article(
    at: AtSite,
    bystander: Bystander,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let url = article_url(bystander.public_url());
    let notice = Query::of(&request)
        .text("duyet")
        .and_then(|value| Notice::from_query(&value));
    let whole = Asked::Flat {
        after: None,
        limit: usize::MAX,
    };
    let read = at.read(&url, whole).await?;
    let comments = read
        .page
        .as_ref()
        .map_or(&[][..], |page| page.comments.as_slice());
    let page = DemoArticlePage {
        // A newspaper's page speaks the newspaper's language, whoever looks at it.
        t: Messages::of(at.site.locale),
        article: DemoArticle::sample(),
        comments: nested(comments),
        form: Some(CommentForm {
            title: Some(DemoArticle::sample().title),
            consent: ConsentBox::of(&at.site, None),
            stamp: Some(at.stamp()),
            tell: at.site.settings.tell_decision.then_some(false),
            ..CommentForm::empty(&at.site.key, &url, &url)
        }),
        notice,
        site: at.site.key.clone(),
        url,
        queue_url: format!("{}/queue", bystander.dashboard_url()),
    };
    Ok(newspaper(page.render()))
}
