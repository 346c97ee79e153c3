//! Mailboxes whose readers want to be told of decisions. An address that somebody typed is asked once, ever. How many are asked in
//! an hour is bounded for each site and each network address, and so is what one mailbox is told, so that nobody can use us to
//! mail strangers; a question beyond the bound leaves later.

use std::time::Duration;

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::decision_rows;
use super::error::Result;
use super::outbox::{self, NewOutbox};
use super::schema::{comments, subscriptions};
use super::spaced;
use crate::domain::{
    Comment, CommentId, Instant, SiteId, Status, Subscription, SubscriptionId, SubscriptionState,
};

/// Within which time mails are counted, and how many there may be: questions of a site and of one network address, behind which
/// a whole province may read, and decisions told to one mailbox.
const COUNTED: Duration = Duration::from_secs(3600);
const OF_SITE: i64 = 200;
const OF_ADDRESS: i64 = 60;
const OF_MAILBOX: i64 = 10;
/// How many mails of a site wait for one mailbox at the most that leave an hour apart.
const HOURLY: i64 = 24;
/// How old a decision may be that is told to who confirms after it.
const LATE: Duration = Duration::from_secs(30 * 24 * 3600);

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

/// Asks whoever reads the comment's address, from `at` on, unless they were asked before: there is one question a mailbox, ever.
pub(super) fn ask(
    db: &mut Db,
    comment: &Comment,
    address_mark: Option<u16>,
    now: Instant,
    at: Instant,
) -> Result<()> {
    if of_mailbox(db, comment.site, &comment.email_key)?.is_some() {
        return Ok(());
    }
    let mark = address_mark.map(i32::from);
    let mailbox = mailbox(&comment.email_key);
    let at = own_turn(db, comment.site, &mailbox, at)?;
    let Some(asked_at) = turn(db, comment.site, mark, at)? else {
        return Ok(());
    };
    let row = NewRow {
        site_id: comment.site,
        id: SubscriptionId(Uuid::now_v7()),
        mailbox: &mailbox,
        email: &comment.email,
        state: SubscriptionState::Asked,
        address_mark: mark,
        asked_at,
        answered_at: None,
    };
    each!(db, |c| diesel::insert_into(subscriptions::table)
        .values(&row)
        .execute(c))?;
    let order = serde_json::json!({ "ask": row.id, "mailbox": row.id, "hourly": true });
    let question = NewOutbox::mail_later(comment.site, &order, now, asked_at);
    outbox::insert(db, std::iter::once(question))
}

/// When a mailbox may be asked: an hour after the last question and the last mail of any site, of which one service may have many.
fn own_turn(db: &mut Db, site: SiteId, mailbox: &str, at: Instant) -> Result<Instant> {
    let known = spaced::everywhere(db, mailbox)?;
    let asked = known.iter().map(|one| one.asked_at.after(COUNTED)).max();
    let at = asked.map_or(at, |free| at.max(free));
    spaced::next_turn(db, &known, site, at)
}

/// When the next question may leave; none where too many of that network address wait already.
fn turn(db: &mut Db, site: SiteId, mark: Option<i32>, at: Instant) -> Result<Option<Instant>> {
    let newest = |n: i64| {
        subscriptions::table
            .filter(subscriptions::site_id.eq(site))
            .select(subscriptions::asked_at)
            .order(subscriptions::asked_at.desc())
            .offset(n - 1)
            .limit(1)
    };
    let mut turn = at;
    let of_site = newest(OF_SITE);
    let full: Option<Instant> = each!(db, |c| of_site.first(c).optional())?;
    if let Some(first) = full {
        turn = turn.max(first.after(COUNTED));
    }
    let Some(mark) = mark else {
        return Ok(Some(turn));
    };
    let of_address = newest(OF_ADDRESS)
        .filter(subscriptions::asked_at.gt(at.before(COUNTED)))
        .filter(subscriptions::address_mark.eq(mark));
    let full: Option<Instant> = each!(db, |c| of_address.first(c).optional())?;
    if let Some(first) = full {
        turn = turn.max(first.after(COUNTED));
        if first > at {
            tracing::warn!(%site, "one network address has many readers asked; no more until moderators publish their comments");
            return Ok(None);
        }
    }
    Ok(Some(turn))
}

/// What a moderator's decision means for the comment's reader, who may be mailed from `at` on. Who confirmed is told of it. Who was
/// not asked on arrival, since rules settled the comment or it looked like a robot's, is asked now that a person publishes it.
pub(super) fn decided(
    db: &mut Db,
    comment: &Comment,
    to: Status,
    revision: i32,
    (now, at): (Instant, Instant),
) -> Result<()> {
    match of_mailbox(db, comment.site, &comment.email_key)? {
        Some(found) if found.state == SubscriptionState::Confirmed => {
            let what = (comment.id, revision);
            tell(db, &found, what, Cause::Person, (now, at))
        }
        None if to == Status::Approved => ask(db, comment, None, now, at),
        _ => Ok(()),
    }
}

/// The same of what the model decided, who asks nobody: whose comment it has published was asked as on any arrival.
pub(super) fn decided_by_model(
    db: &mut Db,
    comment: &Comment,
    when: (Instant, Instant),
) -> Result<()> {
    match of_mailbox(db, comment.site, &comment.email_key)? {
        Some(found) if found.state == SubscriptionState::Confirmed => {
            let what = (comment.id, comment.revision);
            tell(db, &found, what, Cause::PublicCall, when)
        }
        _ => Ok(()),
    }
}

