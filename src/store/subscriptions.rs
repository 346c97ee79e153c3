//! Mailboxes whose readers want to be told of decisions. An address that somebody typed is asked once, and asked again after a
//! week at the earliest; how many are asked in an hour is bounded for each site and each network address, so that nobody can
//! use us to mail strangers.

use std::time::Duration;

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::outbox::{self, NewOutbox};
use super::schema::subscriptions;
use crate::domain::{Comment, Instant, SiteId, Subscription, SubscriptionId, SubscriptionState};

/// How long a question that nobody answers rests.
const REST: Duration = Duration::from_secs(7 * 24 * 3600);
/// Within which time questions are counted, and how many there may be: by all readers of a site, and by one network address.
const COUNTED: Duration = Duration::from_secs(3600);
const OF_SITE: i64 = 200;
const OF_ADDRESS: i64 = 10;

#[derive(Insertable)]
#[diesel(table_name = subscriptions, treat_none_as_default_value = false)]
struct NewRow<'a> {
    site_id: SiteId,
    id: SubscriptionId,
    mailbox: &'a str,
    email: &'a str,
    state: SubscriptionState,
    address_mark: Option<i32>,
    asked_at: Instant,
    answered_at: Option<Instant>,
}

/// One for all addresses that may be one mailbox. Who asks for mail could otherwise have one mailbox asked under a hundred
/// tags, at providers whose rules nobody knows: what follows a plus is left out.
fn mailbox(email_key: &str) -> String {
    match email_key.rsplit_once('@') {
        Some((local, domain)) => {
            let name = local.split('+').find(|part| !part.is_empty());
            format!("{}@{domain}", name.unwrap_or(local))
        }
        None => email_key.to_owned(),
    }
}

/// Asks whoever reads the comment's address, unless they were asked of late or have answered.
pub(super) fn ask(db: &mut Db, comment: &Comment, address_mark: Option<u16>) -> Result<()> {
    let (now, mark) = (comment.created_at, address_mark.map(i32::from));
    let mailbox = mailbox(&comment.email_key);
    let query = subscriptions::table
        .filter(subscriptions::site_id.eq(comment.site))
        .filter(subscriptions::mailbox.eq(&mailbox))
        .select((
            subscriptions::id,
            subscriptions::state,
            subscriptions::asked_at,
        ));
    let known: Option<(SubscriptionId, SubscriptionState, Instant)> =
        each!(db, |c| query.first(c).optional())?;
    let may_be_asked = known.is_none_or(|(_, state, asked_at)| {
        state == SubscriptionState::Asked && asked_at < now.before(REST)
    });
    if !may_be_asked || too_many(db, comment.site, mark, now)? {
        return Ok(());
    }
    let id = known.map(|(id, ..)| id);
    let id = asked(db, comment, mark, &mailbox, id)?;
    let order = serde_json::json!({ "ask": id });
    outbox::insert(
        db,
        std::iter::once(NewOutbox::mail(comment.site, &order, now)),
    )
}

/// Writes down that a mailbox is asked, for the first time or again.
fn asked(
    db: &mut Db,
    comment: &Comment,
    mark: Option<i32>,
    mailbox: &str,
    known: Option<SubscriptionId>,
) -> Result<SubscriptionId> {
    let now = comment.created_at;
    if let Some(id) = known {
        let target = subscriptions::table
            .filter(subscriptions::site_id.eq(comment.site))
            .filter(subscriptions::id.eq(id));
        let change = (
            subscriptions::email.eq(&comment.email),
            subscriptions::address_mark.eq(mark),
            subscriptions::asked_at.eq(now),
        );
        each!(db, |c| diesel::update(target).set(change).execute(c))?;
        return Ok(id);
    }
    let row = NewRow {
        site_id: comment.site,
        id: SubscriptionId(Uuid::now_v7()),
        mailbox,
        email: &comment.email,
        state: SubscriptionState::Asked,
        address_mark: mark,
        asked_at: now,
        answered_at: None,
    };
    each!(db, |c| diesel::insert_into(subscriptions::table)
        .values(&row)
        .execute(c))?;
    Ok(row.id)
}

