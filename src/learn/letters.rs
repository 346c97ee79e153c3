//! A text as the model reads it: its canonical form and the same without marks, letter by letter, and its words.

use std::sync::LazyLock;

use crate::text::{LatinTable, Reading, Span, base, is_word_char};

/// As much of a text is read; who writes more has said it by then.
pub(super) const MOST: usize = 3_000;

/// Letters with their marks, and the same without. White space of any length is one space, and one stands at either end, so that a
/// run of letters tells where words begin.
pub(super) struct Letters {
    pub(super) toned: Vec<char>,
    pub(super) folded: Vec<char>,
    /// The words as stretches of the letters: runs of word characters, and runs of other signs.
    pub(super) words: Vec<(usize, usize)>,
}

impl Letters {
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        Self::placed(reading, |_| ())
    }

    /// The same, and tells where each letter stands in the text; nothing of the spaces at the ends.
    fn placed(reading: &Reading<'_>, mut place: impl FnMut(Span)) -> Self {
        let canonical = reading.canonical();
        let room = canonical.text().len().min(MOST) + 2;
        let mut letters = Self {
            toned: Vec::with_capacity(room),
            folded: Vec::with_capacity(room),
            words: Vec::with_capacity(room / 4),
        };
        let mut push = |letters: &mut Self, letter: Letter, span: Span| {
            letters.toned.push(letter.toned);
            letters.folded.push(letter.folded);
            place(span);
        };
        push(&mut letters, Letter::SPACE, Span::new(0, 0));
        let mut kind = Kind::Space;
        let mut start = 0;
        for (c, span) in canonical.chars().take(MOST) {
            let letter = Letter::of(c);
            if letter.kind != kind {
                letters.close(kind, start);
                (kind, start) = (letter.kind, letters.toned.len());
            }
            if letter.kind != Kind::Space || letters.toned.last() != Some(&' ') {
                push(&mut letters, letter, span);
            }
        }
        letters.close(kind, start);
        if letters.toned.last() != Some(&' ') {
            push(&mut letters, Letter::SPACE, Span::new(0, 0));
        }
        letters
    }

    fn close(&mut self, kind: Kind, start: usize) {
        if kind != Kind::Space {
            self.words.push((start, self.toned.len()));
        }
    }
}

/// Where each letter stands in the text.
pub(super) struct Places(Vec<Span>);

impl Places {
    /// The letters of a text, and where they stand.
    pub(super) fn of(reading: &Reading<'_>) -> (Letters, Self) {
        let mut places = Vec::new();
        let letters = Letters::placed(reading, |span| places.push(span));
        (letters, Self(places))
    }

    /// Where a stretch of the letters stands.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let mut these = self.0[start..end].iter().filter(|span| !span.is_empty());
        let Some(first) = these.next() else {
            return Span::new(0, 0);
        };
        let last = these.next_back().unwrap_or(first);
        Span::new(first.start, last.end)
    }
}

/// What stands for a character.
#[derive(Clone, Copy)]
struct Letter {
    kind: Kind,
    toned: char,
    folded: char,
}

impl Letter {
    const SPACE: Self = Self {
        kind: Kind::Space,
        toned: ' ',
        folded: ' ',
    };

    fn of(c: char) -> Self {
        static LATIN: LazyLock<LatinTable<Letter>> =
            LazyLock::new(|| LatinTable::new(Letter::read));
        LATIN.get(c).copied().unwrap_or_else(|| Self::read(c))
    }

    fn read(c: char) -> Self {
        let kind = Kind::of(c);
        let toned = match kind {
            Kind::Space => ' ',
            // Which digits they are says less than that they are some.
            _ if c.is_ascii_digit() => '0',
            _ => c,
        };
        Self {
            kind,
            toned,
            folded: base(toned),
        }
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
        let (letters, places) = Places::of(&reading);
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
        assert_eq!(places.span(0, 4), Span::new(0, 3));
        assert_eq!(places.span(5, 8), Span::new(5, 8));
    }
}
