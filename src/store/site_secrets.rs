//! The secrets that a site's CMS, its external checker and its clients of the Akismet protocol prove themselves by, each its own. Whoever changes one has a while in which the old
//! one counts, too.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::events::{self, NewEvent};
use super::schema::sites;
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
    /// once.
    pub async fn set_secret(
        &self,
        (site, of): (SiteId, SecretOf),
        (before, secret): (String, String),
        until: Instant,
        actor: Actor,
        at: Instant,
    ) -> Result<bool> {
        self.write(move |db| {
            if before == secret {
                return Ok(find(db, site, of)?.current == secret);
            }
            if !replace(db, (site, of), (&before, &secret), until)? {
                return Ok(false);
            }
            // The secrets themselves stand in no history.
            let until = (!before.is_empty()).then_some(until);
            let told = serde_json::json!({ "of": of, "until": until });
            let event = NewEvent::of_site(EventId(Uuid::now_v7()), "site_secret", site, &actor, at);
            events::insert(db, std::iter::once(event.traced(&actor, told)))?;
            Ok(true)
        })
        .await
    }
}
