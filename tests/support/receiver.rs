//! Somebody who is called: what they were told, and how they behave.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::Keys;

/// What the receiver does with whoever calls.
#[derive(Debug, Clone)]
pub enum Manner {
    /// Answers with a status, fields of the head, and a body.
    Says(u16, Vec<(&'static str, String)>, String),
    /// Says nothing and holds the line.
    Silent,
    /// Begins a head and never ends it.
    SlowHead,
    /// Answers 200 and a body without end, as fast as it goes.
    Endless,
    /// Answers like that once it is let: a permit a call.
    Held(Arc<Semaphore>, Box<Manner>),
    /// Answers 200 and a body, a letter now and then.
    SlowBody,
    /// Answers in another language.
    Garbage,
    /// Answers with a head of megabytes.
    HugeHead,
}

impl Manner {
    /// A status and nothing else.
    pub fn status(status: u16) -> Self {
        Self::Says(status, Vec::new(), String::new())
    }
}

/// What was said to the receiver.
#[derive(Debug, Clone)]
pub struct Call {
    /// The request's first line.
    pub line: String,
    headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Call {
    /// Every field of that name.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let fields = self.headers.iter().filter(|(is, _)| is == name);
        fields.map(|(_, value)| value.as_str()).collect()
    }

    /// The only field of that name.
    pub fn only(&self, name: &str) -> &str {
        let [value] = self.header(name)[..] else {
            panic!("{name}: {self:?}");
        };
        value
    }

    /// The body.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

#[derive(Default)]
struct Book {
    connections: AtomicUsize,
    taken: Mutex<Vec<Call>>,
    /// How many calls have no answer yet, and the most there were at once.
    inside: AtomicUsize,
    most: AtomicUsize,
    /// One call each.
    turns: Mutex<VecDeque<Manner>>,
    /// What comes after them.
    manner: Mutex<Option<Manner>>,
}

/// A receiver that listens.
pub struct Receiver {
    address: SocketAddr,
    book: Arc<Book>,
    tls: Option<TlsAcceptor>,
    listening: Option<JoinHandle<()>>,
}

impl Receiver {
    /// At an address, on a port of its own. Answers 204 to everybody.
    pub fn at(address: IpAddr) -> Self {
        Self::on(SocketAddr::new(address, 0))
    }

    /// At an address and a port.
    pub fn on(place: SocketAddr) -> Self {
        Self::begin(place, None)
    }

    /// The same over TLS, as the server of those keys.
    pub fn private(address: IpAddr, keys: &Keys) -> Self {
        let pem = |name| std::fs::read(keys.path(name)).expect("a file");
        let chain = CertificateDer::pem_slice_iter(&pem("server.crt"))
            .map(|one| one.expect("a certificate"))
            .collect();
        let key = PrivateKeyDer::from_pem_slice(&pem("server.key")).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate for its key");
        let tls = TlsAcceptor::from(Arc::new(config));
        Self::begin(SocketAddr::new(address, 0), Some(tls))
    }

    fn begin(place: SocketAddr, tls: Option<TlsAcceptor>) -> Self {
        let mut receiver = Self {
            address: place,
            book: Arc::default(),
            tls,
            listening: None,
        };
        receiver.open();
        receiver
    }

    /// Listens, again at the same place.
    pub fn open(&mut self) {
        let domain = Domain::for_address(self.address);
        let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP)).expect("a socket");
        socket.set_reuse_address(true).expect("an option");
        if self.address.is_ipv6() {
            socket.set_only_v6(true).expect("an option");
        }
        socket.bind(&self.address.into()).expect("a free port");
        socket.listen(64).expect("it listens");
        socket.set_nonblocking(true).expect("an option");
        let listener = TcpListener::from_std(socket.into()).expect("a listener");
        self.address = listener.local_addr().expect("a port");
        let (book, tls) = (self.book.clone(), self.tls.clone());
        self.listening = Some(tokio::spawn(listen(listener, book, tls)));
    }

    /// Goes away: nobody listens any more.
    pub async fn leave(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            let _ = listening.await;
        }
    }

