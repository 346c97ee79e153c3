//! The way in for comments: a batch of them with their evidence, events and outbox rows, in a few statements.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::articles::{self, ArticleRef, Gate};
use super::by_model::{self, ByModel};
use super::cms_comments::{self, ByCms};
use super::db::Db;
use super::decision_rows::{self, Settling, settler};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::evidence;
use super::idempotency::{self, Claim, Known};
use super::outbox::{self, NewOutbox};
use super::resend::Resend;
use super::rows::NewCommentRow;
use super::schema::comments;
use super::spent;
use super::subscriptions;
use crate::domain::{
    Actor, ArticleId, BanId, ChallengeId, Comment, CommentId, EventId, Lane, OutboxId, SiteId,
    Status, Verdict,
};

/// A checked and judged comment that is to be stored, with the identifiers of the rows that each comment has.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// The comment; its article is found or made by `article`.
    pub comment: Comment,
    /// The article it was written under.
    pub article: ArticleRef,
    /// Its text's fingerprint, where the text is long enough to have one.
    pub fingerprint: Option<i64>,
    /// What is kept of the address it came from.
    pub address_mark: Option<u16>,
    /// Whether a member of the newspaper wrote it with their token.
    pub newsroom: bool,
    /// What the rules saw.
    pub verdict: Verdict,
    /// The ban that settled it, where one did.
    pub ban: Option<BanId>,
    /// What the site's model does with it where it waits for nobody but a person.
    pub by_model: Option<ByModel>,
    /// The reader's `Idempotency-Key`, where there is one.
    pub key: Option<Claim>,
    /// The challenge that its proof of work solves, where one was wanted. It is used up by this comment.
    pub proof: Option<ChallengeId>,
    /// Whether its reader is asked now if mail may come to them, unless the model refuses it. Whose comment was settled by a rule or shows signs of a
    /// robot is asked when a moderator publishes it: a program that types addresses has no mail sent to them.
    pub asks: bool,
    /// That the newspaper's CMS hands it in, where it does.
    pub by_cms: Option<ByCms>,
    /// Where it waits if no external checker is asked about it; none where none is.
    pub check: Option<Lane>,
    /// What tells that it is sent again by accident, where it has no key.
    pub resend: Option<Resend>,
    /// Identifies the event.
    pub event: EventId,
    /// Identifies the outbox row.
    pub outbox: OutboxId,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ingested {
    /// It is stored, with all its rows.
    Stored {
        /// Which comment.
        id: CommentId,
        /// Where it stands.
        status: Status,
    },
    /// The same key was used for the same submission before: that comment is the answer.
    Replayed {
        /// Which comment.
        id: CommentId,
        /// Where it stood when it was first answered.
        status: Status,
    },
    /// The same key was used for another submission.
    KeyMismatch,
    /// The article takes no comments.
    ArticleClosed,
    /// The comment it answers is not published under this article.
    ParentUnknown,
    /// Another comment was stored with the same proof of work.
    ProofSpent,
}

