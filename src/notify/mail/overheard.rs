//! A connection whose other side is overheard. The library that speaks over it keeps a server's first words to itself, and they are
//! what an operator needs when nothing goes. It also reads ahead, reads a line without end to the end, and takes words that are no
//! UTF-8 for no answer at all. So it is passed one line at a time from here, as text, and no more than a reply may have.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// As many bytes are listened to since we have last said something. A line of a reply has 512 (RFC 5321, 4.5.3.1.5).
pub(super) const MOST: usize = 64 * 1024;
/// As many bytes of a line are passed on; the library refuses longer ones than 1000.
const LINE: usize = 900;
/// As much is kept for who reads along.
const KEPT: usize = 16 * 1024;
/// As a mail ends (RFC 5321, 4.1.1.4).
const END_OF_MAIL: &[u8] = b"\r\n.\r\n";

/// What is overheard: a connection in clear, or what comes out of TLS.
pub(super) trait Wire: AsyncRead + AsyncWrite + fmt::Debug + Send + Unpin {}

impl<W: AsyncRead + AsyncWrite + fmt::Debug + Send + Unpin> Wire for W {}

/// Too much was said at once.
#[derive(Debug, thiserror::Error)]
#[error("an answer of more than {MOST} bytes")]
pub(super) struct Endless;

/// The connection. The library has one of these, and who reads along another.
#[derive(Debug, Clone)]
pub(super) struct Overheard(Arc<Mutex<Ear>>);

#[derive(Debug)]
struct Ear {
    /// Nothing once it was given back.
    wire: Option<Box<dyn Wire>>,
    peer: SocketAddr,
    /// What was read and is no whole line yet, or follows the one that is passed on.
    ahead: Vec<u8>,
    /// What is left to pass on of the line that was heard last.
    line: Vec<u8>,
    /// As many bytes were read since we have last said something.
    since: usize,
    /// The end of what we have said.
    said: Vec<u8>,
    /// What nobody was told yet; nothing once nobody listens.
    heard: Option<Vec<u8>>,
}

impl Overheard {
    pub(super) fn new(wire: Box<dyn Wire>, peer: SocketAddr) -> Self {
        Self(Arc::new(Mutex::new(Ear {
            wire: Some(wire),
            peer,
            ahead: Vec::new(),
            line: Vec::new(),
            since: 0,
            said: Vec::new(),
            heard: Some(Vec::new()),
        })))
    }

    /// One that became private after the server had greeted us: it says nothing by itself then (RFC 3207, section 4.2), and the library,
    /// which waits for a greeting on each connection, is given one.
    pub(super) fn greeted(wire: Box<dyn Wire>, peer: SocketAddr) -> Self {
        let overheard = Self::new(wire, peer);
        overheard.ear().line.extend(b"220 greeted\r\n");
        overheard
    }

    /// The next reply: its lines up to the one that says that it is the last (RFC 5321, 4.2.1), or all there is of it.
    pub(super) fn reply(&self) -> Option<String> {
        let mut ear = self.ear();
        let heard = ear.heard.as_mut().filter(|heard| !heard.is_empty())?;
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

    /// Keeps nothing more of what is said.
    pub(super) fn stop(&self) {
        self.ear().heard = None;
    }

    /// Whether the last that we said was the end of a mail, so that the server may have it.
    pub(super) fn has_said_a_mail(&self) -> bool {
        self.ear().said == END_OF_MAIL
    }

    /// Takes the connection back from the library, with who is on its other side; nothing where more was said there than was asked for.
    pub(super) fn give_back(&self) -> Option<(Box<dyn Wire>, SocketAddr)> {
        let mut ear = self.ear();
        let is_silent = ear.ahead.is_empty() && ear.line.is_empty();
        let wire = ear.wire.take().filter(|_| is_silent)?;
        Some((wire, ear.peer))
    }

    fn ear(&self) -> MutexGuard<'_, Ear> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ear {
    fn wire(&mut self) -> io::Result<Pin<&mut (dyn Wire + 'static)>> {
        let wire = self.wire.as_deref_mut().map(Pin::new);
        wire.ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Waits for a line, or for what there is of one when the other side has ended.
    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            if let Some(end) = self.ahead.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.ahead.drain(..=end).collect();
                self.hear(&line);
                return Poll::Ready(Ok(()));
            }
            if self.since > MOST {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, Endless)));
            }
            let mut bytes = [0; 4096];
            let mut read = ReadBuf::new(&mut bytes);
            ready!(self.wire()?.poll_read(context, &mut read))?;
            let read = read.filled();
            if read.is_empty() {
                let rest = std::mem::take(&mut self.ahead);
                self.hear(&rest);
                return Poll::Ready(Ok(()));
            }
            self.since += read.len();
            self.ahead.extend(read);
        }
    }

    /// Has a line passed on as text, of which the beginning is enough.
    fn hear(&mut self, line: &[u8]) {
        if let Some(heard) = &mut self.heard {
            let room = KEPT.saturating_sub(heard.len());
            heard.extend(line.iter().take(room));
        }
        let text = String::from_utf8_lossy(line);
        if text.len() <= LINE {
            self.line.extend(text.as_bytes());
        } else {
            let end = (0..=LINE).rev().find(|end| text.is_char_boundary(*end));
            self.line
                .extend(&text.as_bytes()[..end.unwrap_or_default()]);
            self.line.extend(b"\r\n");
        }
    }

    fn say(&mut self, bytes: &[u8]) {
        self.since = 0;
        self.said.extend(bytes);
        let surplus = self.said.len().saturating_sub(END_OF_MAIL.len());
        self.said.drain(..surplus);
    }
}

