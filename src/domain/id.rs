//! Identifiers: UUIDv7 (RFC 9562), so that keys rise with time and pages need no second column.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A newspaper's site.
    SiteId
    /// A page that carries comments.
    ArticleId
    /// One comment.
    CommentId
    /// One thing that happened.
    EventId
    /// One thing that must still be sent.
    OutboxId
    /// One move of one comment.
    DecisionId
    /// Decisions made together and undone together.
    BatchId
    /// A word to colleagues about a comment.
    NoteId
    /// A reader's report of a comment.
    ReportId
    /// Somebody who may decide.
    ModeratorId
    /// A bearer token of a moderator.
    TokenId
    /// A link that was mailed to a member.
    LinkId
    /// A ban of an author, a name or a range of addresses.
    BanId
    /// A word of a site's own list.
    WordId
    /// A trial of words on stored comments.
    BacktestId
    /// A reader's mailbox that is asked or mailed.
    SubscriptionId
    /// What one replica has counted in one second.
    TallyId
    /// One proof of work that was asked for. It begins with its time.
    ChallengeId
    /// One run of the service, of several over one database.
    ReplicaId
    /// Somebody's address that is told what happens.
    EndpointId
    /// One thing that an endpoint is told.
    DeliveryId
    /// What a site's model had learnt at some time.
    SnapshotId
}
