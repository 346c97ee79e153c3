//! One talk with a mail server (RFC 5321), step by step: each step has its time, and who must find out why it goes wrong is told
//! what is said on both sides.
//!
//! The steps are our own since lettre's asynchronous transport waits for an answer without end, and lays a connection whose talk
//! was broken off back among the good ones.

use std::fmt::Display;
use std::sync::Arc;

use lettre::Message;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Noop, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::net::TcpStream;

use super::fault::{Cause, Step, within};
use super::overheard::{Heard, Overheard};
use super::server::{Privacy, Server};
use super::transport::Failure;
use crate::domain::{MailFault, Trouble};

/// As many times longer than any other step a server may think about a whole mail: who leaves before it has answered sends the
/// mail twice. Ten minutes where each step has one, as RFC 5321 (4.5.3.2.6) says.
const THINKING: u32 = 10;

/// Who reads along, if anybody: what is said on both sides, line by line, as it is said.
#[derive(Debug, Default)]
pub struct Transcript {
    reader: Option<fn(&str)>,
}

impl Transcript {
    /// One whose lines somebody is told as they come. The server is asked once more then for what only a library of ours has heard.
    #[must_use]
    pub fn told_to(reader: fn(&str)) -> Self {
        Self {
            reader: Some(reader),
        }
    }

    const fn is_read(&self) -> bool {
        self.reader.is_some()
    }

    fn line(&self, line: &str) {
        if let Some(reader) = self.reader {
            reader(line);
        }
    }

    fn we(&mut self, said: impl Display) {
        self.line(&format!("> {}", said.to_string().trim_end()));
    }

    pub(super) fn they(&mut self, said: impl Display) {
        for line in said.to_string().lines() {
            self.line(&format!("< {}", line.trim_end()));
        }
    }

    pub(super) fn remark(&mut self, what: impl Display) {
        self.line(&format!("* {what}"));
    }

    fn answer(&mut self, answer: &Response) {
        for line in answer.message() {
            self.they(format_args!("{} {line}", answer.code()));
        }
    }

    /// What the server said by itself, and to our greeting, as it came over the wire.
    fn greeting(&mut self, heard: &Heard, hello: &impl Display) {
        let Some(greeting) = heard.reply() else {
            return;
        };
        self.they(greeting);
        self.we(format_args!("EHLO {hello}"));
        if let Some(answer) = heard.reply() {
            self.they(answer);
        }
    }
}

/// An open connection.
pub(super) struct Conversation {
    connection: AsyncSmtpConnection,
    server: Arc<Server>,
}

impl Conversation {
    /// Connects, has the line made private, and signs in.
    pub(super) async fn begin(
        server: &Arc<Server>,
        told: &mut Transcript,
    ) -> Result<Self, Failure> {
        let place = server.place();
        let patience = server.patience.as_secs_f64();
        let (each, whole) = (patience, patience * f64::from(THINKING));
        told.remark(format_args!(
            "connecting to {place}, which has {each} s for each answer and {whole} s for that to the whole mail"
        ));
        let heard = Heard::default();
        let connecting = connect(server, &heard);
        let connection = match within(server.patience, Some(&place), connecting).await {
            Ok(connection) => connection,
            Err(cause) => {
                if !cause.is_answer() {
                    told.greeting(&heard, &server.hello);
                }
                return Err(cause.failure(Step::Greeting, server, told));
            }
        };
        let mut open = Self {
            connection,
            server: Arc::clone(server),
        };
        match &server.privacy {
            Privacy::Implicit(_) => open.ask_what_it_can(told).await?,
            Privacy::Required(_) | Privacy::Offered(_) | Privacy::None => {
                told.greeting(&heard, &server.hello);
            }
        }
        heard.stop();
        open.make_private(told).await?;
        open.sign_in(server, told).await?;
        Ok(open)
    }

    /// By STARTTLS, where it is asked for, or offered on this machine.
    async fn make_private(&mut self, told: &mut Transcript) -> Result<(), Failure> {
        let server = Arc::clone(&self.server);
        let tls = match &server.privacy {
            Privacy::Required(tls) => tls,
            Privacy::Offered(tls) if self.connection.can_starttls() => tls,
            Privacy::Offered(_) => {
                told.remark("no STARTTLS is offered: what follows is in clear, on this machine");
                return Ok(());
            }
            Privacy::Implicit(_) | Privacy::None => return Ok(()),
        };
        if self.connection.can_starttls() {
            told.we("STARTTLS");
        }
        let upgrading = self.connection.starttls(tls.clone(), &server.hello);
        let upgraded = within(server.patience, Some("STARTTLS"), upgrading).await;
        upgraded.map_err(|cause| cause.failure(Step::Greeting, &server, told))?;
        told.remark("the connection is private now");
        self.ask_what_it_can(told).await
    }

