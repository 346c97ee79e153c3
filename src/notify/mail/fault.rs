//! Why a step of a talk with a mail server failed: what happened, whose fault that is, and what to do about it.

use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error;
use rustls::InvalidMessage;
use tokio::time::timeout;

use super::conversation::Transcript;
use super::overheard::{Endless, MOST};
use super::server::Server;
use super::transport::Failure;
use crate::domain::{Locale, MailAdvice, MailFault, MailTrouble, Trouble};
use crate::messages::Messages;

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
    /// Whether it may have this mail, and handing that over.
    Data,
    /// What it does with it, once it has all of it.
    Mail,
}

/// Why a step failed.
pub(super) enum Cause {
    /// The server said nothing for so long.
    Silence(Option<String>, Duration),
    /// There is no connection.
    Unreached(io::Error),
    /// The server said no, or what it said could not be read.
    Said(Error),
    /// The connection cannot be made private.
    NoStarttls,
    /// It cannot be either, since something went on in clear after that was agreed.
    SaidInClear,
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

/// Does a step within its time; nothing is the answer to the whole mail.
pub(super) async fn within<T, E: Into<Cause>>(
    patience: Duration,
    step: Option<&str>,
    doing: impl Future<Output = Result<T, E>>,
) -> Result<T, Cause> {
    match timeout(patience, doing).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => Err(Cause::Silence(step.map(str::to_owned), patience)),
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
            _ => None,
        }
    }

    /// Whether what came is no TLS.
    pub(super) fn is_clear_text(&self) -> bool {
        matches!(
            self.tls(),
            Some(rustls::Error::InvalidMessage(
                InvalidMessage::InvalidContentType
            ))
        )
    }

    /// What it comes to; what was said is told.
    pub(super) fn failure(self, at: Step, server: &Server, told: &mut Transcript) -> Failure {
        let fault = self.fault();
        let what = match &fault {
            MailFault::Said { words } => words.clone(),
            fault => Messages::of(Locale::En).mail_fault(fault),
        };
        if self.is_answer() {
            told.they(&what);
        } else {
            told.remark(&what);
        }
        let why = Trouble::Mail(MailTrouble {
            what: fault,
            advice: self.advice(at, server, &what),
        });
        let is_permanent = matches!(&self, Self::Said(error) if error.is_permanent());
        if self.lets_nobody_in(at) {
            Failure::NotLetIn(why)
        } else if self.is_ours(at, &what) {
            Failure::Ours(why)
        } else if self.refuses_to_relay(at, &what) {
            Failure::NotRelayed(why)
        } else if is_permanent {
            Failure::Never(why)
        } else if at == Step::Mail && !self.is_answer() {
            Failure::Unsure(why)
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
        let is_of_a_mail = matches!(at, Step::Recipient | Step::Data | Step::Mail);
        is_of_a_mail && self.is_answer() && wants_no_relaying(what)
    }

    /// Whether what did not go well for now is this mail's, or that of whom it is for, so that others may go at the same time.
    fn is_of_this_mail(&self, at: Step, what: &str) -> bool {
        let status = status_of(what);
        match (self.code(), at) {
            // The server closes the connection (RFC 5321, section 3.8), or is lost.
            (Some(421) | None, _) | (_, Step::Greeting | Step::SignIn | Step::Sender) => false,
            // Full, or new to us (RFC 3463, sections 3.2 and 3.3); some look at the mailbox only once they have the mail. Whatever else
            // goes wrong is the server's: its system, its way to others, its rules for whom it lets in (sections 3.4, 3.5 and 3.8).
            (Some(code), Step::Recipient | Step::Data | Step::Mail) => {
                status.starts_with("4.1.")
                    || status.starts_with("4.2.")
                    || puts_off_who_is_new(what)
                    || (code == 450 && at == Step::Recipient && !is_status(status))
            }
        }
    }

    /// Whether it may be of what the mail says, which a server that has read it puts off as well as what is wrong with itself.
    fn may_be_of_this_mail(&self, at: Step) -> bool {
        matches!(at, Step::Data | Step::Mail) && self.code().is_some_and(|code| code != 421)
    }

    /// Whether no mail of ours will ever be taken, until an operator mends what is wrong.
    fn is_ours(&self, at: Step, what: &str) -> bool {
        let is_said = |of: fn(&Error) -> bool| matches!(self, Self::Said(error) if of(error));
        match (self.code(), at) {
            (_, Step::Greeting | Step::SignIn) => {
                matches!(self, Self::NoStarttls | Self::SaidInClear)
                    || is_said(Error::is_permanent)
                    || is_said(Error::is_client)
                    || self.tls().is_some()
            }
            // 552 is of one mail that is too long (RFC 1870, section 6.1).
            (Some(code), Step::Sender) => {
                (is_said(Error::is_permanent) && code != 552) || refuses_the_sender(what)
            }
            // Postfix says so only of the recipient, unless it is told otherwise; Microsoft 365 of the whole mail.
            (Some(_), Step::Recipient | Step::Data | Step::Mail) => refuses_the_sender(what),
            (None, Step::Sender | Step::Recipient | Step::Data | Step::Mail) => false,
        }
    }

    /// What happened, in the server's own words where it has any.
    fn fault(&self) -> MailFault {
        match self {
            Self::Silence(step, patience) => MailFault::Silence {
                step: step.clone(),
                millis: u64::try_from(patience.as_millis()).unwrap_or(u64::MAX),
            },
            Self::Unreached(error) => MailFault::Unreached {
                said: error.to_string(),
            },
            Self::NoStarttls => MailFault::NoStarttls,
            Self::SaidInClear => MailFault::SaidInClear,
            Self::Said(_) if self.is_endless() => MailFault::Endless {
                kib: MOST as u64 / 1024,
            },
            Self::Said(error) => {
                let said = std::error::Error::source(error).map(ToString::to_string);
                let words = match (error.status(), said) {
                    (Some(code), Some(words)) => format!("{code} {words}"),
                    _ => explain(error),
                };
                MailFault::Said { words }
            }
        }
    }

    /// What an operator does about it.
    fn advice(&self, at: Step, server: &Server, what: &str) -> Option<MailAdvice> {
        if let Some(code) = self.code() {
            return of_answer(code, at, what);
        }
        if let Some(error) = self.tls() {
            return of_privacy(error, server);
        }
        let text = what.to_ascii_lowercase();
        let says = |words: &str| text.contains(words);
        Some(match (self, self.io().map(io::Error::kind)) {
            (Self::NoStarttls, _) => MailAdvice::NoStarttls,
            (Self::SaidInClear, _) => MailAdvice::SaidInClear,
            (_, Some(io::ErrorKind::ConnectionRefused)) => MailAdvice::NothingListens {
                place: server.place(),
            },
            _ if self.is_endless() && at != Step::Mail => MailAdvice::NoMailServer {
                place: server.place(),
            },
            _ if says("lookup") => MailAdvice::UnknownHost {
                host: server.host.clone(),
            },
            _ if says("no compatible authentication") => MailAdvice::NoSignIn,
            (Self::Silence(..), _) | (_, Some(io::ErrorKind::TimedOut)) => unanswered(at, server),
            (
                _,
                Some(
                    io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::ConnectionReset
                    | io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::BrokenPipe,
                ),
            ) => broke_off(at, server),
            _ if says("incomplete response") => broke_off(at, server),
            _ if at == Step::Mail => MailAdvice::MayArrive,
            _ => return None,
        })
    }

    fn io(&self) -> Option<&io::Error> {
        match self {
            Self::Unreached(error) => Some(error),
            Self::Said(error) => causes(error).find_map(|cause| cause.downcast_ref()),
            Self::Silence(..) | Self::NoStarttls | Self::SaidInClear => None,
        }
    }

    /// What TLS has against the server. It comes as a fault of reading or connecting.
    fn tls(&self) -> Option<&rustls::Error> {
        self.io()?.get_ref()?.downcast_ref()
    }

    fn is_endless(&self) -> bool {
        let inner = self.io().and_then(io::Error::get_ref);
        inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<Endless>)
    }
}

