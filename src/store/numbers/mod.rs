//! What comments came to, by day: counted beside the service's work, so that a page of numbers reads a row a day and counts no
//! comments.
//!
//! A comment belongs to the hour in which it arrived, for good: that is in its id, so an hour is a range of the primary key. When anything
//! happens to a comment its whole hour is counted anew from comments, decisions and evidence, and the day from its hours. So
//! nothing is added to what was there, and to count again, after a crash or on another replica, comes to the same.
//! Which section an article is in is asked when its comments are counted.

mod count;
mod look;
mod mark;
mod put;

pub use count::Hours;
pub use look::Numbers;
pub use mark::NumberMark;
