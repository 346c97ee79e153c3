//! The secrets that a site's CMS, its external checker and its clients of the Akismet protocol prove themselves by, each its own. Whoever changes one has a while in which the old
//! one counts, too.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::events::{self as happened, FORM, NewEvent};
use super::schema::{events, sites};
use super::types::first_at;
use crate::domain::{Actor, EventId, Instant, SecretOf, SiteId};

/// A secret, and the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteSecrets {
    /// The one that counts; empty where none was made yet.
    pub current: String,
    /// The one before, and until when it counts.
    pub former: Option<(String, Instant)>,
}

impl SiteSecrets {
    /// Those that count then.
    #[must_use]
    pub fn at(self, now: Instant) -> Vec<String> {
        let former = self.former.filter(|(_, until)| now < *until);
        let former = former.map(|(secret, _)| secret);
        let both = [Some(self.current), former].into_iter().flatten();
        // By nothing nobody proves anything.
        both.filter(|secret| !secret.is_empty()).collect()
    }
}

/// Compiles a body for the columns of each secret.
macro_rules! of {
    ($of:expr, |$current:ident, $former:ident, $until:ident| $body:expr) => {
        match $of {
            SecretOf::Cms => {
                let $current = sites::webhook_secret;
                let ($former, $until) = (sites::former_secret, sites::former_secret_until);
                $body
            }
            SecretOf::Checker => {
                let $current = sites::checker_secret;
                let $former = sites::former_checker_secret;
                let $until = sites::former_checker_secret_until;
                $body
            }
            SecretOf::Akismet => {
                let $current = sites::akismet_key;
                let $former = sites::former_akismet_key;
                let $until = sites::former_akismet_key_until;
                $body
            }
        }
    };
}

fn find(db: &mut Db, site: SiteId, of: SecretOf) -> Result<SiteSecrets> {
    let (current, former, until): (String, Option<String>, Option<Instant>) =
        of!(of, |current, former, until| {
            let query = sites::table
                .filter(sites::id.eq(site))
                .select((current, former, until));
            each!(db, |c| query.first(c))?
        });
    Ok(SiteSecrets {
        current,
        former: former.zip(until),
    })
}

/// Puts one in the place of another; false where that is there no longer.
fn replace(
    db: &mut Db,
    (site, of): (SiteId, SecretOf),
    (before, secret): (&str, &str),
    until: Instant,
) -> Result<bool> {
    let was_there = !before.is_empty();
    let changed = of!(of, |current, former, counts| {
        let target = sites::table
            .filter(sites::id.eq(site))
            .filter(current.eq(before));
        let values = (
            current.eq(secret),
            former.eq(was_there.then_some(before)),
            counts.eq(was_there.then_some(until)),
        );
        each!(db, |c| diesel::update(target).set(values).execute(c))?
    });
    Ok(changed == 1)
}

/// Ends the one before at that time, where it would count for longer; whether it would have.
fn shorten(db: &mut Db, (site, of): (SiteId, SecretOf), until: Instant) -> Result<bool> {
    let changed = of!(of, |_current, _former, counts| {
        let longer = sites::table
            .filter(sites::id.eq(site))
            .filter(counts.gt(until));
        let until = counts.eq(Some(until));
        each!(db, |c| diesel::update(longer).set(until).execute(c))?
    });
    Ok(changed == 1)
}

impl Store {
    /// One of a site's secrets, as it is now.
    pub async fn secrets(&self, site: SiteId, of: SecretOf) -> Result<SiteSecrets> {
        self.read(move |db| find(db, site, of)).await
    }

    /// Gives a site a secret that it does not have yet; one that it has stays.
    pub async fn make_secret(&self, site: SiteId, of: SecretOf, secret: String) -> Result<()> {
        self.write(move |db| {
            let is_there = !find(db, site, of)?.current.is_empty();
            if !is_there {
                // Another replica may have been faster, and then there is one.
                replace(db, (site, of), ("", &secret), Instant::from_micros(0))?;
            }
            Ok(())
        })
        .await
    }

    /// Gives a site another secret in the place of one; false where that is there no longer. It counts until then; one before that ends at
    /// once. `form` names the form that asks for it, where one does.
    pub async fn set_secret(
        &self,
        (site, of): (SiteId, SecretOf),
        (before, secret): (String, String),
        until: Instant,
        (actor, form): (Actor, Option<String>),
        at: Instant,
    ) -> Result<bool> {
        self.write(move |db| {
            let is_another = before != secret;
            if is_another && !replace(db, (site, of), (&before, &secret), until)? {
                return Ok(false);
            }
            if !is_another {
                if find(db, site, of)?.current != secret {
                    return Ok(false);
                }
                // It stays, and one before ends no later than that.
                if !shorten(db, (site, of), until)? {
                    return Ok(true);
                }
            }
            // The secrets themselves stand in no history.
            let until = (!before.is_empty()).then_some(until);
            let mut told = serde_json::json!({ "of": of, "until": until });
            if let Some(form) = &form {
                told[FORM] = form.as_str().into();
            }
            let event = NewEvent::of_site(EventId(Uuid::now_v7()), "site_secret", site, &actor, at);
            happened::insert(db, std::iter::once(event.traced(&actor, told)))?;
            Ok(true)
        })
        .await
    }

    /// Whether the form of that name has given a secret since then.
    pub async fn is_made_by_form(
        &self,
        site: SiteId,
        form: String,
        since: Instant,
    ) -> Result<bool> {
        self.read(move |db| {
            let named = format!("%\"{FORM}\":\"{form}\"%");
            let made = events::table
                .filter(events::site_id.eq(site))
                // By its key the newest are found; when it was is told beside it.
                .filter(events::id.ge(EventId(first_at(since))))
                .filter(events::created_at.ge(since))
                .filter(events::detail.like(named))
                .select(events::id);
            let found: Option<EventId> = each!(db, |c| made.first(c).optional())?;
            Ok(found.is_some())
        })
        .await
    }
}
