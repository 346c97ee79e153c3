//! How the domain's values lie in columns: `uuid` and `timestamptz` in PostgreSQL, 16 bytes and microseconds in SQLite.

use diesel::backend::Backend;
use diesel::deserialize::FromSqlRow;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, Text};
use diesel::sqlite::Sqlite;
use std::io::Write;
use std::time::Duration;
use uuid::Uuid;

use crate::domain::{
    Action, ArticleId, ArticleState, BacktestId, BacktestState, BanId, BanKind, BatchId, Category,
    ChallengeId, CommentId, DecisionId, DeliveryId, DeliveryState, EndpointId, EndpointState,
    EventId, Field, Instant, Lane, LinkId, LinkKind, Locale, ModeratorId, NoteId, OutboxId, Pace,
    Presence, ReplicaId, ReportId, ReportOutcome, ReportReason, Role, SiteId, SiteSettings,
    SnapshotId, Source, Status, StopReason, SubscriptionId, SubscriptionState, TallyId, TokenId,
    Via, View, WordId, WordKind, WordState,
};

/// How far whoever follows events reads back again and again. Ids are made before the commit, so an event may come to lie before one
/// that was read already: when a write took as long as it may, or by a replica's clock that is behind.
pub const SETTLED_AFTER: Duration = Duration::from_secs(40);

/// The least event of as long ago as that: what comes with a lesser one by now comes no more.
#[must_use]
pub fn settled(now: Instant) -> EventId {
    EventId(first_at(now.before(SETTLED_AFTER)))
}

/// The milliseconds since 1970 that an event's identifier begins with.
#[must_use]
pub const fn millis_of(event: EventId) -> u128 {
    event.0.as_u128() >> 80
}

/// The least identifier that anything of that moment can have (UUIDv7 begins with milliseconds, RFC 9562, 5.7).
#[must_use]
pub fn first_at(at: Instant) -> Uuid {
    let millis = u64::try_from(at.as_micros() / 1000).unwrap_or(0);
    Uuid::from_u128(u128::from(millis) << 80)
}

/// The moment that an identifier begins with, to the millisecond.
#[must_use]
pub fn moment_of(id: Uuid) -> Instant {
    let millis = i64::try_from(id.as_u128() >> 80).unwrap_or(0);
    Instant::from_micros(millis.saturating_mul(1000))
}

/// A UUID column.
#[derive(Debug, Clone, Copy, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(
    postgres_type(oid = 2950, array_oid = 2951),
    sqlite_type(name = "Binary")
)]
pub struct SqlId;

/// A moment column.
#[derive(Debug, Clone, Copy, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(
    postgres_type(oid = 1184, array_oid = 1185),
    sqlite_type(name = "Long")
)]
pub struct SqlInstant;

macro_rules! id_column {
    ($($proxy:ident => $ty:ident),+ $(,)?) => {$(
        #[derive(AsExpression, FromSqlRow)]
        #[diesel(sql_type = SqlId, foreign_derive)]
        #[expect(dead_code, reason = "only carries the derives for the domain's type")]
        struct $proxy($ty);

        impl ToSql<SqlId, Pg> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                out.write_all(self.0.as_bytes())?;
                Ok(IsNull::No)
            }
        }

        impl ToSql<SqlId, Sqlite> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(&self.0.as_bytes()[..]);
                Ok(IsNull::No)
            }
        }

        impl FromSql<SqlId, Pg> for $ty {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                Ok(Self(Uuid::from_slice(value.as_bytes())?))
            }
        }

        impl FromSql<SqlId, Sqlite> for $ty {
            fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
                Ok(Self(Uuid::from_slice(&bytes)?))
            }
        }
    )+};
}

id_column! {
    SiteIdColumn => SiteId,
    ArticleIdColumn => ArticleId,
    CommentIdColumn => CommentId,
    EventIdColumn => EventId,
    OutboxIdColumn => OutboxId,
    DecisionIdColumn => DecisionId,
    BatchIdColumn => BatchId,
    ModeratorIdColumn => ModeratorId,
    NoteIdColumn => NoteId,
    TokenIdColumn => TokenId,
    LinkIdColumn => LinkId,
    WordIdColumn => WordId,
    BanIdColumn => BanId,
    BacktestIdColumn => BacktestId,
    SubscriptionIdColumn => SubscriptionId,
    TallyIdColumn => TallyId,
    ChallengeIdColumn => ChallengeId,
    ReplicaIdColumn => ReplicaId,
    ReportIdColumn => ReportId,
    EndpointIdColumn => EndpointId,
    DeliveryIdColumn => DeliveryId,
    SnapshotIdColumn => SnapshotId,
}

