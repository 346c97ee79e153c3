//! What came by the Akismet protocol: taken in once however often it is checked, and decided on by what people say of it where it came
//! from.

use diesel::prelude::*;

use super::akismet_told;
use super::db::{Db, each};
use super::decisions::{self, NewDecision};
use super::error::{Error, Result};
use super::ingest::{self, Ingested, NewComment};
use super::schema::{akismet_checks, comments};
use super::types::{first_at, moment_of};
use super::{Scope, Store};
use crate::domain::{
    Action, Actor, Again, BatchId, ClientReport, CommentId, Earlier, Instant, SiteId, Status,
    same_as,
};

/// A check, with the comment that it brings unless that is there already.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// The comment.
    pub comment: NewComment,
    /// A hash of what it says.
    pub mark: [u8; 16],
    /// Which of those that say the same it is, if one.
    pub again: Again,
    /// Where its sender hears of a decision.
    pub callback: Option<String>,
    /// What its sender calls the page.
    pub post: Option<String>,
}

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckTaken {
    /// The comment.
    pub id: CommentId,
    /// Where it stands.
    pub status: Status,
    /// Whether it was stored now.
    pub is_new: bool,
    /// Whether its sender is told of a decision.
    pub is_called_back: bool,
}

/// What people said of a comment where it came from.
#[derive(Debug, Clone)]
pub struct NewClientReport {
    /// The comment as they send it, to be stored where it is not there.
    pub check: NewCheck,
    /// What they were told that it is called.
    pub named: Option<CommentId>,
    /// What they said.
    pub report: ClientReport,
    /// Identifies the decision.
    pub batch: BatchId,
    /// When.
    pub at: Instant,
}

/// What came of a site within some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AkismetUsage {
    /// Answered as spam.
    pub spam: i64,
    /// Answered as none.
    pub ham: i64,
    /// Of the latter, such as people took for spam.
    pub missed_spam: i64,
    /// Of the former, such as people took for none.
    pub false_positives: i64,
}

/// As many of the newest that say the same are looked at, and of those that were written nobody knows when, as many as there can be
/// within the time that one of them is looked for in: they lie ten minutes apart.
const NEWEST: i64 = 8;
const UNDATED: i64 = 200;

#[derive(Insertable)]
#[diesel(table_name = akismet_checks, treat_none_as_default_value = false)]
struct CheckRow<'a> {
    site_id: SiteId,
    comment_id: CommentId,
    mark: &'a [u8],
    turn: i32,
    written_at: Option<Instant>,
    is_spam: bool,
    callback: Option<String>,
    post: Option<String>,
}

#[diesel::dsl::auto_type]
fn says(site: SiteId, mark: Vec<u8>) -> _ {
    akismet_checks::site_id
        .eq(site)
        .and(akismet_checks::mark.eq(mark))
}

type Dated = (CommentId, Option<Instant>);

/// Of the comments that say the same those that may be meant, and the turn of one more. There may be any number of them, and the writer is
/// not to look through all.
fn of_mark(
    db: &mut Db,
    site: SiteId,
    mark: &[u8; 16],
    again: &Again,
) -> Result<(Vec<Earlier>, i32)> {
    let query = akismet_checks::table
        .filter(says(site, mark.to_vec()))
        .order(akismet_checks::turn.desc())
        .limit(NEWEST)
        .select((
            akismet_checks::turn,
            (akismet_checks::comment_id, akismet_checks::written_at),
        ));
    let newest: Vec<(i32, Dated)> = each!(db, |c| query.load(c))?;
    let turn = newest.first().map_or(0, |(turn, _)| turn + 1);
    let is_all = i64::try_from(newest.len()).is_ok_and(|many| many < NEWEST);
    let mut rows: Vec<Dated> = newest.into_iter().map(|(_, row)| row).collect();
    if !is_all {
        rows.extend(dated(db, site, mark, again)?);
        rows.extend(undated(db, site, mark, again)?);
    }
    let earlier = rows.into_iter().map(|(comment, written)| Earlier {
        comment,
        arrived: moment_of(comment.0),
        written,
    });
    Ok((earlier.collect(), turn))
}

/// The newest that was written then.
fn dated(db: &mut Db, site: SiteId, mark: &[u8; 16], again: &Again) -> Result<Option<Dated>> {
    let Some(written) = again.written else {
        return Ok(None);
    };
    let query = akismet_checks::table
        .filter(says(site, mark.to_vec()))
        .filter(akismet_checks::written_at.eq(written))
        .order(akismet_checks::comment_id.desc())
        .select((akismet_checks::comment_id, akismet_checks::written_at));
    Ok(each!(db, |c| query.first(c).optional())?)
}

