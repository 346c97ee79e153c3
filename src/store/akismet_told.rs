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
    /// Until then nobody else tells them; proves, as long as it is noted, that they were told nothing else meanwhile.
    pub until: Instant,
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

    /// Until when they are being told something, where whoever does so is to see that it was not the last.
    fn interrupted(&self) -> Option<Instant> {
        self.calling_until
            .map(|until| until.before(Duration::from_micros(1)))
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
    let is_news = told != sender.told() || sender.calling_until.is_some();
    if sender.callback.is_none() || !is_news {
        return Ok(());
    }
    note(db, (site, comment), told, sender.interrupted())
}

/// Notes what people there have said themselves, so that they know.
pub(super) fn reported(db: &mut Db, site: SiteId, comment: CommentId, is_spam: bool) -> Result<()> {
    let Some(sender) = held(db, site, comment)? else {
        return Ok(());
    };
    let told = ClientTold::heard(is_spam);
    note(db, (site, comment), told, sender.interrupted())
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
        until,
    }))
}

/// What has come of a call.
enum Ended {
    /// They have said that they heard.
    Heard,
    /// Nobody knows.
    Broken(Attempt),
}

/// How a call ended, where its claim still holds: whoever was thought dead has nothing to say of what was told since.
fn end(
    db: &mut Db,
    row: &Claimed,
    verdict: &ClientVerdict,
    ended: &Ended,
    now: Instant,
) -> Result<()> {
    let Some(sender) = held(db, row.site_id, verdict.comment)? else {
        outbox::finish(db, row, &Attempt::Done, now)?;
        return Ok(());
    };
    let was_last = sender.calling_until == Some(verdict.until);
    let (told, attempt) = match ended {
        Ended::Heard if was_last => (ClientTold::heard(verdict.is_spam), Attempt::Done),
        // They were answered something else meanwhile, and which of the two came last nobody knows.
        Ended::Heard => (
            sender.told().perhaps(verdict.is_spam),
            Attempt::Postponed(now.after(LOOK_AGAIN)),
        ),
        Ended::Broken(attempt) => (sender.told(), attempt.clone()),
    };
    if outbox::finish(db, row, &attempt, now)? {
        note(db, (row.site_id, verdict.comment), told, None)?;
    }
    Ok(())
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
        verdict: ClientVerdict,
        now: Instant,
    ) -> Result<()> {
        self.write(move |db| end(db, &row, &verdict, &Ended::Heard, now))
            .await
    }

    /// Records that nobody knows whether they heard.
    pub async fn did_not_tell_client(
        &self,
        row: Claimed,
        verdict: ClientVerdict,
        attempt: Attempt,
        now: Instant,
    ) -> Result<()> {
        let ended = Ended::Broken(attempt);
        self.write(move |db| end(db, &row, &verdict, &ended, now))
            .await
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::address::Address;
    use super::super::db::Purpose;
    use super::super::schema::outbox as rows;
    use super::*;
    use crate::domain::OutboxId;

    const SITE: SiteId = SiteId(Uuid::from_u128(1));
    const COMMENT: CommentId = CommentId(Uuid::from_u128(2));

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(1_800_000_000_000_000 + seconds * 1_000_000)
    }

    /// A check whose sender may publish it and is being told that it is spam.
    fn being_told(file: &tempfile::NamedTempFile) -> (Db, Claimed, ClientVerdict) {
        let path = file.path().display().to_string();
        let mut db = Db::open(&Address::Sqlite(path), Purpose::Write).expect("opened");
        super::super::migrate::apply(&mut db).expect("migrated");
        // What comments and sites they are of is of no matter here.
        db.batch("PRAGMA foreign_keys = OFF", "")
            .expect("a setting");
        let check = (
            akismet_checks::site_id.eq(SITE),
            akismet_checks::comment_id.eq(COMMENT),
            akismet_checks::mark.eq(vec![7; 16]),
            akismet_checks::turn.eq(0),
            akismet_checks::is_spam.eq(false),
            akismet_checks::callback.eq("https://bao.example/"),
            akismet_checks::may_publish.eq(true),
            akismet_checks::calling_until.eq(Some(at(45))),
        );
        each!(db, |c| diesel::insert_into(akismet_checks::table)
            .values(check)
            .execute(c))
        .expect("a check");
        let id = OutboxId(Uuid::from_u128(3));
        let order = serde_json::json!({});
        let row = NewOutbox::mail(SITE, &order, at(0)).named(id);
        outbox::insert(&mut db, std::iter::once(row)).expect("a row");
        let claimed = Claimed {
            site_id: SITE,
            id,
            comment_id: Some(COMMENT),
            payload: "{}".to_owned(),
            attempts: 1,
            lease: 0,
            last_error: None,
            created_at: at(0),
            obstacle: None,
            tried_at: None,
            may_have_arrived: false,
        };
        let verdict = ClientVerdict {
            comment: COMMENT,
            callback: "https://bao.example/".to_owned(),
            post: None,
            is_spam: true,
            until: at(45),
        };
        (db, claimed, verdict)
    }

    fn told(db: &mut Db) -> (ClientTold, Option<Instant>) {
        let sender = held(db, SITE, COMMENT).expect("read").expect("a sender");
        (sender.told(), sender.calling_until)
    }

    #[test]
    fn what_was_heard_is_known() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let (mut db, row, verdict) = being_told(&file);
        end(&mut db, &row, &verdict, &Ended::Heard, at(1)).expect("noted");
        assert_eq!(told(&mut db), (ClientTold::heard(true), None));
    }

    #[test]
    fn what_was_answered_meanwhile_may_be_the_last_that_they_heard() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let (mut db, row, verdict) = being_told(&file);
        let before = told(&mut db).0;
        answered(&mut db, SITE, COMMENT, false).expect("noted");
        end(&mut db, &row, &verdict, &Ended::Heard, at(1)).expect("noted");
        assert_eq!(told(&mut db), (before, None));
        assert_eq!(before.news(Status::Pending), Some(true));
        // So it is told once more, whatever that is by then.
        let again = rows::table
            .filter(rows::state.eq("ready"))
            .select(rows::run_at);
        let again: Vec<Instant> = each!(db, |c| again.load(c)).expect("rows");
        assert_eq!(again, [at(2)]);
    }
}
