//! Whoever reads a member's mailbox, by the link that we have mailed there: to join, or to set another password.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use tokio::sync::{Mutex, Semaphore};

use super::entrance::identity;
use super::moderating::refuse_foreign_post;
use super::{Asker, House, house, passwords};
use crate::access::{QUIET, after_address, check_password};
use crate::clock;
use crate::domain::{Actor, LinkId, LinkKind, Moderator, ModeratorId, Trace};
use crate::http::problem::{Code, Problem};
use crate::intake::{Email, Fields, Name};
use crate::store::{Counter, Settlement, Welcome};

/// A request with a link of ours.
pub struct Welcomed {
    house: Data<House>,
    member: ModeratorId,
    link: LinkId,
    address: Option<String>,
    browser: Option<String>,
}

impl FromRequest for Welcomed {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        if let Err(refused) = refuse_foreign_post(request, &house) {
            return ready(Err(refused));
        }
        let token = request.match_info().get("token").unwrap_or_default();
        let opened = house.links.open(token);
        let (address, browser) = super::whence(request, &house);
        ready(
            opened
                .map(|(member, link)| Self {
                    house,
                    member,
                    link,
                    address,
                    browser,
                })
                .ok_or(Problem::new(Code::MemberLinkInvalid)),
        )
    }
}

impl Welcomed {
    /// Whose link it is, while it counts.
    pub async fn member(&self, kind: LinkKind) -> Result<Moderator, Problem> {
        let gone = || Problem::new(Code::MemberLinkInvalid);
        let store = &self.house.store;
        let found = store.member_link(self.link, clock::now()).await?;
        let link = found.filter(|link| link.kind == kind && link.member == self.member);
        link.ok_or_else(gone)?;
        store.moderator(self.member).await?.ok_or_else(gone)
    }

    /// Uses the link: it counts no more, and every session of the member ends.
    pub async fn enter(
        &self,
        kind: LinkKind,
        name: Option<&str>,
        password: &str,
    ) -> Result<Moderator, Problem> {
        let member = self.member(kind).await?;
        let mut wrong = Fields::default();
        let name = name.and_then(|name| wrong.take(Name::parse(name)));
        let called = name.as_ref().map_or(member.name.as_str(), Name::as_str);
        wrong.take(check_password("password", password, &member.email, called));
        let errors = wrong.into_errors();
        if !errors.is_empty() {
            return Err(Problem::fields(errors));
        }
        let account = self.house.counters.account(&identity(&member));
        let welcome = Welcome {
            name: name.map(Name::into_string),
            password_hash: passwords::hash(password.to_owned()).await?,
            settlement: Settlement {
                clear: vec![account],
                retract: Vec::new(),
            },
            address: self.address.clone(),
            browser: self.browser.clone(),
        };
        let store = &self.house.store;
        if store.take_link(self.link, welcome, clock::now()).await? {
            Ok(member)
        } else {
            Err(Problem::new(Code::MemberLinkInvalid))
        }
    }
}

/// Somebody who has forgotten their password.
pub struct Forgetful {
    house: Data<House>,
    asker: Option<Asker>,
    address: Option<String>,
    browser: Option<String>,
}

impl FromRequest for Forgetful {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        ready(refuse_foreign_post(request, &house).map(|()| {
            let (address, browser) = super::whence(request, &house);
            Self {
                asker: house.asker(request),
                address,
                browser,
                house,
            }
        }))
    }
}

/// As many orders of mails as wait at the same time.
const MOST_ORDERS: usize = 1_000;
static ORDERS: Semaphore = Semaphore::const_new(MOST_ORDERS);
/// They are done one after the other, so that no two of one account are counted at once.
static TURN: Mutex<()> = Mutex::const_new(());

impl Forgetful {
    /// Has a link mailed, where there is such an account; nobody is told whether there is, nor by the time it takes: the answer
    /// leaves before anybody looks. How many one account is sent and one address may ask for is bounded.
    pub async fn ask(self, email: String) -> Result<(), Problem> {
        let now = clock::now();
        if let Some(asker) = self.asker.filter(|asker| asker.is_somebody) {
            let counter = Counter {
                mark: self.house.counters.asking(&asker.address),
                wait_after: after_address,
            };
            if let Some(wait) = self.house.store.attempt(vec![counter], now, QUIET).await? {
                return Err(Problem::too_often(wait));
            }
        }
        let place = ORDERS.try_acquire();
        let place = place.map_err(|_| Problem::new(Code::Busy))?;
        let trace = Trace {
            by: Actor::Stranger,
            address: self.address,
            browser: self.browser,
            at: now,
        };
        let house = self.house;
        actix_web::rt::spawn(async move {
            let _place = place;
            let _turn = TURN.lock().await;
            if let Err(problem) = mail_to(&house, &email, trace).await {
                let (code, cause) = (problem.code, problem.cause);
                tracing::error!(
                    ?code,
                    ?cause,
                    "a link to set another password is not mailed"
                );
            }
        });
        Ok(())
    }
}

/// Has the link mailed, where that is the email of somebody who may come in.
async fn mail_to(house: &House, email: &str, trace: Trace) -> Result<(), Problem> {
    let Ok(email) = Email::parse(email) else {
        return Ok(());
    };
    let found = house.store.moderator_by_email(email.identity()).await?;
    let Some((member, _)) = found.filter(|(member, _)| member.disabled_at.is_none()) else {
        return Ok(());
    };
    let _is_sent = house.mail_link(&member, LinkKind::Reset, trace).await?;
    Ok(())
}
