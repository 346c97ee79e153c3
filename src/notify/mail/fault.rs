//! Why a step of a talk with a mail server failed: what happened, whose fault that is, and what to do about it.

use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error;
use tokio::time::timeout;

use super::conversation::Transcript;
use super::server::{Privacy, Server};
use super::transport::Failure;

/// Where in a talk something went wrong, which says whose fault a final no is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Before any mail was spoken of: what is wrong is between the server and us.
    Greeting,
    /// Signing in.
    SignIn,
    /// Who the mail is from: all of ours are from there.
    Sender,
    /// Who it is for.
    Recipient,
    /// Of this mail.
    Mail,
}

/// Why a step failed.
pub(super) enum Cause {
    /// The server said nothing for so long.
    Silence(String, Duration),
    /// There is no connection.
    Unreached(io::Error),
    /// The server said no, or what it said could not be read.
    Said(Error),
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::Unreached(error)
    }
}

impl From<Error> for Cause {
    fn from(error: Error) -> Self {
        Self::Said(error)
    }
}

/// Does a step within its time.
pub(super) async fn within<T, E: Into<Cause>>(
    patience: Duration,
    step: &str,
    doing: impl Future<Output = Result<T, E>>,
) -> Result<T, Cause> {
    match timeout(patience, doing).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => Err(Cause::Silence(step.to_owned(), patience)),
    }
}

impl Cause {
    /// Whether the server answered.
    pub(super) fn is_answer(&self) -> bool {
        self.code().is_some()
    }

    fn code(&self) -> Option<u16> {
        match self {
            Self::Said(error) => error.status().map(u16::from),
            Self::Silence(..) | Self::Unreached(_) => None,
        }
    }

    /// What it comes to; what was said is told.
    pub(super) fn failure(self, at: Step, server: &Server, told: &mut Transcript) -> Failure {
        let what = self.what();
        if self.is_answer() {
            told.they(&what);
        } else {
            told.remark(&what);
        }
        let why = match self.advice(at, server, &what) {
            Some(advice) => format!("{what} — {advice}"),
            None => what.clone(),
        };
        let is_permanent = matches!(&self, Self::Said(error) if error.is_permanent());
        if self.lets_nobody_in(at) {
            Failure::NotLetIn(why)
        } else if self.is_ours(at, &what) {
            Failure::Ours(why)
        } else if self.refuses_to_relay(at, &what) {
            Failure::NotRelayed(why)
        } else if is_permanent {
            Failure::Never(why)
        } else if self.is_of_this_mail(at, &what) {
            Failure::Later(why)
        } else if self.may_be_of_this_mail(at) {
            Failure::Doubtful(why)
        } else {
            Failure::Away(why)
        }
    }

    /// Whether user or password is wrong, or missing (RFC 4954, section 6).
    fn lets_nobody_in(&self, at: Step) -> bool {
        matches!(
            (self.code(), at),
            (Some(530 | 534 | 535 | 538), _) | (Some(500..=599), Step::SignIn)
        )
    }

    /// Whether the server passes nothing on for us to that address. Some say so for now, since what they know of us is about to change.
    fn refuses_to_relay(&self, at: Step, what: &str) -> bool {
        let is_of_a_mail = matches!(at, Step::Recipient | Step::Mail);
        is_of_a_mail && self.is_answer() && wants_no_relaying(what)
    }

    /// Whether what did not go well for now is this mail's, or that of whom it is for, so that others may go at the same time.
    fn is_of_this_mail(&self, at: Step, what: &str) -> bool {
        let status = status_of(what);
        match (self.code(), at) {
            // It may have been taken: who asks with it again and again brings it again and again.
            (None, Step::Mail) => true,
            // The server closes the connection (RFC 5321, section 3.8), or is lost.
            (Some(421), _)
            | (None, Step::Recipient)
            | (_, Step::Greeting | Step::SignIn | Step::Sender) => false,
            // Full, or new to us (RFC 3463, sections 3.2 and 3.3); some look at the mailbox only once they have the mail. Whatever else
            // goes wrong is the server's: its system, its way to others, its rules for whom it lets in (sections 3.4, 3.5 and 3.8).
            (Some(code), Step::Recipient | Step::Mail) => {
                status.starts_with("4.1.")
                    || status.starts_with("4.2.")
                    || puts_off_who_is_new(what)
                    || (code == 450 && !is_status(status))
            }
        }
    }

