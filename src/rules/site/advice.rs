//! What an editor should know of a word before it counts: how it is read, and which ordinary words it is or looks like.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Words;
use crate::text::{base, common_english, common_vietnamese};

/// Words with a greater share of all words are in every tenth comment or so.
const COMMON: f32 = 3e-5;
/// As many ordinary words as are named.
const NAMED: usize = 4;

/// One thing to know of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordAdvice {
    /// Its signs count for nothing: it is read as this.
    ReadAs(String),
    /// It is a word that everybody uses.
    Common,
    /// It bears no marks, and is what these are in writing without marks.
    Also(Vec<&'static str>),
}

/// What there is to know of a word that may stand on a list.
#[must_use]
pub fn word_advice(word: &str) -> Vec<WordAdvice> {
    let Ok(normal) = Words::normal(word) else {
        return Vec::new();
    };
    let mut advice = Vec::new();
    let parts = |c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '’' | ',' | '.');
    let has_signs = word.chars().any(|c| !c.is_alphanumeric() && !parts(c));
    if has_signs {
        advice.push(WordAdvice::ReadAs(normal.clone()));
    }
    let letters: String = normal.chars().map(base).collect();
    let alike = common().get(&*letters).map_or(&[][..], Vec::as_slice);
    let is_itself = |one: &str| Words::normal(one).is_ok_and(|one| one == normal);
    if alike.iter().any(|(one, _)| is_itself(one))
        || common_english(&normal).is_some_and(|share| share > COMMON)
    {
        advice.push(WordAdvice::Common);
    }
    if letters == normal {
        let also: Vec<&'static str> = alike
            .iter()
            .map(|(one, _)| *one)
            .filter(|one| *one != letters)
            .take(NAMED)
            .collect();
        if !also.is_empty() {
            advice.push(WordAdvice::Also(also));
        }
    }
    advice
}

/// The common words by their letters without marks, the commonest first.
fn common() -> &'static HashMap<String, Vec<(&'static str, f32)>> {
    static WORDS: LazyLock<HashMap<String, Vec<(&'static str, f32)>>> = LazyLock::new(|| {
        let mut words: HashMap<String, Vec<(&'static str, f32)>> = HashMap::new();
        for (word, share) in common_vietnamese().filter(|(_, share)| *share > COMMON) {
            words
                .entry(word.chars().map(base).collect())
                .or_default()
                .push((word, share));
        }
        words
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_told_what_a_word_is_besides() {
        assert_eq!(word_advice("ngày"), [WordAdvice::Common]);
        assert_eq!(
            word_advice("c++"),
            [WordAdvice::ReadAs("c".to_owned()), WordAdvice::Common]
        );
        assert_eq!(word_advice("c*c"), [WordAdvice::ReadAs("c c".to_owned())]);
        assert!(
            matches!(&word_advice("cac")[..], [WordAdvice::Also(also)] if also.contains(&"các"))
        );
        assert!(
            matches!(&word_advice("lon")[..], [WordAdvice::Also(also)] if also.contains(&"lớn"))
        );
        assert_eq!(word_advice("vay tiền nhanh"), []);
    }
}
