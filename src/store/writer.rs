//! The group commit. A writer thread takes whatever waits, writes it in one transaction and answers everybody after the
//! commit. There is no timer: an idle service commits each write by itself, a busy one makes its own batches.
//! A write that fails is rolled back alone, by a savepoint, never its neighbours.

use crossbeam_channel::{Receiver, Sender, TrySendError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

use super::address::Address;
use super::db::{Db, Purpose};
use super::error::{Error, Result};
use super::fold::Folder;
use super::ingest::{self, Ingested, NewComment};
use super::versions::Versions;

/// As many writes as share a commit at most. More gains nothing; the answer to the first would wait for all.
const BATCH: usize = 256;
/// As many writes as may wait. Beyond it the caller is told to come back, rather than kept waiting for seconds.
const WAITING: usize = 4096;
/// How often a batch is tried again when the database says that another transaction was in its way.
const ATTEMPTS: usize = 4;

/// A write of any kind. It may run more than once, so it must not consume what it needs.
trait Job: Send {
    fn run(&mut self, db: &mut Db) -> Result<()>;
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Call<F, T> {
    body: F,
    outcome: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<F, T> Job for Call<F, T>
where
    F: FnMut(&mut Db) -> Result<T> + Send,
    T: Send,
{
    fn run(&mut self, db: &mut Db) -> Result<()> {
        let outcome = db.transaction(&mut self.body);
        let result = match &outcome {
            Err(error @ (Error::Broken(_) | Error::Away(_) | Error::Contended)) => {
                Err(error.clone())
            }
            _ => Ok(()),
        };
        self.outcome = Some(outcome);
        result
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let outcome = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Err(error), _) => Err(error),
            (Ok(()), None) => Err(Error::Broken("the write was not run".to_owned())),
        };
        // The one who asked may have left; what is written stays written.
        let _ = self.reply.send(outcome);
    }
}

/// A comment on its way in, kept apart from other writes so that neighbours share their statements.
struct Arrival {
    comment: NewComment,
    outcome: Option<Ingested>,
    reply: oneshot::Sender<Result<Ingested>>,
}

enum Command {
    Ingest(Box<Arrival>),
    Job(Box<dyn Job>),
}

/// The writer threads of a store: one on SQLite, which allows one writer, a few on PostgreSQL.
pub(super) struct Writers {
    queue: Option<Sender<Command>>,
    threads: Vec<JoinHandle<()>>,
}

impl Writers {
    pub(super) fn start(address: &Address, first: Db, versions: &Versions) -> Self {
        let (queue, commands) = crossbeam_channel::bounded(WAITING);
        let count = match address {
            Address::Sqlite(_) => 1,
            Address::Postgres(_) => 4,
        };
        let mut first = Some(first);
        let threads = (0..count)
            .map(|number| {
                let (address, commands, db) = (address.clone(), commands.clone(), first.take());
                let versions = versions.clone();
                std::thread::Builder::new()
                    .name(format!("duyet-writer-{number}"))
                    .spawn(move || write_until_closed(&address, db, &commands, &versions))
                    .expect("a thread can be started")
            })
            .collect();
        Self {
            queue: Some(queue),
            threads,
        }
    }

    /// Durable when it returns. `body` may run again when its batch had to be repeated.
    pub(super) async fn write<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Db) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Job(Box::new(Call {
            body,
            outcome: None,
            reply,
        })))?;
        answer.await.unwrap_or(Err(Error::Busy))
    }

    /// Durable when it returns: the way in for comments.
    pub(super) async fn ingest(&self, comment: NewComment) -> Result<Ingested> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Ingest(Box::new(Arrival {
            comment,
            outcome: None,
            reply,
        })))?;
        answer.await.unwrap_or(Err(Error::Busy))
    }

    fn send(&self, command: Command) -> Result<()> {
        let queue = self.queue.as_ref().ok_or(Error::Busy)?;
        queue.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => Error::Busy,
        })
    }
}

