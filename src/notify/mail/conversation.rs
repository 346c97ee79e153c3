//! One talk with a mail server (RFC 5321), step by step: each step has its time, and what was said on both sides is kept for who
//! must find out why it went wrong.
//!
//! The steps are our own since lettre's asynchronous transport waits for an answer without end, and lays a connection whose talk
//! was broken off back among the good ones.

use std::fmt::Display;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::time::timeout;

use super::server::{Privacy, Server};
use super::transport::Failure;

/// As many times longer than any other step a server may think about a whole mail: who leaves before it has answered sends the
/// mail twice. Ten minutes where each step has one, as RFC 5321 (4.5.3.2.6) says.
const THINKING: u32 = 10;

/// What was said, line by line.
#[derive(Debug, Default)]
pub struct Transcript(Vec<String>);

impl Transcript {
    fn we(&mut self, said: impl Display) {
        self.0.push(format!("> {}", said.to_string().trim_end()));
    }

    fn they(&mut self, said: impl Display) {
        for line in said.to_string().lines() {
            self.0.push(format!("< {}", line.trim_end()));
        }
    }

    fn remark(&mut self, what: impl Display) {
        self.0.push(format!("* {what}"));
    }

    fn answer(&mut self, answer: &Response) {
        for line in answer.message() {
            self.they(format_args!("{} {line}", answer.code()));
        }
    }
}

impl Display for Transcript {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// Whose fault a final no is, at that step.
#[derive(Clone, Copy)]
enum Step {
    /// Before any mail was spoken of: what is wrong is between the server and us.
    Greeting,
    /// Of this mail.
    Mail,
}

/// An open connection.
pub(super) struct Conversation {
    connection: AsyncSmtpConnection,
    patience: Duration,
}

impl Conversation {
    /// Connects, has the line made private, and signs in.
    pub(super) async fn begin(server: &Server, told: &mut Transcript) -> Result<Self, Failure> {
        let place = format!("{}:{}", server.host, server.port);
        told.remark(format_args!("connecting to {place}"));
        let (wrapped, upgrade) = match &server.privacy {
            Privacy::Implicit(tls) => (Some(tls.clone()), None),
            Privacy::Required(tls) => (None, Some(tls.clone())),
            Privacy::None => (None, None),
        };
        let connecting = AsyncSmtpConnection::connect_tokio1(
            (server.host.as_str(), server.port),
            Some(server.patience),
            &server.hello,
            wrapped,
            None,
        );
        let connection = within(server.patience, &place, connecting).await;
        let connection = connection.map_err(|cause| cause.failure(Step::Greeting, told))?;
        let mut open = Self {
            connection,
            patience: server.patience,
        };
        told.we(format_args!("EHLO {}", server.hello));
        open.tell_what_it_can(told);
        if let Some(tls) = upgrade {
            told.we("STARTTLS");
            let upgrading = open.connection.starttls(tls, &server.hello);
            let upgraded = within(open.patience, "STARTTLS", upgrading).await;
            upgraded.map_err(|cause| cause.failure(Step::Greeting, told))?;
            told.remark("the connection is private now");
            told.we(format_args!("EHLO {}", server.hello));
            open.tell_what_it_can(told);
        }
        open.sign_in(server, told).await?;
        Ok(open)
    }

    fn tell_what_it_can(&self, told: &mut Transcript) {
        told.they(format_args!("250 {}", self.connection.server_info()));
    }

    async fn sign_in(&mut self, server: &Server, told: &mut Transcript) -> Result<(), Failure> {
        let Some(credentials) = &server.credentials else {
            return Ok(());
        };
        let known = self.connection.server_info();
        let way = known.get_auth_mechanism(DEFAULT_MECHANISMS);
        told.we(format_args!(
            "AUTH {} (name and password are not shown)",
            way.map_or_else(|| "PLAIN".to_owned(), |way| way.to_string())
        ));
        let signing = self.connection.auth(DEFAULT_MECHANISMS, credentials);
        match within(self.patience, "AUTH", signing).await {
            Ok(answer) => {
                told.answer(&answer);
                Ok(())
            }
            Err(cause) => Err(cause.failure(Step::Greeting, told)),
        }
    }

