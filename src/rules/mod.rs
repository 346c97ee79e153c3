//! Rule packs become a compiled set; a set and a comment become a verdict with all its evidence.
//!
//! The parts keep apart what changes for different reasons: [`signals`] see and never weigh, packs weigh and hold no
//! code, the policy (caps and thresholds) is a file beside the packs. Nothing here reads a file or a clock: packs
//! arrive as text, and [`judge()`] is a pure function of its arguments.
//!
//! ```
//! use duyet::domain::Lane;
//! use duyet::rules::{Context, RuleSet, Subject, judge, shipped};
//!
//! let rules = RuleSet::compile(&shipped()).expect("the shipped packs are tested");
//! let comment = Subject { name: "Lan", email: "lan@example.vn", body: "Bài viết rất hay." };
//! let verdict = judge(&rules, &Context::default(), &comment);
//! assert_eq!(verdict.lane, Lane::LikelyFine);
//! ```

mod check;
mod cluster;
mod compile;
mod composite;
mod error;
mod foreign;
mod judge;
mod kept;
mod live;
mod matcher;
mod pack;
mod policy;
mod readable;
mod set;
mod shipped;
pub mod signals;
mod site;
mod trial;
mod version;

pub use check::{CheckFailure, CheckReport, check, check_and_compile};
pub use error::PackError;
pub use judge::{Context, Subject, judge, judge_at, judge_read};
pub use live::LiveRules;
pub use pack::{PackSource, Title};
pub use policy::{Lanes, Policy, Quoted};
pub use readable::{LooksFor, ReadableRule};
pub use set::{RuleInfo, RuleSet};
pub use shipped::shipped;
pub use signals::{Likeness, Nearness, Reserved, Toneless};
pub use site::{
    MAX_SITE_WORDS, MAX_WORD_CHARS, MAX_WORD_WEIGHT, ReadWord, SiteWords, WantedWord, WordAdvice,
    WordFault, WordTrouble, read_word, read_words, rule_of_site_word, site_word_of, word_advice,
};
pub use trial::Trial;

#[cfg(test)]
mod tests;
