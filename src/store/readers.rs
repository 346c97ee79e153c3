//! Reads, on threads of their own with connections that cannot write.

use crossbeam_channel::{Receiver, Sender};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

use super::address::Address;
use super::db::{Db, Purpose};
use super::error::{Error, Result};

/// As many reads as may wait for a thread.
const WAITING: usize = 1024;
const THREADS: usize = 4;
/// As long as a read may take, waiting for a thread included.
const PATIENCE: Duration = Duration::from_secs(10);

type Work = Box<dyn FnOnce(Result<&mut Db>) -> bool + Send>;

pub(super) struct Readers {
    queue: Option<Sender<Work>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(address: &Address) -> Self {
        let (queue, work) = crossbeam_channel::bounded::<Work>(WAITING);
        let threads = (0..THREADS)
            .map(|number| {
                let (address, work) = (address.clone(), work.clone());
                std::thread::Builder::new()
                    .name(format!("duyet-reader-{number}"))
                    .spawn(move || read_until_closed(&address, &work))
                    .expect("a thread can be started")
            })
            .collect();
        Self {
            queue: Some(queue),
            threads,
        }
    }

    /// Everything that `body` reads is of one state of the data.
    pub(super) async fn read<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |db| {
            let result = db.and_then(|db| db.snapshot(body));
            let broken = matches!(result, Err(Error::Broken(_)));
            // The one who asked may have left.
            let _ = reply.send(result);
            !broken
        });
        let queue = self.queue.as_ref().ok_or(Error::Busy)?;
        queue.try_send(work).map_err(|_| Error::Busy)?;
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Error::Busy),
            Err(_) => Err(Error::Away("it does not answer".to_owned())),
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        drop(self.queue.take());
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// A connection is opened with the first read and again after it broke.
fn read_until_closed(address: &Address, work: &Receiver<Work>) {
    let mut db: Option<Db> = None;
    while let Ok(work) = work.recv() {
        if db.is_none() {
            match Db::open(address, Purpose::Read) {
                Ok(open) => db = Some(open),
                Err(error) => {
                    tracing::error!(%error, "cannot open the database for reading");
                    work(Err(error));
                    continue;
                }
            }
        }
        let Some(open) = db.as_mut() else { continue };
        // A panic must not take the thread with it.
        let read = catch_unwind(AssertUnwindSafe(|| work(Ok(&mut *open))));
        if read.is_err() {
            tracing::error!("a read panicked");
        }
        if !matches!(read, Ok(true)) && (read.is_err() || !open.is_alive()) {
            db = None;
        }
    }
}
