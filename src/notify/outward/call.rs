//! One request and its answer, over a connection that is there for that alone.

use std::error::Error;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONTENT_LENGTH, HOST, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::{Failure, Message, Reply};
use crate::domain::Trouble;
use crate::intake::Target;

/// The longest head of an answer.
const HEAD: usize = 32 * 1024;
const WHO_WE_ARE: &str = concat!("duyet/", env!("CARGO_PKG_VERSION"));

/// An answer whose head is there. The connection ends with it, whatever is still said there.
pub(super) struct Answer {
    answer: Response<Incoming>,
    /// Drives the connection; dropped with this.
    _driver: JoinSet<hyper::Result<()>>,
}

impl Answer {
    /// The answer to a message.
    pub(super) async fn to<S>(
        stream: S,
        target: &Target,
        message: Message<'_>,
    ) -> Result<Self, Failure>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let request = request(target, message)?;
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(away)?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        let answer = sender.send_request(request).await.map_err(away)?;
        Ok(Self {
            answer,
            _driver: driver,
        })
    }

    /// Reads the beginning of its body, for so long.
    pub(super) async fn read(self, most: usize, until: Instant) -> Reply {
        let (head, mut incoming) = self.answer.into_parts();
        let retry_after = head.headers.get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|value: &HeaderValue| value.to_str().ok());
        let mut reply = Reply {
            status: head.status.as_u16(),
            retry_after: retry_after.map(str::to_owned),
            body: Vec::new(),
            is_cut: false,
        };
        loop {
            let bytes = match timeout_at(until, incoming.frame()).await {
                Ok(None) => break,
                Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
                Ok(Some(Err(_))) | Err(_) => {
                    reply.is_cut = true;
                    break;
                }
            };
            let room = most - reply.body.len();
            reply
                .body
                .extend_from_slice(&bytes[..bytes.len().min(room)]);
            if bytes.len() > room {
                reply.is_cut = true;
                break;
            }
        }
        reply
    }
}

fn request(target: &Target, message: Message<'_>) -> Result<Request<Full<Bytes>>, Failure> {
    let mut request = Request::post(target.path_and_query())
        .header(HOST, target.authority())
        .header(USER_AGENT, WHO_WE_ARE)
        .header(CONTENT_LENGTH, message.body.len());
    for (name, value) in message.headers {
        request = request.header(*name, value);
    }
    let body = Full::new(Bytes::from(message.body));
    request
        .body(body)
        .map_err(|error| Failure::Away(no_http(error.to_string())))
}

/// The error with its causes: hyper tells the reason only in those.
fn away(error: hyper::Error) -> Failure {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let told = std::iter::once(error.to_string()).chain(causes.map(ToString::to_string));
    Failure::Away(no_http(told.collect::<Vec<_>>().join(": ")))
}

const fn no_http(said: String) -> Trouble {
    Trouble::NoHttp { said }
}
