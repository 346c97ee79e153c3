//! The nouns of the house: plain values without input or output, clock or randomness.
//! Everything else in the crate speaks in these.

mod again;
mod article;
mod article_register;
mod backtest;
mod ban;
mod checker;
mod claim;
mod client;
mod client_told;
mod cluster;
mod cms;
mod comment;
mod day;
mod decision;
mod history;
mod hook;
mod id;
mod lesson;
mod mail_habits;
mod mail_trouble;
mod model_sample;
mod model_settings;
mod moderator;
mod month;
mod note;
mod outline;
mod reason;
mod report;
mod robot;
mod settings;
mod share;
mod signs;
mod site;
mod site_word;
mod subscription;
mod tally;
mod telling;
mod time;
mod trouble;
mod verdict;
mod waits;

pub use again::{Again, Earlier, same_as};
pub use article::{Article, ArticleState, Presence, is_open};
pub use article_register::{ArticleNews, ArticleRegister, Content, Stamp};
pub use backtest::{
    Backtest, BacktestState, Findings, Outcome, Sample, Shift, Spot, TriedWord, WordFinding,
    WrittenForm,
};
pub use ban::{Ban, BanKind};
pub use checker::{Checked, CheckerFault, CheckerRule, CheckerSettings, without_answer};
pub use claim::Claim;
pub use client::{ClientFault, ClientReport};
pub use client_told::ClientTold;
pub use cluster::Cluster;
pub use cms::{CmsFault, CmsFormat, CmsSettings};
pub use comment::{Agreed, Comment, Source, Status};
pub use day::{Day, Hour};
pub use decision::{Action, Decision};
pub use history::{HistoryKind, Trace, Via};
pub use hook::{
    Delivery, DeliveryState, Endpoint, EndpointState, HookEvent, StopReason, TEST_EVENT,
};
pub use id::{
    ArticleId, BacktestId, BanId, BatchId, ChallengeId, CommentId, DecisionId, DeliveryId,
    EndpointId, EventId, LinkId, ModeratorId, NoteId, OutboxId, ReplicaId, ReportId, SiteId,
    SnapshotId, SubscriptionId, TallyId, TokenId, WordId,
};
pub use lesson::{Lesson, Taught};
pub use mail_habits::{MailHabits, Pace, QuietHours, Zone};
pub use mail_trouble::{MailAdvice, MailFault, MailTrouble};
pub use model_sample::{ModelSample, Witness};
pub use model_settings::{ModelFault, ModelSettings, Percent};
pub use moderator::{Actor, LinkKind, Moderator, Role};
pub use month::{Month, NoMonth};
pub use note::Note;
pub use outline::{Begin, Outline, OutlinePage, Place, Placed, REPLIES_SHOWN, ThreadOrder};
pub use reason::Reason;
pub use report::{QueueLane, Report, ReportOutcome, ReportReason, Reports};
pub use robot::{ProofFault, RobotSigns, StampFault};
pub use settings::{Consent, ProofOfWork, SettingFault, SiteSettings};
pub use share::Share;
pub use signs::Signs;
pub use site::{Locale, SecretOf, Site};
pub use site_word::{SiteWord, WordKind, WordState};
pub use subscription::{Subscription, SubscriptionState};
pub use tally::{DecidedBy, RuleTally, Sections, Tally, merge_sections};
pub use telling::{Stuck, Telling};
pub use time::Instant;
pub use trouble::Trouble;
pub use verdict::{
    Category, Evidence, Field, Lane, RuleAction, Urgency, Verdict, View, by_weight, is_urgent,
    urgency,
};
pub use waits::Waits;

/// A closed set of words, each with one spelling used alike in JSON, in the
/// database, in rule packs and in addresses.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every member, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The one spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::domain::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(crate::domain::UnknownWord {
                        word: word.to_owned(),
                        known: &[$($word),+],
                    }),
                }
            }
        }
    };
}
pub(crate) use words;

/// A word outside a closed set.
#[derive(Debug, thiserror::Error)]
#[error("`{word}` is none of {known:?}")]
pub struct UnknownWord {
    /// What was found.
    pub word: String,
    /// What may stand there.
    pub known: &'static [&'static str],
}
