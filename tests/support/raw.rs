//! Bytes on a wire, for what no client of HTTP would send.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than the service gives anybody.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub struct Raw(TcpStream);

impl Raw {
    /// Connects to `http://ADDRESS`.
    pub async fn open(base: &str) -> Self {
        let address = base.trim_start_matches("http://");
        let stream = TcpStream::connect(address).await;
        Self(stream.expect("the server takes connections"))
    }

    /// Sends bytes; whether they could be sent.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Reads one byte of the answer.
    pub async fn is_answered(&mut self) -> bool {
        let mut byte = [0];
        let read = timeout(PATIENCE, self.0.read(&mut byte)).await;
        matches!(read, Ok(Ok(1)))
    }

    /// Sends a little again and again, until the server has closed.
    pub async fn trickle(self, bytes: &'static [u8], pause: Duration) {
        let (mut reading, mut writing) = self.0.into_split();
        let trickle = async {
            loop {
                tokio::time::sleep(pause).await;
                if writing.write_all(bytes).await.is_err() {
                    // What ended is told by reading.
                    std::future::pending::<()>().await;
                }
            }
        };
        let closed = async {
            let mut buffer = [0; 1024];
            while matches!(reading.read(&mut buffer).await, Ok(1..)) {}
        };
        tokio::select! {
            () = trickle => {}
            () = closed => {}
        }
    }

    /// Sends all of it, says that there is no more, and reads to the end.
    pub async fn ask(base: &str, bytes: &[u8]) -> String {
        let mut raw = Self::open(base).await;
        // The server may have answered and closed before it had all.
        let _ = raw.send(bytes).await;
        let _ = raw.0.shutdown().await;
        let mut answer = Vec::new();
        let end = timeout(PATIENCE, raw.0.read_to_end(&mut answer)).await;
        assert!(end.is_ok(), "the server does not end the connection");
        String::from_utf8_lossy(&answer).into_owned()
    }
}
