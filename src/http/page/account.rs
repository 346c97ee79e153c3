//! One's own account: name, language, password, second step, and where one is signed in.

use askama::Template;

use super::FieldError;
use super::frame::Desk;
use super::members::role_name;
use crate::domain::{Instant, Locale, Pace, Role};
use crate::messages::Messages;

/// One place where somebody is signed in.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// Names it in the form.
    pub id: String,
    /// What it is signed in with, where known.
    pub browser: Option<String>,
    /// From where, where known.
    pub network: Option<String>,
    /// Since when.
    pub since: Instant,
    /// When it was used last.
    pub seen: Instant,
    /// Whether it is the one that looks at the page.
    pub is_this: bool,
}

/// Where somebody stands with their second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneView {
    /// There is none.
    Off,
    /// It is being set up.
    Begun,
    /// It is on, with so many recovery codes left.
    On(i64),
}

/// What the list of languages offers: one of ours, or what the browser asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageChoice(pub Option<Locale>);

impl LanguageChoice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self(None), Self(Some(Locale::Vi)), Self(Some(Locale::En))];

    /// As the form sends it.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self.0 {
            None => "browser",
            Some(locale) => locale.as_str(),
        }
    }

    fn label(self, t: Messages) -> String {
        t.get(&format!("account-language-{}", self.value()))
    }
}

/// When mail comes, as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HabitsForm {
    /// How often.
    pub pace: Pace,
    /// The time zone's name.
    pub zone: String,
    /// When quiet hours begin, or nothing.
    pub quiet_from: String,
    /// When they are over, or nothing.
    pub quiet_to: String,
    /// Whether what is urgent comes in them, too.
    pub urgent_in_quiet: bool,
}

impl HabitsForm {
    /// Zones that are suggested: home, and where Vietnamese newspapers have people. Every other can be typed.
    const ZONES: [&'static str; 14] = [
        "Asia/Ho_Chi_Minh",
        "Asia/Bangkok",
        "Asia/Singapore",
        "Asia/Shanghai",
        "Asia/Seoul",
        "Asia/Tokyo",
        "Australia/Sydney",
        "Europe/Berlin",
        "Europe/London",
        "Europe/Paris",
        "Europe/Prague",
        "America/Los_Angeles",
        "America/New_York",
        "UTC",
    ];
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account.html")]
pub struct AccountPage {
    /// The member's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// Now, for telling when something was.
    pub now: Instant,
    /// What they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// What they are bound to, site by site; none means all.
    pub bound: Vec<String>,
    /// The name as it stands in the form.
    pub name: String,
    /// The language they have chosen.
    pub language: LanguageChoice,
    /// When mail comes.
    pub habits: HabitsForm,
    /// The minutes between two digests, and the most mails within an hour, or 0.
    pub mail_limits: (u64, usize),
    /// Their second step.
    pub phone: PhoneView,
    /// Where they are signed in, the latest first.
    pub sessions: Vec<SessionView>,
    /// What was done a moment ago.
    pub notice: Option<String>,
    /// What must be mended, by field.
    pub errors: Vec<FieldError>,
    /// As few characters as a password may have.
    pub min: usize,
}

impl AccountPage {
    fn error(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    fn said(&self, id: &str, variable: &str, text: &str) -> String {
        self.t.with(id, &[(variable, text.into())])
    }

    fn role_line(&self) -> String {
        let bound = if self.bound.is_empty() {
            self.t.get("members-all-sites")
        } else {
            self.bound.join("; ")
        };
        let role = role_name(self.t, self.role);
        self.t.with(
            "account-role",
            &[("role", role.into()), ("bound", bound.into())],
        )
    }

    fn called(&self, session: &SessionView) -> String {
        let unknown = || self.t.get("account-session-unknown");
        session.browser.clone().unwrap_or_else(unknown)
    }

    fn when(&self, id: &str, at: Instant) -> String {
        self.said(id, "when", &self.t.when_near(at, self.now))
    }

    fn codes_left(&self, left: i64) -> String {
        self.t
            .with("account-phone-codes", &[("count", left.into())])
    }

    fn pace(&self, pace: Pace) -> String {
        let id = format!("habits-pace-{pace}");
        match pace {
            Pace::Digest => self.t.with(&id, &[("minutes", self.mail_limits.0.into())]),
            _ => self.t.get(&id),
        }
    }

    fn mail_hint(&self) -> String {
        let ceiling = self.mail_limits.1;
        self.t.with("habits-hint", &[("ceiling", ceiling.into())])
    }

    fn has_others(&self) -> bool {
        self.sessions.len() > 1
    }
}

/// Setting the second step up.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/phone.html")]
pub struct PhonePage {
    /// The member's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// The picture that a phone reads, as SVG of our own making.
    pub picture: String,
    /// The key as it is typed.
    pub key: String,
    /// The address that a phone's program opens.
    pub address: String,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

/// Recovery codes, shown once.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/codes.html")]
pub struct CodesPage {
    /// The member's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// The codes.
    pub codes: Vec<String>,
}
