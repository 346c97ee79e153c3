//! Whether unmarked writing means the phrase that its letters spell.

use std::cell::OnceCell;

use super::Toneless;
use super::find::Walk;
use crate::text::{
    FoldId, Known, Neighbours, Reading, Syllable, Writing, ends_in_stop, is_bare_syllable,
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
    fn around(&self, reading: &Reading<'_>, at: usize) -> Writing {
        let list = reading.syllables().list();
        let stretches = self
            .found
            .get_or_init(|| vec![OnceCell::new(); list.len() / STRETCH + 1]);
        let stretch = at / STRETCH;
        *stretches[stretch].get_or_init(|| {
            let from = (stretch * STRETCH).saturating_sub(STRETCH / 2);
            let to = ((stretch + 1) * STRETCH + STRETCH / 2).min(list.len());
            let words = list[from..to].iter().map(|one| typed(reading, one));
            Writing::of(Neighbours::shipped(), words)
        })
    }
}

fn typed<'a>(reading: &'a Reading<'_>, syllable: &Syllable) -> &'a str {
    &reading.canonical().text()[syllable.start as usize..syllable.end as usize]
}

impl<F> Walk<'_, F> {
    /// Whether the path's syllables are likely enough to be meant where some of them lack their marks.
    pub(super) fn is_meant(&self, toneless: Toneless, hidden: bool) -> bool {
        match toneless {
            Toneless::Always => true,
            Toneless::Never => false,
            Toneless::Neighbours => self
                .asked(hidden)
                .is_some_and(|asked| self.odds_of_path() >= asked),
        }
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
        let writing = self.stretches.around(self.reading, first.from);
        !writing.is_toneless() || self.odds_of_path() >= self.odds.toneless
    }

    fn may_lack_marks(&self, syllable: &Syllable) -> bool {
        is_bare_syllable(self.reading.syllables().key(syllable))
    }

    /// How sure it must be; `None` where the text is no Vietnamese.
    fn asked(&self, hidden: bool) -> Option<f32> {
        let first = self.path.first()?.from;
        let writing = self.stretches.around(self.reading, first);
        let asked = if writing.is_toneless() || self.cannot_be_as_typed() {
            self.odds.toneless
        } else if writing.marked > 0 || hidden {
            self.odds.toned
        } else {
            return None;
        };
        let pains = hidden || self.is_dressed();
        Some(if pains {
            asked - self.odds.hidden
        } else {
            asked
        })
    }

    /// Whether some unmarked syllable is none that Vietnamese writes: in a text with tones it is a slip or a trick.
    fn cannot_be_as_typed(&self) -> bool {
        let list = self.reading.syllables().list();
        let marked = |at: usize| list.get(at).is_some_and(|one| !one.is_plain());
        self.path.iter().filter(|step| step.unmarked).any(|step| {
            ends_in_stop(typed(self.reading, &list[step.from]))
                && (marked(step.to) || step.from.checked_sub(1).is_some_and(marked))
        })
    }

    /// Whether the letters were dressed up (full-width, mathematical …) or strange ones were mixed in.
    fn is_dressed(&self) -> bool {
        self.path.iter().any(|step| {
            let raw = self.reading.excerpt(step.span);
            raw.chars().any(|c| !c.is_ascii())
                && self.reading.syllables().list()[step.from..step.to]
                    .iter()
                    .all(|one| one.is_plain())
        })
    }

    fn odds_of_path(&self) -> f32 {
        let (Some(first), Some(last)) = (self.path.first(), self.path.last()) else {
            return f32::NEG_INFINITY;
        };
        let counts = Neighbours::shipped();
        let list = self.reading.syllables().list();
        let fold = |at: Option<usize>| {
            let one = at.and_then(|at| list.get(at))?;
            let folded: String = typed(self.reading, one)
                .chars()
                .map(crate::text::base)
                .collect();
            counts.fold_id(&folded)
        };
        let edge = |at: Option<usize>| match at {
            Some(at) if at < list.len() => fold(Some(at)),
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
            match list.len().saturating_sub(last.to) {
                0 => None,
                1 => Some(FoldId::EDGE),
                _ => fold(Some(last.to + 1)),
            },
        ];
        let meant: Vec<Known> = self
            .path
            .iter()
            .map(|step| self.words.lexicon.known(step.syllable))
            .collect();
        counts.odds(before, &[meant], after)
    }
}
