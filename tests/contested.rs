//! Eight moderators who decide the same thousand comments at the same moments.

use std::collections::BTreeMap;
use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::support::{App, Card, EMAIL, Ledger, Moderator, on_both};

const COMMENTS: usize = 1000;
const MODERATORS: usize = NAMES.len();
const NAMES: [&str; 8] = ["Lan", "Minh", "Hoa", "Huy", "Nam", "Ba", "Tam", "Son"];
/// How many comments are decided by one request, round by round; after the last the first again. The small ones meet on one
/// comment, the large ones overlap in an order of each moderator's own.
const ROUNDS: [usize; 4] = [1, 1, 1, 47];
const WAYS: [(&str, &str); 3] = [
    ("approve", "approved"),
    ("reject", "rejected"),
    ("spam", "spam"),
];

/// What one moderator was told of one comment.
struct Told {
    by: usize,
    outcome: String,
    status: String,
    name: String,
    revision: i64,
}

on_both!(
    eight_moderators_at_once_decide_each_comment_once,
    async |app: App| {
        let mut ledger = Ledger::default();
        for number in 0..COMMENTS {
            ledger.sent(&format!("tranh-{number}"));
        }
        ledger.send_again(&app).await;
        let moderators: Vec<Moderator> = (0..MODERATORS)
            .map(|number| app.moderator(&name(number)))
            .collect();
        let cards = Arc::new(all_that_waits(&moderators[0]).await);
        assert_eq!(cards.len(), COMMENTS);

        let start = Arc::new(Barrier::new(MODERATORS));
        let tasks: Vec<_> = moderators
            .iter()
            .cloned()
            .enumerate()
            .map(|(number, moderator)| {
                tokio::spawn(decide_all(number, moderator, cards.clone(), start.clone()))
            })
            .collect();
        let mut told: BTreeMap<String, Vec<Told>> = BTreeMap::new();
        for task in tasks {
            for (id, one) in task.await.expect("everybody was answered") {
                told.entry(id).or_default().push(one);
            }
        }

        assert_eq!(told.len(), COMMENTS);
        let mut winners = [0_usize; MODERATORS];
        let mut stand: BTreeMap<String, i64> = BTreeMap::new();
        for (id, told) in &told {
            let winner = the_one_winner(id, told);
            winners[winner.by] += 1;
            *stand.entry(winner.status.clone()).or_default() += 1;
        }
        let wins = winners.iter().filter(|wins| **wins > 0).count();
        assert!(wins > 1, "they never met: {winners:?}");
        the_books_agree(&app, &stand).await;
        the_counters_agree(&moderators[0], &stand).await;
    }
);

fn name(number: usize) -> String {
    NAMES[number].to_owned()
}

async fn all_that_waits(moderator: &Moderator) -> Vec<Card> {
    let mut cards = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut query = vec![("status", "pending"), ("limit", "200")];
        if let Some(after) = &after {
            query.push(("after", after));
        }
        let page = moderator.list(&query).await.expect(200).json();
        let found = page["comments"].as_array().expect("comments");
        cards.extend(found.iter().cloned().map(Card));
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => return cards,
        }
    }
}

/// Decides every comment, each round at the same moment as the others and each time in a way of the moderator's own.
async fn decide_all(
    number: usize,
    moderator: Moderator,
    cards: Arc<Vec<Card>>,
    start: Arc<Barrier>,
) -> Vec<(String, Told)> {
    let (action, _) = WAYS[number % WAYS.len()];
    let mut told = Vec::new();
    let mut rest = cards.as_slice();
    for size in ROUNDS.into_iter().cycle() {
        let (round, later) = rest.split_at(size.min(rest.len()));
        let mut mine: Vec<&Card> = round.iter().collect();
        mine.rotate_left(number * round.len() / MODERATORS);
        if number % 2 == 1 {
            mine.reverse();
        }
        start.wait().await;
        let answer = moderator.decide(action, &mine).await.json();
        // Whoever is refused goes on, since the others wait for everybody; what they were told is then not of each comment.
        match answer["results"].as_array() {
            Some(results) => told.extend(results.iter().map(|result| read(number, result))),
            None => eprintln!("{}: {answer}", name(number)),
        }
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    told
}

fn read(by: usize, result: &Value) -> (String, Told) {
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    let told = Told {
        by,
        outcome: text("outcome"),
        status: text("status"),
        name: text("by"),
        revision: result["revision"].as_i64().expect("a revision"),
    };
    (text("id"), told)
}

/// One was told that it is done; all the others who did it, and as what.
fn the_one_winner<'a>(id: &str, told: &'a [Told]) -> &'a Told {
    assert_eq!(told.len(), MODERATORS, "{id}");
    let done: Vec<&Told> = told.iter().filter(|one| one.outcome == "done").collect();
    assert_eq!(done.len(), 1, "{id} is decided by one");
    let winner = done[0];
    assert_eq!(winner.status, WAYS[winner.by % WAYS.len()].1, "{id}");
    for loser in told.iter().filter(|one| one.by != winner.by) {
        assert_eq!(loser.outcome, "conflict", "{id}");
        assert_eq!(
            (&loser.status, &loser.name, loser.revision),
            (&winner.status, &name(winner.by), winner.revision),
            "{id}: the loser is told who was faster"
        );
    }
    winner
}

/// One decision and one event to each comment, each of them as the comment stands.
async fn the_books_agree(app: &App, stand: &BTreeMap<String, i64>) {
    let comments = i64::try_from(COMMENTS).expect("small");
    let count = async |query: &str| app.count(query).await;
    assert_eq!(count("select count(*) from decisions").await, comments);
    assert_eq!(
        count(
            "select count(*) from comments c join decisions d on d.comment_id = c.id \
             where d.to_status = c.status and d.from_status = 'pending' and d.undone_at is null"
        )
        .await,
        comments
    );
    assert_eq!(
        count("select count(distinct comment_id) from decisions").await,
        comments
    );
    assert_eq!(
        count(
            "select count(*) from comments c join events e on e.comment_id = c.id join decisions d on d.comment_id = c.id \
             where e.kind = 'comment.' || c.status and e.revision = c.revision and e.actor_name = d.actor_name"
        )
        .await,
        comments
    );
    assert_eq!(
        count(
            "select count(*) from events where kind like 'comment.%' and kind <> 'comment.received'"
        )
        .await,
        comments
    );
    for (_, status) in WAYS {
        assert_eq!(
            count(&format!(
                "select count(*) from comments where status = '{status}'"
            ))
            .await,
            stand.get(status).copied().unwrap_or_default(),
            "{status}"
        );
    }
}

/// Nothing waits any more, and what is counted of their one author is what was decided.
async fn the_counters_agree(moderator: &Moderator, stand: &BTreeMap<String, i64>) {
    let path = format!("/api/v1/moderation/sites/bao/authors?email={EMAIL}");
    let author = moderator
        .send(moderator.request(Method::GET, &path))
        .await
        .expect(200)
        .json();
    for (_, status) in WAYS {
        let expected = stand.get(status).copied().unwrap_or_default();
        assert_eq!(author["counts"][status], json!(expected), "{status}");
    }
    assert!(moderator.queue().await.is_empty());
    let mut watched = moderator.watch("").await;
    loop {
        let counts = watched.until("counts").await;
        let lanes = counts.as_array().expect("a list");
        if lanes.iter().all(|lane| lane["count"] == json!(0)) {
            return;
        }
    }
}
