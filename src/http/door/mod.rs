//! The one door to the store. Handlers get no store: they get an extractor that proves who asks and offers what that
//! person may do. A route without one has nothing to work with and does not compile.

mod addressee;
mod administering;
mod at_account;
mod at_site;
mod banning;
mod by_receipt;
mod bystander;
mod checking;
mod client;
mod correcting;
mod counting;
mod editing;
mod entrance;
mod from_checker;
mod from_cms;
mod holder;
mod hooking;
mod learned;
mod looking_back;
mod looking_up;
mod mailed;
mod membership;
mod moderating;
mod own_bans;
mod own_names;
mod own_words;
mod passwords;
mod reading;
mod renewing;
mod repeating;
mod reporting;
mod robots;
mod ruling;
mod seen;
mod settling;
mod showing;
mod submitting;
mod surroundings;
mod trying;
mod watching;
mod welcomed;

pub use addressee::Addressee;
pub use administering::{Administering, Bound, Invitation};
pub use at_account::{Phone, Proof};
pub use at_site::AtSite;
pub use banning::NewBan;
pub use bystander::Bystander;
pub use checking::{Answer, Says};
pub use client::{Client, Stranger};
pub use editing::{Editing, NewWord};
pub use entrance::{Came, Entrance};
pub use from_checker::FromChecker;
pub use from_cms::{FromCms, Reconciling};
pub use holder::Holder;
pub use hooking::{HookChange, Hooking, NewHook, NewSecret, endpoint_mark};
pub use learned::{Likened, Withheld, lessons_told, withheld};
pub use looking_back::{Exporting, HistoryAsked};
pub use looking_up::AuthorFile;
pub use mailed::Muting;
pub use moderating::{Moderating, SESSION_COOKIE};
pub use reading::Read;
pub use renewing::Renewal;
pub use robots::Sender;
pub use ruling::{MOST_COUNTED, MOST_DAYS};
pub use settling::{NewSettings, mark};
pub use submitting::Submitted;
pub use trying::DAYS;
pub use watching::LaneTotal;
pub use welcomed::{Forgetful, Welcomed};

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::Data;
use metrics::Histogram;
use metrics_exporter_prometheus::PrometheusHandle;
use moka::sync::Cache;
use tokio::sync::Notify;

use self::own_bans::OwnBans;
use self::own_names::OwnNames;
use self::own_words::OwnWords;
use super::forwarded;
use super::live::Live;
use super::problem::{Code, Problem};
use super::reading::Shelf;
use super::rendition::Rendition;
use crate::access::{
    CounterKey, DeedKey, DeviceKey, HalfKey, LinkKey, MuteKey, RecoveryKey, VaultKey,
};
use crate::config::Config;
use crate::domain::{ModeratorId, Site, SiteId};
use crate::intake::{
    AddressKey, Arrivals, Bans, CheckKey, EmailPolicy, MailKey, ReaderAddress, ReceiptKey,
    RecentTexts, ReporterKey, RobotCheck,
};
use crate::learn::LiveModels;
use crate::rules::{LiveRules, Reserved, SiteWords};
use crate::store::Store;

/// How long a site is remembered before it is looked up again: as long as a change takes to be seen everywhere.
const SITE_LIFETIME: Duration = Duration::from_secs(2);

/// What is remembered of the last while, to see when much or the same comes again.
pub struct Memory {
    /// Texts.
    pub recent: Arc<Mutex<RecentTexts>>,
    /// How much came from where.
    pub arrivals: Arc<Arrivals>,
}

