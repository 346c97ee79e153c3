//! A submission as it arrives, and as it is once everything in it was found well.

use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::consent::agreed;
use super::{ArticleUrl, Body, ConsentAnswer, Email, EmailPolicy, FieldError, Fields, Name};
use crate::domain::{CommentId, Site};
use crate::text::one_line;

/// As long as the solution of a challenge may be, in characters, as the field says below. Ours have some 900.
pub(super) const MAX_PROOF: usize = 4096;

/// A comment as a reader sends it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewComment, example = json!({
    "article": {"url": "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"},
    "name": "Nguyễn Văn A",
    "email": "nguyenvana@example.com",
    "body": "Bài viết rất hay và bổ ích. Cảm ơn toà soạn!",
}))]
pub struct Submission {
    /// The article it is about.
    #[serde(default)]
    #[schema(required)]
    #[validate(nested)]
    pub article: ArticleField,
    /// The reader's name: 1 to 80 characters of any script.
    // What is left out is told like what is left empty, together with all else that is wrong.
    #[serde(default)]
    #[schema(required, example = "Nguyễn Văn A")]
    pub name: String,
    /// The reader's email address; never shown to the public.
    #[serde(default)]
    #[schema(required, example = "nguyenvana@example.com")]
    pub email: String,
    /// The text: 1 to 5000 characters, plain text.
    #[serde(default)]
    #[schema(required, example = "Bài viết rất hay và bổ ích. Cảm ơn toà soạn!")]
    pub body: String,
    /// The published comment it answers.
    #[serde(default)]
    pub parent: Option<CommentId>,
    /// Whether the reader ticked the site's consent box: `true`, or the version of the text that stood beside it. Needed where
    /// the site asks for it.
    #[serde(default)]
    pub consent: Option<ConsentAnswer>,
    /// Whether the reader ticked the box that asks for a mail when the comment is decided. Left alone where the site offers none.
    /// An address that has not confirmed is mailed nothing but one question.
    #[serde(default)]
    pub tell: bool,
    /// The solution of a challenge of `GET …/challenge`, in ALTCHA's format (base64). Needed only where an answer of 422 asks for
    /// it. A page whose browser cannot do the work, since it came without a secure connection, says `unable`: its comment is
    /// taken in like a plain form's without a proof.
    #[serde(default)]
    #[validate(length(max = 4096, code = "field-type"))]
    pub challenge: Option<String>,
    /// The stamp that was given out when the form was opened, where the page has asked for one then.
    #[serde(default)]
    pub stamp: Option<String>,
    /// Leave it out: people do not see this field, and what fills it in is probably a program.
    #[serde(default)]
    pub website: Option<String>,
}

/// The article a comment is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleField {
    /// Its address, on one of the site's origins.
    #[serde(default)]
    #[schema(
        required,
        example = "https://bao.example/xay-dung-dang/dang-bo-van-phong.html"
    )]
    pub url: String,
    /// Its title as the page shows it.
    #[serde(default)]
    #[validate(length(max = 500, code = "article-title"))]
    pub title: Option<String>,
}

impl Submission {
    /// Whether it comes from a browser that has no means to do the work.
    #[must_use]
    pub fn cannot_work(&self) -> bool {
        self.challenge.as_deref() == Some("unable")
    }
}

/// A submission in which everything is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The article's canonical address.
    pub article: ArticleUrl,
    /// The article's title on one line, where one was given.
    pub title: Option<String>,
    /// The reader's name.
    pub name: Name,
    /// The reader's email.
    pub email: Email,
    /// The text.
    pub body: Body,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The version of the text that the reader agreed to, where the site asks for it.
    pub consent: Option<String>,
    /// Whether the reader wants to be told of the decision, and the site does so.
    pub tell: bool,
}

/// Checks everything, so that the reader hears of all that is wrong at once. Addresses are taken as far as the policy goes.
pub fn check(
    submission: &Submission,
    site: &Site,
    emails: EmailPolicy,
) -> Result<Checked, Vec<FieldError>> {
    let mut wrong = Fields::default();
    sieve(submission, &mut wrong);
    let article = wrong.take(ArticleUrl::parse(&submission.article.url, site));
    let name = wrong.take(Name::parse(&submission.name));
    let email = wrong.take(Email::parse_with(&submission.email, emails));
    let body = wrong.take(Body::parse(&submission.body));
    let consent = site.settings.consent.as_ref().and_then(|asked| {
        let version = wrong.take(agreed(asked, submission.consent.as_ref()))?;
        Some(version.to_owned())
    });
    let errors = wrong.into_errors();
    match (article, name, email, body) {
        (Some(article), Some(name), Some(email), Some(body)) if errors.is_empty() => Ok(Checked {
            article,
            title: submission
                .article
                .title
                .as_deref()
                .map(one_line)
                .filter(|title| !title.is_empty()),
            name,
            email,
            body,
            parent: submission.parent,
            consent,
            tell: submission.tell && site.settings.tell_decision,
        }),
        _ => Err(errors),
    }
}

/// The declared limits, by the `validator` crate.
fn sieve(submission: &Submission, wrong: &mut Fields) {
    let Err(errors) = submission.validate() else {
        return;
    };
    if errors.field_errors().contains_key("challenge") {
        wrong.push(FieldError::new("challenge", "field-type"));
    }
    if errors.errors().contains_key("article") {
        wrong.push(FieldError::new("article.title", "article-title").with("max", 500));
    }
}