/// What brings a mail to a reader about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Somebody of the newspaper has decided.
    Person,
    /// A call that anybody may make: what the model decides as a comment comes, a reader's first yes. One address gets no more than
    /// one such mail an hour, since anybody can write with anybody's address.
    PublicCall,
}

impl Cause {
    /// Whether its mails leave an hour apart.
    pub(super) fn is_hourly(self) -> bool {
        self == Self::PublicCall
    }
}

/// Has a decision told to a mailbox, unless it was told many of late.
fn tell(
    db: &mut Db,
    to: &Subscription,
    (comment, revision): (CommentId, i32),
    by: Cause,
    (now, at): (Instant, Instant),
) -> Result<()> {
    let Some(at) = turn_to_tell(db, to, by, at)? else {
        return Ok(());
    };
    let order = serde_json::json!({
        "tell": comment, "revision": revision, "mailbox": to.id, "hourly": by.is_hourly(),
    });
    let mail = NewOutbox::mail_later(to.site, &order, now, at);
    outbox::insert(db, std::iter::once(mail))
}

/// When a mailbox may be told something, from `at` on; none where it is told as much as one should be.
pub(super) fn turn_to_tell(
    db: &mut Db,
    to: &Subscription,
    by: Cause,
    at: Instant,
) -> Result<Option<Instant>> {
    let an_hour_ago = at.before(COUNTED);
    let (count, most) = match by {
        Cause::Person => (
            spaced::mails_since(db, to.site, to.id, an_hour_ago)?,
            OF_MAILBOX,
        ),
        Cause::PublicCall => (spaced::hourly_mails(db, to.site, to.id)?, HOURLY),
    };
    if count >= most {
        tracing::warn!(site = %to.site, mailbox = %to.id, "{most} mails were sent to a reader within an hour, or wait for them; this one is not mailed");
        return Ok(None);
    }
    if by == Cause::Person {
        return Ok(Some(at));
    }
    let known = spaced::everywhere_of(db, to.site, to.id)?;
    spaced::next_turn(db, &known, to.site, at).map(Some)
}

/// Has all told that a moderator or the model decided on a mailbox's comments before its reader said yes.
fn tell_what_was_decided(db: &mut Db, to: &Subscription, at: Instant) -> Result<()> {
    // The address as it was typed may have a tag, which another of the mailbox's comments has not; and a provider may know it by
    // another name than was typed.
    let known = subscriptions::table
        .filter(subscriptions::site_id.eq(to.site))
        .filter(subscriptions::id.eq(to.id))
        .select(subscriptions::mailbox);
    let known: String = each!(db, |c| known.first(c))?;
    let typed = to.email.to_lowercase();
    let keys = [known, mailbox(&typed), typed];
    let query = comments::table
        .filter(comments::site_id.eq(to.site))
        .filter(comments::email_key.eq_any(keys))
        // As the index over decided comments says it.
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "status <> 'pending'",
        ))
        .filter(comments::status.eq_any([Status::Approved, Status::Rejected]))
        .filter(comments::tell.eq(true))
        .filter(comments::decided_at.gt(at.before(LATE)))
        .order(comments::id.desc())
        .limit(HOURLY)
        .select((comments::id, comments::revision));
    let mut found: Vec<(CommentId, i32)> = each!(db, |c| query.load(c))?;
    found.reverse();
    let ids = found.iter().map(|(id, _)| *id).collect();
    let last = decision_rows::last_of_comments(db, to.site, ids)?;
    let theirs = found.into_iter().filter(|(id, _)| {
        let last = last.get(id);
        last.is_some_and(|last| ["moderator", "model"].contains(&last.actor_kind.as_str()))
    });
    for what in theirs {
        tell(db, to, what, Cause::PublicCall, (at, at))?;
    }
    Ok(())
}

fn of_id(db: &mut Db, site: SiteId, id: SubscriptionId) -> Result<Option<Subscription>> {
    let query = subscriptions::table
        .filter(subscriptions::site_id.eq(site))
        .filter(subscriptions::id.eq(id))
        .select((subscriptions::email, subscriptions::state));
    let found: Option<(String, SubscriptionState)> = each!(db, |c| query.first(c).optional())?;
    Ok(found.map(|(email, state)| Subscription {
        site,
        id,
        email,
        state,
    }))
}

pub(super) fn of_mailbox(
    db: &mut Db,
    site: SiteId,
    email_key: &str,
) -> Result<Option<Subscription>> {
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
        self.read(move |db| of_id(db, site, id)).await
    }

    /// The mailbox of the comments with that key.
    pub async fn subscription_of(
        &self,
        site: SiteId,
        email_key: String,
    ) -> Result<Option<Subscription>> {
        self.read(move |db| of_mailbox(db, site, &email_key)).await
    }

    /// Writes down what a mailbox's reader said. Their first yes has told what was decided meanwhile.
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
            // Of two first answers at once only one finds it asked.
            let first = target.filter(subscriptions::state.eq(SubscriptionState::Asked));
            if each!(db, |c| diesel::update(first).set(change).execute(c))? == 0 {
                each!(db, |c| diesel::update(target).set(change).execute(c))?;
                return Ok(());
            }
            match of_id(db, site, id)? {
                Some(to) if to.state == SubscriptionState::Confirmed => {
                    tell_what_was_decided(db, &to, at)
                }
                _ => Ok(()),
            }
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
