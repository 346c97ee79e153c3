//! What can be seen in a text, one file a thing looked at. A signal gives places or an amount; what that is worth is
//! not its business.

mod contact;
mod crowd;
mod disposable;
mod feature;
mod flood;
mod links;
mod name;
mod needed;
mod pattern;
pub(in crate::rules) mod repeat;
mod robot;
mod shape;
mod words;

pub(in crate::rules) use disposable::listed;
pub use feature::{Feature, Measure, measure};
pub use links::links;
pub use name::{Likeness, Nearness, Reserved};
pub use pattern::{Patterns, regex};
pub(in crate::rules) use robot::only as only_robot;
pub use words::{
    Found, LONGEST, Language, Near, Odds, Phrase, Place, Toneless, Unmatchable, Words,
};
