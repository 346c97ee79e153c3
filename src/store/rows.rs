//! Rows of the widest tables, and what they mean in the domain.

use std::borrow::Cow;

use diesel::prelude::*;

use super::ingest::NewComment;
use super::schema::comments;
use crate::domain::{Agreed, ArticleId, Comment, CommentId, Instant, Lane, SiteId, Source, Status};

/// A row of `comments`.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct CommentRow {
    site_id: SiteId,
    id: CommentId,
    article_id: ArticleId,
    parent_id: Option<CommentId>,
    name: String,
    email: String,
    email_key: String,
    body: String,
    status: Status,
    lane: Lane,
    score: f32,
    revision: i32,
    rules_version: String,
    created_at: Instant,
    edited_at: Option<Instant>,
    decided_at: Option<Instant>,
    name_key: Option<String>,
    consent_version: Option<String>,
    consent_at: Option<Instant>,
    tell: bool,
    network: Option<String>,
    source: Option<Source>,
}

/// A row of `comments` to be written.
#[derive(Debug, Insertable)]
#[diesel(table_name = comments, treat_none_as_default_value = false)]
pub(super) struct NewCommentRow<'a> {
    site_id: SiteId,
    id: CommentId,
    article_id: ArticleId,
    parent_id: Option<CommentId>,
    name: &'a str,
    email: &'a str,
    email_key: &'a str,
    body: &'a str,
    fingerprint: Option<i64>,
    status: Status,
    lane: Lane,
    score: f32,
    revision: i32,
    rules_version: &'a str,
    created_at: Instant,
    edited_at: Option<Instant>,
    decided_at: Option<Instant>,
    name_key: &'a str,
    consent_version: Option<Cow<'a, str>>,
    consent_at: Option<Instant>,
    address_mark: Option<i32>,
    tell: bool,
    network: Option<Cow<'a, str>>,
    newsroom: bool,
    source: Option<Source>,
}

super::bulk::row! { NewCommentRow<'_> => comments:
    site_id, id, article_id, parent_id, name, email, email_key, body, fingerprint, status, lane, score, revision,
    rules_version, created_at, edited_at, decided_at, name_key, consent_version, consent_at, address_mark, tell, network,
    newsroom, source
}

impl<'a> NewCommentRow<'a> {
    pub(super) fn new(new: &'a NewComment, article: ArticleId) -> Self {
        let comment = &new.comment;
        Self {
            site_id: comment.site,
            id: comment.id,
            article_id: article,
            parent_id: comment.parent,
            name: &comment.name,
            email: &comment.email,
            email_key: &comment.email_key,
            body: &comment.body,
            fingerprint: new.fingerprint,
            status: comment.status,
            lane: comment.lane,
            score: comment.score,
            revision: comment.revision,
            rules_version: &comment.rules_version,
            created_at: comment.created_at,
            edited_at: comment.edited_at,
            decided_at: comment.decided_at,
            name_key: &comment.name_key,
            consent_version: comment
                .consent
                .as_ref()
                .map(|given| Cow::from(&given.version)),
            consent_at: comment.consent.as_ref().map(|given| given.at),
            address_mark: new.address_mark.map(i32::from),
            tell: comment.tell,
            network: comment.network.as_ref().map(Cow::from),
            newsroom: new.newsroom,
            source: comment.source,
        }
    }
}

impl From<CommentRow> for Comment {
    fn from(row: CommentRow) -> Self {
        Self {
            site: row.site_id,
            id: row.id,
            article: row.article_id,
            parent: row.parent_id,
            name: row.name,
            email: row.email,
            email_key: row.email_key,
            body: row.body,
            status: row.status,
            lane: row.lane,
            score: row.score,
            revision: row.revision,
            rules_version: row.rules_version,
            created_at: row.created_at,
            edited_at: row.edited_at,
            decided_at: row.decided_at,
            name_key: row.name_key.unwrap_or_default(),
            consent: row
                .consent_version
                .zip(row.consent_at)
                .map(|(version, at)| Agreed { version, at }),
            tell: row.tell,
            network: row.network,
            source: row.source,
        }
    }
}
