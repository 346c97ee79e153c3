//! A member of the paper who proved who they are, by a bearer token or by the session of the dashboard.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::entrance::IDLE;
use super::membership::bearer;
use super::{House, house};
use crate::clock;
use crate::domain::{
    Action, Actor, BanKind, BatchId, CheckerRule, ClientFault, Comment, CommentId, Decision,
    Instant, Locale, Moderator, OutboxId, Reason, Role, Site, SiteId, Trace, Via,
};
use crate::http::problem::{Code, Problem, Words};
use crate::intake::keyed;
use crate::messages::Messages;
use crate::rules::site_word_of;
use crate::secrets;
use crate::store::{
    AuthorHistory, Card, Farewell, MailKind, MailedTo, NewDecision, OutboxEntry, OutboxState, Page,
    Principal, QueueFilter, Scope, SendNow, SendingTrouble, Settled, masked,
};

/// The session's cookie. Over https its name gets the prefix `__Host-`, which binds it to this host.
pub const SESSION_COOKIE: &str = "duyet-session";

/// As many bytes of a form's token are chance.
const FORM_NONCE: usize = 12;

/// How exactly it is known when a session was used last: each note of it is a write.
const SEEN_PULSE: Duration = Duration::from_secs(300);

/// What an open page asks for by itself, whether anybody sits before it or not: it keeps no session alive.
const BY_ITSELF: [&str; 3] = [
    "/api/v1/moderation/events",
    "/api/v1/moderation/claims",
    "/queue/cards",
];

fn is_by_itself(request: &HttpRequest) -> bool {
    let route = request.match_pattern();
    route.is_some_and(|route| BY_ITSELF.contains(&route.as_str()))
}

/// A request of a member of the paper, for their sites only.
#[derive(Clone)]
pub struct Moderating {
    pub(super) house: Data<House>,
    pub(super) principal: Principal,
    pub(super) session: Option<String>,
    /// From where, as far as addresses are told apart.
    pub(super) address: Option<String>,
    pub(super) browser: Option<String>,
}

impl FromRequest for Moderating {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let bearer = bearer(request);
        let session = session(request, &house);
        let (address, browser) = super::whence(request, &house);
        let misled = if changes_nothing(request.method()) {
            None
        } else {
            misled(is_from_own_page(request, &house))
        };
        let is_used = !is_by_itself(request);
        Box::pin(async move {
            let unauthorised = Problem::new(Code::Unauthorised);
            if let Some(token) = bearer {
                let found = house
                    .store
                    .principal_by_token(secrets::hash_of(&token))
                    .await?;
                let principal = found.ok_or(unauthorised)?;
                return Ok(Self {
                    house,
                    principal,
                    session: None,
                    address,
                    browser,
                });
            }
            let session = session.ok_or_else(|| unauthorised.clone())?;
            // A cookie comes along whoever made the browser ask; a change must come from a page of ours.
            if let Some(words) = misled {
                return Err(Problem::in_words(words));
            }
            let (hash, now) = (secrets::hash_of(&session), clock::now());
            let found = house.store.principal_by_session(hash, now, IDLE).await?;
            let (principal, seen) = found.ok_or(unauthorised)?;
            if is_used && now > seen.after(SEEN_PULSE) {
                house.store.touch_session(hash, now).await?;
            }
            Ok(Self {
                house,
                principal,
                session: Some(session),
                address,
                browser,
            })
        })
    }
}

fn session(request: &HttpRequest, house: &House) -> Option<String> {
    let cookie = request.cookie(&cookie_name(house, SESSION_COOKIE))?;
    Some(cookie.value().to_owned())
}

