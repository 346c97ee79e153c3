//! What members do with their own account. It needs a session: a bearer token is for programs, which have no business there.

use std::time::Duration;

use rand::RngExt;

use super::entrance::{IDLE, identity};
use super::{Moderating, passwords};
use crate::access::{QUIET, RECOVERY_CODES, SECRET_BYTES, TotpSecret, after_known, check_password};
use crate::clock;
use crate::domain::{Instant, Locale};
use crate::http::problem::{Code, Problem};
use crate::intake::Name;
use crate::secrets;
use crate::store::{Counter, Failure, Farewell, SecondFactor, SecretHash, Session, Settlement};

/// The service's name in the list of a phone's program.
const ISSUER: &str = "Duyệt";

/// As long as a proposed secret waits for its first code. Whoever finds the screen unlocked later would make it theirs.
const PROPOSED_FOR: Duration = Duration::from_secs(600);

/// Whether the secret was proposed, and not too long ago.
fn is_proposed(factor: &SecondFactor, now: Instant) -> bool {
    factor.confirmed_at.is_none() && now <= factor.proposed_at.after(PROPOSED_FOR)
}

/// Where a member stands with their second factor.
pub enum Phone {
    /// There is none.
    Off,
    /// A secret is proposed, and waits for its first code.
    Proposed(TotpSecret),
    /// It is asked for; so many recovery codes are left.
    On(i64),
}

/// Whether somebody has shown once more that it is them.
pub enum Proof {
    /// They have.
    Given,
    /// The password is wrong.
    Wrong,
    /// It was wrong too often, and is not looked at for a while.
    Later,
}

impl Moderating {
    /// The hash of the session, where the request has one.
    pub(super) fn own_session(&self) -> Result<SecretHash, Problem> {
        let session = self
            .session
            .as_deref()
            .ok_or(Problem::new(Code::Forbidden))?;
        Ok(secrets::hash_of(session))
    }

    /// Whether they know their password. Whoever finds a screen unlocked cannot try many.
    pub async fn prove(&self, password: String) -> Result<Proof, Problem> {
        let (house, now) = (&self.house, clock::now());
        let mark = house
            .counters
            .known(&self.own_session()?, &identity(self.moderator()));
        let counter = Counter {
            mark,
            wait_after: after_known,
        };
        let wait = house.store.attempt(vec![counter], now, QUIET).await?;
        if wait.is_some() {
            return Ok(Proof::Later);
        }
        let found = house
            .store
            .moderator_with_password(self.moderator().id)
            .await?;
        let hash = found.and_then(|(_, hash)| hash);
        if !passwords::verify(password, hash).await? {
            let failure = Failure {
                kind: "password.failed",
                on: Some(self.moderator().id),
                trace: self.trace(),
            };
            house.store.record_failure(failure).await?;
            return Ok(Proof::Wrong);
        }
        let settlement = Settlement {
            clear: vec![mark],
            retract: Vec::new(),
        };
        house.store.settle_attempt(settlement).await?;
        Ok(Proof::Given)
    }

    /// Sets the name that colleagues see.
    pub async fn set_own_name(&self, typed: &str) -> Result<(), Problem> {
        self.own_session()?;
        let name = Name::parse(typed).map_err(|error| Problem::fields(vec![error]))?;
        let store = &self.house.store;
        store
            .set_name(self.moderator().id, name.into_string(), self.trace())
            .await?;
        Ok(())
    }

    /// Sets the language of their pages and mails.
    pub async fn set_own_locale(&self, locale: Option<Locale>) -> Result<(), Problem> {
        self.own_session()?;
        let store = &self.house.store;
        store
            .set_locale(self.moderator().id, locale, self.trace())
            .await?;
        Ok(())
    }

    /// Sets another password; every other session ends.
    pub async fn set_own_password(&self, password: &str) -> Result<(), Problem> {
        let (session, member) = (self.own_session()?, self.moderator());
        check_password("new_password", password, &member.email, &member.name)
            .map_err(|error| Problem::fields(vec![error]))?;
        let hash = passwords::hash(password.to_owned()).await?;
        let store = &self.house.store;
        store
            .set_password(member.id, hash, Some(session), self.trace())
            .await?;
        Ok(())
    }

    /// Their sessions, the latest first, each with whether it is this one.
    pub async fn own_sessions(&self) -> Result<Vec<(Session, bool)>, Problem> {
        let (own, now) = (self.own_session()?, clock::now());
        let all = self
            .house
            .store
            .sessions_of(self.moderator().id, now)
            .await?;
        let in_use =
            |session: &Session| now <= session.seen_at.unwrap_or(session.created_at).after(IDLE);
        Ok(all
            .into_iter()
            .filter(in_use)
            .map(|session| {
                let is_this = session.hash == own;
                (session, is_this)
            })
            .collect())
    }