/// Those whose sender did not say when they were written: the newest, and those that came about then.
fn undated(db: &mut Db, site: SiteId, mark: &[u8; 16], again: &Again) -> Result<Vec<Dated>> {
    let Some((from, to)) = again.first_checked() else {
        return Ok(Vec::new());
    };
    let of_mark = akismet_checks::table
        .filter(says(site, mark.to_vec()))
        .filter(akismet_checks::written_at.is_null())
        .order(akismet_checks::comment_id.desc())
        .select((akismet_checks::comment_id, akismet_checks::written_at));
    let newest = of_mark.clone().limit(NEWEST);
    let about_then = of_mark
        .filter(akismet_checks::comment_id.ge(CommentId(first_at(from))))
        .filter(akismet_checks::comment_id.lt(CommentId(first_at(to))))
        .limit(UNDATED);
    let mut found: Vec<Dated> = each!(db, |c| newest.load(c))?;
    found.extend(each!(db, |c| about_then.load::<Dated>(c))?);
    Ok(found)
}

/// A comment as it stands, where it came this way. Nobody tells its sender of it until the transaction ends.
fn standing(db: &mut Db, site: SiteId, id: CommentId) -> Result<Option<CheckTaken>> {
    let Some(check) = akismet_told::held(db, site, id)? else {
        return Ok(None);
    };
    let status = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(id))
        .select(comments::status);
    let status: Option<Status> = each!(db, |c| status.first(c).optional())?;
    Ok(status.map(|status| CheckTaken {
        id,
        status,
        is_new: false,
        is_called_back: check.callback.is_some(),
    }))
}

fn take(db: &mut Db, new: &NewCheck) -> Result<CheckTaken> {
    let site = new.comment.comment.site;
    let (earlier, turn) = of_mark(db, site, &new.mark, &new.again)?;
    if let Some(id) = same_as(&earlier, &new.again)
        && let Some(taken) = standing(db, site, id)?
    {
        if taken.status != Status::Pending {
            akismet_told::answered(db, site, id, is_spam(taken.status))?;
        }
        return Ok(taken);
    }
    let ingested = ingest::ingest(db, &[&new.comment])?.pop();
    let Some(Ingested::Stored { id, status }) = ingested else {
        return Err(Error::Broken(format!(
            "a check was not stored: {ingested:?}"
        )));
    };
    let row = CheckRow {
        site_id: site,
        comment_id: id,
        mark: &new.mark,
        turn,
        written_at: new.again.written,
        is_spam: is_spam(status),
        callback: new.callback.clone(),
        post: new.post.clone(),
    };
    let written = each!(db, |c| diesel::insert_into(akismet_checks::table)
        .values(&row)
        .execute(c));
    match written.map_err(Error::from) {
        Ok(_) => Ok(CheckTaken {
            id,
            status,
            is_new: true,
            is_called_back: new.callback.is_some(),
        }),
        // Another writer has just brought the same: the next look finds it.
        Err(Error::Conflict(_)) => Err(Error::Contended),
        Err(error) => Err(error),
    }
}

const fn is_spam(status: Status) -> bool {
    !matches!(status, Status::Pending | Status::Approved)
}

fn report(db: &mut Db, new: &NewClientReport) -> Result<CheckTaken> {
    let site = new.check.comment.comment.site;
    // Only what came this way: who knows a comment of our own readers has no say in it.
    let named = match new.named {
        Some(id) => standing(db, site, id)?,
        None => None,
    };
    let taken = match named {
        Some(taken) => taken,
        None => take(db, &new.check)?,
    };
    let decision = NewDecision {
        batch: new.batch,
        action: match new.report {
            ClientReport::Spam => Action::Spam,
            ClientReport::Ham => Action::Approve,
        },
        comments: vec![(taken.id, None)],
        reason: None,
        note: None,
        actor: Actor::Client,
        at: new.at,
        tell_at: new.at,
    };
    // Where it stands there already, or its text is gone, there is nothing to decide.
    decisions::decide(db, &Scope::of([site]), &decision)?;
    // They know where it stands, since they say so.
    akismet_told::reported(db, site, taken.id, new.report == ClientReport::Spam)?;
    let target = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.eq(taken.id));
    let change = akismet_checks::reported.eq(new.report.as_str());
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok(taken)
}