/// A cookie of ours by its full name. `__Host-` needs https and binds it to this host (RFC 6265bis, 4.1.3.2); a cookie
/// of the other name is not looked at, since a neighbouring host could have set it.
pub(super) fn cookie_name(house: &House, name: &str) -> String {
    if house.config.dashboard_url.starts_with("https://") {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// Whether the request was made by a page of the dashboard, where a browser says so. `Sec-Fetch-Site` is set by browsers
/// and cannot be set by pages (Fetch Metadata); where it is missing, `Origin` tells.
pub(super) fn is_from_own_page(request: &HttpRequest, house: &House) -> Option<bool> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => Some(site == "same-origin"),
        (None, Some(origin)) => Some(
            origin == house.config.dashboard_url
                || origin == house.config.public_url
                || is_own_host(origin, request),
        ),
        (None, None) => None,
    }
}

/// What is told where a browser may have been misled: where it does not say that a page of ours asked.
const fn misled(is_from_own_page: Option<bool>) -> Option<Words> {
    match is_from_own_page {
        Some(true) => None,
        Some(false) => Some(Words::PageElsewhere),
        None => Some(Words::PageUnsaid),
    }
}

/// Refuses what a page elsewhere has a browser send to where one needs no session. A browser that says nothing of where the form
/// stood is let through: there is no session yet that could be misused.
pub(super) fn refuse_foreign_post(request: &HttpRequest, house: &House) -> Result<(), Problem> {
    if request.method() == Method::POST && is_from_own_page(request, house) == Some(false) {
        return Err(Problem::in_words(Words::PageElsewhere));
    }
    Ok(())
}

/// The page came from the very host that is asked, as on a test machine that is reached by another name.
fn is_own_host(origin: &str, request: &HttpRequest) -> bool {
    let host = request
        .headers()
        .get("host")
        .and_then(|value| value.to_str().ok());
    host.is_some_and(|host| {
        origin
            .split_once("://")
            .is_some_and(|(_, origin_host)| origin_host == host)
    })
}

impl Moderating {
    /// Who asks.
    pub fn moderator(&self) -> &Moderator {
        &self.principal.moderator
    }

    /// Refuses who has less than `role`.
    pub fn at_least(self, role: Role) -> Result<Self, Problem> {
        if self.principal.moderator.role >= role {
            Ok(self)
        } else {
            Err(Problem::new(Code::Forbidden))
        }
    }

    pub(super) fn actor(&self) -> Actor {
        Actor::Moderator {
            id: self.principal.moderator.id,
            name: self.principal.moderator.name.clone(),
            via: match self.session {
                Some(_) => Via::Session,
                None => Via::Token,
            },
        }
    }

    /// Who does something about an account now, and from where.
    pub(super) fn trace(&self) -> Trace {
        Trace {
            by: self.actor(),
            address: self.address.clone(),
            browser: self.browser.clone(),
            at: clock::now(),
        }
    }

    /// The site of that id, among theirs.
    pub fn site(&self, id: SiteId) -> Option<&Site> {
        self.principal.sites.iter().find(|site| site.id == id)
    }

    /// Whether they have sections alone, and no site whole.
    pub fn has_sections_alone(&self) -> bool {
        let member = self.moderator();
        let mut sites = self.principal.sites.iter();
        !member.covers_all() && !sites.any(|site| member.covers_whole(site.id))
    }

    /// Their sites, or the one of that key; a key that is not among theirs is not found.
    pub(super) fn scope(&self, key: Option<&str>) -> Result<Scope, Problem> {
        let all = self.principal.scope();
        let Some(key) = key else { return Ok(all) };
        let site = self.principal.sites.iter().find(|site| site.key == key);
        site.map(|site| all.only(site.id))
            .ok_or(Problem::new(Code::SiteUnknown))
    }

    /// What a rule looks for, in the words of its pack.
    pub fn rule_title(&self, rule: &str, locale: Locale) -> String {
        if let Some(word) = site_word_of(rule) {
            return Messages::of(locale).with("site-word", &[("word", word.into())]);
        }
        if let Some(kind) = BanKind::of_rule(rule) {
            return Messages::of(locale).ban(kind);
        }
        if let Some(fault) = ClientFault::of_rule(rule) {
            return Messages::of(locale).client_fault(fault);
        }
        if let Some(said) = CheckerRule::of_rule(rule) {
            return Messages::of(locale).checker(said);
        }
        self.house
            .rules
            .now()
            .title(rule, locale)
            .unwrap_or(rule)
            .to_owned()
    }