    /// What the server said to our greeting went unheard behind TLS, so who reads along has it say that again.
    async fn ask_what_it_can(&mut self, told: &mut Transcript) -> Result<(), Failure> {
        if told.is_read() {
            let hello = Ehlo::new(self.server.hello.clone());
            self.step(hello, Step::Greeting, told).await?;
        }
        Ok(())
    }

    async fn sign_in(&mut self, server: &Server, told: &mut Transcript) -> Result<(), Failure> {
        let Some(credentials) = &server.credentials else {
            return Ok(());
        };
        let known = self.connection.server_info();
        let way = known.get_auth_mechanism(DEFAULT_MECHANISMS);
        if let Some(way) = way {
            told.we(format_args!("AUTH {way} (name and password are not shown)"));
        }
        let signing = self.connection.auth(DEFAULT_MECHANISMS, credentials);
        match within(self.server.patience, Some("AUTH"), signing).await {
            Ok(answer) => {
                told.answer(&answer);
                Ok(())
            }
            Err(cause) => Err(cause.failure(Step::SignIn, server, told)),
        }
    }

    /// Whether the server is still there.
    pub(super) async fn is_alive(&mut self) -> bool {
        let asking = self.connection.command(Noop);
        within(self.server.patience, Some("NOOP"), asking)
            .await
            .is_ok()
    }

    /// Hands a mail over; what the server answered.
    pub(super) async fn hand_over(
        &mut self,
        message: &Message,
        told: &mut Transcript,
    ) -> Result<String, Failure> {
        let (envelope, wire) = (message.envelope(), message.formatted());
        let mut parameters = Vec::new();
        let mut addresses = envelope.from().into_iter().chain(envelope.to());
        if addresses.any(|address| !address.to_string().is_ascii()) {
            self.needs(Extension::SmtpUtfEight, "SMTPUTF8", told)?;
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !wire.is_ascii() {
            self.needs(Extension::EightBitMime, "8BITMIME", told)?;
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let from = Mail::new(envelope.from().cloned(), parameters);
        self.step(from, Step::Sender, told).await?;
        for to in envelope.to() {
            let to = Rcpt::new(to.clone(), Vec::new());
            self.step(to, Step::Recipient, told).await?;
        }
        self.step(Data, Step::Mail, told).await?;
        told.we(format_args!("({} bytes of mail)", wire.len()));
        told.we(".");
        let patience = self.server.patience * THINKING;
        match within(patience, None, self.connection.message(&wire)).await {
            Ok(answer) => {
                told.answer(&answer);
                let words: Vec<&str> = answer.message().collect();
                Ok(format!("{} {}", answer.code(), words.join(" ")))
            }
            Err(cause) => Err(cause.failure(Step::Mail, &self.server, told)),
        }
    }

    fn needs(&self, what: Extension, name: &str, told: &mut Transcript) -> Result<(), Failure> {
        if self.connection.server_info().supports_feature(what) {
            return Ok(());
        }
        let failure = Failure::Never(Trouble::of_mail(MailFault::Unspoken {
            extension: name.to_owned(),
        }));
        told.remark(&failure);
        Err(failure)
    }

    async fn step(
        &mut self,
        command: impl Display,
        step: Step,
        told: &mut Transcript,
    ) -> Result<(), Failure> {
        let said = command.to_string();
        told.we(&said);
        let answering = self.connection.command(&said);
        match within(self.server.patience, Some(said.trim_end()), answering).await {
            Ok(answer) => {
                told.answer(&answer);
                Ok(())
            }
            Err(cause) => Err(cause.failure(step, &self.server, told)),
        }
    }

    /// Takes leave, if the server listens.
    pub(super) async fn end(mut self) {
        let _ = within(self.server.patience, Some("QUIT"), self.connection.quit()).await;
    }
}

/// Opens a connection and greets the server; what it says in clear is overheard.
async fn connect(server: &Server, heard: &Heard) -> Result<AsyncSmtpConnection, Cause> {
    let place = (server.host.as_str(), server.port);
    if let Privacy::Implicit(tls) = &server.privacy {
        let tls = Some(tls.clone());
        let patience = Some(server.patience);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(place, patience, &server.hello, tls, None);
        return Ok(connecting.await?);
    }
    let stream = Overheard::new(TcpStream::connect(place).await?, heard.clone());
    let connecting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &server.hello);
    Ok(connecting.await?)
}
