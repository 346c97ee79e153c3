//! One keep-alive connection and as much HTTP/1.1 as a load needs: write a prepared request, read one
//! answer with a Content-Length. Anything else a server might do is an error here, and is counted.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer to a comment is a few hundred bytes, a list of fifty comments some tens of thousands.
const LARGEST_ANSWER: usize = 128 * 1024;

/// What there is to know about an answer.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Where the body lies in the connection's buffer.
    body: std::ops::Range<usize>,
    /// The server said that it closes the connection.
    pub last: bool,
}

/// An open connection with its buffer.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects, without waiting to fill packets.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; LARGEST_ANSWER],
        })
    }

    /// Sends a whole request and reads its whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).await?;
            if read == 0 {
                bail!("the connection ended after {filled} bytes of an answer");
            }
            filled += read;
            if let Some(answer) = parse(&self.buffer[..filled])? {
                return Ok(answer);
            }
        }
    }

    /// The body of the answer just read.
    pub fn body(&self, answer: &Answer) -> &[u8] {
        &self.buffer[answer.body.clone()]
    }
}

/// An answer, where all of it has arrived.
fn parse(bytes: &[u8]) -> Result<Option<Answer>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let status = bytes
        .get(9..12)
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .and_then(|digits| digits.parse().ok())
        .context("no status line")?;
    let mut length = None;
    let mut last = false;
    for line in bytes[..end].split(|&byte| byte == b'\n').skip(1) {
        if let Some(value) = header(line, b"content-length:") {
            length = Some(value.parse::<usize>()?);
        } else if let Some(value) = header(line, b"connection:") {
            last = value.eq_ignore_ascii_case("close");
        }
    }
    let Some(length) = length else {
        bail!("an answer {status} without Content-Length");
    };
    let body = end + 4..end + 4 + length;
    if body.end > LARGEST_ANSWER {
        bail!("an answer {status} of {length} bytes");
    }
    Ok((bytes.len() >= body.end).then_some(Answer { status, body, last }))
}

/// The value of a header line, where the line is that header's.
fn header<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let (start, value) = line.split_at_checked(name.len())?;
    start
        .eq_ignore_ascii_case(name)
        .then(|| std::str::from_utf8(value).ok().map(str::trim))?
}