fn usage(db: &mut Db, site: SiteId, from: Instant, to: Instant) -> Result<AkismetUsage> {
    let query = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.ge(CommentId(first_at(from))))
        .filter(akismet_checks::comment_id.lt(CommentId(first_at(to))))
        .group_by((akismet_checks::is_spam, akismet_checks::reported))
        .select((
            akismet_checks::is_spam,
            akismet_checks::reported,
            diesel::dsl::count_star(),
        ));
    let rows: Vec<(bool, Option<String>, i64)> = each!(db, |c| query.load(c))?;
    let mut usage = AkismetUsage::default();
    for (is_spam, reported, count) in rows {
        let reported = reported.as_deref();
        if is_spam {
            usage.spam += count;
            if reported == Some(ClientReport::Ham.as_str()) {
                usage.false_positives += count;
            }
        } else {
            usage.ham += count;
            if reported == Some(ClientReport::Spam.as_str()) {
                usage.missed_spam += count;
            }
        }
    }
    Ok(usage)
}

impl Store {
    /// Takes a check in, through the group commit. Durable when it returns; a check that is sent again finds its comment.
    pub async fn take_check(&self, new: NewCheck) -> Result<CheckTaken> {
        self.write(move |db| take(db, &new)).await
    }

    /// Decides on a comment as people have where it came from; one that is not there is stored first.
    pub async fn report_by_client(&self, new: NewClientReport) -> Result<CheckTaken> {
        self.write(move |db| report(db, &new)).await
    }

    /// What came of a site from one moment on and before another.
    pub async fn akismet_usage(
        &self,
        site: SiteId,
        from: Instant,
        to: Instant,
    ) -> Result<AkismetUsage> {
        self.read(move |db| usage(db, site, from, to)).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::super::address::Address;
    use super::super::db::Purpose;
    use super::*;

    const SITE: SiteId = SiteId(Uuid::from_u128(1));
    const MARK: [u8; 16] = [7; 16];
    const HOUR: Duration = Duration::from_secs(3600);

    fn open(file: &tempfile::NamedTempFile) -> Db {
        let path = file.path().display().to_string();
        let mut db = Db::open(&Address::Sqlite(path), Purpose::Write).expect("opened");
        super::super::migrate::apply(&mut db).expect("migrated");
        // What comments and sites they are of is of no matter here.
        db.batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF", "")
            .expect("settings");
        db
    }

    fn check(db: &mut Db, turn: i32, arrived: Instant, written: Option<Instant>) -> CommentId {
        let comment_id = CommentId(first_at(arrived));
        let row = CheckRow {
            site_id: SITE,
            comment_id,
            mark: &MARK,
            turn,
            written_at: written,
            is_spam: false,
            callback: None,
            post: None,
        };
        each!(db, |c| diesel::insert_into(akismet_checks::table)
            .values(&row)
            .execute(c))
        .expect("a row");
        comment_id
    }

    #[test]
    fn however_many_say_the_same_a_few_are_read_and_the_one_that_is_meant_is_among_them() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let mut db = open(&file);
        let begun = Instant::from_micros(1_800_000_000_000_000);
        let at = |number: u32| begun.after(HOUR * number);
        let undated = check(&mut db, 0, at(0), None);
        let dated: Vec<CommentId> = (1..2_000_u32)
            .map(|turn| {
                let written = at(turn).before(HOUR / 2);
                let turn_of = i32::try_from(turn).expect("not that many");
                check(&mut db, turn_of, at(turn), Some(written))
            })
            .collect();
        let now = at(5_000);
        let mut meant = |written: Option<Instant>, is_recheck| {
            let again = Again {
                at: now,
                written,
                is_recheck,
            };
            let (earlier, turn) = of_mark(&mut db, SITE, &MARK, &again).expect("read");
            assert!(earlier.len() < 20, "{}", earlier.len());
            assert_eq!(turn, 2_000);
            same_as(&earlier, &again)
        };
        // Written then, however long ago; not said then, and said since; one more; and nobody knows when.
        let written = at(7).before(HOUR / 2);
        assert_eq!(meant(Some(written), false), Some(dated[6]));
        assert_eq!(meant(Some(begun.before(HOUR)), true), Some(undated));
        assert_eq!(meant(Some(now), false), None);
        assert_eq!(meant(None, true), dated.last().copied());
    }
}
