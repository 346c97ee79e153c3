//! What of one site is listed, with everything that a filter asks of it.

use super::{Order, QueueFilter};
use crate::domain::{ArticleId, Category, CommentId, Lane, SiteId, Status};
use crate::store::db::Db;
use crate::store::error::Result;
use crate::store::search::{Ask, Fact};
use crate::store::{Part, Scope, articles};
use crate::text::Phrase;

/// A filter as it applies to one site: what is asked of its comments.
#[derive(Debug, Clone)]
pub(in crate::store) struct Place {
    pub(in crate::store) site: SiteId,
    /// Only what is under articles of one of these; all where none are named.
    pub(in crate::store) sections: Vec<Vec<String>>,
    /// Of these, those that the member is bound to, whatever the filter says.
    pub(in crate::store) bound: Vec<Vec<String>>,
    pub(in crate::store) status: Option<Status>,
    pub(in crate::store) lane: Option<Lane>,
    pub(in crate::store) article: Option<ArticleId>,
    /// Only what one of these rules saw something in; all where none are named.
    pub(in crate::store) rules: Vec<String>,
    pub(in crate::store) category: Option<Category>,
    pub(in crate::store) author: Option<String>,
    pub(in crate::store) phrase: Option<Phrase>,
    /// Only what says the same as that comment, as the rules saw it.
    pub(in crate::store) cluster: Option<CommentId>,
    pub(in crate::store) newest_first: bool,
    /// In the order of risk rather than in that of ids.
    pub(in crate::store) by_risk: bool,
}

impl Place {
    /// The whole of a site, or of it what is under articles of some sections.
    pub(in crate::store) fn whole(site: SiteId, sections: Option<Vec<String>>) -> Self {
        let sections: Vec<Vec<String>> = sections.into_iter().collect();
        Self {
            site,
            bound: sections.clone(),
            sections,
            status: None,
            lane: None,
            article: None,
            rules: Vec::new(),
            category: None,
            author: None,
            phrase: None,
            cluster: None,
            newest_first: false,
            by_risk: false,
        }
    }

    /// What waits there, of all that the member may see, whatever else the filter says.
    pub(in crate::store) fn waiting(&self) -> Self {
        let mut waiting = Self::whole(self.site, None);
        waiting.sections.clone_from(&self.bound);
        waiting.bound.clone_from(&self.bound);
        waiting.status = Some(Status::Pending);
        waiting
    }

    /// Whether the tables of comments answer it by themselves.
    pub(in crate::store) fn is_plain(&self) -> bool {
        self.sections.is_empty()
            && self.article.is_none()
            && self.rules.is_empty()
            && self.category.is_none()
            && self.author.is_none()
            && self.phrase.is_none()
            && self.cluster.is_none()
    }

    /// The question to the index.
    pub(in crate::store) fn asked(&self, limit: i64) -> Ask {
        self.asked_with(Vec::new(), limit)
    }

    /// The same, where one of some more facts must be so as well.
    pub(in crate::store) fn asked_with(&self, any: Vec<Fact>, limit: i64) -> Ask {
        let section = |some: &Vec<String>| some.iter().cloned().map(Fact::Section).collect();
        let one = [
            self.category.map(Fact::Category),
            self.article.map(Fact::Article),
            self.author.clone().map(Fact::Author),
            self.cluster.map(Fact::Cluster),
        ];
        let one = one.into_iter().flatten().map(|fact| vec![fact]);
        let rules: Vec<Fact> = self.rules.iter().cloned().map(Fact::Rule).collect();
        let rules = Some(rules).filter(|rules| !rules.is_empty());
        let more = Some(any).filter(|any| !any.is_empty());
        let sections = self.sections.iter().map(section);
        let mut all: Vec<Vec<Fact>> = sections.chain(rules).chain(one).chain(more).collect();
        let mut tells_status = false;
        for any in &mut all {
            let here = self
                .status
                .and_then(|status| any.iter().map(|fact| fact.standing(status)).collect());
            if let Some(here) = here {
                *any = here;
                tells_status = true;
            }
        }
        let others = [
            self.status.filter(|_| !tells_status).map(Fact::Status),
            self.lane.map(Fact::Lane),
        ];
        all.extend(others.into_iter().flatten().map(|fact| vec![fact]));
        Ask {
            all,
            phrase: self.phrase.clone(),
            newest_first: self.newest_first,
            limit,
            ..Ask::default()
        }
    }
}

/// What a filter asks of each site of a scope; a site where nothing can answer it is left out.
pub(in crate::store) fn places(
    db: &mut Db,
    scope: &Scope,
    filter: &QueueFilter,
) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for place in whole(scope) {
        let article = match &filter.article {
            None => None,
            Some(named) => match articles::named(db, place.site, named)? {
                Some(article) => Some(article),
                None => continue,
            },
        };
        let mut sections = place.sections.clone();
        sections.extend(Some(filter.sections.clone()).filter(|some| !some.is_empty()));
        places.push(Place {
            sections,
            bound: place.bound,
            status: filter.status,
            lane: filter.lane,
            article,
            rules: filter.rules.clone(),
            category: filter.category,
            author: filter.author.clone(),
            phrase: filter.phrase.clone(),
            cluster: None,
            newest_first: filter.order.unwrap_or(Order::Newest) == Order::Newest,
            by_risk: filter.order == Some(Order::Risk),
            site: place.site,
        });
    }
    Ok(places)
}

/// The sites of a scope, each as far as it is in it.
pub(in crate::store) fn whole(scope: &Scope) -> Vec<Place> {
    let place = |part: &Part| match part {
        Part::Whole(site) => Place::whole(*site, None),
        Part::Sections(site, some) => Place::whole(*site, Some(some.iter().cloned().collect())),
    };
    scope.parts().map(place).collect()
}
