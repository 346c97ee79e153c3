//! Published comments as programs read them.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::{ArticleId, CommentId, Consent, Instant, Locale, Placed, ProofOfWork, Site};
use crate::http::door::Read;
use crate::intake::MAX_CHARS;
use crate::store::Published;

/// A published comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicComment {
    /// Identifies it.
    id: CommentId,
    /// The comment it answers.
    parent: Option<CommentId>,
    /// Its author's name.
    #[schema(example = "Nguyễn Văn A")]
    name: String,
    /// Its text: plain text, lines ended by `\n`.
    #[schema(example = "Bài viết rất hay và bổ ích.")]
    body: String,
    /// When it was written.
    created_at: Instant,
    /// When its author changed it last.
    edited_at: Option<Instant>,
    /// Whether somebody of the newspaper wrote it, by a member's token.
    newsroom: bool,
}

impl From<&Published> for PublicComment {
    fn from(row: &Published) -> Self {
        Self {
            id: row.id,
            parent: row.parent,
            name: row.name.clone(),
            body: row.body.clone(),
            created_at: row.created_at,
            edited_at: row.edited_at,
            newsroom: row.newsroom,
        }
    }
}

/// The article that comments stand under.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicArticle {
    /// Its canonical address.
    #[schema(example = "https://bao.example/xay-dung-dang/dang-bo-van-phong.html")]
    url: String,
    /// Whether it takes comments.
    open: bool,
    /// From when on it takes none, where the newsroom set that.
    closes_at: Option<Instant>,
}

impl PublicArticle {
    /// The article that was asked for.
    pub fn of(read: &Read) -> Self {
        let article = read.article.as_ref();
        Self {
            url: read.url.clone(),
            open: read.is_open,
            closes_at: article.and_then(|article| article.closes_at),
        }
    }
}

/// Published comments of an article, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicComments {
    /// The article.
    pub article: PublicArticle,
    /// The comments.
    pub comments: Vec<PublicComment>,
    /// Give this as `after` to go on; none where this is the end.
    pub next: Option<String>,
}

/// A published comment where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThreadedComment {
    #[serde(flatten)]
    comment: PublicComment,
    /// The first comment of its thread; its own id where it is that.
    thread: CommentId,
    /// On a thread's first comment, how many replies the thread has in all; else 0.
    replies: usize,
}

impl ThreadedComment {
    /// A comment at its place.
    pub fn new(placed: &Placed, row: &Published) -> Self {
        let mut comment = PublicComment::from(row);
        // What the first of a thread answered is not public any more.
        comment.parent.take_if(|_| placed.id == placed.thread);
        Self {
            comment,
            thread: placed.thread,
            replies: placed.replies,
        }
    }
}

/// The article that threads stand under.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThreadedArticle {
    /// Identifies it, whatever its address is by now; none where nothing was ever written there, and no CMS has told of it.
    pub id: Option<ArticleId>,
    #[serde(flatten)]
    pub article: PublicArticle,
    /// How many published comments it has.
    pub count: usize,
}

/// What a page must know of the site to show a form.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicSite<'a> {
    /// The newspaper's name.
    #[schema(example = "Báo Tỉnh")]
    name: &'a str,
    /// What its readers speak.
    locale: Locale,
    /// What a reader must agree to, if anything.
    consent: Option<&'a Consent>,
    /// Whether a reader may ask for a mail when their comment is decided.
    tell: bool,
    /// When a reader's browser has to work.
    proof_of_work: ProofOfWork,
    /// As many characters as a comment may have.
    #[schema(example = 5000)]
    body_max: usize,
}

impl<'a> From<&'a Site> for PublicSite<'a> {
    fn from(site: &'a Site) -> Self {
        let settings = &site.settings;
        Self {
            name: &site.name,
            locale: site.locale,
            consent: settings.consent.as_ref(),
            tell: settings.tell_decision,
            proof_of_work: settings.proof_of_work,
            body_max: MAX_CHARS,
        }
    }
}

/// Published comments of an article in threads, in reading order: a thread's first comment, then its replies, oldest first, the first
/// 20 of each.
#[derive(Debug, Serialize, ToSchema)]
pub struct Threads<'a> {
    /// The article.
    pub article: ThreadedArticle,
    /// The site.
    pub site: PublicSite<'a>,
    /// The comments.
    pub comments: Vec<ThreadedComment>,
    /// Give this as `after` to go on; none where this is the end.
    pub next: Option<String>,
}

/// What the list answers: threads where the query names an order, a thread or a comment.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Listed<'a> {
    /// One after the other.
    Flat(PublicComments),
    /// In threads.
    Threads(Threads<'a>),
}

impl PartialSchema for Listed<'_> {
    /// Not `oneOf`: threads have all that the other list has, so they are both.
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .description(Some(
                "What the list answers: threads where the query names an order, a thread or a comment.",
            ))
            .item(Ref::from_schema_name(PublicComments::name()))
            .item(Ref::from_schema_name(Threads::name()))
            .into()
    }
}

impl ToSchema for Listed<'_> {
    fn name() -> Cow<'static, str> {
        "Listed".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((PublicComments::name().into(), PublicComments::schema()));
        schemas.push((Threads::name().into(), Threads::schema()));
        PublicComments::schemas(schemas);
        Threads::schemas(schemas);
    }
}
