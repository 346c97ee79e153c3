//! The sections of articles, as far as somebody may want to choose one.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::schema::articles;
use super::{Part, Scope, Store};

/// So many of a site's newest articles are looked at: every section that still gets any is among theirs.
const NEWEST: i64 = 500;

fn sections(db: &mut Db, scope: &Scope) -> Result<Vec<String>> {
    let mut all = BTreeSet::new();
    for part in scope.parts() {
        match part {
            Part::Sections(_, sections) => all.extend(sections.iter().cloned()),
            Part::Whole(site) => {
                let query = articles::table
                    .filter(articles::site_id.eq(*site))
                    .order(articles::id.desc())
                    .limit(NEWEST)
                    .select(articles::section);
                let newest: Vec<Option<String>> = each!(db, |c| query.load(c))?;
                all.extend(newest.into_iter().flatten());
            }
        }
    }
    Ok(all.into_iter().collect())
}

impl Store {
    /// The sections of the newest articles in the scope, and those that it is narrowed to, by name.
    pub async fn sections(&self, scope: Scope) -> Result<Vec<String>> {
        self.read(move |db| sections(db, &scope)).await
    }
}
