//! What rules saw in what a reader wrote, as far as it makes one comment another kind of comment than a second that says nearly the same.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::{Category, CheckerRule, Evidence, Field, View};

/// Lighter signs come and go with a word (*mày*, *thằng*).
const SERIOUS: f32 = 0.5;

/// The kinds of trouble that a reader's own words are. How often they come, and from where, is none of them: the first of a
/// campaign is like all that follow it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Signs(BTreeSet<Category>);

impl Signs {
    /// Those of a comment.
    #[must_use]
    pub fn of(evidence: &[Evidence]) -> Self {
        let is_of_the_words = |seen: &&Evidence| {
            seen.weight >= SERIOUS
                && seen.view != View::Context
                && seen.field != Field::Email
                && !CheckerRule::is_unheard(&seen.rule)
                && !matches!(
                    seen.category,
                    Category::Repeat | Category::Flood | Category::Ban
                )
        };
        let seen = evidence.iter().filter(is_of_the_words);
        Self(seen.map(|seen| seen.category).collect())
    }
}

/// `insult+spam`; nothing where there are none.
impl fmt::Display for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, category) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("+")?;
            }
            f.write_str(category.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Signs {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts = text.split('+').filter(|part| !part.is_empty());
        let read: Result<BTreeSet<Category>, ()> =
            parts.map(|part| part.parse().map_err(|_| ())).collect();
        Ok(Self(read?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(category: Category, weight: f32, view: View) -> Evidence {
        Evidence {
            rule: "a.rule".to_owned(),
            category,
            field: Field::Body,
            start: 0,
            end: 1,
            excerpt: "x".to_owned(),
            weight,
            view,
            cluster: None,
        }
    }

    #[test]
    fn what_came_before_and_light_words_make_no_other_comment() {
        let first = Signs::of(&[seen(Category::Spam, 1.0, View::Toned)]);
        let later = [
            seen(Category::Spam, 1.0, View::Hidden),
            seen(Category::Repeat, 2.0, View::Context),
            seen(Category::Spam, 2.0, View::Context),
            seen(Category::Insult, 0.05, View::Toned),
        ];
        assert_eq!(first, Signs::of(&later));
        let foul = Signs::of(&[
            seen(Category::Spam, 1.0, View::Toned),
            seen(Category::Profanity, 2.0, View::Toned),
        ]);
        assert_ne!(first, foul);
        for signs in [first, foul, Signs::default()] {
            assert_eq!(signs.to_string().parse(), Ok(signs));
        }
    }
}
