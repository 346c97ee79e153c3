//! The trie of all phrases over numbered syllables.

use rustc_hash::FxHashMap;

/// Phrases by their syllables. State 0 is the beginning.
#[derive(Debug)]
pub(super) struct Automaton {
    steps: FxHashMap<(u32, u32), u32>,
    /// The phrases that end in each state.
    ends: Vec<Vec<u32>>,
}

impl Default for Automaton {
    fn default() -> Self {
        Self {
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
            state = *self.steps.entry((state, syllable)).or_insert(next);
            if state == next {
                self.ends.push(Vec::new());
            }
        }
        self.ends[state as usize].push(narrow(phrase));
    }

    /// Where a syllable leads.
    pub(super) fn step(&self, state: u32, syllable: u32) -> Option<u32> {
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
