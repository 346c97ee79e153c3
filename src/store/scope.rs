//! What a call may touch: which sites, and of each all of it or some sections.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Moderator, SiteId};

/// What of one site a call may touch. There is no way to the site that does not say which of the two it is, so that nobody
/// forgets sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole(SiteId),
    /// What stands under the articles of these sections. An article without a section is in none of them.
    Sections(SiteId, BTreeSet<String>),
}

impl Part {
    /// Whether what stands under an article of that section is in it.
    #[must_use]
    pub fn holds(&self, section: Option<&str>) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Sections(_, sections) => section.is_some_and(|is| sections.contains(is)),
        }
    }
}

/// The sites a call may touch. There is no call without one, save for those about sites and members themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(BTreeMap<SiteId, Part>);

impl Scope {
    /// These sites, whole.
    pub fn of(sites: impl IntoIterator<Item = SiteId>) -> Self {
        let whole = sites.into_iter().map(|site| (site, Part::Whole(site)));
        Self(whole.collect())
    }

    /// Of these sites what is a member's.
    pub fn of_member(member: &Moderator, sites: impl IntoIterator<Item = SiteId>) -> Self {
        let covered = sites.into_iter().filter(|site| member.covers(*site));
        let part = |site| match member.sections.get(&site) {
            None => (site, Part::Whole(site)),
            Some(sections) => (site, Part::Sections(site, sections.clone())),
        };
        Self(covered.map(part).collect())
    }

    /// The part of this scope that is on `site`: one or none.
    #[must_use]
    pub fn only(&self, site: SiteId) -> Self {
        let here = self.0.get(&site).map(|part| (site, part.clone()));
        Self(here.into_iter().collect())
    }

    /// What of each site, in the order of their ids.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.0.values()
    }

    /// Whether what stands under an article of that section is in it.
    #[must_use]
    pub fn sees(&self, site: SiteId, section: Option<&str>) -> bool {
        self.0.get(&site).is_some_and(|part| part.holds(section))
    }
}

/// A query over comments, narrowed to a part of a site: boxed, so that who sees a whole site pays nothing for sections.
macro_rules! within {
    ($query:expr, $part:expr) => {{
        let query = $query.into_boxed();
        match $part {
            $crate::store::Part::Whole(site) => {
                query.filter($crate::store::schema::comments::site_id.eq(*site))
            }
            $crate::store::Part::Sections(site, sections) => {
                use $crate::store::schema::{articles, comments};
                let under = articles::site_id
                    .eq(comments::site_id)
                    .and(articles::id.eq(comments::article_id))
                    .and(
                        articles::section.eq_any(sections.iter().cloned().collect::<Vec<String>>()),
                    );
                query
                    .filter(comments::site_id.eq(*site))
                    .filter(diesel::dsl::exists(articles::table.filter(under)))
            }
        }
    }};
}
pub(super) use within;

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn member(sites: &[SiteId], sections: &[(SiteId, &str)]) -> Moderator {
        let mut bound: BTreeMap<SiteId, BTreeSet<String>> = BTreeMap::new();
        for (site, section) in sections {
            bound
                .entry(*site)
                .or_default()
                .insert((*section).to_owned());
        }
        Moderator {
            id: crate::domain::ModeratorId(Uuid::nil()),
            email: "lan@bao.example".to_owned(),
            name: "Lan".to_owned(),
            role: crate::domain::Role::Moderator,
            sites: sites.to_vec(),
            sections: bound,
            locale: None,
            disabled_at: None,
        }
    }

    #[test]
    fn a_scope_holds_what_its_member_is_bound_to() {
        let [one, two, three] = [1, 2, 3].map(|n| SiteId(Uuid::from_u128(n)));
        let lan = member(&[one, two], &[(two, "Thể thao")]);
        let scope = Scope::of_member(&lan, [one, two, three]);
        assert!(scope.sees(one, None) && scope.sees(one, Some("Xã hội")));
        assert!(scope.sees(two, Some("Thể thao")));
        assert!(!scope.sees(two, Some("Xã hội")) && !scope.sees(two, None));
        assert!(!scope.sees(three, None) && !scope.sees(three, Some("Thể thao")));
        let only = scope.only(two);
        assert!(only.sees(two, Some("Thể thao")) && !only.sees(two, None) && !only.sees(one, None));
        assert_eq!(scope.only(three).parts().count(), 0);
        let everywhere = Scope::of_member(&member(&[], &[]), [one, three]);
        assert_eq!(everywhere, Scope::of([three, one]));
    }
}
