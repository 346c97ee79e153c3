//! The trie of all phrases over numbered syllables.

use rustc_hash::FxHashMap;

/// Phrases by their syllables. State 0 is the beginning.
#[derive(Debug)]
pub(super) struct Automaton {
    /// Where a syllable leads from the beginning; 0 where no phrase begins with it.
    first: Vec<u32>,
    /// Where it leads from any other state.
    steps: FxHashMap<(u32, u32), u32>,
    /// The phrases that end in each state.
    ends: Vec<Vec<u32>>,
}

impl Default for Automaton {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            steps: FxHashMap::default(),
            ends: vec![Vec::new()],
        }
    }
}

impl Automaton {
    /// Adds a phrase under its number.
    pub(super) fn add(&mut self, syllables: &[u32], phrase: usize) {
        let mut state = 0;
        for &syllable in syllables {
            let next = narrow(self.ends.len());
            state = if state == 0 {
                self.begin(syllable, next)
            } else {
                *self.steps.entry((state, syllable)).or_insert(next)
            };
            if state == next {
                self.ends.push(Vec::new());
            }
        }
        self.ends[state as usize].push(narrow(phrase));
    }

    fn begin(&mut self, syllable: u32, next: u32) -> u32 {
        let place = syllable as usize;
        if self.first.len() <= place {
            self.first.resize(place + 1, 0);
        }
        if self.first[place] == 0 {
            self.first[place] = next;
        }
        self.first[place]
    }

    /// Where a syllable leads.
    pub(super) fn step(&self, state: u32, syllable: u32) -> Option<u32> {
        if state == 0 {
            let next = self.first.get(syllable as usize).copied();
            return next.filter(|next| *next != 0);
        }
        self.steps.get(&(state, syllable)).copied()
    }

    /// The phrases that end in a state.
    pub(super) fn ends(&self, state: u32) -> &[u32] {
        &self.ends[state as usize]
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
