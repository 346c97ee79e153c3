//! A clock that goes as a test has it go.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use duyet::clock::Clock;
use duyet::domain::Instant;

/// Stands still until it is told to go on.
#[derive(Clone)]
pub struct Time(Arc<AtomicI64>);

impl Time {
    /// As late as it is.
    pub fn real() -> Self {
        Self(Arc::new(AtomicI64::new(duyet::clock::now().as_micros())))
    }

    /// What it shows.
    pub fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }

    /// Goes on.
    pub fn pass(&self, time: Duration) {
        let micros = i64::try_from(time.as_micros()).expect("not that long");
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// Shows again what the real one does.
    pub fn back_to_real(&self) {
        let real = duyet::clock::now().as_micros();
        self.0.store(real, Ordering::SeqCst);
    }

    /// The same, for who is handed a clock.
    pub fn clock(&self) -> Clock {
        let time = self.clone();
        Arc::new(move || time.now())
    }
}
