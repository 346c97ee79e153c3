//! Which list of the queue somebody looks at: a tab, and what narrows it. It is a part of addresses and of forms, so that
//! every button leads back to where it stood.

use url::form_urlencoded::{Serializer, parse};

use crate::domain::{CommentId, Status};
use crate::http::page::QueueFilter as Tab;
use crate::intake::FieldError;
use crate::store::{Order, QueueFilter};
use crate::text::{Phrase, PhraseFault};

/// What a list can be narrowed by, as in the API's query, in the order in which it is shown.
pub const NARROWINGS: [&str; 8] = [
    "q", "site", "section", "article", "category", "rule", "author", "alike",
];
/// As many characters as one of them may have.
const LONGEST: usize = 2_048;

/// In which order what waits is listed, unless the oldest comes first.
const ORDER: &str = "order";

/// A list of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The tab.
    pub tab: Tab,
    narrowed: Vec<(&'static str, String)>,
    by_risk: bool,
}

impl List {
    /// The list that a query names: on the tab that it names, or on `tab`. What cannot be read narrows nothing: an address that was
    /// mended by hand shows the queue rather than an error.
    pub fn read(query: &str, tab: Tab) -> Self {
        let pairs: Vec<(String, String)> = parse(query.as_bytes()).into_owned().collect();
        let tab = Self::tab_in(&pairs).unwrap_or(tab);
        let narrowed = NARROWINGS.iter().filter_map(|name| {
            let (_, value) = pairs.iter().find(|(is, _)| is == name)?;
            let value = value.trim();
            let is_well = !value.is_empty() && value.len() <= LONGEST && !value.contains('\0');
            is_well.then(|| (*name, value.to_owned()))
        });
        Self {
            tab,
            narrowed: narrowed.collect(),
            by_risk: is_lane(tab)
                && pairs
                    .iter()
                    .any(|(name, value)| name == ORDER && value == Order::Risk.as_str()),
        }
    }

    fn tab_in(pairs: &[(String, String)]) -> Option<Tab> {
        pairs
            .iter()
            .find_map(|(name, value)| format!("{name}={value}").parse().ok())
    }

    /// What it is narrowed by.
    pub fn narrowed(&self) -> &[(&'static str, String)] {
        &self.narrowed
    }

    /// What it is narrowed to by that name.
    pub fn narrowing(&self, name: &str) -> Option<&str> {
        let found = self.narrowed.iter().find(|(is, _)| *is == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The same on another tab.
    pub fn on(&self, tab: Tab) -> Self {
        Self {
            tab,
            by_risk: self.by_risk && is_lane(tab),
            // A cluster is of what waits, in whichever lane.
            narrowed: self
                .narrowed
                .iter()
                .filter(|(name, _)| *name != "alike")
                .cloned()
                .collect(),
        }
    }

    /// The same without one of the narrowings.
    pub fn without(&self, name: &str) -> Self {
        let mut wider = self.clone();
        wider.narrowed.retain(|(is, _)| *is != name);
        wider
    }

    /// Whether the gravest of what waits comes first.
    pub fn by_risk(&self) -> bool {
        self.by_risk
    }

    /// The same in that order, or in the one that has waited longest first.
    pub fn ordered(&self, by_risk: bool) -> Self {
        Self {
            by_risk: by_risk && is_lane(self.tab),
            ..self.clone()
        }
    }

    /// The comments that say the same as this one, where the list is of those.
    pub fn alike(&self) -> Option<CommentId> {
        self.narrowing("alike")?.parse().ok()
    }

    /// As the query of an address.
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        if let Some((name, value)) = self.tab.query().split_once('=') {
            query.append_pair(name, value);
        }
        for (name, value) in &self.narrowed {
            query.append_pair(name, value);
        }
        if self.by_risk {
            query.append_pair(ORDER, Order::Risk.as_str());
        }
        query.finish()
    }

    /// The address of the list, with further parameters (`&a=b`).
    pub fn path(&self, more: &str) -> String {
        format!("/queue?{}{more}", self.query())
    }

    /// What the store is asked for, its section and rule as they were typed: the waiting oldest first unless the gravest are to be, and folded, the reported by their first reports,
    /// the decided newest first. An error where nothing can
    /// be searched for by what was typed.
    pub fn filter(&self) -> Result<QueueFilter, FieldError> {
        let (status, lane, order) = match self.tab {
            Tab::Lane(lane) => (Status::Pending, Some(lane), Order::Oldest),
            Tab::Reported => (Status::Approved, None, Order::Oldest),
            Tab::Status(status) => (status, None, Order::Newest),
        };
        let order = if self.by_risk { Order::Risk } else { order };
        let text = |name: &str| self.narrowing(name).map(str::to_owned);
        let phrase = self.narrowing("q").map(Phrase::read).transpose();
        Ok(QueueFilter {
            status: Some(status),
            lane,
            sections: text("section").into_iter().collect(),
            article: text("article"),
            rules: text("rule").into_iter().collect(),
            category: self
                .narrowing("category")
                .and_then(|word| word.parse().ok()),
            author: text("author"),
            phrase: phrase.map_err(unusable)?,
            reported: self.tab == Tab::Reported,
            order: Some(order),
            fold: lane.is_some(),
            ..QueueFilter::default()
        })
    }
}

fn is_lane(tab: Tab) -> bool {
    matches!(tab, Tab::Lane(_))
}

fn unusable(fault: PhraseFault) -> FieldError {
    match fault {
        PhraseFault::NoWord => FieldError::new("q", "search-no-word"),
        PhraseFault::TooLong => FieldError::new("q", "search-too-long").with("max", Phrase::WORDS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lane;

    #[test]
    fn a_list_survives_its_own_address() {
        let tab = Tab::Lane(Lane::Look);
        let list = List::read(
            "lane=look&q=%C4%91%E1%BA%A3ng+b%E1%BB%99&rule=a%26b&site=&x=y",
            tab,
        );
        assert_eq!(list.narrowing("q"), Some("đảng bộ"));
        assert_eq!(list.narrowing("rule"), Some("a&b"));
        assert_eq!(list.narrowed().len(), 2);
        assert_eq!(List::read(&list.query(), Tab::Lane(Lane::LikelyBad)), list);
        assert_eq!(list.without("q").narrowed(), [("rule", "a&b".to_owned())]);
        let grave = list.ordered(true);
        assert_eq!(List::read(&grave.query(), tab), grave);
        assert_ne!(grave, list);
        // What was decided has no such order.
        assert_eq!(
            grave.on(Tab::Status(Status::Spam)).query(),
            "status=spam&q=%C4%91%E1%BA%A3ng+b%E1%BB%99&rule=a%26b"
        );
    }

    #[test]
    fn what_cannot_be_read_narrows_nothing() {
        let tab = Tab::Status(Status::Spam);
        for query in ["", "lane=nowhere", "q=%00", "q=%20", "&&==", "status=%ff"] {
            assert_eq!(List::read(query, tab), List::read("", tab), "{query}");
        }
        assert!(List::read("q=%3F%3F", tab).filter().is_err());
    }
}
