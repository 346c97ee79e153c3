//! Every way in which a place in the text can be read as a syllable that some phrase uses.

use std::ops::Range;

use super::Words;
use super::initials;
use super::lexicon::Lexicon;
use super::stand_ins;
use crate::text::{
    Reading, Span, Syllable, Syllables, Traced, bare_key, base, common_english, ends_in_stop,
    is_bare_of, is_letter, is_marked, is_syllable, is_vowel, key,
};

/// A reading of one or more syllables of the text as one syllable of the lexicon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// The first syllable of the text.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// The syllable it is read as.
    pub syllable: u32,
    /// Where it stands in the original.
    pub span: Span,
    /// Whether marks were put back that the writer left out.
    pub unmarked: bool,
    /// Whether letters were put together, or read from signs.
    pub hidden: bool,
    /// Where it is made of letters that were set apart without spaces: the first and one past the last of all that stand so.
    pub row: Option<(usize, usize)>,
}

/// The readings of a text, by the syllable they start at.
pub(super) fn steps(words: &Words, reading: &Reading<'_>) -> Vec<Step> {
    let mut reader = Reader {
        reading,
        lexicon: &words.lexicon,
        syllables: reading.syllables(),
        canonical: reading.canonical(),
        steps: Vec::with_capacity(reading.syllables().list().len()),
    };
    for at in 0..reader.syllables.list().len() {
        reader.as_typed(at);
        reader.split_in_two(at);
    }
    reader.set_apart();
    stand_ins::read(reading, &words.lexicon, &mut reader.steps);
    let mut steps = reader.steps;
    // Nearly always in order already: only hidden words are read later.
    if !steps.is_sorted_by_key(|step| step.from) {
        steps.sort_by_key(|step| step.from);
    }
    steps
}

/// The most letters of a word that is put together again.
const MOST_LETTERS: u32 = 14;

/// English words of two letters; a list by use has abbreviations and unit signs too.
const SHORT_ENGLISH: &[&str] = &[
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it", "me", "my",
    "no", "of", "oh", "ok", "on", "or", "so", "to", "up", "us", "we",
];

struct Reader<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    syllables: &'a Syllables,
    canonical: &'a Traced,
    steps: Vec<Step>,
}

