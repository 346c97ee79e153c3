//! An editor of the paper at one of their sites: may change what the site holds and allows by itself.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::Moderating;
use crate::clock;
use crate::domain::{Site, SiteWord, WordId, WordKind, WordState};
use crate::http::problem::Problem;
use crate::intake::FieldError;
use crate::rules::{MAX_SITE_WORDS, WantedWord, WordFault, WordTrouble, read_words};
use crate::store::Added;

/// A request of an editor or an admin about one of their sites.
pub struct Editing {
    pub(super) by: Moderating,
    pub(super) site: Site,
}

impl FromRequest for Editing {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = Moderating::from_request(request, payload);
        let key = request
            .match_info()
            .get("site")
            .unwrap_or_default()
            .to_owned();
        Box::pin(async move { by.await?.editing(&key) })
    }
}

/// A word to be added.
pub struct NewWord {
    /// As typed.
    pub word: String,
    /// What it is to do.
    pub kind: WordKind,
    /// What kind of trouble it is.
    pub category: Option<crate::domain::Category>,
    /// What each place adds.
    pub weight: Option<f32>,
    /// Whether it counts at once.
    pub state: WordState,
    /// A word to colleagues.
    pub note: Option<String>,
}

impl Editing {
    /// Adds words, all or none.
    pub async fn add(&self, new: Vec<NewWord>) -> Result<Vec<SiteWord>, Problem> {
        let wanted: Vec<WantedWord<'_>> = new
            .iter()
            .map(|one| WantedWord {
                word: &one.word,
                kind: one.kind,
                category: one.category,
                weight: one.weight,
            })
            .collect();
        let read = read_words(&wanted).map_err(|faults| told(&faults))?;
        let now = clock::now();
        let words: Vec<SiteWord> = new
            .into_iter()
            .zip(read)
            .map(|(new, read)| SiteWord {
                id: WordId(Uuid::now_v7()),
                site: self.site.id,
                word: read.word,
                normal: read.normal,
                kind: new.kind,
                category: read.category,
                weight: read.weight,
                state: new.state,
                note: new.note,
                created_by: self.by.moderator().name.clone(),
                created_at: now,
                updated_at: now,
            })
            .collect();
        let added = self
            .by
            .house
            .store
            .add_site_words(self.site.id, words.clone(), MAX_SITE_WORDS, self.by.actor())
            .await?;
        let fault = |place: usize, trouble| WordFault {
            place,
            word: words[place].word.clone(),
            trouble,
        };
        match added {
            Added::All => {
                self.forget();
                Ok(words)
            }
            Added::Known(places) => {
                let faults = places.into_iter().map(|at| fault(at, WordTrouble::Known));
                Err(told(&faults.collect::<Vec<_>>()))
            }
            Added::Full => Err(told(&[fault(words.len() - 1, WordTrouble::Many)])),
        }
    }

    /// Lets a word count, or makes it a draft.
    pub async fn set_state(&self, id: WordId, state: WordState) -> Result<SiteWord, Problem> {
        let store = &self.by.house.store;
        let word = store
            .set_word_state(self.site.id, id, state, self.by.actor(), clock::now())
            .await?;
        self.forget();
        Ok(word)
    }

    /// Takes a word off the list.
    pub async fn remove(&self, id: WordId) -> Result<(), Problem> {
        let store = &self.by.house.store;
        store
            .remove_site_word(self.site.id, id, self.by.actor(), clock::now())
            .await?;
        self.forget();
        Ok(())
    }

    /// Lets this replica look at the site anew; the others do so by themselves in a moment.
    pub(super) fn forget(&self) {
        self.by.house.sites.invalidate(&self.site.key);
    }
}

fn told(faults: &[WordFault]) -> Problem {
    let errors = faults.iter().map(|fault| {
        let name = match fault.trouble {
            WordTrouble::Weight => "weight",
            WordTrouble::Weighed => "kind",
            WordTrouble::Ban => "category",
            _ => "word",
        };
        let field = format!("words[{}].{name}", fault.place);
        let error = FieldError::new(field, fault.trouble.code()).quoting("word", &fault.word);
        match fault.trouble.bound() {
            Some(bound) => error.with("max", bound),
            None => error,
        }
    });
    Problem::fields(errors.collect())
}