/// Moments have a first and a last.
impl diesel::sql_types::SqlOrd for SqlInstant {}

#[derive(AsExpression, FromSqlRow)]
#[diesel(sql_type = SqlInstant, foreign_derive)]
#[expect(dead_code, reason = "only carries the derives for the domain's type")]
struct InstantColumn(Instant);

/// 2000-01-01T00:00:00Z, from which PostgreSQL counts, in microseconds since 1970.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

impl ToSql<SqlInstant, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let micros = self.as_micros().saturating_sub(POSTGRES_EPOCH);
        out.write_all(&micros.to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<SqlInstant, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.as_micros());
        Ok(IsNull::No)
    }
}

impl FromSql<SqlInstant, Pg> for Instant {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let bytes: [u8; 8] = value.as_bytes().try_into()?;
        Ok(Self::from_micros(
            i64::from_be_bytes(bytes).saturating_add(POSTGRES_EPOCH),
        ))
    }
}

impl FromSql<SqlInstant, Sqlite> for Instant {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_micros(
            <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?,
        ))
    }
}

macro_rules! word_column {
    ($($proxy:ident => $ty:ident),+ $(,)?) => {$(
        #[derive(AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text, foreign_derive)]
        #[expect(dead_code, reason = "only carries the derives for the domain's type")]
        struct $proxy($ty);

        impl ToSql<Text, Pg> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                out.write_all(self.as_str().as_bytes())?;
                Ok(IsNull::No)
            }
        }

        impl ToSql<Text, Sqlite> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.as_str());
                Ok(IsNull::No)
            }
        }

        impl FromSql<Text, Pg> for $ty {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                Ok(std::str::from_utf8(value.as_bytes())?.parse()?)
            }
        }

        impl FromSql<Text, Sqlite> for $ty {
            fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(<String as FromSql<Text, Sqlite>>::from_sql(value)?.parse()?)
            }
        }
    )+};
}

word_column! {
    LocaleColumn => Locale,
    ArticleStateColumn => ArticleState,
    StatusColumn => Status,
    SourceColumn => Source,
    LaneColumn => Lane,
    CategoryColumn => Category,
    FieldColumn => Field,
    ViewColumn => View,
    ActionColumn => Action,
    RoleColumn => Role,
    LinkKindColumn => LinkKind,
    ViaColumn => Via,
    WordKindColumn => WordKind,
    BanKindColumn => BanKind,
    BacktestStateColumn => BacktestState,
    WordStateColumn => WordState,
    SubscriptionStateColumn => SubscriptionState,
    ReportReasonColumn => ReportReason,
    ReportOutcomeColumn => ReportOutcome,
    PaceColumn => Pace,
    PresenceColumn => Presence,
    EndpointStateColumn => EndpointState,
    StopReasonColumn => StopReason,
    DeliveryStateColumn => DeliveryState,
}

#[derive(AsExpression, FromSqlRow)]
#[diesel(sql_type = Text, foreign_derive)]
#[expect(dead_code, reason = "only carries the derives for the domain's type")]
struct SettingsColumn(SiteSettings);

/// JSON without what is as by default, so that a setting that a new version brings does not trouble the replicas of the old
/// one until somebody uses it. Keys in their order: the same settings are the same text.
fn settings_as_text(settings: &SiteSettings) -> serde_json::Result<String> {
    let mut json = serde_json::to_value(settings)?;
    let defaults = serde_json::to_value(SiteSettings::default())?;
    if let Some(fields) = json.as_object_mut() {
        fields.retain(|name, value| defaults.get(name) != Some(value));
    }
    serde_json::to_string(&json)
}

impl ToSql<Text, Pg> for SiteSettings {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(settings_as_text(self)?.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<Text, Sqlite> for SiteSettings {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(settings_as_text(self)?);
        Ok(IsNull::No)
    }
}

impl FromSql<Text, Pg> for SiteSettings {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(serde_json::from_slice(value.as_bytes())?)
    }
}

impl FromSql<Text, Sqlite> for SiteSettings {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(serde_json::from_str(&text)?)
    }
}
