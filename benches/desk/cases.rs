//! What is asked, as the pages ask it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use duyet::domain::{Category, CommentId, Day, Lane, Status};
use duyet::store::{Order, Page, QueueFilter, Scope, Store};
use duyet::text::Phrase;

use crate::fill::{Filled, RARE_RULE, RARE_WORDS, SETTLED_RULE, chance, rule};
use crate::plans;

/// As many cards as a page has.
const CARDS: usize = 25;

/// A kind of page, how long each took, and what it asked the database.
pub struct Row {
    pub name: &'static str,
    pub cards: usize,
    pub times: Vec<Duration>,
    pub queries: Vec<String>,
}

/// What waits in a lane, oldest first.
fn lane() -> QueueFilter {
    QueueFilter {
        status: Some(Status::Pending),
        lane: Some(Lane::Look),
        order: Some(Order::Oldest),
        limit: CARDS,
        ..QueueFilter::default()
    }
}

fn waiting() -> QueueFilter {
    QueueFilter {
        lane: None,
        ..lane()
    }
}

fn newest() -> QueueFilter {
    QueueFilter {
        limit: CARDS,
        ..QueueFilter::default()
    }
}

fn says(words: &str) -> Option<Phrase> {
    Phrase::read(words).ok()
}

/// Any filter, and what makes one for the number of a question.
type Case = (&'static str, Box<dyn Fn(&Filled, u64) -> QueueFilter>);

fn cases() -> Vec<Case> {
    fn case(name: &'static str, of: impl Fn(&Filled, u64) -> QueueFilter + 'static) -> Case {
        (name, Box::new(of))
    }
    vec![
        case("first page of a lane", |_, _| lane()),
        case("the same, campaigns folded", |_, _| QueueFilter {
            fold: true,
            ..lane()
        }),
        case("first page of all that waits, folded", |_, _| QueueFilter {
            fold: true,
            ..waiting()
        }),
        case("a later page of a lane", |filled, n| QueueFilter {
            after: Some(filled.comment(chance(n, 90) % filled.comments)),
            ..lane()
        }),
        case("a lane by risk", |_, _| QueueFilter {
            order: Some(Order::Risk),
            ..lane()
        }),
        case("a later page of it", |filled, n| QueueFilter {
            order: Some(Order::Risk),
            after: Some(filled.comment(chance(n, 90) % filled.comments)),
            ..lane()
        }),
        case("approved, newest first", |_, _| QueueFilter {
            status: Some(Status::Approved),
            ..newest()
        }),
        case("waiting in a section", |_, n| QueueFilter {
            sections: vec![format!("Mục {}", n % 12)],
            ..waiting()
        }),
        case("waiting under an article", |filled, n| QueueFilter {
            article: Some(filled.article_of(chance(n, 91) % filled.comments)),
            ..waiting()
        }),
        case("waiting, a common rule", |_, _| QueueFilter {
            rules: vec![rule(0)],
            ..waiting()
        }),
        case("waiting, a rare rule", |_, _| QueueFilter {
            rules: vec![RARE_RULE.to_owned()],
            ..waiting()
        }),
        case("waiting, a rule that sees in spam alone", |_, _| {
            QueueFilter {
                rules: vec![SETTLED_RULE.to_owned()],
                ..waiting()
            }
        }),
        case("waiting, a category", |_, _| QueueFilter {
            category: Some(Category::Insult),
            ..waiting()
        }),
        case("waiting, rule and section, a later page", |filled, n| {
            QueueFilter {
                rules: vec![rule(1)],
                sections: vec!["Mục 3".to_owned()],
                after: Some(filled.comment(chance(n, 92) % filled.comments)),
                ..waiting()
            }
        }),
        case("an author, newest first", |filled, n| QueueFilter {
            author: Some(filled.email_of(chance(n, 93) % filled.comments)),
            ..newest()
        }),
        case("search: rare words", |_, _| QueueFilter {
            phrase: says(RARE_WORDS),
            ..newest()
        }),
        case("search: rare words without marks", |_, _| QueueFilter {
            phrase: says("hoa huong duong tim"),
            ..newest()
        }),
        case("search: a common word", |_, _| QueueFilter {
            phrase: says("đường "),
            ..newest()
        }),
        case("search: a common word, left open", |_, _| QueueFilter {
            phrase: says("duong"),
            ..newest()
        }),
        case("search: a common phrase among what waits", |_, _| {
            QueueFilter {
                phrase: says("mat duong da bot"),
                ..waiting()
            }
        }),
        case("search: common words, never together", |_, _| QueueFilter {
            phrase: says("đường cảm ơn"),
            ..newest()
        }),
        case("search: nothing", |_, _| QueueFilter {
            phrase: says("xyzzy plugh"),
            ..newest()
        }),
        case("search: an email", |filled, n| QueueFilter {
            phrase: says(&filled.email_of(chance(n, 94) % filled.comments)),
            ..newest()
        }),
        case("search: three letters of a common word", |_, _| {
            QueueFilter {
                phrase: says("ngu"),
                ..newest()
            }
        }),
        case(
            "search: a common word and a rule that sees in spam alone, waiting",
            |_, _| QueueFilter {
                phrase: says("đường "),
                rules: vec![SETTLED_RULE.to_owned()],
                ..waiting()
            },
        ),
    ]
}

pub async fn measure(store: &Store, filled: &Filled, times: usize) -> Result<Vec<Row>> {
    let scope = Scope::of(filled.sites.iter().copied());
    let mut rows = Vec::new();
    for (name, filter) in cases() {
        rows.push(
            time(name, times, async |n| {
                let page = store.queue(scope.clone(), filter(filled, n)).await?;
                Ok(page.cards.len())
            })
            .await?,
        );
    }
    rows.push(
        time(
            "first page of a lane with its authors' histories",
            times,
            async |_| {
                let page = store
                    .queue(
                        scope.clone(),
                        QueueFilter {
                            fold: true,
                            ..lane()
                        },
                    )
                    .await?;
                let ids = ids(&page);
                Ok(store.histories(scope.clone(), ids).await?.len())
            },
        )
        .await?,
    );
    rows.push(
        time("histories of 25 authors", times, async |n| {
            let some =
                (0..25).map(|place| filled.comment(chance(n * 25 + place, 95) % filled.comments));
            Ok(store.histories(scope.clone(), some.collect()).await?.len())
        })
        .await?,
    );
    rows.push(
        time("one card, whole", times, async |n| {
            let id = filled.comment(chance(n, 96) % filled.comments);
            store.card(scope.clone(), id).await?.context("a card")?;
            Ok(1)
        })
        .await?,
    );
    rows.push(
        time("the members of a campaign", times, async |n| {
            let first = chance(n, 97) % (filled.comments / 850) * 850 + 7;
            let page = store
                .cluster_members(scope.clone(), filled.comment(first), None, CARDS)
                .await?;
            Ok(page.cards.len())
        })
        .await?,
    );
    rows.push(
        time("how much waits, by lane", times, async |_| {
            Ok(store.waiting(scope.clone()).await?.len())
        })
        .await?,
    );
    rows.push(
        time(
            "the same to the last one, for measures",
            times.min(20),
            async |_| Ok(store.depths(filled.sites[0]).await?.len()),
        )
        .await?,
    );
    let today = Day::of(duyet::domain::Instant::from_micros(
        jiff::Timestamp::now().as_microsecond(),
    ));
    for (name, days) in [("numbers of 7 days", 6), ("numbers of 90 days", 89)] {
        rows.push(
            time(name, times, async |_| {
                let numbers = store
                    .numbers(scope.clone(), (today.before(days), today), 10)
                    .await?;
                Ok(numbers.days.len())
            })
            .await?,
        );
    }
    Ok(rows)
}

fn ids(page: &Page) -> Vec<CommentId> {
    page.cards.iter().map(|card| card.comment.id).collect()
}

async fn time(
    name: &'static str,
    times: usize,
    run: impl AsyncFn(u64) -> Result<usize>,
) -> Result<Row> {
    let mut taken = Vec::with_capacity(times);
    // What is asked of the database is heard once, and what that costs is not measured.
    plans::begin();
    let cards = run(0).await?;
    let queries = plans::end();
    for n in 1..=times as u64 {
        let start = Instant::now();
        run(n).await?;
        taken.push(start.elapsed());
    }
    taken.sort_unstable();
    eprintln!("{name}: {:?}", taken[taken.len() / 2]);
    Ok(Row {
        name,
        cards,
        times: taken,
        queries,
    })
}