    /// Ends one session of theirs.
    pub async fn end_own_session(&self, hash: SecretHash) -> Result<(), Problem> {
        self.own_session()?;
        self.house
            .store
            .end_session(self.moderator().id, hash, Farewell::Ended, self.trace())
            .await?;
        Ok(())
    }

    /// Ends every session of theirs but this one.
    pub async fn end_own_others(&self) -> Result<(), Problem> {
        let own = self.own_session()?;
        let store = &self.house.store;
        store
            .end_other_sessions(self.moderator().id, Some(own), self.trace())
            .await?;
        Ok(())
    }

    /// Where they stand with their second factor.
    pub async fn phone(&self) -> Result<Phone, Problem> {
        self.own_session()?;
        let (house, member) = (&self.house, self.moderator().id);
        let Some(factor) = house.store.second_factor(member).await? else {
            return Ok(Phone::Off);
        };
        if factor.confirmed_at.is_some() {
            let left = house.store.recovery_codes_left(member).await?;
            return Ok(Phone::On(left));
        }
        if !is_proposed(&factor, clock::now()) {
            return Ok(Phone::Off);
        }
        let secret = house.vault.open(member, &factor.sealed);
        Ok(secret.map_or(Phone::Off, Phone::Proposed))
    }

    /// What a phone reads.
    pub fn phone_address(&self, secret: &TotpSecret) -> String {
        secret.address(ISSUER, &self.moderator().email)
    }

    /// Proposes a new secret; nothing is asked for before its first code was given.
    pub async fn propose_phone(&self) -> Result<(), Problem> {
        self.own_session()?;
        let (house, member) = (&self.house, self.moderator().id);
        let random: [u8; SECRET_BYTES] = rand::rng().random();
        let sealed = house
            .vault
            .seal(member, &TotpSecret::new(random), rand::rng().random());
        house
            .store
            .propose_second_factor(member, sealed, clock::now())
            .await?;
        Ok(())
    }

    /// Confirms the proposed secret by its first code: the recovery codes, to be shown once. None where the code is wrong. Every other
    /// session ends, since it began without a code.
    pub async fn confirm_phone(&self, code: &str) -> Result<Option<Vec<String>>, Problem> {
        let own = self.own_session()?;
        let (house, member, now) = (&self.house, self.moderator().id, clock::now());
        let factor = house.store.second_factor(member).await?;
        let Some(factor) = factor.filter(|factor| is_proposed(factor, now)) else {
            return Err(Problem::new(Code::Stale));
        };
        let secret = house.vault.open(member, &factor.sealed);
        let Some(step) = secret.and_then(|secret| secret.step_of(code, now, 0)) else {
            return Ok(None);
        };
        let (codes, hashes) = self.new_codes();
        let confirmed = house
            .store
            .confirm_second_factor(member, factor.sealed, step, hashes, Some(own), self.trace())
            .await?;
        if confirmed {
            Ok(Some(codes))
        } else {
            Err(Problem::new(Code::Stale))
        }
    }

    /// Whether the second step is on.
    pub async fn has_second_step(&self) -> Result<bool, Problem> {
        let factor = self.house.store.second_factor(self.moderator().id).await?;
        Ok(factor.is_some_and(|factor| factor.confirmed_at.is_some()))
    }

    /// Gives them other recovery codes, to be shown once.
    pub async fn renew_codes(&self) -> Result<Vec<String>, Problem> {
        self.own_session()?;
        let (codes, hashes) = self.new_codes();
        let store = &self.house.store;
        if store
            .replace_recovery_codes(self.moderator().id, hashes, self.trace())
            .await?
        {
            Ok(codes)
        } else {
            Err(Problem::new(Code::Stale))
        }
    }

    /// Asks for no code any more.
    pub async fn forget_phone(&self) -> Result<(), Problem> {
        self.own_session()?;
        let store = &self.house.store;
        store
            .remove_second_factor(self.moderator().id, self.trace())
            .await?;
        Ok(())
    }

    fn new_codes(&self) -> (Vec<String>, Vec<SecretHash>) {
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| secrets::new_recovery_code())
            .collect();
        let member = self.moderator().id;
        let hashes = codes
            .iter()
            .map(|code| self.house.recovery.hash(member, code))
            .collect();
        (codes, hashes)
    }
}