/// Everything the service works with. Its parts are private to this module's extractors.
pub struct House {
    config: Config,
    store: Store,
    rules: Arc<LiveRules>,
    models: Arc<LiveModels>,
    receipts: ReceiptKey,
    robots: RobotCheck,
    mails: MailKey,
    links: LinkKey,
    deeds: DeedKey,
    mutes: MuteKey,
    counters: CounterKey,
    devices: DeviceKey,
    halves: HalfKey,
    vault: VaultKey,
    recovery: RecoveryKey,
    emails: EmailPolicy,
    addresses: AddressKey,
    reporters: ReporterKey,
    recent: Arc<Mutex<RecentTexts>>,
    arrivals: Arc<Arrivals>,
    sites: Cache<String, Face>,
    /// The keys of sites, by their ids.
    keys: Cache<SiteId, String>,
    /// The same by their keys of the Akismet protocol.
    clients: Cache<String, String>,
    checks: CheckKey,
    words: OwnWords,
    names: OwnNames,
    bans: OwnBans,
    shelf: Shelf,
    wake: Arc<Notify>,
    live: Live,
    /// Members for whom the history is being written out.
    exporting: Arc<Mutex<HashSet<ModeratorId>>>,
    metrics: PrometheusHandle,
    rules_seconds: Histogram,
    document: Rendition,
}

/// A site with what comments on it are read by.
#[derive(Clone)]
struct Face {
    site: Arc<Site>,
    words: Arc<SiteWords>,
    reserved: Arc<Reserved>,
    bans: Arc<Bans>,
}

impl House {
    #[allow(clippy::too_many_arguments)] // each is a part of its own, and this is called once
    /// Puts the parts together. `wake` is told of each comment that waits, `live` of each change by a moderator; `document` is the OpenAPI document as JSON.
    pub fn new(
        config: Config,
        store: Store,
        (rules, models): (Arc<LiveRules>, Arc<LiveModels>),
        memory: Memory,
        wake: Arc<Notify>,
        live: Live,
        metrics: PrometheusHandle,
        document: Vec<u8>,
    ) -> Self {
        let sites = Cache::builder()
            .max_capacity(10_000)
            .time_to_live(SITE_LIFETIME)
            .build();
        let receipts = ReceiptKey::derive(&config.secret);
        let robots = RobotCheck::derive(&config.secret);
        let addresses = AddressKey::derive(&config.secret);
        let reporters = ReporterKey::derive(&config.secret);
        let mails = MailKey::derive(&config.secret);
        let emails = EmailPolicy {
            unicode_local_part: config.unicode_email,
        };
        let shelf = Shelf::new(store.versions().clone());
        let secret = config.secret.clone();
        Self {
            links: LinkKey::derive(&secret),
            deeds: DeedKey::derive(&secret),
            mutes: MuteKey::derive(&secret),
            counters: CounterKey::derive(&secret),
            devices: DeviceKey::derive(&secret),
            halves: HalfKey::derive(&secret),
            vault: VaultKey::derive(&secret),
            recovery: RecoveryKey::derive(&secret),
            config,
            store,
            rules,
            models,
            receipts,
            robots,
            mails,
            emails,
            addresses,
            reporters,
            recent: memory.recent,
            arrivals: memory.arrivals,
            sites,
            keys: Cache::new(10_000),
            clients: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(SITE_LIFETIME)
                .build(),
            checks: CheckKey::derive(&secret),
            words: OwnWords::default(),
            names: OwnNames::default(),
            bans: OwnBans::default(),
            shelf,
            wake,
            live,
            exporting: Arc::default(),
            metrics,
            rules_seconds: metrics::histogram!("duyet_rules_seconds"),
            document: Rendition::new("application/json", document),
        }
    }

    /// The site of that key.
    async fn site(&self, key: &str) -> Result<Arc<Site>, Problem> {
        Ok(self.face(key).await?.site)
    }

