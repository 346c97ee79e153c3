//! A newspaper's own program that is asked about each comment: what its answer says ([`read`]), what that comes to ([`weigh`]), and when
//! it is asked no more for a while ([`Breaker`]). Pure: who asks is `notify`, who hears a late answer `http`.
//!
//! It decides nothing. What it says is evidence beside that of the rules; that it finds nothing takes nothing away.

mod answer;
mod breaker;
mod weigh;

pub use answer::{AnswerFault, CheckAnswer, MOST, Said, Wrong, read};
pub use breaker::{Breaker, Pass};
pub use weigh::weigh;