    /// Whether the server is still there.
    pub(super) async fn is_alive(&mut self) -> bool {
        let asking = self.connection.command(Noop);
        within(self.patience, "NOOP", asking).await.is_ok()
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
        self.step(Mail::new(envelope.from().cloned(), parameters), told)
            .await?;
        for to in envelope.to() {
            self.step(Rcpt::new(to.clone(), Vec::new()), told).await?;
        }
        self.step(Data, told).await?;
        told.we(format_args!("({} bytes of mail)", wire.len()));
        told.we(".");
        let patience = self.patience * THINKING;
        match within(patience, "the whole mail", self.connection.message(&wire)).await {
            Ok(answer) => {
                told.answer(&answer);
                let words: Vec<&str> = answer.message().collect();
                Ok(format!("{} {}", answer.code(), words.join(" ")))
            }
            Err(cause) => Err(cause.failure(Step::Mail, told)),
        }
    }

    fn needs(&self, what: Extension, name: &str, told: &mut Transcript) -> Result<(), Failure> {
        if self.connection.server_info().supports_feature(what) {
            return Ok(());
        }
        let why = format!("the mail server does not speak {name}, which this address needs");
        told.remark(&why);
        Err(Failure::Never(why))
    }

    async fn step(&mut self, command: impl Display, told: &mut Transcript) -> Result<(), Failure> {
        let said = command.to_string();
        told.we(&said);
        let answering = self.connection.command(&said);
        match within(self.patience, said.trim_end(), answering).await {
            Ok(answer) => {
                told.answer(&answer);
                Ok(())
            }
            Err(cause) => Err(cause.failure(Step::Mail, told)),
        }
    }

    /// Takes leave, if the server listens.
    pub(super) async fn end(mut self) {
        let _ = within(self.patience, "QUIT", self.connection.quit()).await;
    }
}

/// Why a step failed.
enum Cause {
    /// The server said nothing for so long.
    Silence(String, Duration),
    Said(Error),
}

async fn within<T>(
    patience: Duration,
    step: &str,
    doing: impl Future<Output = Result<T, Error>>,
) -> Result<T, Cause> {
    match timeout(patience, doing).await {
        Ok(done) => done.map_err(Cause::Said),
        Err(_) => Err(Cause::Silence(step.to_owned(), patience)),
    }
}

impl Cause {
    fn failure(self, at: Step, told: &mut Transcript) -> Failure {
        let error = match self {
            Self::Silence(step, patience) => {
                let seconds = patience.as_secs_f64();
                let why =
                    format!("no answer to {step} within {seconds} s: the connection timed out");
                told.remark(&why);
                return Failure::Later(why);
            }
            Self::Said(error) => error,
        };
        let said = std::error::Error::source(&error).map(ToString::to_string);
        let why = match (error.status(), said) {
            // The server's own words.
            (Some(code), Some(words)) => format!("{code} {words}"),
            _ => explain(&error),
        };
        match error.status() {
            Some(_) => told.they(&why),
            None => told.remark(&why),
        }
        let is_ours = match (error.status(), at) {
            // RFC 4954, section 6: the server wants us signed in, or otherwise.
            (Some(code), _) if matches!(u16::from(code), 530 | 534 | 535 | 538) => true,
            (_, Step::Greeting) => {
                error.is_permanent() || error.is_tls() || error.is_client() || is_of_tls(&error)
            }
            (_, Step::Mail) => false,
        };
        match (is_ours, error.is_permanent()) {
            (true, _) => Failure::Ours(why),
            (false, true) => Failure::Never(why),
            (false, false) => Failure::Later(why),
        }
    }
}

/// A certificate that does not hold comes as a fault of reading or connecting.
fn is_of_tls(error: &Error) -> bool {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .filter_map(std::io::Error::get_ref)
        .any(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>)
}

/// The error with its causes, since the first says only what was tried.
pub(super) fn explain(error: &dyn std::error::Error) -> String {
    let mut told: Vec<String> = Vec::new();
    for cause in std::iter::successors(Some(error), |error| error.source()) {
        let cause = cause.to_string();
        if !told.iter().any(|earlier| earlier.contains(&cause)) {
            told.push(cause);
        }
    }
    told.join(": ")
}