impl Reader<'_> {
    /// One syllable as it stands: as typed, without its marks, or with a letter drawn out.
    fn as_typed(&mut self, at: usize) {
        let syllable = self.syllables.list()[at];
        let known = self.lexicon.form_of(self.syllables, &syllable);
        if let Some(form) = known {
            if let Some(exact) = form.exact {
                self.push(at, &syllable, exact, false, false);
            }
            if syllable.is_plain() {
                for &meant in &form.unmarked {
                    self.push(at, &syllable, meant, true, false);
                }
            }
        }
        if syllable.is_doubled() {
            self.drawn_out(at, &syllable);
        }
        if known.is_none() {
            self.misspelled(at, &syllable);
        }
    }

    /// `lồnn`, `đụuuu`, and `sheeeep`, which stands as `shep`.
    fn drawn_out(&mut self, at: usize, syllable: &Syllable) {
        let typed = self.syllables.key(syllable);
        for &meant in self.lexicon.drawn_out(typed) {
            let key = self.lexicon.key(meant);
            if key != typed && draws_out(self.reading.excerpt(syllable.span), key) {
                self.push(at, syllable, meant, false, false);
            }
        }
        if syllable.is_plain() {
            let single = crate::text::squeezed(typed);
            let meant = self.lexicon.form(&single).filter(|_| single != typed);
            for &meant in meant.map_or(&[][..], |form| &form.unmarked) {
                self.push(at, syllable, meant, true, false);
            }
        }
    }

    /// A syllable that Vietnamese cannot spell so: its tone was left out (`đit`), or some letters are written as they are in
    /// chats (`kặk`).
    fn misspelled(&mut self, at: usize, syllable: &Syllable) {
        let typed = self.syllables.key(syllable);
        if !syllable.is_toned() && !syllable.is_plain() && ends_in_stop(typed) {
            let bare = bare_key(typed);
            let meant = self.lexicon.form(&bare);
            for &meant in meant.map_or(&[][..], |form| &form.unmarked) {
                if is_bare_of(typed, self.lexicon.key(meant)) {
                    self.push(at, syllable, meant, true, false);
                }
            }
        }
        if !syllable.has_digits() && typed.contains(['x', 'v']) {
            for meant in stand_ins::vowelless(self.lexicon, typed) {
                self.push(
                    at,
                    syllable,
                    meant,
                    is_marked(self.lexicon.key(meant)),
                    true,
                );
            }
        }
        if has_chat_letters(typed)
            && let Some(meant) = chat_spelling(typed).and_then(|key| self.lexicon.exact(&key))
        {
            self.push(at, syllable, meant, false, true);
        }
    }

    /// `l ồn`, `đị t`: two neighbours that make one syllable, one of which is none by itself.
    fn split_in_two(&mut self, at: usize) {
        let Some([one, other]) = self.syllables.list().get(at..at + 2) else {
            return;
        };
        // A cut through a syllable leaves its rest with a vowel at its head, or with none at all.
        let is_rest =
            is_vowel(other.first()) || other.letters() <= 2 || (one.is_plain() && other.is_plain());
        if !is_rest {
            return;
        }
        let letters = one.letters() + other.letters();
        let fits = one.letters().min(other.letters()) <= 4
            && (3..=MOST_LETTERS).contains(&letters)
            && !one.has_digits()
            && !other.has_digits()
            && self
                .lexicon
                .may_be_split(one.first(), other.last(), letters);
        if !fits {
            return;
        }
        let Some(meant) = self.lexicon.exact(&self.joined(at, at + 2)) else {
            return;
        };
        // `Pa-kis-tan`: of more than two parts two are none.
        let goes_on = self.is_tight(at)
            && ((at > 0 && self.is_tight(at - 1))
                || (at + 2 < self.syllables.list().len() && self.is_tight(at + 1)));
        if goes_on && !(one.letters() == 1 || other.letters() == 1) {
            return;
        }
        let both_are_words = self.is_word(one) && self.is_word(other);
        let single = |at: usize| is_single(self.syllables.list(), at);
        // `cứ c h u y ể n` is letters set apart, not a syllable and its rest.
        let in_a_row = (single(at) && at.checked_sub(1).is_some_and(single))
            || (single(at + 1) && single(at + 2));
        if !both_are_words && !in_a_row && self.are_beside(at) {
            self.push_over(at, at + 2, meant, false);
        }
    }

    /// Whether little stands between a syllable and the next, whatever it is.
    fn is_near(&self, at: usize) -> bool {
        let list = self.syllables.list();
        list[at + 1].start - list[at].end <= 4
    }

    /// Whether no more stands between a syllable and the next than what people set letters apart with.
    fn are_beside(&self, at: usize) -> bool {
        let list = self.syllables.list();
        let between = &self.canonical.text()[list[at].end as usize..list[at + 1].start as usize];
        // A full stop and a space end a sentence.
        between.len() <= 3
            && !(between.contains('.') && between.contains(' '))
            && between
                .chars()
                .all(|c| matches!(c, ' ' | '.' | '-' | '_' | ',' | '·' | '/' | '|' | '~' | ':'))
    }

    /// Whether a syllable is one that people write by itself.
    fn is_word(&self, syllable: &Syllable) -> bool {
        let key = self.syllables.key(syllable);
        if syllable.letters() == 1 {
            return is_vowel(syllable.first());
        }
        let english = if syllable.letters() == 2 {
            SHORT_ENGLISH.contains(&key)
        } else {
            common_english(key).is_some()
        };
        english || self.syllables.is_vietnamese(syllable)
    }

    /// `đ.ị.t`, `l-ồ-n`: single letters in a row that make words without a rest.
    fn set_apart(&mut self) {
        let single = |syllable: &Syllable| syllable.letters() == 1 && !syllable.has_digits();
        let list = self.syllables.list();
        let mut at = 0;
        while at < list.len() {
            let mut run = usize::from(single(&list[at]));
            while run > 0 && list.get(at + run).is_some_and(single) && self.is_near(at + run - 1) {
                run += 1;
            }
            if run >= 2 {
                self.rows(at, at + run);
            }
            at += run.max(1);
        }
    }

    /// Puts single letters together, those that stand without a space between them (`đ.ị.t`) apart from the others.
    fn rows(&mut self, first: usize, end: usize) {
        let mut at = first;
        while at < end {
            let tight = at + 1 < end && self.is_tight(at);
            let mut to = at + 1;
            while to < end && self.is_tight(to - 1) == tight {
                to += 1;
            }
            // The last of a row with spaces may be the first of one without.
            if !tight && to < end {
                to -= 1;
            }
            if to - at >= 2 {
                self.put_together(at, to, tight);
            }
            at = to.max(at + 1);
        }
    }

    /// Whether no white space stands between a syllable and the next.
    fn is_tight(&self, at: usize) -> bool {
        let list = self.syllables.list();
        !self.canonical.text()[list[at].end as usize..list[at + 1].start as usize]
            .contains(char::is_whitespace)
    }

    /// A row of letters without spaces, and what hangs on it by a hyphen: no part of that is a word.
    fn whole_row(&self, first: usize, end: usize) -> (usize, usize) {
        let list = self.syllables.list();
        let hangs = |at: usize| {
            let between = list
                .get(at..at + 2)
                .map(|two| &self.canonical.text()[two[0].end as usize..two[1].start as usize]);
            matches!(between, Some("-" | "_" | "·"))
        };
        let from = first - usize::from(first > 0 && hangs(first - 1));
        (from, end + usize::from(hangs(end - 1)))
    }

    fn put_together(&mut self, first: usize, end: usize, tight: bool) {
        if initials::are(self.reading, first..end) {
            return;
        }
        let mut found = Vec::new();
        for from in first..end {
            for to in (from + 2..=end).take(MOST_LETTERS as usize - 1) {
                let key = self.joined(from, to);
                // Two bare letters are initials more often than anything else.
                if to - from == 2 && !is_marked(&key) {
                    continue;
                }
                let Some(form) = self.lexicon.form(&key) else {
                    continue;
                };
                let word = |meant, unmarked| Joined {
                    from,
                    to,
                    meant,
                    unmarked,
                };
                found.extend(form.exact.map(|meant| word(meant, false)));
                found.extend(form.unmarked.iter().map(|&meant| word(meant, true)));
            }
        }
        // `n g u y ễ n` begins with a word and is none: the row must be covered from end to end, but for one letter that
        // stands by itself beside a longer word (*đ ị t à*).
        // Where all of it is one word (`l ồ n g`), it is that word.
        let is_one = end - first <= MOST_LETTERS as usize && is_ordinary(&self.joined(first, end));
        let whole = Reach::of(&found, first..end, 0);
        let nearly = Reach::of(&found, first..end, 1);
        let row = tight.then(|| self.whole_row(first, end));
        for word in &found {
            let is_all = word.to - word.from == end - first;
            let stands =
                whole.covers(word) || (!tight && word.to - word.from >= 3 && nearly.covers(word));
            if is_all || (stands && !is_one) {
                self.push_over(word.from, word.to, word.meant, word.unmarked);
                if let Some(step) = self.steps.last_mut() {
                    step.row = row;
                }
            }
        }
    }

    /// The key of several syllables written as one.
    fn joined(&self, from: usize, to: usize) -> String {
        let list = &self.syllables.list()[from..to];
        let parts = list
            .iter()
            .map(|s| &self.canonical.text()[s.start as usize..s.end as usize]);
        key(&parts.collect::<String>())
    }

    fn push(&mut self, at: usize, typed: &Syllable, meant: u32, unmarked: bool, hidden: bool) {
        self.steps.push(Step {
            from: at,
            to: at + 1,
            syllable: meant,
            span: typed.span,
            unmarked,
            hidden,
            row: None,
        });
    }

    fn push_over(&mut self, from: usize, to: usize, meant: u32, unmarked: bool) {
        let list = self.syllables.list();
        self.steps.push(Step {
            from,
            to,
            syllable: meant,
            span: Span::new(list[from].span.start, list[to - 1].span.end),
            unmarked,
            hidden: true,
            row: None,
        });
    }
}

