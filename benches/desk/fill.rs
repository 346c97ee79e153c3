//! A database as a newspaper group's after a year, written through the store, so by its own schema.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use duyet::domain::{
    Actor, ArticleId, Category, Cluster, Comment, CommentId, Day, EventId, Evidence, Field, Lane,
    Locale, OutboxId, ReplicaId, RuleAction, Site, SiteId, SiteSettings, Status, Verdict, View,
};
use duyet::intake::{article_key, folded};
use duyet::store::{ArticleRef, Ingested, NewComment, NumberMark, SearchMark, Store, first_at};
use futures_util::future::try_join_all;
use uuid::Uuid;

use crate::Options;
use crate::vietnamese::{FAMILY, GIVEN, MIDDLE, PARTS};

/// As many comments as are handed to the store at once.
const AT_ONCE: u64 = 2_000;
/// As many comments as the index takes in a write.
const INDEXED: i64 = 1_000;
const YEAR: u64 = 365 * 86_400;
/// One of so many comments belongs to a campaign, and so many make one.
const CAMPAIGN_EVERY: u64 = 50;
const CAMPAIGN: u64 = 17;
/// One of so many comments has the rare words, and the rare rule.
pub const RARE_EVERY: u64 = 20_000;
pub const RARE_WORDS: &str = "hoa hướng dương tím";
pub const RARE_RULE: &str = "spam.rare";
/// Sees things in spam alone.
pub const SETTLED_RULE: &str = "spam.settled";
const CATEGORIES: [Category; 6] = [
    Category::Profanity,
    Category::Insult,
    Category::Spam,
    Category::Contact,
    Category::Link,
    Category::Scam,
];

/// What lies in the database.
pub struct Filled {
    pub sites: Vec<SiteId>,
    pub articles: u64,
    pub comments: u64,
    pub written: Duration,
    pub indexed: Duration,
    pub counted: Duration,
    begin: u64,
}

