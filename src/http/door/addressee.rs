//! Whoever reads a mailbox that we have mailed, by the link in the mail.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::{House, house};
use crate::clock;
use crate::domain::{SiteId, SubscriptionId, SubscriptionState};
use crate::http::problem::{Code, Problem};

/// A request with a link of ours.
pub struct Addressee {
    house: Data<House>,
    site: SiteId,
    id: SubscriptionId,
}

impl FromRequest for Addressee {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let token = request.match_info().get("token").unwrap_or_default();
        let opened = house.mails.open(token);
        ready(
            opened
                .map(|(site, id)| Self { house, site, id })
                .ok_or(Problem::new(Code::MailLinkInvalid)),
        )
    }
}

impl Addressee {
    /// The newspaper's name, and what is known of the mailbox.
    pub async fn stands(&self) -> Result<(String, SubscriptionState), Problem> {
        let found = self.house.store.subscription(self.site, self.id).await?;
        let state = found.ok_or(Problem::new(Code::MailLinkInvalid))?.state;
        let face = self.house.face_of(self.site).await?;
        Ok((face.site.name.clone(), state))
    }

    /// They want to be told.
    pub async fn confirm(&self) -> Result<(), Problem> {
        self.answer(SubscriptionState::Confirmed).await
    }

    /// They want no mail.
    pub async fn refuse(&self) -> Result<(), Problem> {
        self.answer(SubscriptionState::Refused).await
    }

    async fn answer(&self, state: SubscriptionState) -> Result<(), Problem> {
        let now = clock::now();
        let store = &self.house.store;
        store
            .answer_subscription(self.site, self.id, state, now)
            .await?;
        Ok(())
    }
}
