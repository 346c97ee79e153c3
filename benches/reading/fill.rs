//! Published comments, written through the store.

use anyhow::{Result, bail};
use duyet::domain::{
    Actor, ArticleId, Comment, CommentId, EventId, Instant, Lane, Locale, OutboxId, RuleAction,
    Site, SiteId, SiteSettings, Status, Verdict,
};
use duyet::store::{ArticleRef, Ingested, NewComment, Store};
use futures_util::future::try_join_all;
use uuid::Uuid;

/// The site's key.
pub const SITE: &str = "bao";
/// An article with 50 comments.
pub const SHORT: &str = "https://bao.example/ngan.html";
/// One with 5,000.
pub const LONG: &str = "https://bao.example/dai.html";

const ID: SiteId = SiteId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001));
/// As many as wait for one commit.
const AT_ONCE: usize = 200;

/// The two articles where they are not there, and as many comments under others.
pub async fn fill(database: &str, others: u64) -> Result<()> {
    let store = Store::open(database.parse()?).await?;
    if store.sites().await?.is_empty() {
        store.add_site(site(), Actor::Operator, now()).await?;
        for (url, count) in [(SHORT, 50), (LONG, 5_000)] {
            // Every fourth begins a thread.
            let firsts = write(&store, (0..count / 4).map(|_| (url.to_owned(), None))).await?;
            let answers = (0..count - count / 4).map(|n| {
                let first = firsts[n % firsts.len()];
                (url.to_owned(), Some(first))
            });
            write(&store, answers).await?;
        }
    }
    let elsewhere =
        (0..others).map(|n| (format!("https://bao.example/khac-{}.html", n % 1_000), None));
    write(&store, elsewhere).await?;
    Ok(())
}

/// Writes comments under those addresses, answering those.
async fn write(
    store: &Store,
    comments: impl Iterator<Item = (String, Option<CommentId>)>,
) -> Result<Vec<CommentId>> {
    let comments: Vec<_> = comments.collect();
    let mut ids = Vec::with_capacity(comments.len());
    for some in comments.chunks(AT_ONCE) {
        let new = some
            .iter()
            .map(|(url, parent)| store.ingest(comment(url, *parent)));
        for outcome in try_join_all(new).await? {
            let Ingested::Stored { id, .. } = outcome else {
                bail!("a comment was not stored: {outcome:?}");
            };
            ids.push(id);
        }
    }
    Ok(ids)
}

fn now() -> Instant {
    jiff::Timestamp::now().into()
}

fn comment(url: &str, parent: Option<CommentId>) -> NewComment {
    let (id, at) = (Uuid::now_v7(), now());
    let email = format!("ban-doc-{}@example.com", id.as_u128() % 1_000);
    let comment = Comment {
        site: ID,
        id: CommentId(id),
        article: ArticleId(Uuid::nil()),
        parent,
        name: "Nguyễn Thị Bưởi".to_owned(),
        name_key: "nguyen thi buoi".to_owned(),
        email_key: email.clone(),
        email,
        body: format!(
            "{} {id}",
            "Cầu mới đẹp quá, bà con hai bên sông đi lại dễ hơn nhiều. ".repeat(3)
        ),
        status: Status::Approved,
        lane: Lane::LikelyFine,
        score: 0.0,
        revision: 1,
        rules_version: "0123456789abcdef".to_owned(),
        created_at: at,
        edited_at: None,
        decided_at: Some(at),
        consent: None,
        tell: false,
        network: None,
        source: None,
    };
    NewComment {
        comment,
        article: ArticleRef {
            site: ID,
            url: url.to_owned(),
            title: None,
            search_key: url.to_owned(),
        },
        fingerprint: None,
        address_mark: None,
        newsroom: false,
        verdict: Verdict {
            evidence: Vec::new(),
            categories: std::collections::BTreeMap::default(),
            score: 0.0,
            lane: Lane::LikelyFine,
            action: RuleAction::Hold,
            settled_by: None,
            rules_version: String::new(),
        },
        ban: None,
        by_model: None,
        key: None,
        proof: None,
        asks: false,
        by_cms: None,
        check: None,
        resend: None,
        event: EventId(id),
        outbox: OutboxId(id),
    }
}

fn site() -> Site {
    Site {
        id: ID,
        key: SITE.to_owned(),
        name: "Báo Ví Dụ".to_owned(),
        locale: Locale::Vi,
        origins: vec!["https://bao.example".to_owned()],
        webhook_secret: "whsec_1".to_owned(),
        akismet_key: "key1".to_owned(),
        settings: SiteSettings::default(),
    }
}