/// Writes what still waits, then stops.
impl Drop for Writers {
    fn drop(&mut self) {
        drop(self.queue.take());
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn write_until_closed(
    address: &Address,
    mut db: Option<Db>,
    commands: &Receiver<Command>,
    versions: &Versions,
) {
    let mut folder = Folder::start(address);
    while let Ok(first) = commands.recv() {
        let mut batch = Batch::default();
        batch.push(first);
        while batch.len() < BATCH {
            match commands.try_recv() {
                Ok(next) => batch.push(next),
                Err(_) => break,
            }
        }
        metrics::histogram!("duyet_write_batch_size").record(size(batch.len()));
        if !batch.arrivals.is_empty() {
            metrics::histogram!("duyet_intake_batch_size").record(size(batch.arrivals.len()));
        }
        if db.is_none() {
            db = Db::open(address, Purpose::Write)
                .inspect_err(
                    |error| tracing::error!(%error, "cannot open the database for writing"),
                )
                .ok();
        }
        let Some(open) = db.as_mut() else {
            batch.answer(&Err(Error::Away("it cannot be opened".to_owned())));
            continue;
        };
        // A panic must not take the thread with it: the callers are told, the connection is dropped, the next batch goes on.
        let written = catch_unwind(AssertUnwindSafe(|| batch.commit(open, versions)));
        if written.is_err() {
            tracing::error!("a write panicked");
        }
        if matches!(written, Ok(true)) {
            if let Some(folder) = &mut folder {
                folder.committed(open);
            }
        } else if written.is_err() || !open.is_alive() {
            db = None;
        }
    }
}

#[allow(clippy::cast_precision_loss)] // at most a few hundred
fn size(count: usize) -> f64 {
    count as f64
}

#[derive(Default)]
struct Batch {
    arrivals: Vec<Arrival>,
    jobs: Vec<Box<dyn Job>>,
}

impl Batch {
    fn push(&mut self, command: Command) {
        match command {
            Command::Ingest(arrival) => self.arrivals.push(*arrival),
            Command::Job(job) => self.jobs.push(job),
        }
    }

    fn len(&self) -> usize {
        self.arrivals.len() + self.jobs.len()
    }

    /// Writes all and answers all; false where something failed for reasons of the database.
    fn commit(mut self, db: &mut Db, versions: &Versions) -> bool {
        let written = self.write(db);
        // Before anybody is answered, and even where it failed: the commit may have come through before the connection went.
        for change in db.1.drain(..) {
            versions.changed(change);
        }
        match written {
            Ok(()) => {
                self.answer(&Ok(()));
                true
            }
            // Nothing was begun, so no write of the batch is to blame, and trying each would take as long each time.
            Err(error) if self.len() == 1 || matches!(error, Error::Away(_)) => {
                self.answer(&Err(error));
                false
            }
            Err(error) => {
                tracing::warn!(%error, writes = self.len(), "a batch failed; its writes are tried one by one");
                let mut all_well = true;
                for single in self.singles() {
                    all_well &= single.commit(db, versions);
                }
                all_well
            }
        }
    }

    /// One transaction for the whole batch. It is tried again where another transaction was in its way
    /// (serialisation failure or deadlock on PostgreSQL).
    fn write(&mut self, db: &mut Db) -> Result<()> {
        let mut attempt = 1;
        loop {
            let result = db.transaction(|db| {
                let comments: Vec<&NewComment> = self
                    .arrivals
                    .iter()
                    .map(|arrival| &arrival.comment)
                    .collect();
                let outcomes = ingest::ingest(db, &comments)?;
                for (arrival, outcome) in self.arrivals.iter_mut().zip(outcomes) {
                    arrival.outcome = Some(outcome);
                }
                self.jobs.iter_mut().try_for_each(|job| job.run(db))
            });
            match result {
                // What several jobs need together may be what another transaction needs in another order. Each by itself takes
                // what it needs in one order, so one by one they cannot get in each other's way for ever.
                Err(error @ Error::Contended) if self.jobs.len() > 1 => return Err(error),
                // A conflict is a key or an article that another writer has just brought: the next look finds it.
                Err(Error::Contended | Error::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
                other => return other,
            }
        }
    }

    fn singles(self) -> impl Iterator<Item = Self> {
        let arrivals = self.arrivals.into_iter().map(|arrival| Self {
            arrivals: vec![arrival],
            jobs: Vec::new(),
        });
        let jobs = self.jobs.into_iter().map(|job| Self {
            arrivals: Vec::new(),
            jobs: vec![job],
        });
        arrivals.chain(jobs)
    }

    fn answer(self, committed: &Result<()>) {
        for arrival in self.arrivals {
            let outcome = match (committed, arrival.outcome) {
                (Ok(()), Some(outcome)) => Ok(outcome),
                (Ok(()), None) => Err(Error::Broken("the comment was not written".to_owned())),
                (Err(error), _) => Err(error.clone()),
            };
            let _ = arrival.reply.send(outcome);
        }
        for job in self.jobs {
            job.answer(committed.clone());
        }
    }
}