/// Of a server that said no.
fn of_answer(code: u16, at: Step, words: &str) -> Option<MailAdvice> {
    let wants_privacy = words.to_ascii_lowercase().contains("starttls");
    Some(match code {
        530 | 538 | 554 if wants_privacy => MailAdvice::WantsPrivacy,
        530 => MailAdvice::WantsSignIn,
        534 | 535 => MailAdvice::WrongSignIn,
        400..=599 if at != Step::Greeting && refuses_the_sender(words) => MailAdvice::WrongSender,
        400..=599 if wants_no_relaying(words) => MailAdvice::NoRelaying,
        421 | 450 | 451 | 452 | 454 => MailAdvice::TriedAgain,
        500..=599 => match at {
            Step::SignIn => MailAdvice::WrongSignIn,
            Step::Greeting => MailAdvice::Unwelcome,
            Step::Sender => MailAdvice::WrongSender,
            Step::Recipient => MailAdvice::WrongAddress,
            Step::Data | Step::Mail => MailAdvice::Unwanted,
        },
        _ => return None,
    })
}

/// How servers say that they take mail for their own people only. An address that they repeat has no spaces, so no reader makes them
/// say that.
const NO_RELAYING: [&str; 19] = [
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
    // Google, Domino, MailEnable and others.
    "mail relay denied",
    "invalid credentials for relay",
    "relay rejected for policy",
    "requires authentication when attempting to send",
    "submission requires authentication",
];

