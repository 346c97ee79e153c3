//! The names that each site reserves, read once a change.

use std::sync::Arc;

use moka::sync::Cache;

use crate::domain::{Site, SiteId};
use crate::rules::Reserved;
use crate::store::{self, Store};

/// What a site's reserved names were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    members_revision: i64,
    newspaper: String,
    own: Vec<String>,
}

/// Each site's reserved names with what they were read from.
pub(super) struct OwnNames(Cache<SiteId, (Source, Arc<Reserved>)>);

impl Default for OwnNames {
    fn default() -> Self {
        Self(Cache::new(10_000))
    }
}

impl OwnNames {
    /// The names that a site reserves, with those of its members as of `members_revision`, or later.
    pub(super) async fn of(
        &self,
        store: &Store,
        site: &Site,
        members_revision: i64,
    ) -> store::Result<Arc<Reserved>> {
        let source = Source {
            members_revision,
            newspaper: site.name.clone(),
            own: site.settings.reserved_names.clone(),
        };
        if let Some((of, names)) = self.0.get(&site.id)
            && of == source
        {
            return Ok(names);
        }
        let members = store.member_names(site.id).await?;
        let within = std::iter::once(&source.newspaper).chain(&source.own);
        let names = Reserved::new(
            members.iter().map(String::as_str),
            within.map(String::as_str),
        );
        let names = Arc::new(names);
        self.0.insert(site.id, (source, names.clone()));
        Ok(names)
    }
}
