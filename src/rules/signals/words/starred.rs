//! Words with a sign for a vowel (`đ*t`, `b**i`): which vowels it hides, and with which marks.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Toneless;
use super::find::Walk;
use super::meant::typed;
use super::readings::Step;
use super::stand_ins::{self, Disguise};
use crate::text::{
    FoldId, Known, Neighbours, bare_key, canonical, hides_letters, is_marked, is_vowel, key,
};

/// How near to all others together a word without marks must come, of those that stars may stand for, in natural-log odds.
const CLOSE: f32 = -0.7;

/// What stands before a syllable and after it.
type Sides = (Option<Known>, Option<Known>);

/// What was found out of a text's words with stars, by how they are typed: each is asked about once for every word that it may be.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    found: RefCell<FxHashMap<String, Rc<Guess>>>,
}

/// What a word with stars may be.
#[derive(Debug)]
struct Guess {
    disguise: Disguise,
    choices: Vec<Choice>,
    /// How likely each of them is, as natural logarithms, between the neighbours that were asked for last.
    likely: RefCell<Option<(Sides, Rc<[f32]>)>>,
}

/// Letters without marks that may be hidden.
#[derive(Debug)]
struct Choice {
    letters: String,
    fold: Option<FoldId>,
    /// Which part of their uses is written with the marks that are typed: in `đ*t` the stroke is there, so that *dạt* is out of
    /// the question.
    share: f32,
    /// How often they are used so, as a natural logarithm.
    alone: f32,
}

impl Guesses {
    fn of(&self, raw: &str) -> Rc<Guess> {
        if let Some(known) = self.found.borrow().get(raw) {
            return known.clone();
        }
        let guess = Rc::new(Guess::of(raw));
        self.found
            .borrow_mut()
            .insert(raw.to_owned(), guess.clone());
        guess
    }
}

impl Guess {
    fn of(raw: &str) -> Self {
        let typed = canonical(raw);
        let disguise = Disguise::of(typed.text());
        let choices = stand_ins::choices(typed.text());
        let choices = choices
            .into_iter()
            .map(|letters| Choice::of(letters, &disguise));
        Self {
            choices: choices.collect(),
            disguise,
            likely: RefCell::default(),
        }
    }

    /// What is known of letters, whether they are among those that are usually hidden or not.
    fn with<T>(&self, letters: &str, ask: impl FnOnce(&Choice) -> T) -> T {
        match self.choices.iter().find(|choice| choice.letters == letters) {
            Some(choice) => ask(choice),
            None => ask(&Choice::of(letters.to_owned(), &self.disguise)),
        }
    }

    fn likely(&self, sides: Sides) -> Rc<[f32]> {
        let mut last = self.likely.borrow_mut();
        if let Some((asked, likely)) = &*last
            && *asked == sides
        {
            return likely.clone();
        }
        let likely: Rc<[f32]> = self.choices.iter().map(|one| one.likely(sides)).collect();
        *last = Some((sides, likely.clone()));
        likely
    }
}

impl Choice {
    fn of(letters: String, disguise: &Disguise) -> Self {
        let counts = Neighbours::shipped();
        let fold = counts.fold_id(&letters);
        let share = fold.map_or(1.0, |fold| {
            counts.share_of(fold, |word| disguise.may_be(word))
        });
        Self {
            alone: (counts.frequency(&letters) * share.max(f32::EPSILON)).ln(),
            letters,
            fold,
            share,
        }
    }

    fn likely(&self, (before, after): Sides) -> f32 {
        let fits = |fold| Neighbours::shipped().fits(before, fold, after);
        self.alone + self.fold.map_or(0.0, fits)
    }
}

