//! The only place that knows Diesel. Everything is durable when a write returns; on SQLite and PostgreSQL alike.
//!
//! Writes go through a few threads that commit whatever waits together ([`writer`]); reads have threads of their own.
//! A query is a method of [`Store`], in the file of the thing it is about, named for what it answers.

mod address;
mod addressed;
mod akismet;
mod akismet_told;
mod answered;
mod arrivals;
mod article_changes;
mod article_list;
mod article_news;
mod article_places;
mod article_sheet;
mod articles;
mod attempts;
mod author;
mod authors;
mod backtest;
mod backtest_runs;
mod bans;
mod bulk;
mod by_model;
mod cards;
mod changes;
mod checks;
mod claims;
mod cms_comments;
mod cms_deliveries;
mod db;
mod decision_rows;
mod decisions;
mod edit;
mod error;
mod events;
mod evidence;
mod fold;
mod former_addresses;
mod happened;
mod history;
mod hooks;
mod idempotency;
mod ingest;
mod keys;
mod learning;
mod listing;
mod looked_at;
mod mail_habits;
mod mail_server;
mod member_events;
mod member_links;
mod members;
mod migrate;
mod moderators;
mod networks;
mod notes;
mod numbers;
mod outbox;
mod outbox_view;
mod pending;
mod postgres;
mod published;
mod readers;
mod recent;
mod reports;
mod resend;
mod rows;
mod rule_changes;
mod rule_deeds;
mod schema;
mod scope;
mod search;
mod second_factors;
mod sections;
mod sessions;
mod site_secrets;
mod site_words;
mod sites;
mod spaced;
mod spent;
mod subscriptions;
mod telling;
mod tokens;
mod told_again;
mod types;
mod versions;
mod waiting;
mod writer;

use std::sync::Arc;

pub use address::{Address, UnknownAddress};
pub use addressed::{MailKind, MailedTo, masked};
pub use akismet::{AkismetUsage, CheckTaken, NewCheck, NewClientReport};
pub use akismet_told::ClientVerdict;
pub use arrivals::ArrivalTally;
pub use article_changes::ArticleChange;
pub use article_list::{ArticleFilter, ArticleOrder, ArticlePage, ListedArticle};
pub use article_news::Heard;
pub use article_sheet::ArticleSheet;
pub use articles::ArticleRef;
pub use attempts::{Counter, Mark, Settlement};
pub use author::{AuthorSheet, MOST_SEEN};
pub use authors::AuthorHistory;
pub use bans::{BanFilter, Banned, Caught};
pub use by_model::ByModel;
pub use cards::{Alike, Card};
pub use checks::{CheckSubject, CheckedBy};
pub use claims::NewClaim;
pub use cms_comments::ByCms;
pub use cms_deliveries::Delivered;
pub use decisions::{NewDecision, Outcome, Settled, Standing};
pub use edit::{Edited, NewEdit};
pub use error::{Error, Result};
pub use happened::Happened;
pub use history::{About, HistoryEntry, HistoryFilter, HistoryPage, SeenMembers, Who};
#[cfg(test)]
use history::{IS_ACT, IS_NO_ARRIVAL};
pub use hooks::{
    AfterAttempt, DeliverAgain, EndpointChange, HookAttempt, HookNews, NewEndpoint, Subject, Taken,
};
pub use idempotency::{Claim, day_of};
pub use ingest::{Ingested, NewComment};
pub use keys::{Keyed, Unkeyed};
pub use learning::{
    Considered, LESSONS_AT_ONCE, LearnMark, LessonChange, OnDemand, Snapshot, SnapshotInfo, Stretch,
};
pub use listing::{Order, Page, QueueFilter};
pub use looked_at::{LOOKED_THROUGH, WaitingAuthor};
pub use mail_server::{Ask, Probe};
pub use member_events::Failure;
pub use member_links::{MemberLink, NewLink, Welcome};
pub use members::{Changed, MemberChange, MemberEntry};
pub use migrate::names as migration_names;
pub use moderators::{Principal, SecretHash};
pub use numbers::{Hours, NumberMark, Numbers};
pub use outbox::{
    Attempt, Claimed, Due, Hindrance, MAIL_LEASE, NewOutbox, Obstacle, OutboxKind, OutboxState,
};
pub use outbox_view::{Backlog, GivenUp, OutboxEntry, SendNow, SendingTrouble};
pub use published::{Published, Stands};
pub use recent::Seen;
pub use reports::{NewReport, ReportLimits, Reported};
pub use resend::Resend;
pub use rule_changes::RulesChange;
pub use rule_deeds::{Deed, DeedFilter, FoundDeeds};
pub use scope::{Part, Scope};
pub use search::{Rater, SearchMark};
pub use second_factors::SecondFactor;
pub use sessions::{Farewell, NewSession, SecondStep, Session};
pub use site_secrets::SiteSecrets;
pub use site_words::{Added, WordFilter};
pub use sites::Revisions;
pub use telling::{Audience, Listener, Notice, Round, Told};
pub use tokens::Token;
pub use types::{SETTLED_AFTER, first_at, millis_of, moment_of, settled};
pub use versions::{Change, Version, Versions};
pub use waiting::{ReportedWaiting, Waiting};

use db::{Db, Purpose};

/// The database, with its threads. Clones share them; they end with the last clone.
#[derive(Clone)]
pub struct Store(Arc<Threads>);

struct Threads {
    address: Address,
    versions: Versions,
    // Readers end first: a reader that outlived the last writer would keep SQLite's log from being folded in.
    readers: readers::Readers,
    writers: writer::Writers,
}

impl Store {
    /// Opens the database and applies the migrations that are missing.
    pub async fn open(address: Address) -> Result<Self> {
        let (store, applied) = on_a_thread(move || {
            let mut db = Db::open(&address, Purpose::Write)?;
            let applied = migrate::apply(&mut db)?;
            let versions = Versions::default();
            let writers = writer::Writers::start(&address, db, &versions);
            let readers = readers::Readers::start(&address);
            Ok((
                Self(Arc::new(Threads {
                    address,
                    versions,
                    readers,
                    writers,
                })),
                applied,
            ))
        })
        .await?;
        for step in applied {
            tracing::info!(step, "migration applied");
        }
        Ok(store)
    }

    /// Takes every migration back: all data is gone. For tests of the migrations.
    pub async fn revert(address: Address) -> Result<()> {
        on_a_thread(move || migrate::revert(&mut Db::open(&address, Purpose::Write)?)).await
    }

    /// Where the data lives.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.0.address
    }

    /// Whether the database has every migration and takes writes.
    pub async fn is_ready(&self) -> Result<bool> {
        let current = self.read(migrate::is_current).await?;
        self.write(|_| Ok(())).await?;
        Ok(current)
    }

    /// Runs on a reader thread, with a connection that cannot write, on one state of the data.
    async fn read<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        self.0.readers.read(body).await
    }

    /// Durable when it returns: joins the batch that is forming, in a savepoint of its own. `body` may run more than once.
    async fn write<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Db) -> Result<T> + Send + 'static,
    {
        self.0.writers.write(body).await
    }

    /// Stores a comment with its evidence, event and outbox rows. Durable when it returns.
    pub async fn ingest(&self, comment: NewComment) -> Result<Ingested> {
        self.0.writers.ingest(comment).await
    }
}

/// Runs what would block the async runtime.
async fn on_a_thread<T: Send + 'static>(
    body: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let (reply, answer) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = reply.send(body());
    });
    answer
        .await
        .unwrap_or_else(|_| Err(Error::Broken("a store thread panicked".to_owned())))
}