    /// The site of that key with its live words and its reserved names.
    async fn face(&self, key: &str) -> Result<Face, Problem> {
        if let Some(face) = self.sites.get(key) {
            return Ok(face);
        }
        // No key holds a NUL, and PostgreSQL does not even take the question.
        if key.contains('\0') {
            return Err(Problem::new(Code::SiteUnknown));
        }
        let found = self.store.site_with_revisions(key.to_owned()).await?;
        let (site, revisions) = found.ok_or(Problem::new(Code::SiteUnknown))?;
        let words = self.words.of(&self.store, site.id, revisions.words).await?;
        let reserved = self.names.of(&self.store, &site, revisions.members).await?;
        let bans = self.bans.of(&self.store, site.id, revisions.bans).await?;
        let face = Face {
            site: Arc::new(site),
            words,
            reserved,
            bans,
        };
        self.sites.insert(key.to_owned(), face.clone());
        Ok(face)
    }

    /// The address that a reader's request is counted by, and how many comments that may send within ten minutes. None
    /// where nothing is known but that some proxy, which the operator has not named, stands between.
    fn asker(&self, request: &HttpRequest) -> Option<Asker> {
        let peer = request.peer_addr()?.ip().to_canonical();
        let trusted = &self.config.trusted_proxies;
        let address = forwarded::reader(peer, request.headers(), trusted);
        let ceiling = self.config.address_ceiling;
        // The service's own machine, and no proxy of that name: whoever sends from here may stand for every reader there is.
        let is_nobody =
            peer.is_loopback() && !forwarded::is_trusted(peer, trusted) && !ceiling.on_this_machine;
        if is_nobody && forwarded::is_claimed(request.headers()) {
            warn_of_proxy(peer);
            return None;
        }
        Some(Asker {
            ip: address.to_canonical(),
            address: address.into(),
            ceiling: ceiling.comments.filter(|_| !is_nobody),
            is_somebody: !is_nobody,
        })
    }

    /// Whether `origin` may call the site from a browser: one of its pages, or a page of ours.
    fn welcomes(&self, site: &Site, origin: &str) -> bool {
        site.owns_origin(origin)
            || origin == self.config.public_url
            || origin == self.config.dashboard_url
    }

    /// Whether the page of `origin` may call the site from a browser.
    pub async fn welcome(&self, site: &str, origin: &str) -> Welcome {
        match self.site(site).await {
            Ok(site) if self.welcomes(&site, origin) => Welcome::Yes,
            Err(problem) if problem.code == Code::SiteUnknown => Welcome::NoSite,
            Ok(_) => Welcome::No,
            // A database that is away is told by the handler.
            Err(_) => Welcome::Unknown,
        }
    }
}

/// Whether the page that asks is one of the site's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Welcome {
    Yes,
    No,
    NoSite,
    Unknown,
}

/// Where a reader sends from.
#[derive(Debug, Clone, Copy)]
struct Asker {
    ip: std::net::IpAddr,
    address: ReaderAddress,
    ceiling: Option<u32>,
    /// Whether the address is one reader's or one office's, as far as we know.
    is_somebody: bool,
}

impl Asker {
    /// The address, where floods from it can be somebody's.
    fn somebodys(self) -> Option<ReaderAddress> {
        self.is_somebody.then_some(self.address)
    }
}

/// Once: every request would say the same.
fn warn_of_proxy(peer: std::net::IpAddr) {
    static WARNED: std::sync::Once = std::sync::Once::new();
    WARNED.call_once(|| {
        tracing::warn!(
            %peer,
            "requests from this machine name another sender, and are not believed: if that is your proxy, set DUYET_TRUSTED_PROXIES"
        );
    });
}

/// From where a member asks, and by what browser, in a few words of ours. No address where some proxy that nobody has named stands
/// between; this machine's own where somebody sits at it, or a proxy on it says nothing of whom it stands for.
fn whence(request: &HttpRequest, house: &House) -> (Option<String>, Option<String>) {
    let agent = request.headers().get(actix_web::http::header::USER_AGENT);
    let browser = agent
        .and_then(|agent| agent.to_str().ok())
        .and_then(crate::access::browser);
    let address = house.asker(request).map(|asker| asker.address.to_string());
    (address, browser)
}

fn house(request: &HttpRequest) -> Data<House> {
    request
        .app_data::<Data<House>>()
        .expect("the server is built around a house")
        .clone()
}