    /// A token for the forms of this session, so that a page without one cannot post. Another one each time: pages are
    /// compressed, and a secret that stays the same could be guessed from their length, letter by letter (BREACH, 2013).
    pub fn form_token(&self) -> String {
        self.form_token_of(&secrets::random()[..FORM_NONCE])
    }

    fn form_token_of(&self, nonce: &[u8]) -> String {
        let session = self.session.as_deref().unwrap_or_default();
        let key = keyed::derive(&self.house.config.secret, b"duyet form v2");
        let tag = keyed::tag(&key, &[session.as_bytes(), nonce]);
        URL_SAFE_NO_PAD.encode([nonce, &tag].concat())
    }

    /// Refuses a form without a token of this session.
    pub fn check_form_token(&self, given: &str) -> Result<(), Problem> {
        let read = URL_SAFE_NO_PAD.decode(given).unwrap_or_default();
        let nonce = read.get(..FORM_NONCE).unwrap_or_default();
        let own = self.form_token_of(nonce);
        let same: bool = subtle::ConstantTimeEq::ct_eq(own.as_bytes(), given.as_bytes()).into();
        if same {
            Ok(())
        } else {
            Err(Problem::new(Code::FormOutdated))
        }
    }

    /// A page of the queue, or of what is searched for.
    pub async fn queue(&self, site: Option<&str>, filter: QueueFilter) -> Result<Page, Problem> {
        Ok(self.house.store.queue(self.scope(site)?, filter).await?)
    }

    /// A page of what waits and says the same as a comment, oldest first.
    pub async fn cluster_members(
        &self,
        first: CommentId,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Page, Problem> {
        let (store, scope) = (&self.house.store, self.principal.scope());
        Ok(store.cluster_members(scope, first, after, limit).await?)
    }

    /// What says the same as a comment and colleagues, or its readers, have moved since a moment.
    pub async fn cluster_members_moved(
        &self,
        first: CommentId,
        since: Instant,
    ) -> Result<Vec<Comment>, Problem> {
        let (store, scope) = (&self.house.store, self.principal.scope());
        Ok(store.cluster_members_moved(scope, first, since).await?)
    }

    /// What is known of the authors of those comments.
    pub async fn histories(
        &self,
        ids: Vec<CommentId>,
    ) -> Result<HashMap<CommentId, AuthorHistory>, Problem> {
        let (store, scope) = (&self.house.store, self.principal.scope());
        Ok(store.histories(scope, ids).await?)
    }

    /// The cards of those comments.
    pub async fn cards_of(&self, ids: Vec<CommentId>) -> Result<Vec<Card>, Problem> {
        Ok(self
            .house
            .store
            .cards_of(self.principal.scope(), ids)
            .await?)
    }

    /// One card with its author's history and its decisions.
    pub async fn card(
        &self,
        id: CommentId,
    ) -> Result<(Card, AuthorHistory, Vec<Decision>), Problem> {
        let found = self.house.store.card(self.principal.scope(), id).await?;
        found.ok_or(Problem::new(Code::NotFound))
    }

    /// Decides on comments; the results stand in the order asked.
    pub async fn decide(
        &self,
        action: Action,
        comments: Vec<(CommentId, i32)>,
        reason: Option<Reason>,
        note: Option<String>,
    ) -> Result<(BatchId, Vec<Settled>), Problem> {
        let (batch, now) = (BatchId(Uuid::now_v7()), clock::now());
        let comments = comments
            .into_iter()
            .map(|(id, revision)| (id, Some(revision)))
            .collect();
        let decision = NewDecision {
            batch,
            action,
            comments,
            reason,
            note,
            actor: self.actor(),
            at: now,
            tell_at: now.after(self.house.config.mail_pause),
        };
        let settled = self
            .house
            .store
            .decide(self.principal.scope(), decision)
            .await?;
        metrics::counter!("duyet_decisions_total", "action" => action.as_str())
            .increment(settled.len() as u64);
        self.house.live.changed();
        Ok((batch, settled))
    }

    /// Undoes a batch.
    pub async fn undo(&self, batch: BatchId) -> Result<Vec<Settled>, Problem> {
        let scope = self.principal.scope();
        let undone = self
            .house
            .store
            .undo(scope, batch, self.actor(), clock::now())
            .await?;
        self.house.wake.notify_one();
        self.house.live.changed();
        Ok(undone)
    }

    /// What is still to be sent, was sent, or was given up, newest first.
    pub async fn outbox(
        &self,
        state: OutboxState,
        limit: usize,
    ) -> Result<Vec<OutboxEntry>, Problem> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(self
            .house
            .store
            .outbox(self.principal.scope(), state, limit)
            .await?)
    }

