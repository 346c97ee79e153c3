//! The words that a site's editors hold or allow. Each change raises the site's revision of its words in the same
//! transaction, so that whoever keeps them compiled sees it with the site.

use diesel::prelude::*;
use uuid::Uuid;

use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::{site_words, sites};
use super::{Store, bulk};
use crate::domain::{
    Actor, Category, EventId, Instant, SiteId, SiteWord, WordId, WordKind, WordState,
};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = site_words, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct WordRow {
    site_id: SiteId,
    id: WordId,
    word: String,
    normal: String,
    kind: WordKind,
    category: Option<Category>,
    weight: f32,
    state: WordState,
    note: Option<String>,
    created_by: String,
    created_at: Instant,
    updated_at: Instant,
}

bulk::row! { WordRow => site_words:
    site_id, id, word, normal, kind, category, weight, state, note, created_by, created_at, updated_at
}

impl From<WordRow> for SiteWord {
    fn from(row: WordRow) -> Self {
        Self {
            id: row.id,
            site: row.site_id,
            word: row.word,
            normal: row.normal,
            kind: row.kind,
            category: row.category,
            weight: row.weight,
            state: row.state,
            note: row.note,
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl From<SiteWord> for WordRow {
    fn from(word: SiteWord) -> Self {
        Self {
            id: word.id,
            site_id: word.site,
            word: word.word,
            normal: word.normal,
            kind: word.kind,
            category: word.category,
            weight: word.weight,
            state: word.state,
            note: word.note,
            created_by: word.created_by,
            created_at: word.created_at,
            updated_at: word.updated_at,
        }
    }
}

/// Which words of a site to list, oldest first.
#[derive(Debug, Clone, Default)]
pub struct WordFilter {
    /// Only those in this state.
    pub state: Option<WordState>,
    /// Only those of this kind.
    pub kind: Option<WordKind>,
    /// Only those after this one.
    pub after: Option<WordId>,
    /// At most as many; all without.
    pub limit: Option<i64>,
}

/// What became of words that were to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// All of them stand on the list.
    All,
    /// None was added: these places of the request stand on the list already.
    Known(Vec<usize>),
    /// None was added: the list would grow longer than it may.
    Full,
}

fn list(db: &mut Db, site: SiteId, filter: &WordFilter) -> Result<Vec<SiteWord>> {
    let rows: Vec<WordRow> = each!(db, |c| {
        let mut query = site_words::table
            .filter(site_words::site_id.eq(site))
            .order(site_words::id)
            .into_boxed();
        if let Some(state) = filter.state {
            query = query.filter(site_words::state.eq(state));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(site_words::kind.eq(kind));
        }
        if let Some(after) = filter.after {
            query = query.filter(site_words::id.gt(after));
        }
        if let Some(limit) = filter.limit {
            query = query.limit(limit);
        }
        query.select(WordRow::as_select()).load(c)
    })?;
    Ok(rows.into_iter().map(SiteWord::from).collect())
}

/// The words of the request that stand on the list already.
fn known(db: &mut Db, site: SiteId, words: &[SiteWord]) -> Result<Vec<usize>> {
    let normals: Vec<&str> = words.iter().map(|word| word.normal.as_str()).collect();
    let mut taken: Vec<String> = Vec::new();
    for normals in normals.chunks(bulk::ROWS) {
        let query = site_words::table
            .filter(site_words::site_id.eq(site))
            .filter(site_words::normal.eq_any(normals.to_vec()))
            .select(site_words::normal);
        let found: Vec<String> = each!(db, |c| query.load(c))?;
        taken.extend(found);
    }
    let places = words.iter().enumerate();
    Ok(places
        .filter(|(_, word)| taken.contains(&word.normal))
        .map(|(place, _)| place)
        .collect())
}

/// Records a change: the event, and that the site's words are others now.
fn changed(
    db: &mut Db,
    kind: &'static str,
    words: &[SiteWord],
    actor: &Actor,
    at: Instant,
) -> Result<()> {
    let Some(site) = words.first().map(|word| word.site) else {
        return Ok(());
    };
    let events = words.iter().map(|word| {
        let detail = serde_json::json!({
            "id": word.id, "word": word.word, "kind": word.kind, "category": word.category,
            "weight": word.weight, "state": word.state,
        });
        NewEvent::of_site(EventId(Uuid::now_v7()), kind, site, actor, at).traced(actor, detail)
    });
    events::insert(db, events)?;
    let target = sites::table.filter(sites::id.eq(site));
    each!(db, |c| diesel::update(target)
        .set(sites::words_revision.eq(sites::words_revision + 1))
        .execute(c))?;
    Ok(())
}

/// The word of that id on the site.
fn word(db: &mut Db, site: SiteId, id: WordId) -> Result<SiteWord> {
    let query = site_words::table
        .filter(site_words::site_id.eq(site))
        .filter(site_words::id.eq(id));
    let row: WordRow = each!(db, |c| query.select(WordRow::as_select()).first(c))?;
    Ok(row.into())
}

fn add(db: &mut Db, site: SiteId, new: &[SiteWord], most: i64, actor: &Actor) -> Result<Added> {
    let known = known(db, site, new)?;
    if !known.is_empty() {
        return Ok(Added::Known(known));
    }
    let all = site_words::table
        .filter(site_words::site_id.eq(site))
        .count();
    let count: i64 = each!(db, |c| all.get_result(c))?;
    if count + i64::try_from(new.len()).unwrap_or(i64::MAX) > most {
        return Ok(Added::Full);
    }
    let rows: Vec<WordRow> = new.iter().cloned().map(WordRow::from).collect();
    bulk::insert!(db, site_words::table, rows);
    if let Some(first) = new.first() {
        changed(db, "site_word_added", new, actor, first.created_at)?;
    }
    Ok(Added::All)
}

impl Store {
    /// Adds words of one site, all or none; it may have `most` of them.
    pub async fn add_site_words(
        &self,
        site: SiteId,
        words: Vec<SiteWord>,
        most: usize,
        actor: Actor,
    ) -> Result<Added> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.write(move |db| add(db, site, &words, most, &actor))
            .await
    }

    /// A site's words.
    pub async fn site_words(&self, site: SiteId, filter: WordFilter) -> Result<Vec<SiteWord>> {
        self.read(move |db| list(db, site, &filter)).await
    }

    /// The site's word that is looked for in this form.
    pub async fn site_word(&self, site: SiteId, normal: String) -> Result<Option<SiteWord>> {
        self.read(move |db| {
            let query = site_words::table
                .filter(site_words::site_id.eq(site))
                .filter(site_words::normal.eq(normal));
            let row: Option<WordRow> = each!(db, |c| query
                .select(WordRow::as_select())
                .first(c)
                .optional())?;
            Ok(row.map(SiteWord::from))
        })
        .await
    }

    /// Lets a word count, or makes a draft of it again; the word as it is then.
    pub async fn set_word_state(
        &self,
        site: SiteId,
        id: WordId,
        state: WordState,
        actor: Actor,
        at: Instant,
    ) -> Result<SiteWord> {
        self.write(move |db| {
            let mut word = word(db, site, id)?;
            if word.state == state {
                return Ok(word);
            }
            (word.state, word.updated_at) = (state, at);
            let target = site_words::table
                .filter(site_words::site_id.eq(site))
                .filter(site_words::id.eq(id));
            let change = (site_words::state.eq(state), site_words::updated_at.eq(at));
            each!(db, |c| diesel::update(target).set(change).execute(c))?;
            let kind = match state {
                WordState::Live => "site_word_live",
                WordState::Draft => "site_word_draft",
            };
            changed(db, kind, std::slice::from_ref(&word), &actor, at)?;
            Ok(word)
        })
        .await
    }

    /// Takes a word off the list; the word as it was.
    pub async fn remove_site_word(
        &self,
        site: SiteId,
        id: WordId,
        actor: Actor,
        at: Instant,
    ) -> Result<SiteWord> {
        self.write(move |db| {
            let word = word(db, site, id)?;
            let target = site_words::table
                .filter(site_words::site_id.eq(site))
                .filter(site_words::id.eq(id));
            let removed = each!(db, |c| diesel::delete(target).execute(c))?;
            if removed == 0 {
                return Err(Error::NotFound);
            }
            changed(
                db,
                "site_word_removed",
                std::slice::from_ref(&word),
                &actor,
                at,
            )?;
            Ok(word)
        })
        .await
    }
}
