//! The pages of who is not signed in yet: password, code, and the links of mails to members.

use askama::Template;

use super::FieldError;
use crate::messages::Messages;

/// Where a moderator signs in.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sign_in.html")]
pub struct SignInPage {
    /// The moderator's language.
    pub t: Messages,
    /// What was done a moment ago.
    pub notice: Option<String>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// The email, kept over a failed attempt.
    pub email: String,
    /// Where to go afterwards: a path of ours, checked again by the handler.
    pub next: String,
}

/// The second step.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sign_in_code.html")]
pub struct CodePage {
    /// The moderator's language.
    pub t: Messages,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// Where to go afterwards.
    pub next: String,
}

/// Where one asks for a mail with a link.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/forgotten.html")]
pub struct ForgottenPage {
    /// The language of who asks.
    pub t: Messages,
}

/// What one reads then, whether there is such an account or not.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/forgotten_sent.html")]
pub struct SentPage {
    /// The language of who asks.
    pub t: Messages,
    /// The email as typed.
    pub email: String,
}

/// The page of a link: an invitation, or the way to another password.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/welcome.html")]
pub struct WelcomePage {
    /// The member's language.
    pub t: Messages,
    /// `join` or `reset`, which names the messages.
    pub kind: &'static str,
    /// Where the form is sent.
    pub action: String,
    /// Whose account it is.
    pub email: String,
    /// The name as it stands in the form; none where it is not asked for.
    pub name: Option<String>,
    /// What must be mended.
    pub errors: Vec<FieldError>,
    /// As few characters as a password may have.
    pub min: usize,
}

impl WelcomePage {
    fn said(&self, part: &str) -> String {
        self.t.get(&format!("welcome-{}-{part}", self.kind))
    }

    fn lead(&self) -> String {
        let id = format!("welcome-{}-lead", self.kind);
        self.t.with(&id, &[("email", self.email.as_str().into())])
    }

    fn error(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }
}

impl SentPage {
    fn sent(&self) -> String {
        let email = self.email.as_str();
        self.t.with("forgotten-sent", &[("email", email.into())])
    }
}
