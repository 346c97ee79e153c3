//! The search index over comments: their words with and without marks, and facts about them (where they stand, what was
//! seen in them, who wrote them), so that any mix of filters is one question to one index, answered in the order of ids.
//!
//! Nobody who writes a comment waits for it. A worker follows the events of each site ([`tail`]), so what is written or decided
//! is in the index within a second; until then it is looked at itself ([`fresh`]). What the index names is compared with the comment
//! as it is wherever the index is older, so nothing is found by what it no longer says.
//!
//! SQLite has an FTS5 table without content, whose rows are numbered as ids rise ([`number`]); PostgreSQL a `tsvector` with a GIN
//! index, and what waits by its facts in the order of ids. Both are given words that [`words`](crate::text::words) cut, never text.

mod again;
mod ask;
mod document;
mod fact;
mod fresh;
mod in_postgres;
mod in_sqlite;
mod number;
mod risk;
mod tail;
mod write;

pub use risk::Rater;
pub use tail::SearchMark;

pub(super) use ask::{Ask, Found, ask};
pub(super) use document::fields;
pub(super) use fact::Fact;
pub(super) use fresh::fresh;
pub(super) use risk::LAST;
#[cfg(test)]
pub(super) use tail::index;
