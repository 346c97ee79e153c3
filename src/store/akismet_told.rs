//! Decisions told to where a comment came from by the Akismet protocol. One thing is told of a comment at a time, and that it is being told
//! is noted before, since nobody knows what became of a call that broke off.

use std::time::Duration;

use diesel::prelude::*;

use super::Store;
use super::db::{Connected, Db, each};
use super::error::Result;
use super::outbox::{self, Attempt, Claimed, NewOutbox};
use super::schema::{akismet_checks, comments};
use crate::domain::{Actor, ClientTold, Comment, CommentId, Instant, SiteId, Status};

/// What is to be told to where a comment came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientVerdict {
    /// The comment.
    pub comment: CommentId,
    /// Where they hear of it.
    pub callback: String,
    /// How they call the page.
    pub post: Option<String>,
    /// Whether it is not to be published.
    pub is_spam: bool,
}

/// As long as somebody may undo a decision before it is told.
const IN_TIME: Duration = Duration::from_secs(10);
/// How soon it is looked again whether something else is still being told.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What is known of where a comment came from.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = akismet_checks)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct Sender {
    pub(super) callback: Option<String>,
    post: Option<String>,
    told: Option<bool>,
    may_publish: bool,
    calling_until: Option<Instant>,
}

impl Sender {
    const fn told(&self) -> ClientTold {
        ClientTold {
            surely: self.told,
            may_publish: self.may_publish,
        }
    }
}

/// Where a comment came from, which nobody else tells anything until the transaction ends.
pub(super) fn held(db: &mut Db, site: SiteId, comment: CommentId) -> Result<Option<Sender>> {
    let here = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.eq(comment));
    if let Connected::Postgres(c) = &mut db.0 {
        here.select(akismet_checks::comment_id)
            .for_update()
            .load::<CommentId>(c.as_mut())?;
    }
    Ok(each!(db, |c| here
        .select(Sender::as_select())
        .first(c)
        .optional())?)
}

fn note(
    db: &mut Db,
    (site, comment): (SiteId, CommentId),
    told: ClientTold,
    calling_until: Option<Instant>,
) -> Result<()> {
    let target = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.eq(comment));
    let change = (
        akismet_checks::told.eq(told.surely),
        akismet_checks::may_publish.eq(told.may_publish),
        akismet_checks::calling_until.eq(calling_until),
    );
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok(())
}

/// Notes what a sender is answered who asks again, where it is told decisions too: it may go by that.
pub(super) fn answered(db: &mut Db, site: SiteId, comment: CommentId, is_spam: bool) -> Result<()> {
    let Some(sender) = held(db, site, comment)? else {
        return Ok(());
    };
    let told = sender.told().perhaps(is_spam);
    if sender.callback.is_none() || told == sender.told() {
        return Ok(());
    }
    note(db, (site, comment), told, sender.calling_until)
}

/// Has it told where a comment came from that somebody here has moved it, if it came so and anybody hears it there.
pub(super) fn call_back(
    db: &mut Db,
    comment: &Comment,
    actor: &Actor,
    (at, tell_at): (Instant, Instant),
) -> Result<()> {
    if comment.source.is_none() || !matches!(actor, Actor::Moderator { .. }) {
        return Ok(());
    }
    let query = akismet_checks::table
        .filter(akismet_checks::site_id.eq(comment.site))
        .filter(akismet_checks::comment_id.eq(comment.id))
        .filter(akismet_checks::callback.is_not_null())
        .select(akismet_checks::comment_id);
    let found: Option<CommentId> = each!(db, |c| query.first(c).optional())?;
    if found.is_none() {
        return Ok(());
    }
    let row = NewOutbox::callback(comment, at, tell_at.min(at.after(IN_TIME)));
    outbox::insert(db, std::iter::once(row))
}

/// What is to be told now, noted as such. Where there is nothing, or something else is being told, the row is done with for now.
fn begin(
    db: &mut Db,
    row: &Claimed,
    (now, until): (Instant, Instant),
) -> Result<Option<ClientVerdict>> {
    let site = row.site_id;
    let sender = match row.comment_id {
        Some(comment) => held(db, site, comment)?.map(|sender| (comment, sender)),
        None => None,
    };
    let Some((comment, sender)) = sender else {
        outbox::finish(db, row, &Attempt::Done, now)?;
        return Ok(None);
    };
    if sender.calling_until.is_some_and(|until| until > now) {
        let later = Attempt::Postponed(now.after(LOOK_AGAIN));
        outbox::finish(db, row, &later, now)?;
        return Ok(None);
    }
    let status = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(comment))
        .select(comments::status);
    let status: Option<Status> = each!(db, |c| status.first(c).optional())?;
    let news = status.and_then(|status| sender.told().news(status));
    let (Some(is_spam), Some(callback)) = (news, sender.callback.clone()) else {
        outbox::finish(db, row, &Attempt::Done, now)?;
        return Ok(None);
    };
    let told = sender.told().perhaps(is_spam);
    note(db, (site, comment), told, Some(until))?;
    Ok(Some(ClientVerdict {
        comment,
        callback,
        post: sender.post,
        is_spam,
    }))
}

/// How a call ended, where its claim still holds: whoever was thought dead has nothing to say of what was told since.
fn end(
    db: &mut Db,
    row: &Claimed,
    comment: CommentId,
    (heard, attempt): (Option<bool>, &Attempt),
    now: Instant,
) -> Result<()> {
    let sender = held(db, row.site_id, comment)?;
    let is_held = outbox::finish(db, row, attempt, now)?;
    let Some(sender) = sender.filter(|_| is_held) else {
        return Ok(());
    };
    let told = heard.map_or(sender.told(), ClientTold::heard);
    note(db, (row.site_id, comment), told, None)
}

impl Store {
    /// What is to be told of a comment where it came from, as it stands now; nothing where they know, or are being told something else.
    /// Until `until` nobody else tells them.
    pub async fn begin_to_tell_client(
        &self,
        row: Claimed,
        now: Instant,
        until: Instant,
    ) -> Result<Option<ClientVerdict>> {
        self.write(move |db| begin(db, &row, (now, until))).await
    }

    /// Records that they were told, and that this was what the row was for.
    pub async fn told_client(
        &self,
        row: Claimed,
        comment: CommentId,
        is_spam: bool,
        now: Instant,
    ) -> Result<()> {
        let heard = Some(is_spam);
        self.write(move |db| end(db, &row, comment, (heard, &Attempt::Done), now))
            .await
    }

    /// Records that nobody knows whether they heard.
    pub async fn did_not_tell_client(
        &self,
        row: Claimed,
        comment: CommentId,
        attempt: Attempt,
        now: Instant,
    ) -> Result<()> {
        self.write(move |db| end(db, &row, comment, (None, &attempt), now))
            .await
    }
}
