//! Words and phrases, all of them in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::text::{Reading, Span, canonical, is_letter, words};

/// As many words as get a full automaton; it takes some kilobytes a word.
const FULL: usize = 3000;

/// The words of all packs in one automaton (Aho-Corasick), each under a key of its owner.
#[derive(Debug, Default)]
pub struct Words {
    automaton: Option<AhoCorasick>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    key: usize,
    /// Whether a run of letters was read as one here, so that the text must have had a run as well: `xxx` stands as
    /// `x`, and `sheep` stands as `shep` too, for texts with `sheeeep`.
    only_shortened: bool,
}

/// Why a word can never be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatchable {
    /// It has no letter and no digit.
    Empty,
    /// The engine cannot hold all the words.
    TooMany,
}

impl Words {
    /// Builds the automaton from keys and words as an editor writes them.
    pub fn build<'a>(
        list: impl IntoIterator<Item = (usize, &'a str)>,
    ) -> Result<Self, Unmatchable> {
        let mut entries = Vec::new();
        let mut needles = Vec::new();
        for (key, word) in list {
            let (needle, has_run) = Self::normal(word)?;
            let single = without_doubles(&needle);
            if single != needle {
                needles.push(single);
                entries.push(Entry {
                    key,
                    only_shortened: true,
                });
            }
            needles.push(needle);
            entries.push(Entry {
                key,
                only_shortened: has_run,
            });
        }
        let automaton = if needles.is_empty() {
            None
        } else {
            // A full automaton for as many words as the packs hold: one step a byte. Past that the engine chooses.
            let kind = (needles.len() <= FULL).then_some(AhoCorasickKind::DFA);
            let automaton = AhoCorasick::builder().kind(kind).build(&needles);
            Some(automaton.map_err(|_| Unmatchable::TooMany)?)
        };
        Ok(Self { automaton, entries })
    }

    /// How a word stands in the automaton: in canonical form, between spaces; and whether a run of letters in it was
    /// read as one.
    pub fn normal(word: &str) -> Result<(String, bool), Unmatchable> {
        let read = canonical(word);
        let normal = words(&read);
        if normal.text().trim().is_empty() {
            return Err(Unmatchable::Empty);
        }
        let has_run = read.shortened(0..read.text().len());
        Ok((normal.text().to_owned(), has_run))
    }

    /// Tells every occurrence of every word, overlapping ones too: its key and its span in the stored field.
    pub fn find(&self, reading: &Reading<'_>, mut tell: impl FnMut(usize, Span)) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        let text = reading.words();
        for found in automaton.find_overlapping_iter(text.text()) {
            let entry = &self.entries[found.pattern().as_usize()];
            let inner = found.start() + 1..found.end() - 1;
            if !entry.only_shortened || text.shortened(inner.clone()) {
                tell(entry.key, text.source(inner));
            }
        }
    }
}

/// `sheep` as a text with `sheeeep` shows it.
fn without_doubles(needle: &str) -> String {
    let mut out = String::with_capacity(needle.len());
    for c in needle.chars() {
        if !(is_letter(c) && out.ends_with(c)) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen<'a>(list: &[&str], raw: &'a str) -> Vec<(usize, &'a str)> {
        let words = Words::build(list.iter().copied().enumerate()).unwrap();
        let reading = Reading::new(raw);
        let mut found = Vec::new();
        words.find(&reading, |key, span| {
            found.push((key, reading.excerpt(span)));
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn a_word_is_found_between_boundaries_only() {
        assert_eq!(
            seen(&["cá", "sheep"], "Cá kho, cámập, cà, (CÁ)"),
            [(0, "CÁ"), (0, "Cá")]
        );
        assert_eq!(seen(&["ocean"], "oceans ocean2 oceanя"), []);
    }

    #[test]
    fn overlapping_words_are_all_found() {
        assert_eq!(
            seen(&["một hai", "hai ba", "hai"], "một hai ba"),
            [(0, "một hai"), (1, "hai ba"), (2, "hai")]
        );
    }

    #[test]
    fn anything_may_part_the_syllables_of_a_phrase() {
        assert_eq!(seen(&["một hai"], "MỘT... \n(hai)"), [(0, "MỘT... \n(hai")]);
    }

    #[test]
    fn a_run_of_letters_is_the_word_and_its_short_form_is_not() {
        assert_eq!(
            seen(&["sheep"], "sheeeep shep sheeppp"),
            [(0, "sheeeep"), (0, "sheeppp")]
        );
    }

    #[test]
    fn a_word_with_a_run_is_found_where_there_is_a_run() {
        assert_eq!(
            seen(&["zzz", "cccd"], "Zzzzz z CCCD cd"),
            [(0, "Zzzzz"), (1, "CCCD")]
        );
    }

    #[test]
    fn words_that_can_never_be_found_are_refused() {
        assert_eq!(Words::normal("?!"), Err(Unmatchable::Empty));
        assert!(Words::build([(0, "…")]).is_err());
    }
}