/// A number that looks like chance and is the same in each run.
pub fn chance(n: u64, what: u64) -> u64 {
    let mut z = n
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(what.wrapping_mul(0xd1b5_4a32_d192_ed03));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The rule of that number; the first are the most common.
pub fn rule(number: u64) -> String {
    format!("vi.rule.{number}")
}

impl Filled {
    fn micros(&self, n: u64) -> u64 {
        self.begin + n * (YEAR * 1_000_000 / self.comments)
    }

    fn uuid(&self, n: u64) -> Uuid {
        let millis = u128::from(self.micros(n) / 1000);
        Uuid::from_u128(millis << 80 | 7 << 76 | 2 << 62 | u128::from(n))
    }

    pub fn comment(&self, n: u64) -> CommentId {
        CommentId(self.uuid(n))
    }

    pub fn site_of(&self, n: u64) -> SiteId {
        // The first has two thirds of all.
        let place = (chance(n, 1) % 6).saturating_sub(3);
        let place = usize::try_from(place).unwrap_or(0);
        self.sites[place % self.sites.len()]
    }

    /// Articles are commented on for some days; so articles follow each other as comments do.
    pub fn article_of(&self, n: u64) -> String {
        let number = n * self.articles / self.comments;
        let number = number.saturating_sub(chance(n, 2) % 300);
        format!("https://bao.example/tin/bai-{number}.html")
    }

    pub fn email_of(&self, n: u64) -> String {
        // Some write often and most seldom.
        let r = chance(n, 3) % 1000;
        let number = r * r * r / 10_000 + chance(n, 4) % 10;
        format!("ban.doc.{number}@thu.example")
    }

    fn campaign_of(&self, n: u64) -> Option<(u64, u64)> {
        (n % CAMPAIGN_EVERY == 7).then(|| {
            let number = n / CAMPAIGN_EVERY;
            (number - number % CAMPAIGN, number % CAMPAIGN)
        })
    }

    pub fn body_of(&self, n: u64) -> String {
        let said = self.campaign_of(n).map_or(n, |(first, _)| first * 7_919);
        let mut body = String::new();
        for (place, part) in PARTS.iter().enumerate() {
            let which = chance(said, 10 + place as u64) % part.len() as u64;
            body.push_str(part[usize::try_from(which).unwrap_or(0)]);
        }
        if n % RARE_EVERY == 11 {
            body.push_str(" Nhớ mãi ");
            body.push_str(RARE_WORDS);
        }
        body
    }

    fn status_of(&self, n: u64, waiting: u64) -> Status {
        let rest = chance(n, 5) % 100;
        match chance(n, 6) % 100 {
            is if is < waiting => Status::Pending,
            _ if rest < 76 => Status::Approved,
            _ if rest < 89 => Status::Rejected,
            _ if rest < 99 => Status::Spam,
            _ => Status::Withdrawn,
        }
    }

    fn evidence_of(&self, n: u64, status: Status) -> Vec<Evidence> {
        let mut rules: Vec<(String, Category)> = Vec::new();
        let count = match chance(n, 7) % 100 {
            0..70 => 0,
            70..92 => 1 + chance(n, 8) % 2,
            _ => 2 + chance(n, 8) % 2,
        };
        for place in 0..count {
            let r = chance(n, 20 + place) % 100;
            let number = r * r / 334;
            let category = CATEGORIES[usize::try_from(number).unwrap_or(0) % CATEGORIES.len()];
            rules.push((rule(number), category));
        }
        if n % RARE_EVERY == 11 {
            rules.push((RARE_RULE.to_owned(), Category::Spam));
        }
        if status == Status::Spam {
            rules.push((SETTLED_RULE.to_owned(), Category::Threat));
        }
        let cluster = self.campaign_of(n).filter(|(_, place)| *place > 0);
        let mut seen: Vec<Evidence> = rules
            .iter()
            .map(|(rule, category)| seen(rule, *category))
            .collect();
        seen.extend(cluster.map(|(first, place)| Evidence {
            view: View::Context,
            cluster: Some(Cluster {
                first: self.comment(first * CAMPAIGN_EVERY + 7),
                comments: u32::try_from(place + 1).unwrap_or(1),
                emails: 2,
                addresses: 2,
                articles: 2,
            }),
            ..seen_one("spam.repeat.again", Category::Repeat)
        }));
        seen
    }

    fn new_comment(&self, n: u64, waiting: u64) -> NewComment {
        let at = duyet::domain::Instant::from_micros(i64::try_from(self.micros(n)).unwrap_or(0));
        let status = self.status_of(n, waiting);
        let evidence = self.evidence_of(n, status);
        let score = evidence.iter().map(|one| one.weight).sum();
        let lane = match evidence.len() {
            0 => Lane::LikelyFine,
            1 => Lane::Look,
            _ => Lane::LikelyBad,
        };
        let pick = |words: &[&'static str], what| {
            words[usize::try_from(chance(n, what)).unwrap_or(0) % words.len()]
        };
        let name = format!(
            "{} {} {}",
            pick(&FAMILY, 30),
            pick(&MIDDLE, 31),
            pick(&GIVEN, 32)
        );
        let (site, email) = (self.site_of(n), self.email_of(n));
        let comment = Comment {
            site,
            id: self.comment(n),
            article: ArticleId(Uuid::nil()),
            parent: None,
            name_key: folded(&name),
            name,
            email_key: email.clone(),
            email,
            body: self.body_of(n),
            status,
            lane,
            score,
            revision: 1,
            rules_version: "0123456789abcdef".to_owned(),
            created_at: at,
            edited_at: None,
            decided_at: (status != Status::Pending).then_some(at),
            consent: None,
            tell: false,
            network: Some(format!("203.0.{}.0/24", chance(n, 42) % 256)),
            source: None,
        };
        let (url, title) = (self.article_of(n), "Chuyện làng chuyện xã".to_owned());
        let article = ArticleRef {
            site,
            search_key: article_key(Some(&title), &url),
            url,
            title: Some(title),
        };
        let settled = status != Status::Pending;
        let verdict = Verdict {
            evidence,
            categories: std::collections::BTreeMap::default(),
            score,
            lane,
            action: RuleAction::Hold,
            settled_by: settled.then(|| "vi.rule.0".to_owned()),
            rules_version: String::new(),
        };
        NewComment {
            comment,
            article,
            fingerprint: Some(chance(n, 40).cast_signed()),
            address_mark: u16::try_from(chance(n, 41) % 65_536).ok(),
            newsroom: false,
            verdict,
            ban: None,
            by_model: None,
            key: None,
            proof: None,
            asks: false,
            by_cms: None,
            check: None,
            resend: None,
            event: EventId(self.uuid(n)),
            outbox: OutboxId(self.uuid(n)),
        }
    }
}

fn seen(rule: &str, category: Category) -> Evidence {
    seen_one(rule, category)
}

fn seen_one(rule: &str, category: Category) -> Evidence {
    Evidence {
        rule: rule.to_owned(),
        category,
        field: Field::Body,
        start: 4,
        end: 7,
        excerpt: "xong".to_owned(),
        weight: 1.0,
        view: View::Toned,
        cluster: None,
    }
}

fn site(number: u64) -> Site {
    Site {
        id: SiteId(Uuid::from_u128(
            0x0192_0000_0000_7000_8000_0000_0000_0000 + u128::from(number),
        )),
        key: format!("bao{number}"),
        name: format!("Báo {number}"),
        locale: Locale::Vi,
        origins: vec!["https://bao.example".to_owned()],
        webhook_secret: format!("whsec_{number}"),
        akismet_key: format!("key{number}"),
        settings: SiteSettings::default(),
    }
}

pub async fn fill(store: &Store, options: &Options, url: &str) -> Result<Filled> {
    let now = u64::try_from(jiff::Timestamp::now().as_microsecond())?;
    let mut filled = Filled {
        sites: (0..options.sites).map(|number| site(number).id).collect(),
        articles: options.articles,
        comments: options.comments,
        written: Duration::ZERO,
        indexed: Duration::ZERO,
        counted: Duration::ZERO,
        // To the day, so that what is kept is found again.
        begin: (now / 86_400_000_000 - 366) * 86_400_000_000,
    };
    if store.sites().await?.is_empty() {
        write(store, options, &mut filled).await?;
        sections(url).await?;
    }
    index(store, &mut filled).await?;
    count(store, &mut filled).await?;
    Ok(filled)
}

async fn write(store: &Store, options: &Options, filled: &mut Filled) -> Result<()> {
    let start = Instant::now();
    for number in 0..options.sites {
        let at = duyet::domain::Instant::from_micros(i64::try_from(filled.begin)?);
        store.add_site(site(number), Actor::Operator, at).await?;
    }
    for first in (0..filled.comments).step_by(usize::try_from(AT_ONCE)?) {
        let some = first..filled.comments.min(first + AT_ONCE);
        let new = some.map(|n| store.ingest(filled.new_comment(n, options.waiting)));
        for outcome in try_join_all(new).await? {
            if !matches!(outcome, Ingested::Stored { .. }) {
                bail!("a comment was not stored: {outcome:?}");
            }
        }
        if first % (AT_ONCE * 50) == 0 {
            eprintln!("{first} comments written, {:?}", start.elapsed());
        }
    }
    filled.written = start.elapsed();
    Ok(())
}

/// Sections are what a CMS would have told.
async fn sections(url: &str) -> Result<()> {
    match url.strip_prefix("sqlite:") {
        Some(file) => SqliteConnection::establish(file)?
            .batch_execute("UPDATE articles SET section = 'Mục ' || abs(random() % 12)")?,
        None => {
            execute(
                url,
                "UPDATE articles SET section = 'Mục ' || floor(random() * 12)::int",
            )
            .await?;
        }
    }
    Ok(())
}

/// Runs a statement on `PostgreSQL`.
pub async fn execute(url: &str, statement: &str) -> Result<()> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let driver = tokio::spawn(connection);
    client.batch_execute(statement).await?;
    drop(client);
    driver.await??;
    Ok(())
}

