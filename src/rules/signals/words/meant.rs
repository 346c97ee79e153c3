//! Whether unmarked writing means the phrase that its letters spell.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::Toneless;
use super::find::Walk;
use super::readings::{Step, is_single};
use crate::text::{
    FoldId, Known, Neighbours, Reading, Syllable, Telling, Writing, bare_key, base,
    is_bare_syllable, is_vowel,
};

/// How a text is written changes within it, so it is asked of stretches: of these many syllables, each with half as many on
/// both sides.
const STRETCH: usize = 12;

/// How the stretches of a text are written, found out where it is asked for.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    found: OnceCell<Vec<OnceCell<Writing>>>,
}

impl Stretches {
    /// Whether the stretch around a syllable is written without tones.
    pub(super) fn is_toneless(&self, telling: &Telling, reading: &Reading<'_>, at: usize) -> bool {
        !Self::is_plainly_toned(telling, reading, at)
            && self.around(telling, reading, at).is_toneless(telling)
    }

    /// Whether enough of the syllables around bear a mark: then it is written with tones, and nothing need be looked up.
    fn is_plainly_toned(telling: &Telling, reading: &Reading<'_>, at: usize) -> bool {
        let list = reading.syllables().list();
        let from = at.saturating_sub(STRETCH / 2);
        let to = (at + STRETCH / 2).min(list.len());
        let marked = list[from..to].iter().filter(|one| !one.is_plain()).count();
        marked * telling.one_in as usize > to - from
    }

    fn around(&self, telling: &Telling, reading: &Reading<'_>, at: usize) -> Writing {
        let list = reading.syllables().list();
        let stretches = self
            .found
            .get_or_init(|| vec![OnceCell::new(); list.len() / STRETCH + 1]);
        let stretch = at / STRETCH;
        *stretches[stretch].get_or_init(|| {
            let from = (stretch * STRETCH).saturating_sub(STRETCH / 2);
            let to = ((stretch + 1) * STRETCH + STRETCH / 2).min(list.len());
            let words = list[from..to].iter().map(|one| typed(reading, one));
            Writing::of(Neighbours::shipped(), telling, words)
        })
    }
}

/// As many phrases of the same letters as are asked about together.
const MOST_ALIKE: usize = 64;

pub(super) fn typed<'a>(reading: &'a Reading<'_>, syllable: &Syllable) -> &'a str {
    &reading.canonical().text()[syllable.start as usize..syllable.end as usize]
}

fn folded<'a>(reading: &'a Reading<'_>, syllable: &Syllable) -> Cow<'a, str> {
    let typed = typed(reading, syllable);
    if syllable.is_plain() {
        Cow::Borrowed(typed)
    } else {
        typed.chars().map(base).collect()
    }
}

