//! Which list of the queue somebody looks at: a tab, and what narrows it. It is a part of addresses and of forms, so that
//! every button leads back to where it stood.

use url::form_urlencoded::{Serializer, parse};

use crate::domain::Status;
use crate::http::page::QueueFilter as Tab;
use crate::store::{Order, QueueFilter};

/// A list of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The tab.
    pub tab: Tab,
}

impl List {
    /// A whole tab.
    pub const fn of(tab: Tab) -> Self {
        Self { tab }
    }

    /// The list that a query names; none where it names no tab. What cannot be read narrows nothing: an address that was
    /// mended by hand shows the queue rather than an error.
    pub fn read(query: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = parse(query.as_bytes()).into_owned().collect();
        let tab = pairs
            .iter()
            .find_map(|(name, value)| format!("{name}={value}").parse::<Tab>().ok())?;
        Some(Self { tab })
    }

    /// As the query of an address.
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        let tab = self.tab.query();
        if let Some((name, value)) = tab.split_once('=') {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// The address of the list, with further parameters (`&a=b`).
    pub fn path(&self, more: &str) -> String {
        format!("/queue?{}{more}", self.query())
    }

    /// What the store is asked for: the waiting oldest first, the decided newest first.
    pub fn filter(&self) -> QueueFilter {
        let (status, lane, order) = match self.tab {
            Tab::Lane(lane) => (Status::Pending, Some(lane), Order::Oldest),
            Tab::Status(status) => (status, None, Order::Newest),
        };
        QueueFilter {
            status: Some(status),
            lane,
            order: Some(order),
            ..QueueFilter::default()
        }
    }
}