    /// Whether it may be of what the mail says, which a server that has read it puts off as well as what is wrong with itself.
    fn may_be_of_this_mail(&self, at: Step) -> bool {
        at == Step::Mail && self.code().is_some_and(|code| code != 421)
    }

    /// Whether no mail of ours will ever be taken, until an operator mends what is wrong.
    fn is_ours(&self, at: Step, what: &str) -> bool {
        let Self::Said(error) = self else {
            return false;
        };
        match (self.code(), at) {
            (_, Step::Greeting | Step::SignIn) => {
                error.is_permanent()
                    || error.is_tls()
                    || error.is_client()
                    || of_tls(error).is_some()
            }
            // 552 is of one mail that is too long (RFC 1870, section 6.1).
            (Some(code), Step::Sender) => {
                (error.is_permanent() && code != 552) || refuses_the_sender(what)
            }
            // Postfix says so only of the recipient, unless it is told otherwise; Microsoft 365 of the whole mail.
            (Some(_), Step::Recipient | Step::Mail) => refuses_the_sender(what),
            (None, Step::Sender | Step::Recipient | Step::Mail) => false,
        }
    }

    /// What happened, in the server's own words where it has any.
    fn what(&self) -> String {
        match self {
            Self::Silence(step, patience) => {
                let seconds = patience.as_secs_f64();
                format!("no answer to {step} within {seconds} s: the connection timed out")
            }
            Self::Unreached(error) => format!("Connection error: {error}"),
            Self::Said(error) => {
                let said = std::error::Error::source(error).map(ToString::to_string);
                match (error.status(), said) {
                    (Some(code), Some(words)) => format!("{code} {words}"),
                    _ => explain(error),
                }
            }
        }
    }

    /// What an operator does about it.
    fn advice(&self, at: Step, server: &Server, what: &str) -> Option<String> {
        if let Some(code) = self.code() {
            return of_answer(code, at, what).map(str::to_owned);
        }
        if let Self::Said(error) = self
            && let Some(error) = of_tls(error)
        {
            return of_privacy(error, server);
        }
        let place = format!("{}:{}", server.host, server.port);
        let text = what.to_ascii_lowercase();
        let says = |words: &str| text.contains(words);
        Some(match self.io().map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => format!(
                "nothing listens at {place}: start the mail server, or correct host and port in DUYET_SMTP_URL (587 for smtp://, 465 for smtps://)"
            ),
            _ if says("lookup") => format!(
                "correct the host `{}` in DUYET_SMTP_URL, or this machine's name servers",
                server.host
            ),
            _ if says("starttls is not supported") => {
                "nothing is sent in clear over a network: write smtps:// in DUYET_SMTP_URL if the server speaks TLS from the first byte (port 465), or have it offer STARTTLS".to_owned()
            }
            _ if says("no compatible authentication") => {
                "the server offers no way to sign in that is known here: use the port where it signs people in (587 or 465), or leave user and password out of DUYET_SMTP_URL if it needs none".to_owned()
            }
            _ if matches!(self, Self::Silence(..)) => unanswered(at, server, &place),
            Some(io::ErrorKind::TimedOut) => unanswered(at, server, &place),
            Some(
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe,
            ) => broke_off(at, server),
            _ if says("incomplete response") => broke_off(at, server),
            _ => return None,
        })
    }

    fn io(&self) -> Option<&io::Error> {
        match self {
            Self::Unreached(error) => Some(error),
            Self::Said(error) => causes(error).find_map(|cause| cause.downcast_ref()),
            Self::Silence(..) => None,
        }
    }
}