/// As the service's worker does, without its rests.
async fn index(store: &Store, filled: &mut Filled) -> Result<()> {
    let start = Instant::now();
    for site in filled.sites.clone() {
        if store
            .search_mark(site)
            .await?
            .is_some_and(|mark| mark.is_whole)
        {
            continue;
        }
        let mut before = CommentId(Uuid::max());
        loop {
            let ids = store.comments_before(site, before, INDEXED).await?;
            let Some(last) = ids.last().copied() else {
                break;
            };
            before = last;
            store
                .index_comments(site, ids, duyet::store::Rater::new(|_, _| 0.5))
                .await?;
        }
        let mark = SearchMark {
            event: EventId(first_at(duyet::domain::Instant::from_micros(
                jiff::Timestamp::now().as_microsecond(),
            ))),
            filled_to: Some(before),
            is_whole: true,
        };
        store.set_search_mark(site, mark).await?;
        eprintln!("a site is indexed, {:?}", start.elapsed());
    }
    filled.indexed = start.elapsed();
    Ok(())
}

/// Counts the numbers of each day, as the service's worker does, without its rests.
async fn count(store: &Store, filled: &mut Filled) -> Result<()> {
    let start = Instant::now();
    let now = duyet::domain::Instant::from_micros(jiff::Timestamp::now().as_microsecond());
    for site in filled.sites.clone() {
        let mut mark = NumberMark {
            event: EventId(first_at(now)),
            filled_to: None,
            is_whole: false,
            holder: ReplicaId(Uuid::now_v7()),
            held_until: now,
        };
        if store
            .number_mark(site)
            .await?
            .is_some_and(|mark| mark.is_whole)
        {
            continue;
        }
        store.take_numbers(site, mark, now).await?;
        while let Some(day) = store.day_with_comments_before(site, mark.filled_to).await? {
            let (from, to): (_, Day) = (day.first_hour(), day.next());
            let hours = store.count_hours(site, from, to.first_hour()).await?;
            store.put_hours(site, hours, mark.holder, now).await?;
            mark.filled_to = Some(day);
        }
        mark.is_whole = true;
        store.note_numbers(site, mark).await?;
        eprintln!("a site is counted, {:?}", start.elapsed());
    }
    filled.counted = start.elapsed();
    Ok(())
}