impl<F> Walk<'_, F> {
    /// Whether a path is meant some of whose letters are hidden behind stars. Any vowel may be there, with any tone, so that
    /// among Vietnamese words it must be likelier than all others together.
    pub(super) fn is_guessed(&self, toneless: Toneless) -> bool {
        let Some(first) = self.path.first() else {
            return false;
        };
        let among_vietnamese = self.is_among_vietnamese(first.from);
        let bears_marks = |step: &&Step| is_marked(self.words.lexicon.key(step.syllable));
        if !self.path.iter().any(bears_marks) {
            return self.choice_of_vowels() >= CLOSE
                || (!among_vietnamese && self.is_among_english(first.from));
        }
        let lacks_marks = self.path.iter().any(|step| step.unmarked);
        match toneless {
            Toneless::Never if lacks_marks => false,
            _ if self.is_cut_out() => false,
            _ => self
                .asked(true)
                .is_some_and(|asked| self.odds_behind_stars() + self.odds.starred >= asked),
        }
    }

    /// Whether a vowel is hidden behind a star: there may be any, so that hiding it says little for this one.
    pub(super) fn is_starred(&self) -> bool {
        self.path.iter().any(|step| self.has_star(step))
    }

    /// Whether a step has a sign for a vowel, or an *x* among nothing but consonants.
    fn has_star(&self, step: &Step) -> bool {
        let raw = self.reading.excerpt(step.span);
        step.hidden
            && ((raw.contains(hides_letters) && !self.is_whole(step))
                || (step.to - step.from == 1
                    && raw.contains(['x', 'X'])
                    && !canonical(raw).text().contains(is_vowel)))
    }

    /// Whether a step is all there but for the signs that set its letters apart (`lồ_n`).
    fn is_whole(&self, step: &Step) -> bool {
        let typed = canonical(self.reading.excerpt(step.span));
        let rest: String = typed
            .text()
            .chars()
            .filter(|c| !hides_letters(*c))
            .collect();
        key(&rest) == self.words.lexicon.key(step.syllable)
    }

    /// The odds of a path behind stars: that its vowels were hidden, and that they bear its marks.
    fn odds_behind_stars(&self) -> f32 {
        let part = self.part_of_marks() * self.choice_of_vowels().exp();
        (part / (1.0 - part).max(f32::EPSILON)).ln()
    }

    /// What the choice of vowels behind stars takes off the odds, in natural logarithms: how much less likely the letters read
    /// are, between their neighbours, than those with any other vowel there.
    fn choice_of_vowels(&self) -> f32 {
        let starred = self
            .path
            .iter()
            .enumerate()
            .filter(|(_, step)| self.has_star(step));
        starred.map(|(place, step)| self.choice(place, step)).sum()
    }

    fn choice(&self, place: usize, step: &Step) -> f32 {
        let guess = self.guesses.of(self.reading.excerpt(step.span));
        let sides = self.beside(place);
        let own = bare_key(self.words.lexicon.key(step.syllable));
        let mine = guess.with(&own, |choice| choice.likely(sides));
        let likely = guess.likely(sides);
        let others = guess
            .choices
            .iter()
            .zip(likely.iter())
            .filter(|(choice, _)| choice.letters != own && choice.fold.is_some());
        let others: f32 = others.map(|(_, likely)| (likely - mine).exp()).sum();
        -others.ln_1p()
    }

    /// Among the readings of its letters that what is typed allows, the part of those that a path with stars means.
    fn part_of_marks(&self) -> f32 {
        let part = |odds: f32| 1.0 / (1.0 + (-odds).exp());
        let starred = self.path.iter().filter(|step| self.has_star(step));
        let allowed: f32 = starred
            .map(|step| {
                let letters = bare_key(self.words.lexicon.key(step.syllable));
                let guess = self.guesses.of(self.reading.excerpt(step.span));
                guess.with(&letters, |choice| choice.share)
            })
            .product();
        let meant = part(self.odds_of_path());
        // Of all readings together what is not allowed has the share that it has anywhere.
        meant / (meant + (1.0 - meant) * allowed).max(f32::EPSILON)
    }

    /// What stands before and after a step of the path: with its marks where it is typed with them.
    fn beside(&self, place: usize) -> Sides {
        let list = self.reading.syllables().list();
        let counts = Neighbours::shipped();
        let of_text = |at: Option<usize>| {
            let one = list.get(at?)?;
            let known = counts.syllable(typed(self.reading, one));
            Some(if one.is_plain() {
                known.unmarked()
            } else {
                known
            })
        };
        let step = self.path[place];
        let of_path = |place: Option<usize>| {
            let step = place.and_then(|place| self.path.get(place))?;
            Some(self.words.lexicon.known(step.syllable))
        };
        let before = of_path(place.checked_sub(1)).or_else(|| of_text(step.from.checked_sub(1)));
        let after = of_path(place.checked_add(1)).or_else(|| of_text(Some(step.to)));
        (before, after)
    }
}
