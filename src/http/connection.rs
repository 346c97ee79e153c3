//! Connections that are let go when nothing comes of them.
//!
//! actix-web gives the first request of a connection some seconds to arrive with its head, and lets a connection rest for
//! some between requests. It has no time for the head of a second request, for a body that nobody reads, or for a
//! client that takes no answer; a byte now and then would keep such a connection for ever. So each connection knows
//! since when the service has had nothing to do for it, and when that is too long it fails like one whose wire was cut.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::dev::{Extensions, ServiceRequest};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// As long as a connection may be without a request under way: idle, with half a head, with a body that nobody wants, or
/// with an answer that nobody takes.
pub const QUIET: Duration = Duration::from_secs(6);

/// Whether a request is under way, and since when none is. Shared by the connection and the requests on it, which all live on
/// one thread.
#[derive(Debug)]
struct Line {
    requests: Cell<u32>,
    quiet_since: Cell<Instant>,
}

/// A request that is being answered. The line is not quiet while it is there.
pub struct Turn(Option<Rc<Line>>);

/// A request begins. Nothing is watched where the connection is none of ours, as in a test without one.
pub fn begin(request: &ServiceRequest) -> Turn {
    stay(request.request())
}

/// An answer goes on for as long as this is kept, though its head has left.
pub fn stay(request: &HttpRequest) -> Turn {
    let line = request.conn_data::<Rc<Line>>().cloned();
    if let Some(line) = &line {
        line.requests.set(line.requests.get() + 1);
    }
    Turn(line)
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(line) = &self.0 {
            line.requests.set(line.requests.get().saturating_sub(1));
            line.quiet_since.set(Instant::now());
        }
    }
}

/// A connection with an eye on it.
#[derive(Debug)]
pub struct Watched<T> {
    io: T,
    line: Rc<Line>,
    patience: Duration,
    /// Rings when the line may have been quiet for too long. It is set again only once it has rung, since a busy line moves
    /// its deadline with every request.
    alarm: Pin<Box<Sleep>>,
    is_set: bool,
}

impl<T> Watched<T> {
    /// Quiet from now on, and let go when it was that for longer than `patience`.
    pub fn new(io: T, patience: Duration) -> Self {
        let line = Line {
            requests: Cell::new(0),
            quiet_since: Cell::new(Instant::now()),
        };
        Self {
            io,
            line: Rc::new(line),
            patience,
            alarm: Box::pin(sleep(patience)),
            is_set: false,
        }
    }

    /// Lets the requests on this connection find its line.
    pub fn introduce(&self, data: &mut Extensions) {
        data.insert(self.line.clone());
    }

    /// Fails once the line was quiet for too long; until then sees to it that the task is woken when it may be.
    fn watch(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while !self.is_set || self.alarm.is_elapsed() {
            if self.alarm.as_mut().poll(cx).is_pending() {
                self.is_set = true;
                return Ok(());
            }
            let quiet_since = match self.line.requests.get() {
                0 => self.line.quiet_since.get(),
                _ => Instant::now(),
            };
            let deadline = quiet_since + self.patience;
            if deadline <= Instant::now() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.alarm.as_mut().reset(deadline);
            self.is_set = false;
        }
        Ok(())
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.watch(cx)?;
        Pin::new(&mut self.io).poll_read(cx, buffer)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.watch(cx)?;
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.watch(cx)?;
        Pin::new(&mut self.io).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const PATIENCE: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn a_quiet_line_fails_whatever_trickles_in() {
        let (mut client, server) = duplex(64);
        let mut server = Watched::new(server, PATIENCE);
        let start = Instant::now();
        let trickle = tokio::task::spawn(async move {
            while client.write_all(b"x").await.is_ok() {
                sleep(PATIENCE / 20).await;
            }
        });
        let mut read = 0;
        let error = loop {
            match server.read_u8().await {
                Ok(_) => read += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(start.elapsed() >= PATIENCE);
        assert!(read > 0, "something came and did not help");
        drop(server);
        trickle.await.expect("it ends");
    }

    #[tokio::test]
    async fn a_request_under_way_keeps_the_line_and_its_end_starts_the_time_anew() {
        let (_client, server) = duplex(64);
        let mut server = Watched::new(server, PATIENCE);
        let line = server.line.clone();
        line.requests.set(1);
        let start = Instant::now();
        let turn = Turn(Some(line));
        tokio::task::LocalSet::new()
            .run_until(async move {
                tokio::task::spawn_local(async move {
                    sleep(PATIENCE * 3).await;
                    drop(turn);
                });
                let error = server.read_u8().await.expect_err("nothing comes");
                assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            })
            .await;
        assert!(start.elapsed() >= PATIENCE * 4);
    }

    #[tokio::test]
    async fn an_answer_that_nobody_takes_is_given_up() {
        let (_client, server) = duplex(16);
        let mut server = Watched::new(server, PATIENCE);
        let start = Instant::now();
        let error = server.write_all(&[0; 64]).await.expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(start.elapsed() >= PATIENCE);
    }
}
