//! A connection whose other side is overheard: the library that speaks over it keeps a server's first words to itself, and they are
//! what an operator needs when nothing goes.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// As much as is kept of it.
const KEPT: usize = 16 * 1024;

/// What was heard and not told yet; nothing more once that has stopped.
#[derive(Debug, Clone)]
pub(super) struct Heard(Arc<Mutex<Option<Vec<u8>>>>);

impl Default for Heard {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Some(Vec::new()))))
    }
}

impl Heard {
    /// The next reply: its lines up to the one that says that it is the last (RFC 5321, 4.2.1), or all there is of it.
    pub(super) fn reply(&self) -> Option<String> {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = heard.as_mut().filter(|heard| !heard.is_empty())?;
        let mut end = 0;
        for line in heard.split_inclusive(|byte| *byte == b'\n') {
            end += line.len();
            if line.get(3) != Some(&b'-') {
                break;
            }
        }
        let reply: Vec<u8> = heard.drain(..end).collect();
        Some(String::from_utf8_lossy(&reply).into_owned())
    }

    /// Hears nothing more, as of what is private then.
    pub(super) fn stop(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn hear(&self, bytes: &[u8]) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(heard) = heard.as_mut() {
            let room = KEPT.saturating_sub(heard.len());
            heard.extend(bytes.iter().take(room));
        }
    }
}

/// The connection.
#[derive(Debug)]
pub(super) struct Overheard {
    stream: TcpStream,
    heard: Heard,
}

impl Overheard {
    pub(super) const fn new(stream: TcpStream, heard: Heard) -> Self {
        Self { stream, heard }
    }
}

impl AsyncTokioStream for Overheard {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for Overheard {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        this.heard.hear(&buffer.filled()[before..]);
        read
    }
}

impl AsyncWrite for Overheard {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_come_one_by_one_and_none_after_the_end() {
        let heard = Heard::default();
        heard.hear(b"220 mail.test\r\n250-mail.test\r\n250-SIZE 1\r\n250 HELP\r\n");
        assert_eq!(heard.reply().as_deref(), Some("220 mail.test\r\n"));
        let answer = heard.reply().expect("the answer");
        assert_eq!(answer.lines().count(), 3);
        assert_eq!(heard.reply(), None);
        heard.stop();
        heard.hear(b"secret");
        assert_eq!(heard.reply(), None);
    }
}
