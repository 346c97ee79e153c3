//! What was sent under which key, and what was promised for it: the other side of the books that the database keeps.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{App, Backend, Exchange, KeptConnection, comment};

/// Every submission by its key, with the comment's id where one was acknowledged.
#[derive(Debug, Clone, Default)]
pub struct Ledger(BTreeMap<String, Option<String>>);

impl Ledger {
    /// A submission is about to be sent.
    pub fn sent(&mut self, key: &str) {
        self.0.entry(key.to_owned()).or_default();
    }

    /// A submission was acknowledged; twice only with the same id.
    pub fn acknowledged(&mut self, key: &str, id: &str) {
        let promised = self.0.get_mut(key).expect("it was sent");
        let earlier = promised.replace(id.to_owned());
        assert!(
            earlier.is_none_or(|earlier| earlier == id),
            "{key} was acknowledged as another comment before"
        );
    }

    /// How many were sent.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many were acknowledged.
    pub fn promises(&self) -> usize {
        self.0.values().flatten().count()
    }

    /// Every acknowledged comment is in the database, once, under the id and with the text that it was sent with; no
    /// comment is there that nobody sent; and each has the rows that were committed with it.
    pub async fn is_kept_by(&self, app: &App) {
        let mut stored: BTreeMap<String, String> = BTreeMap::new();
        for (id, key) in comments(app).await {
            assert!(self.0.contains_key(&key), "nobody sent {key}");
            let twice = stored.insert(key.clone(), id);
            assert_eq!(twice, None, "{key} is stored twice");
        }
        for (key, promised) in &self.0 {
            if let Some(id) = promised {
                assert_eq!(
                    stored.get(key),
                    Some(&id.replace('-', "")),
                    "{key} was acknowledged"
                );
            }
        }
        for (table, rows) in [
            ("events", "kind = 'comment.received'"),
            ("outbox", "kind = 'notice'"),
            ("idempotency_keys", "key <> ''"),
        ] {
            let lonely = format!(
                "select count(*) from comments c left join (select comment_id, count(*) as n from {table} where {rows} \
                 group by comment_id) o on o.comment_id = c.id where coalesce(o.n, 0) <> 1"
            );
            assert_eq!(
                app.count(&lonely).await,
                0,
                "comments without one of {table}"
            );
            let total = format!("select count(*) from {table} where {rows}");
            assert_eq!(
                usize::try_from(app.count(&total).await).ok(),
                Some(stored.len()),
                "{table} without a comment"
            );
        }
    }

    /// Sends everything again, acknowledged or not. Each gets the id that was promised, and nothing is stored twice.
    pub async fn send_again(&mut self, app: &App) {
        let keys: Vec<String> = self.0.keys().cloned().collect();
        let share = keys.len().div_ceil(32).max(1);
        let tasks: Vec<_> = keys
            .chunks(share)
            .map(|keys| tokio::spawn(send_all(app.base().to_owned(), keys.to_vec())))
            .collect();
        for task in tasks {
            for (key, id) in task.await.expect("all were answered") {
                self.acknowledged(&key, &id);
            }
        }
        assert_eq!(self.promises(), self.len());
        self.is_kept_by(app).await;
        let different: BTreeSet<&String> = self.0.values().flatten().collect();
        assert_eq!(different.len(), self.len(), "two keys got one comment");
        let stored = app.count("select count(*) from comments").await;
        assert_eq!(usize::try_from(stored).ok(), Some(self.len()));
    }
}

/// Where comments are sent.
pub const SUBMIT: &str = "/api/v1/sites/bao/comments";

/// The comment that belongs to a key. Its text ends with the key.
pub fn comment_of(key: &str) -> Value {
    comment(&format!("Ý kiến mang khoá {key}"))
}

/// The id in an answer that takes a comment in.
pub fn id_in(body: &str) -> String {
    let answer: Value =
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    answer["id"].as_str().expect("an id").to_owned()
}

/// Every comment of the database: its id without hyphens, and its key by its text.
async fn comments(app: &App) -> Vec<(String, String)> {
    let id = match app.backend {
        Backend::Sqlite => "lower(hex(id))",
        Backend::Postgres => "replace(cast(id as text), '-', '')",
    };
    let rows = app
        .texts(&format!("select {id} || ' ' || body as text from comments"))
        .await;
    let parts = |row: &String| {
        let (id, body) = row.split_once(' ').expect("an id and a text");
        let key = body.rsplit(' ').next().expect("a key");
        assert_eq!(comment_of(key)["body"], body);
        (id.to_owned(), key.to_owned())
    };
    rows.iter().map(parts).collect()
}

async fn send_all(base: String, keys: Vec<String>) -> Vec<(String, String)> {
    let mut connection = KeptConnection::open(&base)
        .await
        .expect("the server listens");
    let mut answers = Vec::with_capacity(keys.len());
    for key in keys {
        match connection.post(SUBMIT, &key, &comment_of(&key)).await {
            Exchange::Answered {
                status: 202, body, ..
            } => answers.push((key, id_in(&body))),
            other => panic!("{key} was sent again: {other:?}"),
        }
    }
    answers
}