    /// What was to leave in that state and failed the last time, newest first.
    pub async fn failures(
        &self,
        state: OutboxState,
        limit: usize,
    ) -> Result<Vec<OutboxEntry>, Problem> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let scope = self.principal.scope();
        Ok(self.house.store.failures(scope, state, limit).await?)
    }

    /// What keeps things from leaving, for who can have it mended.
    pub async fn sending_trouble(&self) -> Result<SendingTrouble, Problem> {
        if self.principal.moderator.role < Role::Editor {
            return Ok(SendingTrouble::default());
        }
        let (store, scope) = (&self.house.store, self.principal.scope());
        Ok(store.sending_trouble(scope, clock::now()).await?)
    }

    /// What a mail of the outbox is and whom it is for; of colleagues' addresses nobody but admins reads more than tells whose
    /// they are.
    pub async fn addressed(
        &self,
        entry: &OutboxEntry,
    ) -> Result<Option<(MailKind, Option<String>)>, Problem> {
        let found = self.house.store.addressed(entry, clock::now()).await?;
        let is_admin = self.principal.moderator.role >= Role::Admin;
        let told = |to: MailedTo| match to {
            MailedTo::Member(name, address) if is_admin => format!("{name} <{address}>"),
            MailedTo::Member(name, address) => format!("{name} <{}>", masked(&address)),
            MailedTo::Reader(address) => address,
        };
        Ok(found.map(|(kind, to)| (kind, to.map(told))))
    }

    /// Sends now what was given up or waits for another attempt; whether it goes, or is on its way already.
    pub async fn send_now(&self, id: OutboxId) -> Result<SendNow, Problem> {
        let sent = self
            .house
            .store
            .send_now(self.principal.scope(), id, clock::now())
            .await?;
        self.house.wake.notify_one();
        match sent {
            SendNow::Due | SendNow::Soon => Ok(sent),
            SendNow::Missing => Err(Problem::new(Code::NotFound)),
        }
    }

    /// Lets go what was given up: it is sent to nobody, and gone.
    pub async fn discard_dead(&self, id: OutboxId) -> Result<(), Problem> {
        let store = &self.house.store;
        if !store.discard_dead(self.principal.scope(), id).await? {
            return Err(Problem::new(Code::NotFound));
        }
        tracing::info!(entry = %id, by = %self.principal.moderator.id, "what was given up was discarded");
        Ok(())
    }

    /// Ends the session, where there is one.
    pub async fn sign_out(&self) -> Result<(), Problem> {
        if let Some(session) = &self.session {
            self.house
                .store
                .end_session(
                    self.principal.moderator.id,
                    secrets::hash_of(session),
                    Farewell::SignedOut,
                    self.trace(),
                )
                .await?;
        }
        Ok(())
    }
}

/// RFC 9110, 9.2.1.
fn changes_nothing(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
