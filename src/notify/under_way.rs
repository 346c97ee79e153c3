//! The mails that are being sent. One that its server thinks about for long keeps a place, and no other mail waiting.

use std::collections::HashMap;
use std::pin::{Pin, pin};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::domain::SiteId;

/// As many mails of one site are sent at the same time,
const OF_A_SITE: usize = 8;
/// as many of all sites,
const OF_ALL: usize = 16;
/// and beside these as many about what is urgent.
const URGENT: usize = 8;

/// A place for a mail that is being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// For what is urgent, of any site.
    Urgent,
    /// For any mail of that site.
    Of(SiteId),
}

/// A mail that is being sent, and its place.
type Sending<'a> = Pin<Box<dyn Future<Output = Place> + Send + 'a>>;

/// All of them.
pub(super) struct UnderWay<'a> {
    mails: FuturesUnordered<Sending<'a>>,
    taken: HashMap<Place, usize>,
}

impl<'a> UnderWay<'a> {
    pub(super) fn none() -> Self {
        Self {
            mails: FuturesUnordered::new(),
            taken: HashMap::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.mails.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.mails.len()
    }

    /// How many more mails such a place can have.
    pub(super) fn room(&self, place: Place) -> usize {
        let here = self.taken.get(&place).copied().unwrap_or_default();
        match place {
            Place::Urgent => URGENT.saturating_sub(here),
            Place::Of(_) => {
                let of_all = self.taken.iter().filter(|(of, _)| **of != Place::Urgent);
                let of_all: usize = of_all.map(|(_, many)| many).sum();
                let left = OF_ALL.saturating_sub(of_all);
                left.min(OF_A_SITE.saturating_sub(here))
            }
        }
    }

    /// Begins to send a mail.
    pub(super) fn begin(&mut self, place: Place, sending: impl Future<Output = ()> + Send + 'a) {
        *self.taken.entry(place).or_default() += 1;
        self.mails.push(Box::pin(async move {
            sending.await;
            place
        }));
    }

    /// Does something while they go on.
    pub(super) async fn during<T>(&mut self, doing: impl Future<Output = T>) -> T {
        let mut doing = pin!(doing);
        loop {
            tokio::select! {
                biased;
                done = &mut doing => return done,
                () = self.one_ends() => {}
            }
        }
    }

    /// Waits until one of them has ended; without end where there is none.
    pub(super) async fn one_ends(&mut self) {
        match self.mails.next().await {
            Some(place) => self.leave(place),
            None => std::future::pending().await,
        }
    }

    /// Waits until all have ended.
    pub(super) async fn all_end(&mut self) {
        while let Some(place) = self.mails.next().await {
            self.leave(place);
        }
    }

    fn leave(&mut self, place: Place) {
        if let Some(many) = self.taken.get_mut(&place) {
            *many -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn places_are_few_and_some_are_for_what_is_urgent() {
        let [one, two, three] = [1, 2, 3].map(|id| Place::Of(SiteId(Uuid::from_u128(id))));
        let mut under_way = UnderWay::none();
        for place in [one, two] {
            assert_eq!(under_way.room(place), OF_A_SITE);
            for _ in 0..OF_A_SITE {
                under_way.begin(place, std::future::pending());
            }
            assert_eq!(under_way.room(place), 0);
        }
        assert_eq!(under_way.room(three), 0, "of all sites");
        assert_eq!(under_way.room(Place::Urgent), URGENT);
        under_way.begin(Place::Urgent, async {});
        assert_eq!(under_way.room(Place::Urgent), URGENT - 1);
        under_way.one_ends().await;
        assert_eq!(under_way.room(Place::Urgent), URGENT);
    }

    #[tokio::test]
    async fn what_is_done_meanwhile_waits_for_none_of_them() {
        let mut under_way = UnderWay::none();
        let (done, other) = tokio::sync::oneshot::channel();
        under_way.begin(Place::Urgent, std::future::pending());
        under_way.begin(Place::Urgent, async move {
            let _ = done.send(());
        });
        under_way.during(other).await.expect("the other has ended");
        assert!(!under_way.is_empty());
    }
}
