//! A site's own words: everybody of the paper may read them, its editors change them.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::{choices, chosen};
use super::signed_in::{Form, SignedIn};
use super::told;
use crate::clock;
use crate::domain::{Backtest, SiteWord, WordId, WordKind, WordState};
use crate::http::door::{DAYS, NewWord};
use crate::http::input::Query;
use crate::http::page::{Place, SiteWordsPage, WordForm, WordList, WordView};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::intake::{FieldError, folded};
use crate::store::WordFilter;

/// As many back-tests as the page names, and looks through for each word.
const RUNS: i64 = 20;
const NAMED: usize = 5;
/// Notices of what a colleague has removed.
const GONE: &str = "gone";
/// As many words as each list shows at once.
const SHOWN: usize = 100;

/// Which words are looked at.
#[derive(Default)]
struct Looking {
    /// What was typed to find some.
    sought: String,
    /// The drafts and the live ones that the page before ended with.
    after: (Option<WordId>, Option<WordId>),
}

impl Looking {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            sought: query.text("q").unwrap_or_default(),
            after: (query.read("drafts")?, query.read("live")?),
        })
    }
}

/// What is shown besides the lists.
#[derive(Default)]
pub(super) struct Shown {
    pub form: WordForm,
    pub notice: Option<String>,
    pub not_started: Option<String>,
}

pub(super) async fn page(
    by: &SignedIn,
    site: String,
    shown: Shown,
) -> Result<SiteWordsPage, Problem> {
    page_of(by, site, Looking::default(), shown).await
}

async fn page_of(
    by: &SignedIn,
    site: String,
    looking: Looking,
    shown: Shown,
) -> Result<SiteWordsPage, Problem> {
    let mut words = by.words_of(&site, WordFilter::default()).await?;
    // What was added last is what an editor comes back for.
    words.reverse();
    let is_long = words.len() > SHOWN;
    let sought = folded(&looking.sought);
    words.retain(|word| sought.is_empty() || folded(&word.word).contains(&sought));
    let may_edit = by.editing(&site).is_ok();
    let runs = match by.editing(&site) {
        Ok(editing) => editing.backtests(RUNS).await?,
        Err(_) => Vec::new(),
    };
    let runs: Vec<Arc<Backtest>> = runs.into_iter().map(Arc::new).collect();
    let tried = last_of_each(&runs);
    let (drafts, used): (Vec<SiteWord>, Vec<SiteWord>) = words
        .into_iter()
        .partition(|word| word.state == WordState::Draft);
    Ok(SiteWordsPage {
        t: by.t,
        desk: by.desk(Place::Rules),
        now: clock::now(),
        sites: choices(by),
        site,
        may_edit,
        is_long,
        sought: looking.sought,
        form: shown.form,
        notice: shown.notice,
        not_started: shown.not_started,
        drafts: part(drafts, looking.after.0, &tried),
        live: part(used, looking.after.1, &tried),
        runs: runs.into_iter().take(NAMED).collect(),
        days: DAYS.to_vec(),
    })
}

/// The words that come after that one, as many as are shown at once.
fn part(
    words: Vec<SiteWord>,
    after: Option<WordId>,
    tried: &HashMap<WordId, Arc<Backtest>>,
) -> WordList {
    let count = words.len();
    let mut rest = words
        .into_iter()
        .filter(|word| after.is_none_or(|after| word.id < after));
    let view = |word: SiteWord| WordView {
        tried: tried.get(&word.id).cloned(),
        word,
    };
    let words: Vec<WordView> = rest.by_ref().take(SHOWN).map(view).collect();
    let last = words.last().map(|last| last.word.id);
    WordList {
        next: rest.next().and(last),
        is_first: after.is_none(),
        words,
        count,
    }
}

/// Of each word the last back-test that has something to say of it.
fn last_of_each(runs: &[Arc<Backtest>]) -> HashMap<WordId, Arc<Backtest>> {
    let telling = runs
        .iter()
        .filter(|run| run.state.is_over() && run.done > 0);
    let mut last = HashMap::new();
    for run in telling {
        for word in &run.words {
            last.entry(word.id).or_insert_with(|| Arc::clone(run));
        }
    }
    last
}

