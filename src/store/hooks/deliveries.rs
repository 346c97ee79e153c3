//! Deliveries: claimed in the order of a comment's revisions, and what they are about.

use std::time::Duration;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::{
    CommentId, Delivery, DeliveryId, DeliveryState, EndpointId, Instant, SiteId, Status,
};
use crate::store::Store;
use crate::store::cms_comments;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{articles, comments, webhook_deliveries as deliveries};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = deliveries, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct DeliveryRow {
    site_id: SiteId,
    endpoint_id: EndpointId,
    id: DeliveryId,
    kind: String,
    comment_id: Option<CommentId>,
    revision: i32,
    status: Option<Status>,
    happened_at: Instant,
    attempts: i32,
    due_at: Option<Instant>,
    lease: i64,
    state: DeliveryState,
    answer: Option<i32>,
    said: Option<String>,
    tried_at: Option<Instant>,
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            site: row.site_id,
            endpoint: row.endpoint_id,
            id: row.id,
            kind: row.kind,
            comment: row.comment_id,
            revision: row.revision,
            status: row.status,
            happened_at: row.happened_at,
            attempts: row.attempts,
            due_at: row.due_at,
            lease: row.lease,
            state: row.state,
            answer: row.answer,
            said: row.said,
            tried_at: row.tried_at,
        }
    }
}

impl DeliveryRow {
    pub(super) fn new(delivery: &Delivery) -> Self {
        Self {
            site_id: delivery.site,
            endpoint_id: delivery.endpoint,
            id: delivery.id,
            kind: delivery.kind.clone(),
            comment_id: delivery.comment,
            revision: delivery.revision,
            status: delivery.status,
            happened_at: delivery.happened_at,
            attempts: delivery.attempts,
            due_at: delivery.due_at,
            lease: delivery.lease,
            state: delivery.state,
            answer: delivery.answer,
            said: delivery.said.clone(),
            tried_at: delivery.tried_at,
        }
    }
}

/// No earlier one of the same comment is still to be delivered there. The same on both databases.
pub(in crate::store) const IS_FIRST: &str = "NOT EXISTS (SELECT 1 FROM webhook_deliveries AS elder \
    WHERE elder.site_id = webhook_deliveries.site_id AND elder.endpoint_id = webhook_deliveries.endpoint_id \
    AND elder.comment_id = webhook_deliveries.comment_id AND elder.due_at IS NOT NULL \
    AND (elder.revision < webhook_deliveries.revision \
        OR elder.revision = webhook_deliveries.revision AND elder.id < webhook_deliveries.id))";

#[diesel::dsl::auto_type]
fn due(site: SiteId, endpoint: EndpointId, now: Instant) -> _ {
    deliveries::site_id
        .eq(site)
        .and(deliveries::endpoint_id.eq(endpoint))
        .and(deliveries::due_at.le(now))
}

/// A claimed delivery. Its `lease` proves the claim.
pub type Taken = Delivery;

fn claim(
    db: &mut Db,
    (site, endpoint): (SiteId, EndpointId),
    now: Instant,
    lease: Duration,
    limit: i64,
) -> Result<Vec<Taken>> {
    let query = deliveries::table
        .filter(due(site, endpoint, now))
        .filter(sql::<Bool>(IS_FIRST))
        .order(deliveries::due_at)
        .limit(limit)
        .select(deliveries::id);
    let ids: Vec<DeliveryId> = each!(db, |c| query.load(c))?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // Another replica may have claimed some of them since: what is due is looked at again by the update itself.
    let target = deliveries::table
        .filter(due(site, endpoint, now))
        .filter(deliveries::id.eq_any(ids));
    let change = (
        deliveries::attempts.eq(deliveries::attempts + 1),
        deliveries::lease.eq(deliveries::lease + 1),
        deliveries::due_at.eq(Some(now.after(lease))),
        deliveries::tried_at.eq(Some(now)),
    );
    let mut claimed: Vec<DeliveryRow> = each!(db, |c| diesel::update(target)
        .set(change)
        .returning(DeliveryRow::as_returning())
        .get_results(c))?;
    claimed.sort_by_key(|row| row.id);
    Ok(claimed.into_iter().map(Delivery::from).collect())
}

/// What a delivery is about, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The comment's revision now.
    pub revision: i32,
    /// Where it stands now.
    pub status: Status,
    /// Its author.
    pub name: String,
    /// Its text.
    pub body: String,
    /// The address of its article, where it has one: it has none while another has it, or before its CMS has told one.
    pub article: Option<String>,
    /// What the CMS calls that article, where it has told of it.
    pub external_id: Option<String>,
    /// What the CMS calls the comment, where it handed that in.
    pub named: Option<String>,
}

type SubjectRow = (i32, Status, String, String, String, Option<String>);

impl Store {
    /// Claims up to `limit` due deliveries of an endpoint for `lease`, of each comment the first alone.
    pub async fn claim_deliveries(
        &self,
        site: SiteId,
        endpoint: EndpointId,
        now: Instant,
        lease: Duration,
        limit: i64,
    ) -> Result<Vec<Taken>> {
        // Most of the time there is nothing, which costs no write.
        let is_due = self
            .read(move |db| {
                let query = deliveries::table
                    .filter(due(site, endpoint, now))
                    .filter(sql::<Bool>(IS_FIRST))
                    .select(deliveries::id);
                let found: Option<DeliveryId> = each!(db, |c| query.first(c).optional())?;
                Ok(found.is_some())
            })
            .await?;
        if !is_due {
            return Ok(Vec::new());
        }
        self.write(move |db| claim(db, (site, endpoint), now, lease, limit))
            .await
    }

    /// What a delivery about a comment tells of it; nothing where the comment is gone.
    pub async fn hook_subject(&self, site: SiteId, comment: CommentId) -> Result<Option<Subject>> {
        self.read(move |db| {
            let query = comments::table
                .inner_join(
                    articles::table.on(articles::site_id
                        .eq(comments::site_id)
                        .and(articles::id.eq(comments::article_id))),
                )
                .filter(comments::site_id.eq(site))
                .filter(comments::id.eq(comment))
                .select((
                    comments::revision,
                    comments::status,
                    comments::name,
                    comments::body,
                    articles::url,
                    articles::external_id,
                ));
            let row: Option<SubjectRow> = each!(db, |c| query.first(c).optional())?;
            let named = cms_comments::external_id(db, site, comment)?;
            Ok(row.map(|row| {
                let (revision, status, name, body, article, external_id) = row;
                Subject {
                    revision,
                    status,
                    name,
                    body,
                    // What it waits under then is a name that nobody can ask for.
                    article: Some(article).filter(|url| !url.contains('#')),
                    external_id,
                    named,
                }
            }))
        })
        .await
    }
}
