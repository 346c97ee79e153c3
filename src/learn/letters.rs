//! A text as the model reads it: its canonical form and the same without marks, letter by letter, and its words.

use crate::text::{Reading, Span, base, is_word_char};

/// As much of a text is read; who writes more has said it by then.
const MOST: usize = 3_000;

/// Letters with their marks, the same without, and where each came from. White space of any length is one space, and one stands
/// at either end, so that a run of letters tells where words begin.
pub(super) struct Letters {
    pub(super) toned: Vec<char>,
    pub(super) folded: Vec<char>,
    /// Where each stands in the text; nothing for the spaces at the ends.
    pub(super) spans: Vec<Span>,
    /// The words as stretches of the letters: runs of word characters, and runs of other signs.
    pub(super) words: Vec<(usize, usize)>,
}

impl Letters {
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        let canonical = reading.canonical();
        let room = canonical.text().len().min(MOST) + 2;
        let mut letters = Self {
            toned: Vec::with_capacity(room),
            folded: Vec::with_capacity(room),
            spans: Vec::with_capacity(room),
            words: Vec::with_capacity(room / 4),
        };
        letters.push(' ', Span::new(0, 0));
        let mut kind = Kind::Space;
        let mut start = 0;
        for (c, span) in canonical.chars().take(MOST) {
            let next = Kind::of(c);
            if next != kind {
                letters.close(kind, start);
                (kind, start) = (next, letters.toned.len());
            }
            match next {
                Kind::Space if letters.toned.last() == Some(&' ') => {}
                Kind::Space => letters.push(' ', span),
                // Which digits they are says less than that they are some.
                _ if c.is_ascii_digit() => letters.push('0', span),
                _ => letters.push(c, span),
            }
        }
        letters.close(kind, start);
        if letters.toned.last() != Some(&' ') {
            letters.push(' ', Span::new(0, 0));
        }
        letters
    }

    fn push(&mut self, c: char, span: Span) {
        self.toned.push(c);
        self.folded.push(base(c));
        self.spans.push(span);
    }

    fn close(&mut self, kind: Kind, start: usize) {
        if kind != Kind::Space {
            self.words.push((start, self.toned.len()));
        }
    }

    /// Where a stretch of the letters stands in the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let mut these = self.spans[start..end]
            .iter()
            .filter(|span| !span.is_empty());
        let Some(first) = these.next() else {
            return Span::new(0, 0);
        };
        let last = these.next_back().unwrap_or(first);
        Span::new(first.start, last.end)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Word,
    Sign,
}

impl Kind {
    fn of(c: char) -> Self {
        if c.is_whitespace() {
            Self::Space
        } else if is_word_char(c) {
            Self::Word
        } else {
            Self::Sign
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_are_told_apart_and_spaces_are_one() {
        let reading = Reading::new("Đẹp  quá!!\n 098 👍");
        let letters = Letters::of(&reading);
        let toned: String = letters.toned.iter().collect();
        let folded: String = letters.folded.iter().collect();
        assert_eq!(
            (toned.as_str(), folded.as_str()),
            (" đẹp quá!! 000 👍 ", " dep qua!! 000 👍 ")
        );
        let words: Vec<String> = letters
            .words
            .iter()
            .map(|&(start, end)| letters.toned[start..end].iter().collect())
            .collect();
        assert_eq!(words, ["đẹp", "quá", "!!", "000", "👍"]);
        assert_eq!(letters.span(0, 4), Span::new(0, 3));
        assert_eq!(letters.span(5, 8), Span::new(5, 8));
    }
}
