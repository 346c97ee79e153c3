//! A share of a count, and how sure one can be of it.

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// So many.
    pub part: u64,
    /// Of so many.
    pub of: u64,
}

/// Of a normal distribution 95 % lies within so many standard deviations.
const Z: f64 = 1.96;

impl Share {
    /// The share, from 0 to 1; 0 where there is nothing to share.
    #[must_use]
    pub fn rate(self) -> f64 {
        if self.of == 0 {
            return 0.0;
        }
        number(self.part) / number(self.of)
    }

    /// What the share is at the least, with 95 % confidence: the lower bound of E. B. Wilson's interval (*Probable inference, the law of
    /// succession, and statistical inference*, JASA 22, 1927, 209–212). Three of three are fewer than fifty of sixty by it, so that
    /// what was seen seldom does not head a list.
    #[must_use]
    pub fn at_least(self) -> f64 {
        if self.of == 0 {
            return 0.0;
        }
        let (n, p) = (number(self.of), self.rate().min(1.0));
        let square = Z * Z;
        let spread = Z * ((p * (1.0 - p) + square / (4.0 * n)) / n).sqrt();
        ((p + square / (2.0 * n) - spread) / (1.0 + square / n)).max(0.0)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of comments")]
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(part: u64, of: u64) -> Share {
        Share { part, of }
    }

    /// Against the equation that the bound solves, `|p − x| = z √(x (1 − x) / n)`, halved down to four places elsewhere.
    #[test]
    fn the_bound_is_wilsons() {
        for (part, of, bound) in [
            (1, 1, 0.2065),
            (3, 3, 0.4385),
            (50, 60, 0.7197),
            (5, 10, 0.2366),
            (0, 10, 0.0),
        ] {
            let told = share(part, of).at_least();
            assert!((told - bound).abs() < 1e-4, "{part} of {of}: {told}");
        }
        assert!(share(3, 3).at_least() < share(50, 60).at_least());
        assert!(share(0, 0).at_least().abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn it_lies_below_the_share_and_rises_with_what_is_known(of in 1u64..10_000, part in any::<prop::sample::Index>()) {
            let part = part.index(usize::try_from(of).expect("small") + 1) as u64;
            let (few, many) = (share(part, of), share(part * 10, of * 10));
            prop_assert!((0.0..=1.0).contains(&few.at_least()));
            prop_assert!(few.at_least() <= few.rate() + 1e-12);
            prop_assert!(many.at_least() + 1e-12 >= few.at_least());
        }
    }
}
