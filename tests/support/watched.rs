//! Server-sent events, read as they come.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use super::Moderator;

/// A line on which the service tells what happens.
pub struct Watched {
    answer: Response,
    rest: String,
    heard: Vec<String>,
}

impl Moderator {
    /// Follows what happens; `query` may begin with `?`.
    pub async fn watch(&self, query: &str) -> Watched {
        let path = format!("/api/v1/moderation/events{query}");
        Watched::open(self.request(Method::GET, &path)).await
    }

    /// Follows on after the event of that id, as a browser does whose line was cut.
    pub async fn watch_after(&self, last: &str) -> Watched {
        let request = self.request(Method::GET, "/api/v1/moderation/events");
        Watched::open(request.header("last-event-id", last)).await
    }
}

impl Watched {
    async fn open(request: RequestBuilder) -> Self {
        let answer = request.send().await.expect("the server answers");
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"].to_str().expect("text");
        assert!(kind.starts_with("text/event-stream"), "{kind}");
        Self {
            answer,
            rest: String::new(),
            heard: Vec::new(),
        }
    }

    /// The names of all events so far.
    pub fn heard(&self) -> &[String] {
        &self.heard
    }

    /// The next event: name and data.
    pub async fn next(&mut self) -> (String, Value) {
        let (event, _, data) = self.next_with_id().await;
        (event, data)
    }

    /// The data of the next event of that name.
    pub async fn until(&mut self, name: &str) -> Value {
        loop {
            let (event, data) = self.next().await;
            if event == name {
                return data;
            }
        }
    }

    /// The data of the next thing of that kind that happens to a comment.
    pub async fn until_kind(&mut self, kind: &str) -> Value {
        loop {
            let moved = self.until("comment").await;
            if moved["kind"] == kind {
                return moved;
            }
        }
    }

    /// The id of the next event of that name and kind.
    pub async fn id_of(&mut self, name: &str, kind: &str) -> String {
        loop {
            let (event, id, data) = self.next_with_id().await;
            if event == name && data["kind"] == kind {
                return id.expect("an id");
            }
        }
    }

    async fn next_with_id(&mut self) -> (String, Option<String>, Value) {
        loop {
            let block = self.block().await;
            let field = |name: &str| {
                block
                    .lines()
                    .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                    .map(str::to_owned)
            };
            if let (Some(event), Some(data)) = (field("event"), field("data")) {
                self.heard.push(event.clone());
                return (
                    event,
                    field("id"),
                    serde_json::from_str(&data).expect("JSON"),
                );
            }
        }
    }

    async fn block(&mut self) -> String {
        loop {
            if let Some((block, rest)) = self.rest.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.rest = rest;
                return block;
            }
            let chunk = self.answer.chunk().await.expect("the line holds");
            let chunk = chunk.expect("the service does not hang up");
            self.rest.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}