/// How servers say that we may not send from our address.
const NO_SUCH_SENDER: [&str; 17] = [
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
    // Fastmail.
    "not authorised to send from this",
    "not authorized to send from this",
    // Exim and others.
    "sender verify failed",
];

fn wants_no_relaying(words: &str) -> bool {
    // Kerio names the address in between.
    let names_it = says_one_of(words, &["relaying to <"]) && says_one_of(words, &["> denied"]);
    names_it || says_one_of(words, &NO_RELAYING)
}

/// Whether it says that we may not send from our address. Microsoft 365 has numbers of its own for it.
fn refuses_the_sender(words: &str) -> bool {
    matches!(status_of(words), "5.1.8" | "5.2.252" | "5.7.60")
        || says_one_of(words, &NO_SUCH_SENDER)
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
fn of_privacy(error: &rustls::Error, server: &Server) -> Option<MailAdvice> {
    use rustls::{CertificateError, Error};
    Some(match error {
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => MailAdvice::BeginsInClear,
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => MailAdvice::UnknownAuthority,
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => MailAdvice::OtherName {
            host: server.host.clone(),
        },
        Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => MailAdvice::RunOut,
        _ => return None,
    })
}

fn unanswered(at: Step, server: &Server) -> MailAdvice {
    match at {
        Step::Greeting => MailAdvice::Unanswered {
            place: server.place(),
            in_clear: server.begins_in_clear(),
        },
        Step::SignIn | Step::Sender | Step::Recipient | Step::Data => MailAdvice::FellSilent,
        Step::Mail => MailAdvice::MayArrive,
    }
}

fn broke_off(at: Step, server: &Server) -> MailAdvice {
    MailAdvice::BrokeOff {
        in_clear: at == Step::Greeting && server.begins_in_clear(),
    }
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
            "550 5.1.8 Access denied, bad outbound sender",
            "551 5.7.1 Not authorised to send from this header address",
        ] {
            assert!(refuses_the_sender(sender), "{sender}");
        }
        for relaying in [
            "550-Please turn on SMTP Authentication in your mail client. host.example [10.0.0.1]:4711 is not permitted to relay through this server without authentication.",
            "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            "553 Relaying disallowed",
            "454 4.7.1 <a@thu.example>: Relay access denied",
            "550 5.7.1 Relaying to <a@thu.example> denied (authentication required)",
            "550 5.7.1 Mail relay denied [10.0.0.1].",
            "550 5.7.1 Invalid credentials for relay [10.0.0.1].",
            "554 Relay rejected for policy reasons.",
            "503 This mail server requires authentication when attempting to send to a non-local e-mail address.",
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
