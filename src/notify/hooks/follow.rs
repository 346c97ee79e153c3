//! Follows the events of sites that have endpoints, and makes deliveries of them.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::worker::Hooks;
use crate::domain::{
    Delivery, DeliveryId, DeliveryState, Endpoint, EndpointId, EventId, HookEvent, Instant, SiteId,
};
use crate::store::{self, HookNews, millis_of, settled};

/// As many events as are read at once.
const EVENTS: i64 = 500;
/// How far the following has come is noted when that is so much further: a note is a write of its own.
const NOTE_MILLIS: u128 = 5_000;

/// Where this replica is on one site.
#[derive(Default)]
pub(super) struct Follower {
    /// Events of the last while that were read.
    seen: BTreeSet<EventId>,
    /// Who was to be told of them, since when, and of what.
    told: Vec<(EndpointId, Instant, Vec<HookEvent>)>,
    noted: Option<EventId>,
}

impl Follower {
    /// What was read is read again where others are to be told, or are told of more: an endpoint is added, and events happen, while
    /// this reads one after the other, and either may be written late.
    fn tells(&mut self, theirs: &[Endpoint]) {
        let told = theirs.iter();
        let told = told.map(|one| (one.id, one.since, one.events.clone()));
        let told: Vec<_> = told.collect();
        if self.told != told {
            self.seen.clear();
            self.told = told;
        }
    }
}

impl Hooks {
    /// Makes deliveries of what is new on the sites of those endpoints.
    pub(super) async fn follow(
        &self,
        endpoints: &[Endpoint],
        followers: &mut HashMap<SiteId, Follower>,
    ) -> store::Result<()> {
        for theirs in endpoints.chunk_by(|a, b| a.site == b.site) {
            let follower = followers.entry(theirs[0].site).or_default();
            self.follow_site(theirs, follower).await?;
        }
        Ok(())
    }

    async fn follow_site(&self, theirs: &[Endpoint], follower: &mut Follower) -> store::Result<()> {
        let site = theirs[0].site;
        follower.tells(theirs);
        let mark = match follower.noted {
            Some(noted) => Some(noted),
            None => self.store.hook_mark(site).await?,
        };
        // Whatever was before all of them is nobody's news, however long ago the last endpoint was taken away.
        let since = theirs.iter().map(|endpoint| endpoint.since).min();
        let begin = since.map_or(EventId(Uuid::nil()), settled);
        let begin = mark.map_or(begin, |mark| mark.max(begin));
        let mut after = begin;
        loop {
            let events = self.store.hook_news_after(site, after, EVENTS).await?;
            let Some((last, _)) = events.last() else {
                break;
            };
            after = *last;
            let new: Vec<(EventId, Option<HookNews>)> = events
                .into_iter()
                .filter(|(event, _)| !follower.seen.contains(event))
                .collect();
            let made = new.iter().filter_map(|(_, news)| news.as_ref());
            let made: Vec<Delivery> = made.flat_map(|news| deliveries(theirs, news)).collect();
            if !made.is_empty() {
                self.store.put_deliveries(made).await?;
            }
            follower
                .seen
                .extend(new.into_iter().map(|(event, _)| event));
        }
        let further = settled(self.now()).min(after).max(begin);
        if mark.is_none_or(|mark| millis_of(further) >= millis_of(mark) + NOTE_MILLIS) {
            self.store.note_hooks(site, further).await?;
            follower.noted = Some(further);
            follower.seen = follower.seen.split_off(&further);
        } else {
            follower.noted = mark;
        }
        Ok(())
    }
}

/// What endpoints are to be told of it.
fn deliveries<'a>(
    endpoints: &'a [Endpoint],
    news: &'a HookNews,
) -> impl Iterator<Item = Delivery> + 'a {
    let kinds = news.kinds.iter().enumerate();
    kinds.flat_map(move |(place, kind)| {
        let told = endpoints.iter();
        let told = told.filter(|one| one.since <= news.at && one.events.contains(kind));
        told.map(move |endpoint| Delivery {
            site: endpoint.site,
            endpoint: endpoint.id,
            id: id_of(news.event, endpoint.id, *kind, place),
            kind: kind.to_string(),
            comment: Some(news.comment),
            revision: news.revision,
            status: Some(news.status),
            happened_at: news.at,
            attempts: 0,
            due_at: Some(news.at),
            lease: 0,
            state: DeliveryState::Waiting,
            answer: None,
            said: None,
            tried_at: None,
        })
    })
}

/// The identifier of what an endpoint is told of an event: there is one, whoever makes it. It begins with the event's time, so keys rise,
/// then has the place among several of one event, and is otherwise a hash.
fn id_of(event: EventId, endpoint: EndpointId, kind: HookEvent, place: usize) -> DeliveryId {
    let mut hash = Sha256::new();
    hash.update(event.0.as_bytes());
    hash.update(endpoint.0.as_bytes());
    hash.update(kind.as_str().as_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let mut bytes = *event.0.as_bytes();
    bytes[6] = 0x70;
    bytes[7] = u8::try_from(place).unwrap_or(u8::MAX);
    bytes[8..].copy_from_slice(&hash[..8]);
    bytes[8] = bytes[8] & 0x3f | 0x80;
    DeliveryId(Uuid::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_has_one_name_whoever_makes_it() {
        let event = EventId(Uuid::now_v7());
        let [one, other] = [1, 2].map(|n| EndpointId(Uuid::from_u128(n)));
        let id = id_of(event, one, HookEvent::Edited, 0);
        assert_eq!(id, id_of(event, one, HookEvent::Edited, 0));
        assert_eq!(id.0.get_version_num(), 7);
        assert_eq!(id.0.as_u128() >> 80, event.0.as_u128() >> 80);
        assert_ne!(id, id_of(event, other, HookEvent::Edited, 0));
        assert_ne!(
            id,
            id_of(EventId(Uuid::now_v7()), one, HookEvent::Edited, 0)
        );
        assert!(id < id_of(event, one, HookEvent::Held, 1));
    }
}