/// Stores a batch. The outcomes stand in the order of the comments.
pub(super) fn ingest<'a>(db: &mut Db, batch: &[&'a NewComment]) -> Result<Vec<Ingested>> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let named = |new: &&'a NewComment| (&new.article, new.comment.created_at);
    let mut articles = articles::known(db, batch.iter().map(named))?;
    let resends = batch.iter().filter_map(|new| new.resend.as_ref());
    let sought: Vec<Claim> = resends.flat_map(Resend::sought).collect();
    let keys = batch.iter().filter_map(|new| new.key.as_ref());
    let mut known = idempotency::find(db, keys.chain(&sought))?;
    let mut spent = spent::find(db, batch.iter().filter_map(|new| proof(new)))?;
    let mut outcomes = Vec::with_capacity(batch.len());
    let (mut stored, mut as_stored) = (Vec::with_capacity(batch.len()), Vec::new());
    for given in batch {
        let article = articles
            .get(&(given.article.site, given.article.url.as_str()))
            .copied();
        let new = as_its_article_wants(given, article);
        let new = as_its_cms_has_it(db, new, article)?;
        let new = as_its_checker_wants(new);
        let new = as_its_model_decides(new, article);
        let outcome = outcome(db, &new, article, &mut known, &mut spent)?;
        if matches!(outcome, Ingested::Stored { .. }) {
            stored.push(*given);
            as_stored.push(new);
        }
        outcomes.push(outcome);
    }
    // An article is made by a comment that is stored, never by one that is refused.
    articles::make(db, stored.iter().map(named), &mut articles)?;
    let mut accepted: Vec<(&NewComment, ArticleId)> = Vec::with_capacity(as_stored.len());
    for new in &as_stored {
        let article = articles.get(&(new.article.site, new.article.url.as_str()));
        let article =
            article.ok_or_else(|| Error::Broken("the article was not made".to_owned()))?;
        accepted.push((new, article.id));
    }
    insert(db, &accepted)?;
    Ok(outcomes)
}

/// Under an article whose comments all wait for a person, what a rule or a ban has settled waits too.
fn as_its_article_wants(new: &NewComment, article: Option<Gate>) -> Cow<'_, NewComment> {
    let is_settled = new.comment.status != Status::Pending;
    if !is_settled || !article.is_some_and(|article| article.premoderate) {
        return Cow::Borrowed(new);
    }
    let mut new = new.clone();
    new.verdict.leave_to_a_person();
    new.ban = None;
    let comment = &mut new.comment;
    (comment.status, comment.lane) = (Status::Pending, new.verdict.lane);
    comment.decided_at = None;
    Cow::Owned(new)
}

/// What waits for a person waits for the site's external checker first, where there is one. What a rule has settled it is not asked about.
fn as_its_checker_wants(new: Cow<'_, NewComment>) -> Cow<'_, NewComment> {
    if new.check.is_none() {
        return new;
    }
    let mut new = new.into_owned();
    let waits = new.comment.status == Status::Pending;
    new.check = waits.then(|| new.verdict.wait_for_checker());
    new.comment.lane = new.verdict.lane;
    Cow::Owned(new)
}

/// What would wait for nobody but a person stands where its site's model puts it, unless it is one of those that people see all the same. What
/// comes from elsewhere waits for a person here as there.
fn as_its_model_decides(new: Cow<'_, NewComment>, article: Option<Gate>) -> Cow<'_, NewComment> {
    let Some(by) = new.by_model else {
        return new;
    };
    let mut new = new.into_owned();
    let is_ours = new.comment.source.is_none() && new.by_cms.is_none();
    let is_premoderated = article.is_some_and(|article| article.premoderate);
    let waits = new.comment.status == Status::Pending && new.check.is_none();
    if !(is_ours && waits) || is_premoderated {
        new.by_model = None;
    } else if let Some(to) = by.moves(&new.comment) {
        (new.comment.status, new.comment.decided_at) = (to, Some(new.comment.created_at));
    }
    Cow::Owned(new)
}

/// What a CMS hands in answers whatever of the article it names, waiting or published; what answers nothing that is here stands for itself.
fn as_its_cms_has_it<'a>(
    db: &mut Db,
    new: Cow<'a, NewComment>,
    article: Option<Gate>,
) -> Result<Cow<'a, NewComment>> {
    let Some(parent) = new.comment.parent.filter(|_| new.by_cms.is_some()) else {
        return Ok(new);
    };
    let is_there = match article {
        Some(article) => is_under(db, new.comment.site, article.id, parent)?,
        None => false,
    };
    if is_there {
        return Ok(new);
    }
    let mut new = new.into_owned();
    new.comment.parent = None;
    Ok(Cow::Owned(new))
}

