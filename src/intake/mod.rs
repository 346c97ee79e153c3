//! Turns a submission into a checked comment, or into a list of what is wrong with it. Pure: time and secrets are handed in.

mod address_mark;
mod akismet;
mod arrivals;
mod article;
mod ban;
mod body;
mod charset;
mod consent;
mod email;
mod error;
mod fold;
mod form;
mod joiner;
mod json;
pub(crate) mod keyed;
mod line;
mod link;
mod mail_key;
mod name;
mod network;
mod receipt;
mod recent;
mod report;
mod robots;
mod sealed;
mod submission;
mod target;
mod urlencoded;

pub use address_mark::AddressKey;
pub use akismet::{AkismetForm, CheckKey, Mended, is_wordpress, mend, publishes_at_once};
pub use arrivals::{
    Arrival, Arrivals, CAPACITY as ARRIVALS_CAPACITY, Counted, Counts, Level, Pressure,
    ReaderAddress, Tally, TooMany, WINDOW as ARRIVALS_WINDOW,
};
pub use article::{ArticleUrl, article_key, is_pattern, origin_of};
pub use ban::{Author, BanTarget, Bans, MAX_BANS};
pub use body::{Body, MAX_CHARS};
pub use consent::ConsentAnswer;
pub use email::{Email, EmailPolicy};
pub use error::{FieldError, Fields};
pub use fold::{fitting, folded};
pub use form::{CommentFields, PostedForm};
pub use json::{JsonFault, read_json, read_json_value};
pub use line::one_line;
pub use mail_key::MailKey;
pub use name::Name;
pub use network::{is_network_within, network_of};
pub use receipt::{Receipt, ReceiptKey};
pub use recent::{RecentTexts, Repeats, Sent, WINDOW as RECENT_WINDOW, read as read_text};
pub use report::{CheckedReport, MAX_NOTE as MAX_REPORT_NOTE, ReportFields, ReporterKey};
pub use robots::{
    CHALLENGE_LIFETIME, Challenge, ChallengeKey, ChallengeParameters, RobotCheck, STAMP_LIFETIME,
    StampKey, is_proof_wanted,
};
pub(crate) use sealed::SealKey;
pub use submission::{ArticleField, Checked, Submission, check};
pub use target::{Target, TargetFault, is_public};
