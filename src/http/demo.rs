//! The demonstration: a newspaper's article that ends in the form, as the first newspaper's pages do.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;

use super::door::{AtSite, Bystander};
use super::input::Query;
use super::page::{
    CommentForm, ConsentBox, DemoArticle, DemoArticlePage, Notice, PublicCommentView,
};
use super::problem::Problem;
use super::reading::Asked;
use super::respond::newspaper;
use crate::domain::CommentId;
use crate::messages::Messages;
use crate::store::Published;

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
#[get("/demo/{site}/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html")]
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
    let comments = at.read(&url, whole).await?.comments;
    let page = DemoArticlePage {
        // A newspaper's page speaks the newspaper's language, whoever looks at it.
        t: Messages::of(at.site.locale),
        article: DemoArticle::sample(),
        comments: nested(comments.into_iter().map(|(_, row)| row).collect()),
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

/// Replies one level deep: what answers a reply stands beside it and says whom it answers.
fn nested(comments: Vec<Published>) -> Vec<PublicCommentView> {
    let mut roots: Vec<PublicCommentView> = Vec::new();
    // Where each comment stands: its root's place in `roots`, and its author, whom an answer names.
    let mut places: HashMap<CommentId, (usize, String)> = HashMap::new();
    for comment in comments {
        let parent = comment
            .parent
            .and_then(|parent| Some((parent, places.get(&parent)?.clone())));
        let mut view = PublicCommentView {
            id: comment.id.to_string(),
            name: comment.name.clone(),
            body: comment.body,
            created_at: comment.created_at,
            answers: None,
            replies: Vec::new(),
        };
        match parent {
            None => {
                places.insert(comment.id, (roots.len(), comment.name));
                roots.push(view);
            }
            Some((parent, (root, author))) => {
                let answers_reply = roots[root].id != parent.to_string();
                view.answers = answers_reply.then_some(author);
                places.insert(comment.id, (root, comment.name));
                roots[root].replies.push(view);
            }
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;
    use uuid::Uuid;

    fn comment(id: u128, parent: Option<u128>) -> Published {
        let id_of = |n| CommentId(Uuid::from_u128(n));
        Published {
            id: id_of(id),
            parent: parent.map(id_of),
            name: format!("n{id}"),
            body: String::new(),
            created_at: Instant::from_micros(0),
            edited_at: None,
            newsroom: false,
        }
    }

    #[test]
    fn replies_stand_one_level_deep() {
        let roots = nested(vec![
            comment(1, None),
            comment(2, Some(1)),
            comment(3, Some(2)),
            comment(4, Some(9)),
        ]);
        assert_eq!(roots.len(), 2);
        let answers: Vec<Option<&str>> = roots[0]
            .replies
            .iter()
            .map(|reply| reply.answers.as_deref())
            .collect();
        assert_eq!(answers, [None, Some("n2")]);
    }
}