/// Of a server that said no.
fn of_answer(code: u16, at: Step, words: &str) -> Option<&'static str> {
    let wants_privacy = words.to_ascii_lowercase().contains("starttls");
    match code {
        530 | 538 | 554 if wants_privacy => Some(
            "the server takes nothing in clear: take `tls=none` out of DUYET_SMTP_URL, so that STARTTLS is used",
        ),
        530 => Some(
            "the server wants to know who sends: write smtp://user:password@host in DUYET_SMTP_URL",
        ),
        534 | 535 => Some(
            "user or password is wrong: correct them in DUYET_SMTP_URL, where signs that an address cannot have are written with a percent sign (# as %23, / as %2F, @ as %40)",
        ),
        400..=499 if at != Step::Greeting && refuses_the_sender(words) => {
            of_answer(500, Step::Sender, "")
        }
        400..=499 if wants_no_relaying(words) => of_answer(500, at, words),
        421 | 450 | 451 | 452 | 454 => Some(
            "the server may take it later, and it is tried again by itself: its log says why it does not now",
        ),
        500..=599 if at != Step::Greeting && refuses_the_sender(words) => {
            of_answer(code, Step::Sender, "")
        }
        500..=599 if wants_no_relaying(words) => Some(
            "the server passes mail on only for whom it knows: write smtp://user:password@host in DUYET_SMTP_URL, or have it relay for this machine",
        ),
        500..=599 => match at {
            Step::SignIn => of_answer(535, at, ""),
            Step::Greeting => Some("the server wants no mail from this machine: its log says why"),
            Step::Sender => Some(
                "the server does not let us send from that address: set DUYET_MAIL_FROM to one that this account may send from",
            ),
            Step::Recipient => {
                Some("the address does not exist there, or takes no mail: see whether it is right")
            }
            Step::Mail => Some("the server does not want this mail: its log says why"),
        },
        _ => None,
    }
}

/// How servers say that they take mail for their own people only. An address that they repeat has no spaces, so no reader makes them
/// say that.
const NO_RELAYING: [&str; 14] = [
    // Postfix, Exim, Sendmail, Exchange, Courier.
    "relay access denied",
    "relay not permitted",
    "relaying denied",
    "relaying not allowed",
    "relaying disallowed",
    "unable to relay",
    "cannot relay",
    "we do not relay",
    // Exim as cPanel and DirectAdmin set it up.
    "not permitted to relay",
    "not allowed to relay",
    "authentication is required for relay",
    "no relaying allowed",
    // qmail.
    "list of allowed rcpthosts",
    "relay is denied",
];

/// How servers say that we may not send from our address.
const NO_SUCH_SENDER: [&str; 15] = [
    // Postfix, Yandex, Dovecot.
    "sender address rejected",
    "not owned by user",
    "not owned by auth",
    // Microsoft 365 and Exchange.
    "not allowed to send as",
    "exception:sendasdenied",
    "permissions to send as this sender",
    "not authorized to send on behalf",
    "not authorised to send on behalf",
    // Zoho, whose account may be another than the address.
    "relaying disallowed as",
    "sender is not allowed to relay",
    // Amazon SES, SendGrid, Postmark, Brevo.
    "email address is not verified",
    "match a verified sender identity",
    "not a sender signature",
    "the sender you used",
    // Exim and others.
    "sender verify failed",
];

fn wants_no_relaying(words: &str) -> bool {
    says_one_of(words, &NO_RELAYING)
}

/// Whether it says that we may not send from our address. Microsoft 365 has a number of its own for it.
fn refuses_the_sender(words: &str) -> bool {
    matches!(status_of(words), "5.2.252" | "5.7.60") || says_one_of(words, &NO_SUCH_SENDER)
}

/// Whether it puts off whoever is new to it, to see whether they come again.
fn puts_off_who_is_new(words: &str) -> bool {
    says_one_of(words, &["greylist", "graylist", "grey list", "grey-list"])
}

fn says_one_of(words: &str, said: &[&str]) -> bool {
    let words = words.to_ascii_lowercase();
    said.iter().any(|said| words.contains(said))
}

/// The number behind the code, as in `451 4.3.0 …` (RFC 3463), or another word where there is none.
fn status_of(words: &str) -> &str {
    words.split_ascii_whitespace().nth(1).unwrap_or_default()
}

/// Whether that is such a number, and no word.
fn is_status(word: &str) -> bool {
    word.starts_with("4.") && word.split('.').all(|part| part.parse::<u16>().is_ok())
}

