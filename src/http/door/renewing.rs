//! The secrets that a site's CMS, its checker and its clients of the Akismet protocol prove themselves by, given anew.

use super::Editing;
use super::showing::TWICE_WITHIN;
use crate::clock;
use crate::domain::{Instant, SecretOf, Site};
use crate::http::problem::{Code, Problem};
use crate::intake::FieldError;
use crate::secrets;

/// As many characters as a secret has that comes from a CMS. Contentful's have 64.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=200;

/// How a secret is to be changed.
#[derive(Debug, Clone, Default)]
pub struct Renewal {
    /// The one that its owner has made; else we make one.
    pub given: Option<String>,
    /// Whether the one before ends at once; else it counts for another day.
    pub is_at_once: bool,
    /// The name of the one that whoever asks has seen there; without it, whatever is there is changed.
    pub seen: Option<String>,
}

impl Renewal {
    /// Until when the one before counts.
    fn former_until(&self, now: Instant) -> Instant {
        if self.is_at_once {
            now
        } else {
            now.after(Site::SECRET_OVERLAP)
        }
    }

    /// All that it asks for, in one line of which nothing is another's.
    fn asked(&self, site: &Site, of: SecretOf) -> String {
        let seen = self.seen.as_deref().unwrap_or_default();
        let given = self.given.as_deref().unwrap_or_default();
        format!("site {} {of} {seen} {} {given}", site.id, self.is_at_once)
    }
}

impl Editing {
    /// Until when a secret before its last change counts; none where it does not.
    pub async fn former_secret_until(&self, of: SecretOf) -> Result<Option<Instant>, Problem> {
        let secrets = self.by.house.store.secrets(self.site.id, of).await?;
        let until = secrets.former.map(|(_, until)| until);
        Ok(until.filter(|until| *until > clock::now()))
    }

    /// How the service is reached from outside.
    pub fn public_url(&self) -> &str {
        &self.by.house.config.public_url
    }

    /// The name of a secret as it is now.
    pub async fn secret_name(&self, of: SecretOf) -> Result<String, Problem> {
        let secrets = self.by.house.store.secrets(self.site.id, of).await?;
        Ok(self.by.name_of(&secrets.current))
    }

    /// A secret as it is now, where the pass of whoever has made it says so.
    pub async fn shown_secret(&self, of: SecretOf, pass: &str) -> Result<Option<String>, Problem> {
        if self.by.clone().administering().is_err() {
            return Ok(None);
        }
        let secrets = self.by.house.store.secrets(self.site.id, of).await?;
        Ok(self.by.shown(secrets.current, pass))
    }

    /// Gives the site another secret: one that its owner has made, or a new one. The one before counts for another day, unless it is to end
    /// at once. A form that has seen another secret than there is changes nothing. For admins.
    pub async fn renew_secret(&self, of: SecretOf, how: Renewal) -> Result<String, Problem> {
        if self.by.clone().administering().is_err() {
            return Err(Problem::new(Code::Forbidden));
        }
        if let Some(given) = &how.given {
            check_given(of, given)?;
        }
        let (store, now) = (&self.by.house.store, clock::now());
        let before = store.secrets(self.site.id, of).await?;
        let is_seen = |secret: &str| {
            let seen = how.seen.as_ref();
            seen.is_none_or(|seen| *seen == self.by.name_of(secret))
        };
        if !is_seen(&before.current) {
            return Err(Problem::new(Code::Stale));
        }
        // Who fills in a form wants a change. A program that says the same again has what it wants.
        let is_same = how.given.as_ref() == Some(&before.current);
        if is_same && how.seen.is_some() {
            return Err(Problem::field("secret", "settings-secret-same"));
        }
        let form = self.by.form(&how.asked(&self.site, of));
        let until = how.former_until(now);
        let secret = how.given.unwrap_or_else(|| secrets::new_secret_of(of));
        let new = (before.current, secret.clone());
        let actor = self.by.actor();
        let changed = store.set_secret((self.site.id, of), new, until, (actor, form), now);
        if !changed.await? {
            return Err(Problem::new(Code::Stale));
        }
        tracing::info!(site = self.site.key, %of, by = %self.by.moderator().id, "the site has another secret");
        Ok(secret)
    }

    /// The secret that the very same form has just made, sent by the same session: who presses a button twice means it once. What another
    /// form made, or this one with something else ticked or pasted, is no answer to it.
    pub async fn made_just_now(
        &self,
        of: SecretOf,
        how: &Renewal,
    ) -> Result<Option<String>, Problem> {
        let Some(form) = self.by.form(&how.asked(&self.site, of)) else {
            return Ok(None);
        };
        let store = &self.by.house.store;
        let secrets = store.secrets(self.site.id, of).await?;
        let former = secrets.former.map(|(former, _)| self.by.name_of(&former));
        // Since then nobody has changed it once more.
        if former.is_none() || former != how.seen {
            return Ok(None);
        }
        let since = clock::now().before(TWICE_WITHIN);
        let is_made = store.is_made_by_form(self.site.id, form, since).await?;
        Ok(is_made.then_some(secrets.current))
    }
}

fn check_given(of: SecretOf, secret: &str) -> Result<(), Problem> {
    // By it alone a site is found: of one that somebody thinks up nobody knows that it is no other's.
    if of == SecretOf::Akismet {
        return Err(Problem::field("secret", "settings-secret-akismet-own"));
    }
    let is_visible = |byte: u8| (0x21..0x7f).contains(&byte);
    if LENGTHS.contains(&secret.len()) && secret.bytes().all(is_visible) {
        return Ok(());
    }
    let wrong = FieldError::new("secret", "settings-secret-wrong")
        .with("min", *LENGTHS.start())
        .with("max", *LENGTHS.end());
    Err(Problem::fields(vec![wrong]))
}