fn outcome(
    db: &mut Db,
    new: &NewComment,
    article: Option<Gate>,
    known: &mut HashMap<Claim, Known>,
    spent: &mut HashSet<(SiteId, ChallengeId)>,
) -> Result<Ingested> {
    // The key comes first: a repeated submission gets its first answer even if the article was closed meanwhile.
    if let Some(key) = &new.key
        && let Some(earlier) = known.get(key)
    {
        return Ok(earlier.answer(key));
    }
    if let Some(resend) = &new.resend
        && let Some((id, status)) = resend.first(db, known)?
    {
        return Ok(Ingested::Replayed { id, status });
    }
    // What comes from elsewhere has been taken in there, and waits for a person here as there.
    let is_ours = new.comment.source.is_none() && new.by_cms.is_none();
    if is_ours && article.is_some_and(|article| !article.is_open_at(new.comment.created_at)) {
        return Ok(Ingested::ArticleClosed);
    }
    if let Some(parent) = new.comment.parent.filter(|_| is_ours) {
        // A new article has no comment that could be answered.
        let Some(article) = article else {
            return Ok(Ingested::ParentUnknown);
        };
        if !is_published(db, new, article.id, parent)? {
            return Ok(Ingested::ParentUnknown);
        }
    }
    // The proof comes last: only a comment that is stored uses it up.
    if proof(new).is_some_and(|proof| !spent.insert(proof)) {
        return Ok(Ingested::ProofSpent);
    }
    let (id, status) = (new.comment.id, new.comment.status);
    if let Some(key) = &new.key {
        let earlier = Known {
            request_hash: key.request_hash,
            comment: id,
            status,
        };
        known.insert(key.clone(), earlier);
    }
    for claim in new.resend.iter().flat_map(Resend::kept) {
        let request_hash = claim.request_hash;
        known.insert(
            claim,
            Known {
                request_hash,
                comment: id,
                status,
            },
        );
    }
    Ok(Ingested::Stored { id, status })
}

fn proof(new: &NewComment) -> Option<(SiteId, ChallengeId)> {
    Some((new.comment.site, new.proof?))
}

/// A reply may only hang on what its reader can see.
fn is_published(
    db: &mut Db,
    new: &NewComment,
    article: ArticleId,
    parent: CommentId,
) -> Result<bool> {
    let parents = comments::table
        .filter(comments::site_id.eq(new.comment.site))
        .filter(comments::id.eq(parent))
        .filter(comments::article_id.eq(article))
        .filter(comments::status.eq(Status::Approved))
        .filter(comments::source.is_null())
        .count();
    let found: i64 = super::db::each!(db, |c| parents.get_result(c))?;
    Ok(found > 0)
}

/// Whether that comment was written under the article, and is not erased.
fn is_under(db: &mut Db, site: SiteId, article: ArticleId, comment: CommentId) -> Result<bool> {
    let there = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(comment))
        .filter(comments::article_id.eq(article))
        .filter(comments::status.ne(Status::Erased))
        .filter(comments::source.is_null())
        .count();
    let found: i64 = super::db::each!(db, |c| there.get_result(c))?;
    Ok(found > 0)
}

