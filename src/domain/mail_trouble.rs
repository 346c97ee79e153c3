//! Why a mail did not leave, and what an operator does about it.

use serde::{Deserialize, Serialize};

/// Why a mail did not leave. Kept as data, as every [`Trouble`](super::Trouble) is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTrouble {
    /// What happened.
    pub what: MailFault,
    /// What to do about it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<MailAdvice>,
}

/// What happened to a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum MailFault {
    /// The server did not answer in time.
    Silence {
        /// To what: what was said, or the place that was called. Nothing for the whole mail.
        step: Option<String>,
        /// As long as was waited, in milliseconds.
        millis: u64,
    },
    /// There is no connection.
    Unreached {
        /// Why, as the system says.
        said: String,
    },
    /// The server said no, or what it said could not be read.
    Said {
        /// Its words, or those of who read it.
        words: String,
    },
    /// The server's answer has no end.
    Endless {
        /// As much of it was read, in kibibytes.
        kib: u64,
    },
    /// The connection must be private, and the server does not offer that.
    NoStarttls,
    /// Something was said in clear once the connection was to be private, and is not believed.
    SaidInClear,
    /// The server does not speak what the address needs.
    Unspoken {
        /// Which extension of SMTP that is.
        extension: String,
    },
    /// The folder that mails are written into takes none.
    Folder {
        /// Which.
        folder: String,
        /// Why, as the system says.
        said: String,
    },
    /// It could not be signed.
    Unsigned {
        /// Why.
        said: String,
    },
    /// It could not be put together.
    Unmade {
        /// Why.
        said: String,
    },
    /// The address that it is for cannot be mailed.
    Unaddressed,
    /// Its template cannot be rendered.
    Unrendered,
    /// What was noted of it cannot be read.
    Unreadable,
}

/// What an operator does about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "advice", rename_all = "snake_case")]
pub enum MailAdvice {
    /// Start the server, or correct host and port: nothing listens there.
    NothingListens {
        /// Host and port.
        place: String,
    },
    /// Correct the host, or the name servers.
    UnknownHost {
        /// The host.
        host: String,
    },
    /// Have STARTTLS offered, or use implicit TLS.
    NoStarttls,
    /// Look for who stands between, or use implicit TLS.
    SaidInClear,
    /// Correct host and port: what is there is no mail server.
    NoMailServer {
        /// Host and port.
        place: String,
    },
    /// Use a port where people sign in, or sign in nowhere.
    NoSignIn,
    /// Look for a firewall, or be more patient.
    Unanswered {
        /// Host and port.
        place: String,
        /// Whether that port may speak TLS from the first byte, which is not what was spoken to it.
        in_clear: bool,
    },
    /// Look into the server's log, or be more patient.
    FellSilent,
    /// The same, of a mail that may have been taken.
    MayArrive,
    /// See whether it has arrived before it is sent again: it was given up since that is not known.
    MayHaveArrived,
    /// Look into the server's log: it ended the connection.
    BrokeOff {
        /// Whether that port may speak TLS from the first byte, which is not what was spoken to it.
        in_clear: bool,
    },
    /// Have STARTTLS used.
    WantsPrivacy,
    /// Give user and password.
    WantsSignIn,
    /// Correct user and password.
    WrongSignIn,
    /// Nothing: it is tried again.
    TriedAgain,
    /// Sign in, or have the server relay.
    NoRelaying,
    /// Look into the server's log: it wants no mail from this machine.
    Unwelcome,
    /// Set a sender that the account may send as.
    WrongSender,
    /// See whether the address is right.
    WrongAddress,
    /// Look into the server's log: it does not want this mail.
    Unwanted,
    /// Use STARTTLS: the port begins in clear.
    BeginsInClear,
    /// Name the authority that the server's certificate is from.
    UnknownAuthority,
    /// Write the name that the certificate is for.
    OtherName {
        /// The host that was asked for.
        host: String,
    },
    /// Have the certificate renewed.
    RunOut,
}

impl MailFault {
    /// It without advice.
    #[must_use]
    pub const fn alone(self) -> MailTrouble {
        MailTrouble {
            what: self,
            advice: None,
        }
    }
}