    /// What it does from now on.
    pub fn behave(&self, manner: Manner) {
        self.book.turns.lock().expect("whole").clear();
        *self.book.manner.lock().expect("whole") = Some(manner);
    }

    /// What it does with the next calls, before it behaves as ever.
    pub fn behave_in_turn(&self, manners: impl IntoIterator<Item = Manner>) {
        self.book.turns.lock().expect("whole").extend(manners);
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// An address of its own, in clear.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many connections were made to it.
    pub fn calls(&self) -> usize {
        self.book.connections.load(Ordering::SeqCst)
    }

    /// As many calls as waited for an answer at the same time.
    pub fn most_at_once(&self) -> usize {
        self.book.most.load(Ordering::SeqCst)
    }

    /// What was said, in the order it came.
    pub fn taken(&self) -> Vec<Call> {
        self.book.taken.lock().expect("whole").clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

async fn listen(listener: TcpListener, book: Arc<Book>, tls: Option<TlsAcceptor>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            return;
        };
        book.connections.fetch_add(1, Ordering::SeqCst);
        let (book, tls) = (book.clone(), tls.clone());
        tokio::spawn(async move {
            match tls {
                None => serve(stream, &book).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, &book).await;
                    }
                }
            }
        });
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, book: &Book) {
    let Some(call) = read(&mut stream).await else {
        return;
    };
    let inside = book.inside.fetch_add(1, Ordering::SeqCst) + 1;
    book.most.fetch_max(inside, Ordering::SeqCst);
    book.taken.lock().expect("whole").push(call);
    let turn = book.turns.lock().expect("whole").pop_front();
    let usual = book.manner.lock().expect("whole").clone();
    let mut manner = turn.or(usual).unwrap_or(Manner::status(204));
    if let Manner::Held(door, then) = manner {
        door.acquire().await.expect("a door").forget();
        manner = *then;
    }
    book.inside.fetch_sub(1, Ordering::SeqCst);
    // Whoever leaves first is free to.
    let _ = answer(&mut stream, manner).await;
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Call> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.split("\r\n").map(str::to_owned);
    let line = lines.next()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(Some(0), |(_, value)| value.parse().ok())?;
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Call {
        line,
        headers,
        body,
    })
}

async fn answer(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    manner: Manner,
) -> std::io::Result<()> {
    let pause = Duration::from_millis(50);
    match manner {
        Manner::Says(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} So\r\ncontent-length: {}\r\n", body.len());
            if status == 204 {
                "HTTP/1.1 204 So\r\n".clone_into(&mut head);
            }
            for (name, value) in headers {
                head.extend([name, ": ", value.as_str(), "\r\n"]);
            }
            stream
                .write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes())
                .await?;
            stream.shutdown().await
        }
        Manner::Silent => {
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.map(|_| ())
        }
        Manner::SlowHead => {
            stream.write_all(b"HTTP/1.1 200 So\r\nx-slow: ").await?;
            loop {
                stream.write_all(b"z").await?;
                tokio::time::sleep(pause).await;
            }
        }
        Manner::Endless => {
            let head = "HTTP/1.1 200 So\r\ntransfer-encoding: chunked\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            let chunk = format!("1000\r\n{}\r\n", "z".repeat(0x1000));
            loop {
                stream.write_all(chunk.as_bytes()).await?;
            }
        }
        Manner::Held(..) => unreachable!("it was let, or never answers"),
        Manner::SlowBody => {
            let head = "HTTP/1.1 200 So\r\ncontent-length: 1000000\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            loop {
                stream.write_all(b"z").await?;
                tokio::time::sleep(pause).await;
            }
        }
        Manner::Garbage => {
            stream.write_all(b"+OK POP3 ready\r\n").await?;
            stream.shutdown().await
        }
        Manner::HugeHead => {
            stream.write_all(b"HTTP/1.1 200 So\r\nx-huge: ").await?;
            let some = "z".repeat(0x4000);
            loop {
                stream.write_all(some.as_bytes()).await?;
            }
        }
    }
}