fn insert(db: &mut Db, accepted: &[(&NewComment, ArticleId)]) -> Result<()> {
    // Rising keys: rows that lie together are written together, and PostgreSQL's writers do not lock crosswise.
    let mut accepted = accepted.to_vec();
    accepted.sort_by_key(|(new, _)| (new.comment.site, new.comment.id));
    let rows: Vec<NewCommentRow<'_>> = accepted
        .iter()
        .map(|(new, article)| NewCommentRow::new(new, *article))
        .collect();
    super::bulk::insert!(db, comments::table, rows);
    let judged = accepted
        .iter()
        .map(|(new, _)| (&new.comment, new.verdict.evidence.as_slice()));
    evidence::insert(db, judged)?;
    let received = accepted
        .iter()
        .map(|(new, article)| received(new, *article));
    events::insert(db, received)?;
    outbox::insert(db, accepted.iter().map(|(new, _)| held(new)))?;
    outbox::insert(db, accepted.iter().filter_map(|(new, _)| check(new)))?;
    cms_comments::insert(db, accepted.iter().filter_map(|(new, _)| named(new)))?;
    ask(db, &accepted)?;
    let kept: Vec<(Claim, &Comment)> = accepted
        .iter()
        .flat_map(|(new, _)| {
            let resend = new.resend.iter().flat_map(Resend::kept);
            let keys = new.key.iter().cloned().chain(resend);
            keys.map(|key| (key, &new.comment))
        })
        .collect();
    idempotency::insert(db, kept.iter().map(|(key, comment)| (key, *comment)))?;
    spent::insert(db, accepted.iter().filter_map(|(new, _)| proof(new)))?;
    let settled = accepted
        .iter()
        .filter(|(new, _)| new.comment.status != Status::Pending);
    let settled = settled.map(|(new, _)| Settling {
        comment: &new.comment,
        at: new.comment.created_at,
        by: settler(new.verdict.settled_by.as_deref()),
        ban: new.ban,
    });
    decision_rows::insert_settled(db, settled)?;
    let left = accepted
        .iter()
        .filter(|(new, _)| new.comment.status == Status::Pending);
    let left = left.filter_map(|(new, _)| Some((&new.comment, new.by_model.as_ref()?)));
    by_model::note_samples(db, left)
}

/// Asks the readers who want mail, and tells those of them who said yes what the model decided.
fn ask(db: &mut Db, accepted: &[(&NewComment, ArticleId)]) -> Result<()> {
    let mut asking: Vec<&NewComment> = accepted
        .iter()
        .map(|(new, _)| *new)
        .filter(|new| new.asks || new.by_model.is_some())
        .collect();
    // As other writers go through them, so that PostgreSQL's do not lock crosswise.
    asking.sort_by(|a, b| key_of(a).cmp(&key_of(b)));
    for new in asking {
        let (at, status) = (new.comment.created_at, new.comment.status);
        if new.asks && matches!(status, Status::Pending | Status::Approved) {
            subscriptions::ask(db, &new.comment, new.address_mark, at, at)?;
        }
        if let Some(by) = new.by_model.as_ref().filter(|_| status != Status::Pending) {
            by_model::tell(db, &new.comment, by, at)?;
        }
    }
    Ok(())
}

/// What its CMS calls it.
fn named(new: &NewComment) -> Option<(SiteId, CommentId, &str)> {
    let external_id = new.by_cms.as_ref()?.external_id.as_deref()?;
    Some((new.comment.site, new.comment.id, external_id))
}

fn key_of(new: &NewComment) -> (SiteId, &str) {
    (new.comment.site, &new.comment.email_key)
}

/// Who moved the comment on arrival: what settled it, or nobody but its reader.
fn received(new: &NewComment, article: ArticleId) -> NewEvent {
    let actor = match new.comment.status {
        Status::Pending => Actor::Reader,
        _ => settler(new.verdict.settled_by.as_deref()),
    };
    NewEvent::of_comment(
        new.event,
        "comment.received",
        &new.comment,
        &actor,
        new.comment.created_at,
    )
    .shown_at(Some(article).filter(|_| new.comment.status == Status::Approved))
    .with_detail(Arrived {
        status: new.comment.status,
        lane: new.comment.lane,
        score: new.comment.score,
    })
}

/// What the event of an arrival tells beside its columns.
#[derive(serde::Serialize)]
struct Arrived {
    status: Status,
    lane: Lane,
    score: f32,
}

/// That its external checker is to be asked about it.
fn check(new: &NewComment) -> Option<NewOutbox> {
    let at = new.comment.created_at;
    Some(NewOutbox::check(&new.comment, new.check?, at))
}

fn held(new: &NewComment) -> NewOutbox {
    NewOutbox::notice(new.outbox, &new.comment, new.verdict.is_urgent())
}