fn notice(by: &SignedIn, query: &mut Query) -> Option<String> {
    let id = match query.text("notice").as_deref()? {
        "added" => "words-added",
        "removed" => "words-removed",
        "live" => "words-made-live",
        "draft" => "words-made-draft",
        GONE => "words-gone",
        _ => return None,
    };
    Some(by.t.get(id))
}

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let shown = Shown {
        notice: notice(&by, &mut query),
        ..Shown::default()
    };
    let page = page_of(&by, site, Looking::read(&mut query)?, shown).await?;
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The page's form.
pub async fn add(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let fields = by.form(payload).await?;
    let by_editor = by.editing(fields.text("site"))?;
    let mut form = WordForm {
        word: fields.text("word").to_owned(),
        kind: fields.field("kind")?,
        category: fields.field("category")?,
        weight: fields.text("weight").to_owned(),
        note: fields.text("note").to_owned(),
        errors: Vec::new(),
    };
    let added = match new_word(&form) {
        Ok(new) => by_editor.add(vec![new]).await,
        Err(problem) => Err(problem),
    };
    let site = fields.text("site").to_owned();
    match added {
        Ok(_) => Ok(see_other(&SiteWordsPage::address(&site, "added", ""))),
        Err(problem) if problem.code == Code::InvalidFields => {
            form.errors = told(&problem, by.t);
            for error in &mut form.errors {
                // A form has one word; what is wrong is told of a list.
                error.field = error.field.trim_start_matches("words[0].").to_owned();
            }
            let shown = Shown {
                form,
                ..Shown::default()
            };
            let page = page(&by, site, shown).await?;
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

/// What was typed. A word that allows has neither category nor weight, whatever stands in their fields.
fn new_word(form: &WordForm) -> Result<NewWord, Problem> {
    let holds = form.kind == WordKind::Hold;
    // As Vietnamese writes decimals, too.
    let weight = form.weight.trim().replace(',', ".");
    let weight = match (holds, weight.is_empty()) {
        (false, _) | (_, true) => None,
        (true, false) => {
            let weight = weight.parse::<f32>();
            Some(weight.map_err(|_| Problem::field("weight", "field-type"))?)
        }
    };
    let note = form.note.trim();
    if note.chars().count() > 500 {
        let long = FieldError::new("note", "text-too-long").with("max", 500);
        return Err(Problem::fields(vec![long]));
    }
    if note.contains('\0') {
        return Err(Problem::field("note", "field-type"));
    }
    Ok(NewWord {
        word: form.word.clone(),
        kind: form.kind,
        category: holds.then_some(form.category),
        weight,
        state: WordState::Draft,
        note: (!note.is_empty()).then(|| note.to_owned()),
    })
}

fn id(path: &str) -> Result<WordId, Problem> {
    path.parse().map_err(|_| Problem::new(Code::NotFound))
}

async fn set_state(
    by: &SignedIn,
    path: &str,
    payload: Payload,
    state: WordState,
) -> Result<HttpResponse, Problem> {
    let form: Form = by.form(payload).await?;
    let editing = by.editing(form.text("site"))?;
    let done = editing.set_state(id(path)?, state).await;
    back(&form, done.map(drop), state.as_str())
}

/// Back to the list that the form was on, with what came of it. What a colleague has removed meanwhile is no dead end.
fn back(form: &Form, done: Result<(), Problem>, notice: &str) -> Result<HttpResponse, Problem> {
    let notice = match done {
        Ok(()) => notice,
        Err(problem) if problem.code == Code::NotFound => GONE,
        Err(problem) => return Err(problem),
    };
    let (site, sought) = (form.text("site"), form.text("q"));
    Ok(see_other(&SiteWordsPage::address(site, notice, sought)))
}

/// A draft's button.
pub async fn live(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    set_state(&by, &path, payload, WordState::Live).await
}

/// The button of a word in use.
pub async fn draft(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    set_state(&by, &path, payload, WordState::Draft).await
}

/// Every word's button.
pub async fn remove(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form: Form = by.form(payload).await?;
    let editing = by.editing(form.text("site"))?;
    back(&form, editing.remove(id(&path)?).await, "removed")
}
