//! Many writers at once who never rest, until their server is gone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::ledger::{SUBMIT, comment_of, id_in};
use super::{App, Exchange, KeptConnection, Ledger};

/// What the writers met with, added up.
#[derive(Debug, Default)]
pub struct Met {
    /// Answers that took a comment in.
    pub acknowledged: usize,
    /// Answers that asked to come back later.
    pub refused: usize,
    /// Requests whose connection ended before an answer began.
    pub unanswered: usize,
    /// Answers that broke off.
    pub torn: Vec<String>,
}

/// The writers, each on a connection of its own that it keeps as long as it may.
pub struct Crowd {
    writers: Vec<JoinHandle<Met>>,
    ending: Arc<AtomicBool>,
}

impl Crowd {
    /// Starts them. `name` makes their keys different from those of other crowds.
    pub fn start(app: &App, size: usize, name: &str, ledger: &Arc<Mutex<Ledger>>) -> Self {
        let ending = Arc::new(AtomicBool::new(false));
        let writers = (0..size).map(|number| {
            let writer = Writer {
                base: app.base().to_owned(),
                name: format!("{name}-{number}"),
                ledger: ledger.clone(),
                ending: ending.clone(),
            };
            tokio::spawn(writer.write())
        });
        Self {
            writers: writers.collect(),
            ending,
        }
    }

    /// From now on the server may go away. Before, that is a failure.
    pub fn expect_the_end(&self) {
        self.ending.store(true, Ordering::SeqCst);
    }

    /// Waits until nobody finds a server any more.
    pub async fn gone(self) -> Met {
        let mut met = Met::default();
        for writer in self.writers {
            let one = writer.await.expect("the writer met with nothing strange");
            met.acknowledged += one.acknowledged;
            met.refused += one.refused;
            met.unanswered += one.unanswered;
            met.torn.extend(one.torn);
        }
        met
    }
}

struct Writer {
    base: String,
    name: String,
    ledger: Arc<Mutex<Ledger>>,
    ending: Arc<AtomicBool>,
}

impl Writer {
    /// Writes one comment after the other. A connection that has ended is opened again, and what was not answered is
    /// sent again under its key, until nobody listens.
    async fn write(self) -> Met {
        let mut met = Met::default();
        let mut number = 0;
        while let Ok(mut connection) = KeptConnection::open(&self.base).await {
            loop {
                let key = format!("{}-{number}", self.name);
                self.ledger().sent(&key);
                match connection.post(SUBMIT, &key, &comment_of(&key)).await {
                    Exchange::Answered {
                        status,
                        body,
                        closes,
                    } => {
                        match status {
                            202 => {
                                self.ledger().acknowledged(&key, &id_in(&body));
                                met.acknowledged += 1;
                                number += 1;
                            }
                            503 => {
                                met.refused += 1;
                                tokio::time::sleep(Duration::from_millis(20)).await;
                            }
                            _ => panic!("{key}: {status} {body}"),
                        }
                        if closes {
                            break;
                        }
                    }
                    Exchange::Unanswered => {
                        self.may_end();
                        met.unanswered += 1;
                        break;
                    }
                    Exchange::Torn(part) => {
                        self.may_end();
                        met.torn.push(part);
                        break;
                    }
                }
            }
        }
        self.may_end();
        met
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().expect("no writer has panicked")
    }

    #[track_caller]
    fn may_end(&self) {
        let expected = self.ending.load(Ordering::SeqCst);
        assert!(expected, "{}: the server went away by itself", self.name);
    }
}
