//! Somebody who wants to sign in: by a password, and by a second step where their account asks for one.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use rand::RngExt;

use super::moderating::{cookie_name, refuse_foreign_post};
use super::{Asker, House, house, passwords};
use crate::access::{
    DEVICE_LIFETIME, HALF_LIFETIME, HalfKey, QUIET, after_account, after_address, after_code,
    after_known,
};
use crate::clock;
use crate::domain::{Actor, Instant, Moderator, ModeratorId, Trace};
use crate::http::problem::Problem;
use crate::intake::Email;
use crate::secrets;
use crate::store::{Counter, Failure, NewSession, SecondStep, Settlement};

/// How long a session lasts at the most: a working day.
const LIFETIME: Duration = Duration::from_secs(12 * 3600);
/// How long it lasts without use: who is back from lunch goes on, who has left the desk has left, also where they left a page open.
pub(super) const IDLE: Duration = Duration::from_secs(3 * 3600);

/// The cookie of a browser that an account was used with.
const DEVICE_COOKIE: &str = "duyet-device";
/// The cookie between password and code.
const HALF_COOKIE: &str = "duyet-half";

/// A request at the sign-in page. A browser that says that the form stood on another page is turned away: it could sign
/// somebody in as somebody else.
pub struct Entrance {
    house: Data<House>,
    asker: Option<Asker>,
    address: Option<String>,
    agent: Option<String>,
    session: Option<String>,
    device: Option<String>,
    half: Option<String>,
}

