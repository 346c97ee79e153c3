//! The squares that weights have moved by, in sixteen bits each: half of what a learning site would need besides its weights.
//!
//! A number is the five lower bits of an `f32`'s exponent and the upper eleven of its fraction. What is added to it every day is soon less
//! than the last of these bits, so it is rounded up or down by chance, as often as it lies near (Gupta et al., *Deep Learning with Limited
//! Numerical Precision*, ICML 2015): on the average nothing is lost. The chance is told by the caller, so that all replicas have the same.

use super::model::SLOTS;

/// The bits of an `f32` that are left out at its end.
const LEFT_OUT: u32 = 12;
/// The least number, 2⁻⁸; the greatest is near 2²⁴.
const LEAST: f32 = 0.003_906_25;

/// One number for each weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Squares(Vec<u16>);

impl Squares {
    /// All the same.
    pub(super) fn all(start: f32) -> Self {
        Self(vec![nearest(start); SLOTS])
    }

    /// None at all, for what learns nothing.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Makes all the same.
    pub(super) fn fill(&mut self, start: f32) {
        self.0.fill(nearest(start));
    }

    /// Adds to one, and tells what that comes to before it is rounded by the lower bits of `chance`.
    pub(super) fn add(&mut self, at: usize, square: f32, chance: u32) -> f32 {
        let sum = number(self.0[at]) + square;
        self.0[at] = code(sum, chance & ((1 << LEFT_OUT) - 1));
        sum
    }

    /// As they are written.
    pub(super) fn codes(&self) -> impl Iterator<Item = u16> {
        self.0.iter().copied()
    }

    /// The same to be read into.
    pub(super) fn codes_mut(&mut self) -> impl Iterator<Item = &mut u16> {
        self.0.iter_mut()
    }

    /// How many bytes they take.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<u16>()
    }
}

fn number(code: u16) -> f32 {
    f32::from_bits((u32::from(code) << LEFT_OUT) + LEAST.to_bits())
}

fn nearest(number: f32) -> u16 {
    // Half of what is left out.
    code(number, 1 << (LEFT_OUT - 1))
}

/// Up where what is left out and `chance` come to more than there is room for.
fn code(number: f32, chance: u32) -> u16 {
    let bits = number.max(LEAST).to_bits() - LEAST.to_bits();
    u16::try_from((bits + chance) >> LEFT_OUT).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_what_it_is_written_as() {
        let mut before = 0.0;
        for code_of in 0..=u16::MAX {
            let number = number(code_of);
            assert!(number.is_finite() && number > before);
            assert_eq!(code(number, 0), code_of);
            before = number;
        }
        assert!(before > 1.6e7);
        assert_eq!(code(f32::MAX, 4_095), u16::MAX);
        assert_eq!(code(0.0, 4_095), 0);
    }

    #[test]
    fn what_is_added_in_pieces_too_small_to_write_is_not_lost() {
        // A step of 0.05 is 2^-16, of 1 it is 2^-11: far more than what is added.
        for (start, piece) in [(0.05, 1e-6), (1.0, 1e-5), (100.0, 1e-3)] {
            let mut squares = Squares::all(start);
            let (mut wanted, mut chance) = (f64::from(start), 0_u32);
            for _ in 0..200_000 {
                chance = chance.wrapping_add(0x9e37_79b9);
                squares.add(7, piece, chance >> 16);
                wanted += f64::from(piece);
            }
            let is = f64::from(number(squares.0[7]));
            assert!((is / wanted - 1.0).abs() < 0.02, "{is} {wanted}");
        }
    }
}
