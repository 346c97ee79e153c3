//! What was done on a site.

use std::collections::BTreeSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::rows::{ActRow, sections_of};
use super::{Found, HistoryEntry, HistoryFilter, LOOKED_THROUGH, Who};
use crate::domain::{ArticleId, CommentId, EventId, HistoryKind, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{articles, comments, events};
use crate::store::types::{first_at, moment_of};
use crate::store::{Part, checks, rule_changes};

/// What the index of acts says of itself, letter by letter.
pub(in crate::store) const IS_ACT: &str = "(kind <> 'comment.received' OR actor_kind <> 'reader')";
/// The same of the index by comment.
pub(in crate::store) const IS_NO_ARRIVAL: &str = "kind <> 'comment.received'";

/// How long after a comment's identifier was made its arrival is stored, at the most.
const ARRIVES_WITHIN: std::time::Duration = std::time::Duration::from_secs(60);

/// Narrows events of a site to those of a kind.
macro_rules! of_kind {
    ($query:expr, $kind:expr) => {
        match $kind {
            None => $query,
            Some(HistoryKind::Decisions) => $query.filter(events::kind.like("comment.%")),
            // What is no comment's has an index of its own.
            Some(kind) => $query
                .filter(events::comment_id.is_null())
                .filter(events::kind.eq_any(named(kind))),
        }
    };
}

/// The kinds of events about articles.
const OF_ARTICLES: &[&str] = &["article_changed", "article_told"];

/// The kinds of events that are of one of these kinds of ours. What a newer version may have written is among all alone.
pub(in crate::store) const fn named(kind: HistoryKind) -> &'static [&'static str] {
    match kind {
        HistoryKind::Bans => &["ban_added", "ban_lifted"],
        HistoryKind::Articles => OF_ARTICLES,
        HistoryKind::Settings => &[
            "site_added",
            "site_origins",
            "site_settings",
            "site_secret",
            "model_mended",
            "model_reset",
            "model_rolled_back",
            "model_remembered",
            "webhook_added",
            "webhook_changed",
            "webhook_removed",
        ],
        HistoryKind::Words => &[
            "site_word_added",
            "site_word_live",
            "site_word_draft",
            "site_word_removed",
            "backtest_started",
            "backtest_cancelled",
            rule_changes::CHANGED,
        ],
        HistoryKind::Decisions | HistoryKind::Members => &[],
    }
}

/// Narrows events of a site to what somebody did.
macro_rules! by {
    ($query:expr, $who:expr) => {
        match $who {
            None => $query,
            Some(Who::Kind(kind)) => $query.filter(events::actor_kind.eq(*kind)),
            Some(Who::Member(id, name)) => {
                let named = events::detail.like(format!("%\"member\":\"{id}\"%"));
                let unnamed = events::detail
                    .not_like("%\"member\":\"%")
                    .and(events::actor_name.eq(name.clone()));
                $query
                    .filter(events::actor_kind.eq("moderator"))
                    .filter(named.or(unnamed))
            }
        }
    };
}

/// Narrows events of a site to what concerns some sections: their comments, their articles, and the site's bans, which hold for
/// them too. Which article it was is looked at afterwards.
macro_rules! within_sections {
    ($query:expr, $part:expr) => {
        match $part {
            Part::Whole(_) => $query,
            Part::Sections(_, sections) => {
                let sections: Vec<String> = sections.iter().cloned().collect();
                let theirs = comments::table
                    .inner_join(
                        articles::table.on(articles::site_id
                            .eq(comments::site_id)
                            .and(articles::id.eq(comments::article_id))),
                    )
                    .filter(comments::site_id.eq(events::site_id))
                    .filter(comments::id.nullable().eq(events::comment_id))
                    .filter(articles::section.eq_any(sections));
                let others = ["ban_added", "ban_lifted", "article_changed", "article_told"];
                $query.filter(events::kind.eq_any(others).or(diesel::dsl::exists(theirs)))
            }
        }
    };
}

/// Where a page ends that looks through no more than it may; none where there is less.
fn looked_up_to(
    db: &mut Db,
    site: SiteId,
    kind: Option<HistoryKind>,
    (from, to): (EventId, EventId),
) -> Result<Option<EventId>> {
    let query = events::table
        .filter(events::site_id.eq(site))
        .filter(events::id.ge(from))
        .filter(events::id.lt(to))
        .filter(sql::<Bool>(IS_ACT))
        .order(events::id.desc())
        .offset(LOOKED_THROUGH)
        .select(events::id);
    let of_comments = matches!(kind, None | Some(HistoryKind::Decisions));
    Ok(if of_comments {
        each!(db, |c| query.first(c).optional())?
    } else {
        let query = query.filter(events::comment_id.is_null());
        each!(db, |c| query.first(c).optional())?
    })
}

