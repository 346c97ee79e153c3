//! One talk with a mail server (RFC 5321), step by step: each step has its time, and who must find out why it goes wrong is told
//! what is said on both sides.
//!
//! The steps are our own since lettre's asynchronous transport waits for an answer without end, and lays a connection whose talk
//! was broken off back among the good ones.

use std::fmt::Display;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Starttls};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;

use super::fault::{Cause, Step, within};
use super::overheard::Overheard;
use super::server::{Privacy, Server};
use super::tls::Tls;
use super::transport::Failure;
use crate::domain::{MailFault, Trouble};
use crate::notify::outward::dial;

/// As many times longer than any other step a server may think about a whole mail: who leaves before it has answered sends the
/// mail twice. Ten minutes where each step has one, as RFC 5321 (4.5.3.2.6) says.
const THINKING: u32 = 10;

/// Who reads along, if anybody: what is said on both sides, line by line, as it is said.
#[derive(Debug, Default)]
pub struct Transcript {
    reader: Option<fn(&str)>,
}

impl Transcript {
    /// One whose lines somebody is told as they come.
    #[must_use]
    pub fn told_to(reader: fn(&str)) -> Self {
        Self {
            reader: Some(reader),
        }
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

    /// What the server said by itself, unless it has done so before, and to our greeting, as it came over the wire.
    fn greeting(&mut self, first: bool, line: &Overheard, hello: &impl Display) {
        if first {
            let Some(greeting) = line.reply() else {
                return;
            };
            self.they(greeting);
        }
        self.we(format_args!("EHLO {hello}"));
        if let Some(answer) = line.reply() {
            self.they(answer);
        }
    }
}

/// An open connection.
pub(super) struct Conversation {
    connection: AsyncSmtpConnection,
    line: Overheard,
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
        let line = connect(server)
            .await
            .map_err(|cause| cause.failure(Step::Greeting, server, told))?;
        let greeted = Self::greet(server, line, true, told).await?;
        let mut open = greeted.made_private(told).await?;
        open.line.stop();
        open.sign_in(server, told).await?;
        Ok(open)
    }

    /// Hears who the server is, unless it has said so before, and what it can.
    async fn greet(
        server: &Arc<Server>,
        line: Overheard,
        first: bool,
        told: &mut Transcript,
    ) -> Result<Self, Failure> {
        let ours = Box::new(line.clone());
        let greeting = AsyncSmtpConnection::connect_with_transport(ours, &server.hello);
        let greeted = within(server.patience, Some(&server.place()), greeting).await;
        if greeted
            .as_ref()
            .err()
            .is_none_or(|cause| !cause.is_answer())
        {
            told.greeting(first, &line, &server.hello);
        }
        match greeted {
            Ok(connection) => Ok(Self {
                connection,
                line,
                server: Arc::clone(server),
            }),
            Err(cause) => Err(cause.failure(Step::Greeting, server, told)),
        }
    }

    /// By STARTTLS, where it is asked for, or offered on this machine.
    async fn made_private(mut self, told: &mut Transcript) -> Result<Self, Failure> {
        let server = Arc::clone(&self.server);
        let tls = match &server.privacy {
            Privacy::Required(tls) => tls,
            Privacy::Offered(tls) if self.connection.can_starttls() => tls,
            Privacy::Offered(_) => {
                told.remark("no STARTTLS is offered: what follows is in clear, on this machine");
                return Ok(self);
            }
            Privacy::Implicit(_) | Privacy::None => return Ok(self),
        };
        if !self.connection.can_starttls() {
            return Err(Cause::NoStarttls.failure(Step::Greeting, &server, told));
        }
        self.step(Starttls, Step::Greeting, told).await?;
        let line = private(&self.line, tls, server.patience)
            .await
            .map_err(|cause| cause.failure(Step::Greeting, &server, told))?;
        told.remark("the connection is private now");
        Self::greet(&server, line, false, told).await
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
        self.step(Data, Step::Data, told).await?;
        told.we(format_args!("({} bytes of mail)", wire.len()));
        told.we(".");
        let patience = self.server.patience * THINKING;
        match within(patience, None, self.connection.message(&wire)).await {
            Ok(answer) => {
                told.answer(&answer);
                let words: Vec<&str> = answer.message().collect();
                Ok(format!("{} {}", answer.code(), words.join(" ")))
            }
            Err(cause) => {
                // It has nothing of what has not come to its end.
                let at = if self.line.has_said_a_mail() {
                    Step::Mail
                } else {
                    Step::Data
                };
                Err(cause.failure(at, &self.server, told))
            }
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

/// A line to the server, private where that is so from its first byte.
async fn connect(server: &Server) -> Result<Overheard, Cause> {
    let place = server.place();
    let looking = (server.lookup)(server.host.clone());
    let found = within(server.patience, Some(&place), looking).await?;
    let places: Vec<SocketAddr> = found
        .into_iter()
        .map(|address| SocketAddr::new(address, server.port))
        .collect();
    // One that does not answer keeps nobody from the next.
    let stream = dial::connect(&places, server.patience, server.patience).await;
    let stream = stream.map_err(|unreached| match unreached.said {
        Some(error) => Cause::Unreached(error),
        None => Cause::Silence(Some(place.clone()), server.patience),
    })?;
    let peer = stream.peer_addr()?;
    let Privacy::Implicit(tls) = &server.privacy else {
        return Ok(Overheard::new(Box::new(stream), peer));
    };
    let private = within(server.patience, Some(&place), tls.secure(Box::new(stream))).await?;
    Ok(Overheard::new(private, peer))
}

/// The same line behind TLS. What is said in clear ends with the server's yes to that: nobody knows who has said what follows it.
async fn private(line: &Overheard, tls: &Tls, patience: Duration) -> Result<Overheard, Cause> {
    let Some((wire, peer)) = line.give_back() else {
        return Err(Cause::SaidInClear);
    };
    match within(patience, Some("STARTTLS"), tls.secure(wire)).await {
        Ok(private) => Ok(Overheard::greeted(private, peer)),
        Err(cause) if cause.is_clear_text() => Err(Cause::SaidInClear),
        Err(cause) => Err(cause),
    }
}
