//! Names of features as numbers: the same on every machine and in every build, since weights are kept under them.
//!
//! FNV-1a (Fowler, Noll, Vo) with its 64-bit prime over Unicode scalar values instead of bytes, closed by the finaliser of
//! `MurmurHash3` (Appleby), of which the upper half is kept. Nothing of it may change without another version of the file
//! format: whatever was learnt would stand under other names.

/// The FNV-1a offset basis of 64 bits.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
/// Its prime.
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// What a feature is of: each kind has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Bank {
    /// Runs of letters, with their marks.
    Toned = 1,
    /// The same without marks.
    Folded = 2,
    /// Words and pairs of words, with their marks.
    TonedWords = 3,
    /// The same without marks.
    FoldedWords = 4,
    /// What rules saw.
    Rules = 5,
    /// What the text looks like.
    Shape = 6,
}

/// A name in the making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(u64);

impl Name {
    pub(super) const fn of(bank: Bank) -> Self {
        Self(BASIS).with(bank as u32)
    }

    #[must_use]
    pub(super) const fn with(self, unit: u32) -> Self {
        Self((self.0 ^ unit as u64).wrapping_mul(PRIME))
    }

    #[must_use]
    pub(super) fn with_all(self, letters: impl IntoIterator<Item = char>) -> Self {
        letters
            .into_iter()
            .fold(self, |name, letter| name.with(u32::from(letter)))
    }

    /// The number that it comes to.
    #[allow(clippy::cast_possible_truncation)] // the upper half is what is wanted
    pub(super) const fn number(self) -> u32 {
        let mut h = self.0;
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        (h >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_they_were() {
        let number = |bank, text: &str| Name::of(bank).with_all(text.chars()).number();
        assert_ne!(number(Bank::Toned, "đẹp"), number(Bank::Folded, "đẹp"));
        assert_ne!(number(Bank::Toned, "đẹp"), number(Bank::Toned, "dep"));
        assert_eq!(
            [
                number(Bank::Toned, "đẹp"),
                number(Bank::Rules, "vi.insult.core"),
                number(Bank::Shape, "")
            ],
            [2_956_887_049, 32_589_143, 478_188_398]
        );
    }
}
