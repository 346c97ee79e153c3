//! A connection that is kept from one request to the next and read byte by byte, so that an answer that breaks off is
//! told from one that never began.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of a request.
#[derive(Debug)]
pub enum Exchange {
    /// Its answer came whole.
    Answered {
        /// The status.
        status: u16,
        /// The body.
        body: String,
        /// Whether the server ends the connection with it.
        closes: bool,
    },
    /// The connection ended before the first byte of an answer.
    Unanswered,
    /// The connection ended in the middle of an answer: all that came.
    Torn(String),
}

/// A connection to the server.
pub struct KeptConnection {
    stream: TcpStream,
    host: String,
}

impl KeptConnection {
    /// Connects to `http://ADDRESS`.
    pub async fn open(base: &str) -> std::io::Result<Self> {
        let host = base.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, host })
    }

    /// Asks for a path.
    pub async fn get(&mut self, path: &str) -> Exchange {
        self.exchange(format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n",
            self.host
        ))
        .await
    }

    /// Hands in JSON under a key.
    pub async fn post(&mut self, path: &str, key: &str, json: &Value) -> Exchange {
        let (host, body) = (&self.host, json.to_string());
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nidempotency-key: {key}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.exchange(request).await
    }

    /// Waits until the server ends the connection. Fails where it says something instead.
    pub async fn ended(&mut self) {
        let mut byte = [0];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut byte))
            .await
            .expect("the end of the connection");
        assert!(
            !matches!(read, Ok(1..)),
            "the server speaks without being asked"
        );
    }

    async fn exchange(&mut self, request: String) -> Exchange {
        tokio::time::timeout(PATIENCE, self.send_and_receive(request))
            .await
            .expect("an answer, or the end of the connection")
    }

    async fn send_and_receive(&mut self, request: String) -> Exchange {
        // Where the server is gone, reading tells it too, and tells it better.
        let _ = self.stream.write_all(request.as_bytes()).await;
        let (mut received, mut buffer) = (Vec::new(), [0; 4096]);
        loop {
            if let Some(answer) = whole(&received) {
                return answer;
            }
            match self.stream.read(&mut buffer).await {
                Ok(count @ 1..) => received.extend_from_slice(&buffer[..count]),
                Ok(0) | Err(_) if received.is_empty() => return Exchange::Unanswered,
                Ok(_) | Err(_) => {
                    return Exchange::Torn(String::from_utf8_lossy(&received).into_owned());
                }
            }
        }
    }
}

/// The answer, once all of it is there. Every answer of ours to these requests tells its length.
fn whole(received: &[u8]) -> Option<Exchange> {
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&received[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let length: usize = header("content-length: ")?.trim().parse().ok()?;
    let body = received[end + 4..].get(..length)?;
    Some(Exchange::Answered {
        status,
        body: String::from_utf8_lossy(body).into_owned(),
        closes: header("connection: ").is_some_and(|value| value.trim() == "close"),
    })
}