fn too_many(db: &mut Db, site: SiteId, mark: Option<i32>, now: Instant) -> Result<bool> {
    let of_late = subscriptions::site_id
        .eq(site)
        .and(subscriptions::asked_at.gt(now.before(COUNTED)));
    let all = subscriptions::table.filter(of_late).count();
    let all: i64 = each!(db, |c| all.get_result(c))?;
    if all >= OF_SITE {
        tracing::warn!(%site, "many readers want to be mailed of decisions; none is asked until this hour is over");
        return Ok(true);
    }
    let Some(mark) = mark else {
        return Ok(false);
    };
    let here = subscriptions::table
        .filter(of_late)
        .filter(subscriptions::address_mark.eq(mark))
        .count();
    let here: i64 = each!(db, |c| here.get_result(c))?;
    Ok(here >= OF_ADDRESS)
}

/// Has a decision told to the comment's reader, from `at` on, where they have confirmed that they want it.
pub(super) fn tell(db: &mut Db, comment: &Comment, revision: i32, at: Instant) -> Result<()> {
    let state = of_mailbox(db, comment.site, &comment.email_key)?.map(|found| found.state);
    if state != Some(SubscriptionState::Confirmed) {
        return Ok(());
    }
    let order = serde_json::json!({ "tell": comment.id, "revision": revision });
    outbox::insert(
        db,
        std::iter::once(NewOutbox::mail(comment.site, &order, at)),
    )
}

fn of_mailbox(db: &mut Db, site: SiteId, email_key: &str) -> Result<Option<Subscription>> {
    let query = subscriptions::table
        .filter(subscriptions::site_id.eq(site))
        .filter(subscriptions::mailbox.eq(mailbox(email_key)))
        .select((
            subscriptions::id,
            subscriptions::email,
            subscriptions::state,
        ));
    let found: Option<(SubscriptionId, String, SubscriptionState)> =
        each!(db, |c| query.first(c).optional())?;
    Ok(found.map(|(id, email, state)| Subscription {
        site,
        id,
        email,
        state,
    }))
}

impl Store {
    /// A mailbox by its id.
    pub async fn subscription(
        &self,
        site: SiteId,
        id: SubscriptionId,
    ) -> Result<Option<Subscription>> {
        self.read(move |db| {
            let query = subscriptions::table
                .filter(subscriptions::site_id.eq(site))
                .filter(subscriptions::id.eq(id))
                .select((subscriptions::email, subscriptions::state));
            let found: Option<(String, SubscriptionState)> =
                each!(db, |c| query.first(c).optional())?;
            Ok(found.map(|(email, state)| Subscription {
                site,
                id,
                email,
                state,
            }))
        })
        .await
    }

    /// The mailbox of the comments with that key.
    pub async fn subscription_of(
        &self,
        site: SiteId,
        email_key: String,
    ) -> Result<Option<Subscription>> {
        self.read(move |db| of_mailbox(db, site, &email_key)).await
    }

    /// Writes down what a mailbox's reader said.
    pub async fn answer_subscription(
        &self,
        site: SiteId,
        id: SubscriptionId,
        state: SubscriptionState,
        at: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let target = subscriptions::table
                .filter(subscriptions::site_id.eq(site))
                .filter(subscriptions::id.eq(id));
            let change = (
                subscriptions::state.eq(state),
                subscriptions::answered_at.eq(Some(at)),
            );
            each!(db, |c| diesel::update(target).set(change).execute(c))?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::mailbox;

    #[test]
    fn tags_are_no_other_mailbox() {
        for key in ["lan@bao.vn", "lan+1@bao.vn", "lan+a+b@bao.vn"] {
            assert_eq!(mailbox(key), "lan@bao.vn");
        }
        assert_eq!(mailbox("+lan@bao.vn"), "lan@bao.vn");
        assert_eq!(mailbox("lan-1@bao.vn"), "lan-1@bao.vn");
    }
}
