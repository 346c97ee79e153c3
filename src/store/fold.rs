//! Folds SQLite's log into the database file beside the writer, so that no commit waits while thousands of pages are copied.
//!
//! The log begins anew only when a writer finds all of it folded, and a busy writer has always appended something since.
//! So it is done in two steps: a thread of its own folds nearly all while the writer goes on, then the writer folds the few
//! pages that came meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender};

use super::address::Address;
use super::db::{Db, Purpose};

/// After as many commits it is time: some 16 MiB of log when each has a full batch.
const COMMITS: u32 = 200;

/// The thread that folds, as the writer sees it.
pub(super) struct Folder {
    commits: u32,
    due: Option<Sender<()>>,
    nearly_done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Folder {
    /// Starts the thread, where the database has a log that is ours to fold.
    pub(super) fn start(address: &Address) -> Option<Self> {
        let Address::Sqlite(_) = address else {
            return None;
        };
        let (due, wake) = crossbeam_channel::bounded(1);
        let nearly_done = Arc::new(AtomicBool::new(false));
        let (address, done) = (address.clone(), nearly_done.clone());
        let thread = std::thread::Builder::new()
            .name("duyet-folder".to_owned())
            .spawn(move || fold_until_closed(&address, &wake, &done))
            .expect("a thread can be started");
        Some(Self {
            commits: 0,
            due: Some(due),
            nearly_done,
            thread: Some(thread),
        })
    }

    /// Called by the writer after each commit.
    pub(super) fn committed(&mut self, db: &mut Db) {
        self.commits += 1;
        if self.nearly_done.swap(false, Ordering::AcqRel) {
            told(db.fold_log());
        } else if self.commits >= COMMITS
            && let Some(due) = &self.due
        {
            self.commits = 0;
            // Where it is full the thread has not yet begun with what it was told before.
            let _ = due.try_send(());
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(self.due.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn fold_until_closed(address: &Address, due: &Receiver<()>, nearly_done: &AtomicBool) {
    let mut db: Option<Db> = None;
    while due.recv().is_ok() {
        if db.is_none() {
            db = Db::open(address, Purpose::Write).inspect_err(told_why).ok();
        }
        let Some(open) = db.as_mut() else { continue };
        if told(open.fold_log()) {
            nearly_done.store(true, Ordering::Release);
        } else {
            db = None;
        }
    }
}

/// Whether it went well. Where it did not, the log grows until it does, or until a commit folds it.
fn told(result: super::Result<()>) -> bool {
    result.inspect_err(told_why).is_ok()
}

fn told_why(error: &super::Error) {
    tracing::warn!(%error, "the log could not be folded into the database file");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_begins_anew_while_writes_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("duyet.db").display().to_string();
        let address = Address::Sqlite(file.clone());
        let mut db = Db::open(&address, Purpose::Write).expect("opened");
        let mut folder = Folder::start(&address).expect("a log to fold");
        let mut commit = |folder: &mut Folder| {
            db.transaction(|db| db.batch("CREATE TABLE a (b); DROP TABLE a", ""))
                .expect("committed");
            folder.committed(&mut db);
            std::fs::metadata(format!("{file}-wal"))
                .expect("a log")
                .len()
        };

        for _ in 0..COMMITS {
            commit(&mut folder);
        }
        while !folder.nearly_done.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        let grown = commit(&mut folder);
        for _ in 0..COMMITS / 2 {
            assert_eq!(commit(&mut folder), grown);
        }
    }
}