/// What became of an attempt.
pub enum Came {
    /// In: the cookies to be set.
    In(Vec<Cookie<'static>>),
    /// As far as the second step: the cookies to be set.
    HalfWay(Vec<Cookie<'static>>),
    /// Nowhere: email, password or code is wrong.
    Nowhere,
    /// Nowhere, and not to be tried again for so long.
    Later(Duration),
    /// Back to the first step: the password was too long ago, or something of the account was changed since.
    Back,
}

/// What somebody has shown: the password of that hash, and a second step where one was taken.
struct Shown {
    hash: String,
    step: Option<SecondStep>,
}

impl FromRequest for Entrance {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        if let Err(refused) = refuse_foreign_post(request, &house) {
            return ready(Err(refused));
        }
        let cookie = |name: &str| {
            let found = request.cookie(&cookie_name(&house, name))?;
            Some(found.value().to_owned())
        };
        let (address, agent) = super::whence(request, &house);
        ready(Ok(Self {
            asker: house.asker(request),
            address,
            agent,
            session: cookie(super::SESSION_COOKIE),
            device: cookie(DEVICE_COOKIE),
            half: cookie(HALF_COOKIE),
            house,
        }))
    }
}

impl Entrance {
    /// A session for who knows the password, or the way to the second step. An unknown account takes the same way and the same
    /// time, and is counted the same.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<Came, Problem> {
        let now = clock::now();
        let identity = match Email::parse(email) {
            Ok(email) => email.identity(),
            // No member's, but looked up all the same. PostgreSQL takes no NUL.
            Err(_) => email.trim().to_lowercase().replace('\0', ""),
        };
        let device = self.known_device(&identity, now);
        let counters = &self.house.counters;
        let account = match device {
            Some(device) => Counter {
                mark: counters.known(&device, &identity),
                wait_after: after_known,
            },
            None => Counter {
                mark: counters.account(&identity),
                wait_after: after_account,
            },
        };
        let counted = self.counted_with(account, device.is_some());
        let store = &self.house.store;
        if let Some(wait) = store.attempt(counted.clone(), now, QUIET).await? {
            return Ok(Came::Later(wait));
        }
        let (id, hash) = store.password_of(identity).await?.unzip();
        let is_right = passwords::verify(password, hash.clone()).await?;
        let (Some(id), Some(hash), true) = (id, hash, is_right) else {
            return self.failed("sign_in.failed", id, now).await;
        };
        let member = store.moderator(id).await?;
        let Some(member) = member.filter(|member| member.disabled_at.is_none()) else {
            return self.failed("sign_in.failed", Some(id), now).await;
        };
        let settlement = settlement(account, &counted);
        let factor = self.house.store.second_factor(member.id).await?;
        if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
            self.house.store.settle_attempt(settlement).await?;
            let half = self.house.halves.seal(member.id, &hash, now);
            let cookie = self.lasting(HALF_COOKIE, half, HALF_LIFETIME);
            return Ok(Came::HalfWay(vec![cookie]));
        }
        let shown = Shown { hash, step: None };
        self.let_in(&member, shown, settlement, now).await
    }

    /// Whether somebody stands between the two steps.
    pub async fn is_half_way(&self) -> Result<bool, Problem> {
        Ok(self.half_way(clock::now()).await?.is_some())
    }

    /// A session for who also has the code of their phone, or one of the codes for who has lost it.
    pub async fn second_step(&self, code: &str) -> Result<Came, Problem> {
        let now = clock::now();
        let Some((member, hash)) = self.half_way(now).await? else {
            return Ok(Came::Back);
        };
        let identity = identity(&member);
        let counters = &self.house.counters;
        let device = self.known_device(&identity, now);
        let counter = match device {
            Some(device) => Counter {
                mark: counters.known(&device, &format!("code {identity}")),
                wait_after: after_known,
            },
            None => Counter {
                mark: counters.code(member.id.0.as_bytes()),
                wait_after: after_code,
            },
        };
        let tries = self.counted_with(counter, device.is_some());
        let store = &self.house.store;
        if let Some(wait) = store.attempt(tries.clone(), now, QUIET).await? {
            return Ok(Came::Later(wait));
        }
        let Some(step) = self.house.takes_code(&member, code, now).await? else {
            return self
                .failed("sign_in.code_failed", Some(member.id), now)
                .await;
        };
        let settlement = settlement(counter, &tries);
        let step = Some(step);
        self.let_in(&member, Shown { hash, step }, settlement, now)
            .await
    }

    /// Records that somebody came nowhere. What they typed is kept nowhere.
    async fn failed(
        &self,
        kind: &'static str,
        on: Option<ModeratorId>,
        at: Instant,
    ) -> Result<Came, Problem> {
        let failure = Failure {
            kind,
            on,
            trace: Trace {
                by: Actor::Stranger,
                address: self.address.clone(),
                browser: self.agent.clone(),
                at,
            },
        };
        self.house.store.record_failure(failure).await?;
        Ok(Came::Nowhere)
    }

    /// Who stands between the two steps, and the hash of the password that they gave.
    async fn half_way(&self, now: Instant) -> Result<Option<(Moderator, String)>, Problem> {
        let Some(half) = self.half.as_deref() else {
            return Ok(None);
        };
        let Some(claimed) = HalfKey::claimed(half) else {
            return Ok(None);
        };
        let found = self.house.store.moderator_with_password(claimed).await?;
        let Some((member, Some(hash))) = found else {
            return Ok(None);
        };
        let holds = self.house.halves.holds(half, member.id, &hash, now);
        Ok((holds && member.disabled_at.is_none()).then_some((member, hash)))
    }

    /// What an attempt is counted by: the account and the address. A browser that the account was used with before is counted by
    /// itself alone, or whoever shares its address could keep its owner out.
    fn counted_with(&self, account: Counter, is_known: bool) -> Vec<Counter> {
        let address = self.address().filter(|_| !is_known);
        std::iter::once(account).chain(address).collect()
    }

    /// The address is only counted where it is somebody's: behind this machine's own, a proxy that nobody has named may hide
    /// everybody there is.
    fn address(&self) -> Option<Counter> {
        let asker = self.asker.filter(|asker| asker.is_somebody)?;
        Some(Counter {
            mark: self.house.counters.address(&asker.address),
            wait_after: after_address,
        })
    }

    fn known_device(&self, identity: &str, now: Instant) -> Option<[u8; 16]> {
        self.house
            .devices
            .open(self.device.as_deref()?, identity, now)
    }

    /// Begins the session, unless what they have shown is worth nothing any more: checking it takes a while.
    async fn let_in(
        &self,
        member: &Moderator,
        shown: Shown,
        settlement: Settlement,
        now: Instant,
    ) -> Result<Came, Problem> {
        let session = secrets::new_token();
        let new = NewSession {
            hash: secrets::hash_of(&session),
            moderator: member.id,
            at: now,
            until: now.after(LIFETIME),
            network: self.address.clone(),
            browser: self.agent.clone(),
            password_hash: shown.hash,
            step: shown.step,
        };
        // Who was signed in with this browser is so no longer, whoever that was.
        let replaced = self.session.as_deref().map(secrets::hash_of);
        let store = &self.house.store;
        if !store.start_session(new, replaced, settlement).await? {
            return Ok(Came::Back);
        }
        let identity = identity(member);
        let chance = self.known_device(&identity, now);
        let chance = chance.unwrap_or_else(|| rand::rng().random());
        let device = self.house.devices.seal(chance, &identity, now);
        let mut half = self.cookie(HALF_COOKIE, String::new());
        half.make_removal();
        Ok(Came::In(vec![
            self.cookie(super::SESSION_COOKIE, session),
            self.lasting(DEVICE_COOKIE, device, DEVICE_LIFETIME),
            half,
        ]))
    }

    /// The cookie by which this browser is known to a member who came by the link of a mail: nobody can make them wait there.
    pub fn known_again(&self, member: &Moderator) -> Cookie<'static> {
        let chance = rand::rng().random();
        let mark = self
            .house
            .devices
            .seal(chance, &identity(member), clock::now());
        self.lasting(DEVICE_COOKIE, mark, DEVICE_LIFETIME)
    }

    /// The cookie that ends a session in the browser.
    pub fn farewell(&self) -> Cookie<'static> {
        let mut cookie = self.cookie(super::SESSION_COOKIE, String::new());
        cookie.make_removal();
        cookie
    }

    fn lasting(&self, name: &str, value: String, lifetime: Duration) -> Cookie<'static> {
        let mut cookie = self.cookie(name, value);
        let seconds = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        cookie.set_max_age(actix_web::cookie::time::Duration::seconds(seconds));
        cookie
    }

    /// `__Host-` needs https (RFC 6265bis, 4.1.3.2); on plain http, as in the demonstration, there is no prefix.
    fn cookie(&self, name: &str, value: String) -> Cookie<'static> {
        let https = self.house.config.dashboard_url.starts_with("https://");
        Cookie::build(cookie_name(&self.house, name), value)
            .path("/")
            .http_only(true)
            .secure(https)
            .same_site(SameSite::Lax)
            .finish()
    }
}

