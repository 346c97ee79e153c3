//! A real mail server as a process of its own (`smtp_server.py`), and what it was handed.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use mail_parser::{Message, MessageParser};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::net::TcpSocket;

use super::{Keys, eventually};

/// What the server does with whoever comes.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    /// Takes every message.
    Accept,
    /// Answers the first so many messages with 451, then takes them.
    Later(u32),
    /// Answers every message with 550.
    Never,
    /// Answers every sender with 553.
    Stranger,
    /// Answers every recipient with 550, since it passes nothing on.
    NoRelay,
    /// Answers every message with 552.
    Full,
    /// Answers every sender with these words, which begin with a code.
    Sender(&'static str),
    /// The same of every recipient.
    Recipient(&'static str),
    /// The same of every message.
    Message(&'static str),
    /// Puts that recipient off with these words, which begin with a code, and takes the others' messages.
    PutsOff(&'static str, &'static str),
    /// Answers the first message with these words, which begin with a code, as often as it comes, and takes all others.
    Dislikes(&'static str),
    /// Answers each message whose text has what the pattern (without spaces) finds with the words, which begin with a code, and takes
    /// the others.
    Words(&'static str, &'static str),
    /// Hears every message and never says what it does with it.
    Hangs,
    /// Hears every message for that address and never says what it does with it, and takes the others' messages.
    Ponders(&'static str),
    /// Takes the first so many messages, and breaks off before it says so.
    Drops(u32),
    /// Answers every message with that code, which takes it or not, and words that are no UTF-8.
    OldWords(u16),
    /// Takes every message, and answers with what is no reply.
    Riddles,
    /// Sends the answers to all that is to come with its yes to STARTTLS, in clear.
    Lies,
    /// Greets with a line that has no end.
    Endless,
    /// Takes every message, and thinks so many seconds before each answer.
    Slow(u32),
    /// Takes messages of who signs in as `duyet` with that password.
    SignIn(&'static str),
    /// Takes messages once the connection is private.
    Tls,
    /// Offers STARTTLS and answers it with 454.
    NoTls,
    /// Speaks TLS from the first byte.
    Smtps,
    /// Answers every connection with 421.
    Closing,
    /// Says nothing on any connection.
    Silent,
}

/// What the server says with 550.
pub const NOT_WANTED: &str = "your mail is not wanted here";

/// A mail server with a port of its own, on which it may listen or not.
pub struct MailServer {
    /// Keeps the port while nothing listens on it: connections are refused, and nobody else takes it.
    _port: TcpSocket,
    address: SocketAddr,
    folder: TempDir,
    certificate: Option<PathBuf>,
    process: Option<Child>,
}

impl MailServer {
    /// Nothing listens yet.
    pub fn away() -> Self {
        let port = TcpSocket::new_v4().expect("a socket");
        port.set_reuseaddr(true).expect("an option");
        port.bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .expect("a port");
        Self {
            address: port.local_addr().expect("a port"),
            _port: port,
            folder: tempfile::tempdir().expect("a folder"),
            certificate: None,
            process: None,
        }
    }

    /// Listens.
    pub fn open(mode: Mode) -> Self {
        let mut server = Self::away();
        server.reopen(mode);
        server
    }

    /// Listens, with the certificate that proves who it is.
    pub fn open_with(mode: Mode, keys: &Keys) -> Self {
        let mut server = Self::away();
        server.certificate = Some(keys.path("server.pem"));
        server.reopen(mode);
        server
    }

    /// Listens, from now on in this way. Connections of before end.
    pub fn reopen(&mut self, mode: Mode) {
        self.close();
        let mode = match mode {
            Mode::Accept => "accept".to_owned(),
            Mode::Later(count) => format!("later={count}"),
            Mode::Never => "never".to_owned(),
            Mode::Stranger => "stranger".to_owned(),
            Mode::NoRelay => "no-relay".to_owned(),
            Mode::Full => "full".to_owned(),
            Mode::Sender(words) => format!("sender={words}"),
            Mode::Recipient(words) => format!("recipient={words}"),
            Mode::Message(words) => format!("message={words}"),
            Mode::Dislikes(words) => format!("dislikes={words}"),
            Mode::Words(pattern, words) => format!("words={pattern} {words}"),
            Mode::Hangs => "hangs".to_owned(),
            Mode::Ponders(address) => format!("ponders={address}"),
            Mode::PutsOff(address, words) => format!("puts-off={address} {words}"),
            Mode::Drops(count) => format!("drops={count}"),
            Mode::OldWords(code) => format!("old-words={code}"),
            Mode::Riddles => "riddles".to_owned(),
            Mode::Lies => "lies".to_owned(),
            Mode::Endless => "endless".to_owned(),
            Mode::Slow(seconds) => format!("slow={seconds}"),
            Mode::SignIn(password) => format!("sign-in={password}"),
            Mode::Tls => "tls".to_owned(),
            Mode::NoTls => "no-tls".to_owned(),
            Mode::Smtps => "smtps".to_owned(),
            Mode::Closing => "closing".to_owned(),
            Mode::Silent => "silent".to_owned(),
        };
        let python = std::env::var("DUYET_TEST_PYTHON");
        let python = python.unwrap_or_else(|_| "/usr/bin/python3".to_owned());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/smtp_server.py");
        let mut process = Command::new(&python)
            .arg(script)
            .arg(self.folder.path())
            .args([&self.address.port().to_string(), &mode])
            .args(&self.certificate)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{python}: {error}"));
        let mut line = String::new();
        let printed = process.stdout.take().expect("its output");
        BufReader::new(printed)
            .read_line(&mut line)
            .expect("its first line");
        assert_eq!(
            line.trim(),
            "listening",
            "{python} needs aiosmtpd: apt-get install python3-aiosmtpd, or name another Python in DUYET_TEST_PYTHON"
        );
        self.process = Some(process);
    }

    /// Listens no more.
    pub fn close(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// For `DUYET_SMTP_URL`.
    pub fn url(&self) -> String {
        self.url_of("smtp", "", "?tls=none")
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same with another scheme, who signs in, and another end.
    pub fn url_of(&self, scheme: &str, who: &str, end: &str) -> String {
        format!("{scheme}://{who}{}{end}", self.address)
    }

    /// How often somebody has tried to sign in.
    pub fn tries(&self) -> usize {
        let tries = std::fs::read_to_string(self.folder.path().join("tries"));
        tries.unwrap_or_default().len()
    }

    /// Every message it was handed, taken or not, in the order they came.
    pub fn handed(&self) -> Vec<Delivery> {
        let files = std::fs::read_dir(self.folder.path()).expect("a folder");
        let mut paths: Vec<_> = files
            .flatten()
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|is| is == "json"))
            .collect();
        paths.sort();
        let read = |path| {
            let text = std::fs::read_to_string(path).expect("a record");
            serde_json::from_str(&text).expect("a record")
        };
        paths.into_iter().map(read).collect()
    }

    /// Every message it has taken.
    pub fn taken(&self) -> Vec<Delivery> {
        let mut handed = self.handed();
        handed.retain(|delivery| delivery.taken);
        handed
    }

    /// Those of them for that address, in the order they came.
    pub fn to(&self, address: &str) -> Vec<Delivery> {
        let mut taken = self.taken();
        taken.retain(|delivery| delivery.to == [address]);
        taken
    }

    /// Waits for the first message for that address.
    pub async fn handed_to(&self, address: &str) -> Delivery {
        eventually("a mail is taken", async || {
            let mut mails = self.to(address);
            (!mails.is_empty()).then(|| mails.remove(0))
        })
        .await
    }

    /// Waits until it has taken so many; never more.
    pub async fn takes(&self, count: usize) -> Vec<Delivery> {
        let what = format!("{count} messages taken");
        let taken = eventually(&what, async || {
            Some(self.taken()).filter(|taken| taken.len() >= count)
        })
        .await;
        assert_eq!(taken.len(), count);
        taken
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.close();
    }
}

/// A message as it was handed to the server.
#[derive(Debug, Deserialize)]
pub struct Delivery {
    /// Whether it was taken.
    pub taken: bool,
    /// Whether the connection was private.
    pub private: bool,
    /// Whether somebody had signed in.
    pub signed_in: bool,
    /// The sender on the envelope.
    pub from: String,
    /// The recipients on the envelope.
    pub to: Vec<String>,
    message: String,
}

impl Delivery {
    /// The message's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        BASE64_STANDARD.decode(&self.message).expect("base64")
    }

    /// As a mail program reads it.
    pub fn message(&self) -> Message<'static> {
        let message = MessageParser::default()
            .parse(&self.bytes())
            .map(Message::into_owned);
        message.expect("a message")
    }

    /// Its plain text.
    pub fn text(&self) -> String {
        let message = self.message();
        assert_eq!(message.text_body_count(), 1);
        message.body_text(0).expect("a text").into_owned()
    }

    /// Its HTML.
    pub fn html(&self) -> String {
        let message = self.message();
        assert_eq!(message.html_body_count(), 1);
        message.body_html(0).expect("HTML").into_owned()
    }

    /// Its Message-ID.
    pub fn id(&self) -> String {
        self.message()
            .message_id()
            .expect("a Message-ID")
            .to_owned()
    }
}
