//! The secrets that a site's CMS and its checker prove themselves by, given anew.

use super::Editing;
use crate::clock;
use crate::domain::{Instant, SecretOf, Site};
use crate::http::problem::{Code, Problem};
use crate::intake::FieldError;
use crate::secrets;

/// As many characters as a secret has that comes from a CMS. Contentful's have 64.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=200;

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

    /// Gives the site another secret: one that its owner has made, or a new one. The one before counts for another day, unless it is to end
    /// at once. For admins.
    pub async fn renew_secret(
        &self,
        of: SecretOf,
        given: Option<String>,
        is_at_once: bool,
    ) -> Result<String, Problem> {
        if self.by.clone().administering().is_err() {
            return Err(Problem::new(Code::Forbidden));
        }
        let is_visible = |byte: u8| (0x21..0x7f).contains(&byte);
        if given.as_ref().is_some_and(|secret| {
            !LENGTHS.contains(&secret.len()) || !secret.bytes().all(is_visible)
        }) {
            let wrong = FieldError::new("secret", "settings-secret-wrong")
                .with("min", *LENGTHS.start())
                .with("max", *LENGTHS.end());
            return Err(Problem::fields(vec![wrong]));
        }
        let secret = given.unwrap_or_else(secrets::new_webhook_secret);
        let now = clock::now();
        let until = if is_at_once {
            now
        } else {
            now.after(Site::SECRET_OVERLAP)
        };
        let store = &self.by.house.store;
        store
            .set_secret(
                (self.site.id, of),
                secret.clone(),
                until,
                self.by.actor(),
                now,
            )
            .await?;
        tracing::info!(site = self.site.key, %of, by = %self.by.moderator().id, "the site has another secret");
        Ok(secret)
    }
}