/// Whether there is a syllable of one letter at a place.
pub(super) fn is_single(list: &[Syllable], at: usize) -> bool {
    list.get(at).is_some_and(|one| one.letters() == 1)
}

/// Whether a word as typed has each letter at least as often in a row as the word that a key spells: `coool` draws *cool*
/// out, `colll` does not.
fn draws_out(raw: &str, key: &str) -> bool {
    let typed = runs(raw.chars().flat_map(char::to_lowercase));
    let meant = runs(key.chars());
    typed.len() == meant.len()
        && typed
            .iter()
            .zip(&meant)
            .all(|(one, other)| one.0 == other.0 && one.1 >= other.1)
}

/// The bare letters and how often each stands in a row.
fn runs(letters: impl Iterator<Item = char>) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for letter in letters.filter(|c| is_letter(*c)).map(base) {
        match runs.last_mut() {
            Some((last, count)) if *last == letter => *count += 1,
            _ => runs.push((letter, 1)),
        }
    }
    runs
}

/// A word made of single letters.
struct Joined {
    from: usize,
    to: usize,
    meant: u32,
    unmarked: bool,
}

/// The places of a row of letters to which words lead without a gap: from its beginning, and on to its end.
struct Reach {
    row: Range<usize>,
    from_start: Vec<bool>,
    to_end: Vec<bool>,
}

