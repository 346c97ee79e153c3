//! What members do by the mails they get: decide by their links, and say when they want any.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::{Administering, House, Moderating, house};
use crate::access::Deed;
use crate::clock;
use crate::domain::{Actor, MailHabits, Moderator, ModeratorId, Pace, SiteId, Trace, Via};
use crate::http::problem::{Code, Problem};
use crate::store::MemberEntry;

impl Moderating {
    /// What a mail's link offers, where it was mailed to them.
    pub fn deed(&self, token: &str) -> Option<Deed> {
        self.house.deeds.open(self.moderator().id, token)
    }

    /// Does what a mail's link offers, unless a colleague was faster. Each move gives a comment another revision, so no link decides
    /// twice.
    pub async fn press(&self, deed: &Deed) -> Result<(), Problem> {
        let seen = vec![(deed.comment, deed.revision)];
        self.decide(deed.action, seen, None, None).await?;
        Ok(())
    }

    /// When they want to be mailed.
    pub async fn own_mail_habits(&self) -> Result<MailHabits, Problem> {
        self.own_session()?;
        Ok(self.house.store.mail_habits(self.moderator().id).await?)
    }

    /// Sets when they want to be mailed.
    pub async fn set_own_mail_habits(&self, habits: MailHabits) -> Result<(), Problem> {
        self.own_session()?;
        let store = &self.house.store;
        store
            .set_mail_habits(self.moderator().id, habits, self.trace())
            .await?;
        self.house.wake.notify_one();
        Ok(())
    }

    /// The minutes between two digests, and how many mails come within an hour at the most; 0 for no end.
    pub fn mail_limits(&self) -> (u64, usize) {
        let config = &self.house.config;
        let minutes = config.mail_digest.as_secs().div_ceil(60);
        (minutes, config.mail_ceiling.unwrap_or(0))
    }
}

impl Administering {
    /// Sets when a member wants to be mailed.
    pub async fn set_mail_habits(
        &self,
        id: ModeratorId,
        habits: MailHabits,
    ) -> Result<MemberEntry, Problem> {
        self.member(id).await?;
        let (store, trace) = (&self.by.house.store, self.by.trace());
        store.set_mail_habits(id, habits, trace).await?;
        self.by.house.wake.notify_one();
        self.member(id).await
    }
}

/// Whoever holds the link of a mail that turns such mail off.
pub struct Muting {
    house: Data<House>,
    member: ModeratorId,
    site: SiteId,
    address: Option<String>,
    browser: Option<String>,
}

impl FromRequest for Muting {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let token = request.match_info().get("token").unwrap_or_default();
        let opened = house.mutes.open(token);
        let (address, browser) = super::whence(request, &house);
        ready(
            opened
                .map(|(member, site)| Self {
                    house,
                    member,
                    site,
                    address,
                    browser,
                })
                .ok_or(Problem::new(Code::MailLinkInvalid)),
        )
    }
}

impl Muting {
    /// Whose mail it is, about which newspaper, and whether it is off.
    pub async fn stands(&self) -> Result<(Moderator, String, bool), Problem> {
        let gone = || Problem::new(Code::MailLinkInvalid);
        let store = &self.house.store;
        let member = store.moderator(self.member).await?.ok_or_else(gone)?;
        let habits = store.mail_habits(self.member).await?;
        let face = self.house.face_of(self.site).await?;
        Ok((member, face.site.name.clone(), habits.pace == Pace::Off))
    }

    /// Turns it off. To do so once more changes nothing.
    pub async fn stop(&self) -> Result<(), Problem> {
        let gone = || Problem::new(Code::MailLinkInvalid);
        let store = &self.house.store;
        let member = store.moderator(self.member).await?.ok_or_else(gone)?;
        let trace = Trace {
            by: Actor::Moderator {
                id: member.id,
                name: member.name,
                via: Via::Link,
            },
            address: self.address.clone(),
            browser: self.browser.clone(),
            at: clock::now(),
        };
        Ok(store.stop_mail(self.member, trace).await?)
    }
}
