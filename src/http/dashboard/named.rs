//! The rules and the section that somebody means, by whatever name they typed: a card shows titles, and who types leaves tones out.

use super::list::List;
use super::signed_in::SignedIn;
use crate::domain::{BanKind, Locale};
use crate::http::problem::Problem;
use crate::intake::{FieldError, fitting, folded};
use crate::rules::{rule_of_site_word, site_word_of};
use crate::store::{QueueFilter, WordFilter};

/// What the list names, by the names that the store knows; nothing where it names none, or none is known.
pub struct Named {
    rules: Option<Vec<String>>,
    sections: Option<Vec<String>>,
}

impl Named {
    /// What a list means.
    pub async fn of(by: &SignedIn, list: &List) -> Result<Self, Problem> {
        Ok(Self {
            rules: match list.narrowing("rule") {
                Some(typed) => rules(by, typed, list.narrowing("site")).await?,
                None => None,
            },
            sections: match list.narrowing("section") {
                Some(typed) => some(fitting(&by.sections().await?, typed)),
                None => None,
            },
        })
    }

    /// What the store is asked for. What goes by no known name is asked for as it was typed: a rule that is no longer in use has left its
    /// evidence. An error where nothing can be searched for by what was typed.
    pub fn filter(&self, list: &List) -> Result<QueueFilter, FieldError> {
        let mut filter = list.filter()?;
        if let Some(rules) = &self.rules {
            filter.rules.clone_from(rules);
        }
        if let Some(sections) = &self.sections {
            filter.sections.clone_from(sections);
        }
        Ok(filter)
    }

    /// Whether the list names a rule, and none goes by that name.
    pub fn lacks_rule(&self, list: &List) -> bool {
        list.narrowing("rule").is_some() && self.rules.is_none()
    }
}

fn some(names: Vec<String>) -> Option<Vec<String>> {
    Some(names).filter(|names| !names.is_empty())
}

/// The rules of that id, or of that title in whichever language; nothing where there is none.
async fn rules(
    by: &SignedIn,
    typed: &str,
    site: Option<&str>,
) -> Result<Option<Vec<String>>, Problem> {
    let set = by.rules();
    if set.rule(typed).is_some() || site_word_of(typed).is_some() {
        return Ok(Some(vec![typed.to_owned()]));
    }
    let sought = folded(typed);
    let mut ids: Vec<String> = set.rules().map(|rule| rule.id.clone()).collect();
    ids.extend(BanKind::ALL.iter().map(|kind| kind.rule().to_owned()));
    ids.extend(own_words(by, site).await?);
    let is_meant = |id: &String| {
        let is = |name: &str| folded(name) == sought;
        let word = site_word_of(id);
        is(id)
            || word.is_some_and(is)
            || Locale::ALL
                .iter()
                .any(|locale| is(&by.rule_title(id, *locale)))
    };
    ids.retain(is_meant);
    ids.sort();
    ids.dedup();
    Ok(some(ids))
}

/// The rules of the words that the newspapers have added themselves.
async fn own_words(by: &SignedIn, site: Option<&str>) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    let theirs = by.sites().iter().map(|one| one.key.clone());
    for key in theirs.filter(|key| site.is_none_or(|site| site == key)) {
        let words = by.words_of(&key, WordFilter::default()).await?;
        all.extend(words.iter().map(|one| rule_of_site_word(&one.word)));
    }
    Ok(all)
}
