//! The same thing over and over inside one text.

use std::collections::HashMap;

use crate::text::{Reading, Span, Syllable};

/// As many words as a phrase may have that is said over and over.
const LONGEST_PHRASE: usize = 6;

/// Fewer times in a row are emphasis: *hay quá, hay quá!*
const FEWEST_TIMES: usize = 3;

/// Shorter lines are a list's marks, an *ok*, a *+1*.
const SHORTEST_LINE: usize = 8;

/// How many words long the longest stretch is in which the same one to six words stand three times or more in a row, and
/// where it is. Names after an `@` are no part of what is said.
#[must_use]
pub fn repeated_words(reading: &Reading<'_>) -> (u32, Span) {
    let text = reading.canonical().text();
    let syllables = reading.syllables();
    let is_name = |word: &Syllable| {
        let before = (word.start as usize).checked_sub(1);
        before.is_some_and(|before| text.as_bytes()[before] == b'@')
    };
    let words: Vec<&Syllable> = syllables.list().iter().filter(|w| !is_name(w)).collect();
    // Most words are not their neighbours, which a number tells sooner than their letters.
    let numbers: Vec<u64> = words.iter().map(|word| word.number()).collect();
    let is_again = |one: usize, other: usize| {
        numbers[one] == numbers[other] && syllables.key(words[one]) == syllables.key(words[other])
    };
    let mut best = 0..0;
    for phrase in 1..=LONGEST_PHRASE {
        let mut start = 0;
        for next in phrase..words.len() {
            if !is_again(next, next - phrase) {
                start = next + 1 - phrase;
            }
            let length = next + 1 - start;
            if length >= phrase * FEWEST_TIMES && length > best.len() {
                best = start..next + 1;
            }
        }
    }
    let Some((first, last)) = words[best.clone()].first().zip(words[best.clone()].last()) else {
        return (0, Span::new(0, 0));
    };
    let length = u32::try_from(best.len()).unwrap_or(u32::MAX);
    (length, Span::new(first.span.start, last.span.end))
}

/// How often the line stands in the text that stands there most often; lines of a few characters are not looked at.
#[must_use]
pub fn repeated_lines(reading: &Reading<'_>) -> u32 {
    let raw = reading.raw();
    if !raw.contains('\n') {
        return 0;
    }
    let mut times: HashMap<&str, u32> = HashMap::new();
    for line in raw.lines().map(str::trim) {
        if line.chars().count() >= SHORTEST_LINE {
            *times.entry(line).or_default() += 1;
        }
    }
    times.into_values().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(raw: &str) -> (u32, &str) {
        let reading = Reading::new(raw);
        let (words, span) = repeated_words(&reading);
        (words, reading.excerpt(span))
    }

    #[test]
    fn a_word_or_phrase_over_and_over_is_a_stretch_of_words() {
        assert_eq!(seen("Này: hay, HAY hay hay! Vậy"), (4, "hay, HAY hay hay"));
        assert_eq!(
            seen("mua ngay mua ngay mua ngay"),
            (6, "mua ngay mua ngay mua ngay")
        );
        assert_eq!(seen("bán nhà giá rẻ ".repeat(3).trim()).0, 12);
    }

    #[test]
    fn saying_a_thing_twice_is_not_a_flood() {
        assert_eq!(seen("Hay quá, hay quá!"), (0, ""));
        assert_eq!(seen("xanh xanh đỏ đỏ"), (0, ""));
        assert_eq!(seen("@Lan @Lan @Lan @Lan nói đúng"), (0, ""));
        assert_eq!(seen(""), (0, ""));
    }

    #[test]
    fn other_tones_are_other_words() {
        assert_eq!(seen("ma má mà mả mã mạ").0, 0);
    }

    #[test]
    fn lines_are_counted_however_they_are_indented() {
        let lines = |raw| repeated_lines(&Reading::new(raw));
        assert_eq!(lines("Mua ngay đi\n  Mua ngay đi\nthôi\nMua ngay đi \n"), 3);
        assert_eq!(lines("ok\nok\nok"), 0);
        assert_eq!(lines("Mua ngay đi"), 0);
    }
}