impl<F> Walk<'_, F> {
    /// Whether the path's syllables are likely enough to be meant where some of them lack their marks.
    pub(super) fn is_meant(&self, toneless: Toneless, hidden: bool) -> bool {
        match toneless {
            Toneless::Always => true,
            Toneless::Never => false,
            Toneless::Neighbours if self.is_cut_out() => false,
            Toneless::Neighbours => self
                .asked(hidden)
                .is_some_and(|asked| self.odds_of_path() >= asked),
        }
    }

    /// Whether the words around are Vietnamese, with their tones or without.
    pub(super) fn is_among_vietnamese(&self, at: usize) -> bool {
        let telling = &self.odds.language;
        Stretches::is_plainly_toned(telling, self.reading, at)
            || self.stretches.around(telling, self.reading, at).vietnamese >= telling.sure
    }

    /// Whether the words around are English.
    pub(super) fn is_among_english(&self, at: usize) -> bool {
        let telling = &self.odds.language;
        self.stretches.around(telling, self.reading, at).vietnamese <= -telling.sure
    }

    /// Whether a path without any missing mark is meant as it stands. In a stretch without tones even a word that has none
    /// (*ngu*) may be another (*ngủ*, *ngụ*, *ngữ*).
    pub(super) fn is_what_it_seems(&self) -> bool {
        let list = self.reading.syllables().list();
        let mut typed = self.path.iter().flat_map(|step| &list[step.from..step.to]);
        let (Some(first), true) = (
            self.path.first(),
            typed.clone().all(|one| one.is_plain()) && typed.any(|one| self.may_lack_marks(one)),
        ) else {
            return true;
        };
        if Stretches::is_plainly_toned(&self.odds.language, self.reading, first.from) {
            return !self.is_one_of_many() || self.odds_of_path() >= self.odds.toned;
        }
        let writing = self
            .stretches
            .around(&self.odds.language, self.reading, first.from);
        // In fewer syllables tones may be missing by chance.
        writing.syllables < self.odds.language.fewest
            || !writing.is_toneless(&self.odds.language)
            || self.odds_of_path() >= self.odds.toneless
    }

    /// Whether a path is only the head of an ordinary syllable that was split in two (`Ngu yễn`).
    pub(super) fn is_head_of_another(&self) -> bool {
        let list = self.reading.syllables().list();
        let [step] = self.path[..] else { return false };
        let (Some(head), Some(rest)) = (list.get(step.from), list.get(step.to)) else {
            return false;
        };
        let counts = Neighbours::shipped();
        let (head, rest_typed) = (typed(self.reading, head), typed(self.reading, rest));
        !step.hidden
            && !rest.is_plain()
            && is_vowel(rest.first())
            && !counts.knows(rest_typed)
            && counts.knows(&format!("{head}{rest_typed}"))
    }

    fn may_lack_marks(&self, syllable: &Syllable) -> bool {
        is_bare_syllable(self.reading.syllables().key(syllable))
    }

    /// Whether letters that were put together are only a part of a row (`L.o.n.d.o.n`).
    pub(super) fn is_cut_out(&self) -> bool {
        let list = self.reading.syllables().list();
        let single = |at: usize| is_single(list, at);
        let before = || {
            self.path
                .first()
                .and_then(|first| first.from.checked_sub(1))
        };
        let after = || self.path.last().map(|last| last.to);
        self.path.iter().any(|step| step.to - step.from > 1)
            && (before().is_some_and(single) || after().is_some_and(single))
    }

    /// How sure it must be; `None` where the text is no Vietnamese.
    pub(super) fn asked(&self, hidden: bool) -> Option<f32> {
        let first = self.path.first()?.from;
        let telling = &self.odds.language;
        let toned = Stretches::is_plainly_toned(telling, self.reading, first);
        let asked = if !toned && self.stretches.is_toneless(telling, self.reading, first) {
            self.odds.toneless
        } else if !toned
            && !hidden
            && self.stretches.around(telling, self.reading, first).marked == 0
        {
            return None;
        } else if self.cannot_be_as_typed() && !self.is_one_of_many() {
            self.odds.slip
        } else {
            self.odds.toned
        };
        let pains = (hidden && !self.is_starred()) || self.is_dressed();
        Some(if pains {
            asked - self.odds.hidden
        } else {
            asked
        })
    }

    /// Whether some unmarked syllable is no word as it stands (*cac*, *buoi*): among words with marks it is a slip or a trick.
    fn cannot_be_as_typed(&self) -> bool {
        let list = self.reading.syllables().list();
        self.path.iter().filter(|step| step.unmarked).any(|step| {
            let letters = folded(self.reading, &list[step.from]);
            is_bare_syllable(&letters)
                && !Neighbours::shipped().is_word(&self.odds.language, &letters)
        })
    }

    /// Whether other words around lack marks that they cannot do without: then it is a way of writing, and no slip.
    pub(super) fn is_one_of_many(&self) -> bool {
        let syllables = self.reading.syllables().list();
        let (Some(first), Some(last)) = (self.path.first(), self.path.last()) else {
            return false;
        };
        let around = (first.from.saturating_sub(STRETCH / 2)..first.from)
            .chain(last.to..(last.to + STRETCH / 2).min(syllables.len()));
        around.map(|at| &syllables[at]).any(|one| {
            let letters = typed(self.reading, one);
            one.is_plain()
                && one.letters() > 1
                && is_bare_syllable(letters)
                && Neighbours::shipped().fold_id(letters).is_some()
                && !Neighbours::shipped().is_word(&self.odds.language, letters)
        })
    }

    /// Whether the letters were dressed up (full-width, mathematical …) or strange ones were mixed in.
    fn is_dressed(&self) -> bool {
        self.path.iter().any(|step| {
            let raw = self.reading.excerpt(step.span);
            !raw.is_ascii()
                && self.reading.syllables().list()[step.from..step.to]
                    .iter()
                    .all(|one| one.is_plain())
        })
    }

    pub(super) fn odds_of_path(&self) -> f32 {
        let (before, after) = self.company();
        Neighbours::shipped().odds(before, &self.same_letters(), after)
    }

    /// What stands before the path and after it, two words each, as the counts know them.
    fn company(&self) -> ([Option<FoldId>; 2], [Option<FoldId>; 2]) {
        let (Some(first), Some(last)) = (self.path.first(), self.path.last()) else {
            return ([None; 2], [None; 2]);
        };
        let counts = Neighbours::shipped();
        let all = self.reading.syllables().list();
        let fold = |at: Option<usize>| {
            let one = at.and_then(|at| all.get(at))?;
            let folded: String = typed(self.reading, one)
                .chars()
                .map(crate::text::base)
                .collect();
            counts.fold_id(&folded)
        };
        let edge = |at: Option<usize>| match at {
            Some(at) if at < all.len() => fold(Some(at)),
            _ => Some(FoldId::EDGE),
        };
        let before = [
            match first.from {
                0 => None,
                1 => Some(FoldId::EDGE),
                from => fold(Some(from - 2)),
            },
            edge(first.from.checked_sub(1)),
        ];
        let after = [
            edge(Some(last.to)),
            match all.len().saturating_sub(last.to) {
                0 => None,
                1 => Some(FoldId::EDGE),
                _ => fold(Some(last.to + 1)),
            },
        ];
        (before, after)
    }

    /// Every phrase that is written with the path's letters, the path's own among them: asked one by one, *đụ má* and
    /// *đù má* would speak against each other.
    fn same_letters(&self) -> Vec<Vec<Known>> {
        let mut open: Vec<(u32, Vec<Known>)> = vec![(0, Vec::new())];
        let letters = |step: &Step| bare_key(self.words.lexicon.key(step.syllable));
        for step in &self.path {
            // A star may stand for several vowels, so the same place is not always the same letters.
            let own = letters(step);
            let at = self.steps.partition_point(|other| other.from < step.from);
            let alike = self.steps[at..]
                .iter()
                .take_while(|other| other.from == step.from)
                .filter(|other| other.to == step.to && letters(other) == own);
            open = alike
                .flat_map(|other| {
                    open.iter().filter_map(|(state, known)| {
                        let state = self.words.automaton.step(*state, other.syllable)?;
                        let mut known = known.clone();
                        known.push(self.words.lexicon.known(other.syllable));
                        Some((state, known))
                    })
                })
                .take(MOST_ALIKE)
                .collect();
        }
        let whole = |(state, known): (u32, Vec<Known>)| {
            let ends = !self.words.automaton.ends(state).is_empty();
            ends.then_some(known)
        };
        open.into_iter().filter_map(whole).collect()
    }
}