/// Of a connection that could not be made private.
fn of_privacy(error: &rustls::Error, server: &Server) -> Option<String> {
    use rustls::{CertificateError, Error, InvalidMessage};
    Some(match error {
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "the port begins in clear, and smtps:// begins with TLS: write smtp:// in DUYET_SMTP_URL, which uses STARTTLS (port 587)".to_owned()
        }
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "the server's certificate is from an authority that is not known here: name a PEM file with that authority in DUYET_SMTP_CA".to_owned()
        }
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => format!(
            "the server's certificate is for another name than `{}`: write the name that it is for in DUYET_SMTP_URL",
            server.host
        ),
        Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "the server's certificate has run out: have it renewed".to_owned(),
        _ => return None,
    })
}

fn unanswered(at: Step, server: &Server, place: &str) -> String {
    let or = match server.privacy {
        Privacy::Implicit(_) => "",
        _ => ", write smtps:// if that port speaks TLS from the first byte (465 does),",
    };
    match at {
        Step::Greeting => format!(
            "see whether a firewall keeps this machine from {place}{or} or give a slow server more time with DUYET_SMTP_PATIENCE"
        ),
        Step::SignIn | Step::Sender | Step::Recipient => {
            "the server was there and fell silent: its log says what it waits for; give a slow one more time with DUYET_SMTP_PATIENCE"
                .to_owned()
        }
        Step::Mail => {
            "the server had the whole mail and did not say whether it keeps it, so it may arrive and come once more: its log says what it waits for (a virus scanner?); give a slow one more time with DUYET_SMTP_PATIENCE"
                .to_owned()
        }
    }
}

fn broke_off(at: Step, server: &Server) -> String {
    let or = match (at, &server.privacy) {
        (Step::SignIn | Step::Sender | Step::Recipient | Step::Mail, _)
        | (_, Privacy::Implicit(_)) => "",
        _ => ", or its port speaks TLS from the first byte (then write smtps:// in DUYET_SMTP_URL)",
    };
    format!(
        "the server ended the connection, and its log says why: it may want no mail from this machine{or}"
    )
}

/// What TLS has against the server. It comes as a fault of reading or connecting.
fn of_tls(error: &Error) -> Option<&rustls::Error> {
    let io = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
    io.filter_map(io::Error::get_ref)
        .find_map(|inner| inner.downcast_ref())
}

fn causes(error: &Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source())
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

#[cfg(test)]
mod tests {
    use super::{refuses_the_sender, wants_no_relaying};

    #[test]
    fn relaying_is_told_from_an_address_that_is_unknown() {
        assert!(wants_no_relaying("550 5.7.1 Relaying denied"));
        assert!(wants_no_relaying(
            "554 5.7.1 <a@thu.example>: Relay access denied"
        ));
        assert!(!wants_no_relaying(
            "550 5.1.1 <relay@bao.example>: User unknown in relay recipient table"
        ));
        assert!(refuses_the_sender(
            "553 5.7.1 <duyet@bao.example>: Sender address rejected: not owned by user lan"
        ));
    }

    #[test]
    fn large_servers_are_understood() {
        for sender in [
            "554 5.2.252 SendAsDenied; duyet@bao.example not allowed to send as info@bao.example; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
            "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message",
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
            "553 Relaying disallowed as duyet@bao.example",
            "554 Message rejected: Email address is not verified. The following identities failed the check",
            "550 The from address does not match a verified Sender Identity.",
            "450 4.1.8 <duyet@bao.example>: Sender address rejected: Domain not found",
        ] {
            assert!(refuses_the_sender(sender), "{sender}");
        }
        for relaying in [
            "550-Please turn on SMTP Authentication in your mail client. host.example [10.0.0.1]:4711 is not permitted to relay through this server without authentication.",
            "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            "553 Relaying disallowed",
            "454 4.7.1 <a@thu.example>: Relay access denied",
        ] {
            assert!(wants_no_relaying(relaying), "{relaying}");
            assert!(!refuses_the_sender(relaying), "{relaying}");
        }
        for neither in [
            "550 5.1.1 <sendasdenied@thu.example>: Recipient address rejected: User unknown",
            "550 5.1.1 <5.2.252@thu.example>: no such user",
            "552 5.2.2 the mailbox is full",
        ] {
            let ours = wants_no_relaying(neither) || refuses_the_sender(neither);
            assert!(!ours, "{neither}");
        }
    }
}