impl AsyncTokioStream for Overheard {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.ear().peer)
    }
}

impl AsyncRead for Overheard {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut ear = self.ear();
        if ear.line.is_empty() {
            ready!(ear.poll_line(context))?;
        }
        let many = ear.line.len().min(buffer.remaining());
        let part: Vec<u8> = ear.line.drain(..many).collect();
        buffer.put_slice(&part);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Overheard {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut ear = self.ear();
        let many = ready!(ear.wire()?.poll_write(context, bytes))?;
        ear.say(&bytes[..many]);
        Poll::Ready(Ok(many))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.ear().wire()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.ear().wire()?.poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    use super::*;

    fn pair() -> (DuplexStream, Overheard) {
        let (there, here) = tokio::io::duplex(2 * MOST);
        let peer = SocketAddr::from(([127, 0, 0, 1], 25));
        (there, Overheard::new(Box::new(here), peer))
    }

    async fn read(overheard: &mut Overheard) -> String {
        let mut bytes = [0; 2 * LINE];
        let many = overheard.read(&mut bytes).await.expect("read");
        String::from_utf8(bytes[..many].to_vec()).expect("text")
    }

    #[tokio::test]
    async fn replies_come_one_by_one_and_none_after_the_end() {
        let (mut there, mut overheard) = pair();
        let said = b"220 mail.test\r\n250-mail.test\r\n250-SIZE 1\r\n250 HELP\r\n";
        there.write_all(said).await.expect("written");
        for line in ["220 mail.test\r\n", "250-mail.test\r\n", "250-SIZE 1\r\n"] {
            assert_eq!(read(&mut overheard).await, line);
        }
        assert_eq!(overheard.reply().as_deref(), Some("220 mail.test\r\n"));
        read(&mut overheard).await;
        let answer = overheard.reply().expect("the answer");
        assert_eq!(answer.lines().count(), 3);
        assert_eq!(overheard.reply(), None);
        overheard.stop();
        there.write_all(b"250 secret\r\n").await.expect("written");
        read(&mut overheard).await;
        assert_eq!(overheard.reply(), None);
    }

    #[tokio::test]
    async fn a_line_is_text_and_no_longer_than_is_read() {
        let (mut there, mut overheard) = pair();
        let said = [b"250 \xb3\xc9 ", "ộ".repeat(LINE).as_bytes(), b"\r\n"].concat();
        there.write_all(&said).await.expect("written");
        let line = read(&mut overheard).await;
        assert!(line.starts_with("250 \u{fffd}\u{fffd} ộ") && line.ends_with("ộ\r\n"));
        assert!(line.len() <= LINE + 2, "{}", line.len());
        // What is left of it is no line of its own.
        there.write_all(b"221 bye").await.expect("written");
        drop(there);
        assert_eq!(read(&mut overheard).await, "221 bye");
        assert_eq!(read(&mut overheard).await, "");
    }

    #[tokio::test]
    async fn what_has_no_end_is_not_read_to_it() {
        let (mut there, mut overheard) = pair();
        there
            .write_all(&vec![b'x'; 2 * MOST])
            .await
            .expect("written");
        let error = overheard.read(&mut [0; 8]).await.expect_err("too much");
        let inner = error.get_ref().expect("an error of ours");
        assert!(inner.is::<Endless>());
        // A reply of many lines is one as well, and the next has as much room.
        let (mut there, mut overheard) = pair();
        for _ in 0..2 {
            let lines = "250-more\r\n".repeat(MOST / 10);
            there.write_all(lines.as_bytes()).await.expect("written");
            for _ in 0..MOST / 10 {
                assert_eq!(read(&mut overheard).await, "250-more\r\n");
            }
            overheard.write_all(b"NOOP\r\n").await.expect("written");
        }
    }

    #[tokio::test]
    async fn a_connection_is_given_back_where_nothing_more_was_said() {
        let (mut there, mut overheard) = pair();
        there.write_all(b"220 go\r\n").await.expect("written");
        read(&mut overheard).await;
        assert!(overheard.give_back().is_some());
        let error = overheard.read(&mut [0; 8]).await.expect_err("taken");
        assert_eq!(error.kind(), io::ErrorKind::NotConnected);

        let (mut there, mut overheard) = pair();
        let said = b"220 go\r\n250 lies\r\n";
        there.write_all(said).await.expect("written");
        assert_eq!(read(&mut overheard).await, "220 go\r\n");
        assert!(overheard.give_back().is_none());
    }

    #[tokio::test]
    async fn a_mail_is_said_once_its_end_is() {
        let (_there, mut overheard) = pair();
        for (said, is_whole) in [
            ("DATA\r\n", false),
            ("text\r\n.", false),
            ("\r\n", true),
            ("NOOP\r\n", false),
            ("a", false),
            ("\r\n.\r\n", true),
        ] {
            let written = overheard.write_all(said.as_bytes()).await;
            written.expect("written");
            assert_eq!(overheard.has_said_a_mail(), is_whole, "{said}");
        }
    }
}
