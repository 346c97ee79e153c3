//! The secret that a site's CMS proves itself by. Whoever changes it has a while in which the old one counts, too.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::each;
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::sites;
use crate::domain::{Actor, EventId, Instant, SiteId};

/// A site's secret, and the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookSecrets {
    /// The one that counts.
    pub current: String,
    /// The one before, and until when it counts.
    pub former: Option<(String, Instant)>,
}

impl WebhookSecrets {
    /// Those that count then.
    #[must_use]
    pub fn at(self, now: Instant) -> Vec<String> {
        let former = self.former.filter(|(_, until)| now < *until);
        let former = former.map(|(secret, _)| secret);
        [Some(self.current), former].into_iter().flatten().collect()
    }
}

impl Store {
    /// A site's secrets, as they are now.
    pub async fn webhook_secrets(&self, site: SiteId) -> Result<WebhookSecrets> {
        self.read(move |db| {
            let query = sites::table.filter(sites::id.eq(site)).select((
                sites::webhook_secret,
                sites::former_secret,
                sites::former_secret_until,
            ));
            let (current, former, until): (String, Option<String>, Option<Instant>) =
                each!(db, |c| query.first(c))?;
            Ok(WebhookSecrets {
                current,
                former: former.zip(until),
            })
        })
        .await
    }

    /// Gives a site another secret. The one that it has counts until then; one before that ends at once.
    pub async fn set_webhook_secret(
        &self,
        site: SiteId,
        secret: String,
        until: Instant,
        actor: Actor,
        at: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let here = sites::table.filter(sites::id.eq(site));
            let query = here.select(sites::webhook_secret);
            let before: String = each!(db, |c| query.first(c))?;
            if before == secret {
                return Ok(());
            }
            let target = here.filter(sites::webhook_secret.eq(&before));
            let values = (
                sites::webhook_secret.eq(&secret),
                sites::former_secret.eq(Some(&before)),
                sites::former_secret_until.eq(Some(until)),
            );
            let changed = each!(db, |c| diesel::update(target).set(values).execute(c))?;
            if changed != 1 {
                return Err(Error::Contended);
            }
            // The secrets themselves stand in no history.
            let told = serde_json::json!({ "until": until });
            let event = NewEvent::of_site(EventId(Uuid::now_v7()), "site_secret", site, &actor, at);
            events::insert(db, std::iter::once(event.traced(&actor, told)))
        })
        .await
    }
}