fn acts(
    db: &mut Db,
    part: &Part,
    (from, to): (EventId, EventId),
    filter: &HistoryFilter,
) -> Result<Vec<ActRow>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    Ok(each!(db, |c| {
        let query = events::table
            .filter(events::site_id.eq(*site))
            .filter(events::id.ge(from))
            .filter(events::id.lt(to))
            .filter(sql::<Bool>(IS_ACT))
            .filter(events::kind.ne(checks::PASSED))
            .order(events::id.desc())
            .limit(filter.most())
            .select(ActRow::as_select())
            .into_boxed();
        let query = of_kind!(query, filter.kind);
        let query = by!(query, &filter.who);
        within_sections!(query, part).load(c)
    })?)
}

/// What was done about one comment, with its arrival where a rule or the model settled that.
fn acts_about(
    db: &mut Db,
    part: &Part,
    comment: CommentId,
    filter: &HistoryFilter,
) -> Result<Vec<ActRow>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let (from, to) = filter.bounds();
    let mut rows: Vec<ActRow> = each!(db, |c| {
        let query = events::table
            .filter(events::site_id.eq(*site))
            .filter(events::comment_id.eq(comment))
            .filter(events::id.ge(from))
            .filter(events::id.lt(to))
            .filter(sql::<Bool>(IS_NO_ARRIVAL))
            .filter(events::kind.ne(checks::PASSED))
            .order(events::id.desc())
            .limit(filter.most())
            .select(ActRow::as_select())
            .into_boxed();
        let query = of_kind!(query, filter.kind);
        let query = by!(query, &filter.who);
        within_sections!(query, part).load(c)
    })?;
    let made = moment_of(comment.0);
    let first = from.max(EventId(first_at(made.before(ARRIVES_WITHIN))));
    let last = to.min(EventId(first_at(made.after(ARRIVES_WITHIN))));
    let arrival: Option<ActRow> = each!(db, |c| {
        let query = events::table
            .filter(events::site_id.eq(*site))
            .filter(events::id.ge(first))
            .filter(events::id.lt(last))
            .filter(events::kind.eq("comment.received"))
            .filter(events::actor_kind.eq_any(["rule", "model"]))
            .filter(events::comment_id.eq(comment))
            .filter(sql::<Bool>(IS_ACT))
            .select(ActRow::as_select())
            .into_boxed();
        let query = of_kind!(query, filter.kind);
        let query = by!(query, &filter.who);
        within_sections!(query, part).first(c).optional()
    })?;
    rows.extend(arrival);
    Ok(rows)
}

pub(super) fn on_site(db: &mut Db, part: &Part, filter: &HistoryFilter) -> Result<Found> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let (from, to) = filter.bounds();
    let (rows, end) = if let Some(comment) = filter.comment {
        (acts_about(db, part, comment, filter)?, None)
    } else {
        let end = looked_up_to(db, *site, filter.kind, (from, to))?;
        let rows = acts(db, part, (end.unwrap_or(from), to), filter)?;
        (rows, end)
    };
    let is_cut = rows.len() > filter.limit;
    let end = if is_cut {
        rows.last().map(|row| row.id)
    } else {
        end
    };
    let mut entries: Vec<HistoryEntry> = rows.into_iter().map(HistoryEntry::from).collect();
    if let Part::Sections(_, sections) = part {
        keep_theirs(db, *site, sections, &mut entries)?;
    }
    Ok((entries, end))
}

/// Leaves out what was done with articles of other sections.
fn keep_theirs(
    db: &mut Db,
    site: SiteId,
    sections: &BTreeSet<String>,
    entries: &mut Vec<HistoryEntry>,
) -> Result<()> {
    let changed: Vec<ArticleId> = entries.iter().filter_map(HistoryEntry::article).collect();
    let of = sections_of(db, site, &changed)?;
    entries.retain(|entry| {
        !OF_ARTICLES.contains(&entry.kind.as_str())
            || entry
                .article()
                .and_then(|id| of.get(&id))
                .is_some_and(|section| sections.contains(section))
    });
    Ok(())
}