impl Reach {
    /// `found` is in the order of its beginnings; `slack` letters at either end need no word.
    fn of(found: &[Joined], row: Range<usize>, slack: usize) -> Self {
        let places = row.len() + 1;
        let mut from_start = vec![false; places];
        from_start[..=slack].fill(true);
        for word in found {
            from_start[word.to - row.start] |= from_start[word.from - row.start];
        }
        let mut to_end = vec![false; places];
        to_end[places - 1 - slack..].fill(true);
        for word in found.iter().rev() {
            to_end[word.from - row.start] |= to_end[word.to - row.start];
        }
        Self {
            row,
            from_start,
            to_end,
        }
    }

    fn covers(&self, word: &Joined) -> bool {
        self.from_start[word.from - self.row.start] && self.to_end[word.to - self.row.start]
    }
}

/// Whether a key has letters that only chats use; most have none, and this is all they cost.
fn has_chat_letters(key: &str) -> bool {
    let letters = key.as_bytes();
    letters.first() == Some(&b'k')
        || key.bytes().any(|b| matches!(b, b'f' | b'j' | b'w' | b'z'))
        || matches!(letters, [.., b'k'] | [.., b'k', 0..0x20])
}

/// The usual spelling of a syllable written as in chats: *k* for *c*, *f* for *ph*, *j* for *i*, *w* for *qu*, *z* for
/// *d*; `None` where nothing changes.
fn chat_spelling(key: &str) -> Option<String> {
    let mut usual = String::with_capacity(key.len() + 2);
    let mut letters = key.chars().peekable();
    while let Some(c) = letters.next() {
        let last = letters.peek().is_none_or(|next| next.is_control());
        match c {
            'k' if usual.is_empty()
                && letters
                    .peek()
                    .is_some_and(|next| !matches!(next, 'h' | 'i' | 'e' | 'ê' | 'y')) =>
            {
                usual.push('c');
            }
            'k' if last && usual.ends_with(is_vowel) => usual.push('c'),
            'f' => usual.push_str("ph"),
            'j' => usual.push('i'),
            'w' => usual.push_str("qu"),
            'z' => usual.push('d'),
            other => usual.push(other),
        }
    }
    (usual != key).then_some(usual)
}

/// Whether a key is a syllable of Vietnamese or a common English word.
fn is_ordinary(key: &str) -> bool {
    is_syllable(key) || (key.len() > 2 && common_english(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::chat_spelling;
    use crate::text::key;

    #[test]
    fn chat_letters_are_read_as_the_usual_ones() {
        for (typed, usual) in [
            ("kặk", "cặc"),
            ("fòng", "phòng"),
            ("đjt", "đit"),
            ("zạ", "dạ"),
        ] {
            assert_eq!(chat_spelling(&key(typed)), Some(key(usual)), "{typed}");
        }
        assert_eq!(chat_spelling("ban"), None);
    }
}