/// What a good attempt does to what was counted: nothing is held against the account, and one less against the rest.
fn settlement(account: Counter, counted: &[Counter]) -> Settlement {
    let others = counted.iter().map(|counter| counter.mark);
    Settlement {
        clear: vec![account.mark],
        retract: others.filter(|mark| *mark != account.mark).collect(),
    }
}

/// What a member's account is counted by.
pub(super) fn identity(member: &Moderator) -> String {
    Email::parse(&member.email).map_or_else(|_| member.email.clone(), |email| email.identity())
}

impl House {
    /// Takes a member's code of this moment, or one of their recovery codes; each once.
    pub(super) async fn takes_code(
        &self,
        member: &Moderator,
        code: &str,
        now: Instant,
    ) -> Result<Option<SecondStep>, Problem> {
        let Some(factor) = self.store.second_factor(member.id).await? else {
            return Ok(None);
        };
        let secret = self.vault.open(member.id, &factor.sealed);
        if secret.is_none() {
            tracing::error!(member = %member.id, "the secret of a second factor cannot be opened: was DUYET_SECRET changed? `duyet moderator reset-totp` takes it away");
        }
        let step = secret.and_then(|secret| secret.step_of(code, now, factor.last_step));
        if let Some(step) = step {
            let taken = self.store.take_step(member.id, step).await?;
            return Ok(taken.then_some(SecondStep::Code));
        }
        let hash = self.recovery.hash(member.id, code);
        let taken = self.store.take_recovery_code(member.id, hash).await?;
        Ok(taken.then_some(SecondStep::RecoveryCode))
    }
}
