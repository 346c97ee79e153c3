//! A site's own words: everybody of the paper may read them, its editors change them.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::brief::{choices, chosen};
use super::signed_in::{Form, SignedIn};
use super::told;
use crate::clock;
use crate::domain::{Backtest, SiteWord, WordId, WordKind, WordState};
use crate::http::door::{DAYS, NewWord};
use crate::http::input::Query;
use crate::http::page::{Place, SiteWordsPage, WordForm, WordView};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::intake::FieldError;
use crate::store::WordFilter;

/// As many back-tests as the page names, and looks through for each word.
const RUNS: i64 = 20;
const NAMED: usize = 5;

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
    let words = by.words_of(&site, WordFilter::default()).await?;
    let may_edit = by.editing(&site).is_ok();
    let mut runs = match by.editing(&site) {
        Ok(editing) => editing.backtests(RUNS).await?,
        Err(_) => Vec::new(),
    };
    let (drafts, used): (Vec<SiteWord>, Vec<SiteWord>) = words
        .into_iter()
        .partition(|word| word.state == WordState::Draft);
    let view = |word: SiteWord| WordView {
        tried: last_of(&word, &runs),
        word,
    };
    let drafts = drafts.into_iter().map(view).collect();
    let used = used.into_iter().map(view).collect();
    runs.truncate(NAMED);
    Ok(SiteWordsPage {
        t: by.t,
        desk: by.desk(Place::Rules),
        now: clock::now(),
        sites: choices(by),
        site,
        may_edit,
        form: shown.form,
        notice: shown.notice,
        not_started: shown.not_started,
        drafts,
        live: used,
        runs,
        days: DAYS.to_vec(),
    })
}

/// The last back-test that has something to say of a word.
fn last_of(word: &SiteWord, runs: &[Backtest]) -> Option<Backtest> {
    let mut of_word = runs.iter().filter(|run| {
        run.state.is_over() && run.done > 0 && run.words.iter().any(|one| one.id == word.id)
    });
    of_word.next().cloned()
}

fn notice(by: &SignedIn, query: &mut Query) -> Option<String> {
    let id = match query.text("notice").as_deref()? {
        "added" => "words-added",
        "removed" => "words-removed",
        "live" => "words-made-live",
        "draft" => "words-made-draft",
        _ => return None,
    };
    Some(by.t.get(id))
}

/// The page.
#[get("/rules/words")]
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let shown = Shown {
        notice: notice(&by, &mut query),
        ..Shown::default()
    };
    let page = page(&by, site, shown).await?;
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The page's form.
#[post("/rules/words")]
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
        Ok(_) => Ok(see_other(&SiteWordsPage::address(&site, "added"))),
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
    let site = form.text("site");
    by.editing(site)?.set_state(id(path)?, state).await?;
    Ok(see_other(&SiteWordsPage::address(site, state.as_str())))
}

/// A draft's button.
#[post("/rules/words/{id}/live")]
pub async fn live(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    set_state(&by, &path, payload, WordState::Live).await
}

/// The button of a word in use.
#[post("/rules/words/{id}/draft")]
pub async fn draft(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    set_state(&by, &path, payload, WordState::Draft).await
}

/// Every word's button.
#[post("/rules/words/{id}/delete")]
pub async fn remove(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form: Form = by.form(payload).await?;
    let site = form.text("site");
    by.editing(site)?.remove(id(&path)?).await?;
    Ok(see_other(&SiteWordsPage::address(site, "removed")))
}
