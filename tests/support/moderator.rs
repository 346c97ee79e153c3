//! A moderator who works with a bearer token.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::reader::with_query;
use super::{Answer, Wire};

/// A comment as a moderator has it on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Card(pub Value);

impl Card {
    /// Which comment.
    pub fn id(&self) -> &str {
        self.0["id"].as_str().expect("an id")
    }

    /// Its text.
    pub fn body(&self) -> &str {
        self.0["body"].as_str().expect("a body")
    }

    /// Where it stands.
    pub fn status(&self) -> &str {
        self.0["status"].as_str().expect("a status")
    }

    /// Its revision.
    pub fn revision(&self) -> i64 {
        self.0["revision"].as_i64().expect("a revision")
    }

    /// The ids of the rules that saw something.
    pub fn rules(&self) -> Vec<&str> {
        let evidence = self.0["evidence"].as_array().expect("evidence");
        evidence
            .iter()
            .map(|seen| seen["rule"].as_str().expect("a rule"))
            .collect()
    }

    fn target(&self) -> Value {
        json!({ "id": self.id(), "revision": self.revision() })
    }
}

/// Somebody who decides.
#[derive(Clone)]
pub struct Moderator {
    wire: Wire,
    /// The bearer token.
    pub token: String,
}

impl Moderator {
    /// Whoever holds the token.
    pub fn new(wire: Wire, token: &str) -> Self {
        Self {
            wire,
            token: token.to_owned(),
        }
    }

    /// A request with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.wire.request(method, path).bearer_auth(&self.token)
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.wire.send(request).await
    }

    /// A call under `/api/v1/moderation/`, with JSON.
    pub async fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = self.request(method, &format!("/api/v1/moderation/{path}"));
        self.send(request.json(body)).await
    }

    /// A page of cards.
    pub async fn list(&self, query: &[(&str, &str)]) -> Answer {
        self.send(self.request(
            Method::GET,
            &with_query("/api/v1/moderation/comments", query),
        ))
        .await
    }

    /// The cards of a query.
    pub async fn cards(&self, query: &[(&str, &str)]) -> Vec<Card> {
        let page = self.list(query).await.expect(200).json();
        page["comments"]
            .as_array()
            .expect("comments")
            .iter()
            .cloned()
            .map(Card)
            .collect()
    }

    /// What waits.
    pub async fn queue(&self) -> Vec<Card> {
        self.cards(&[("status", "pending")]).await
    }

    /// One card, whole.
    pub async fn show(&self, id: &str) -> Answer {
        self.send(self.request(Method::GET, &format!("/api/v1/moderation/comments/{id}")))
            .await
    }

    /// The card as it is now.
    pub async fn card(&self, id: &str) -> Card {
        Card(self.show(id).await.expect(200).json())
    }

    /// Decides on what is on the screen.
    pub async fn decide(&self, action: &str, cards: &[&Card]) -> Answer {
        let comments: Vec<Value> = cards.iter().map(|card| card.target()).collect();
        self.decide_json(&json!({ "action": action, "comments": comments }))
            .await
    }

    /// Sends a decision as it is.
    pub async fn decide_json(&self, decision: &Value) -> Answer {
        self.send(
            self.request(Method::POST, "/api/v1/moderation/decisions")
                .json(decision),
        )
        .await
    }

    /// Approves; the batch.
    pub async fn approve(&self, card: &Card) -> String {
        self.decide("approve", &[card])
            .await
            .expect(200)
            .text("batch")
    }

    /// Rejects; the batch.
    pub async fn reject(&self, card: &Card) -> String {
        self.decide("reject", &[card])
            .await
            .expect(200)
            .text("batch")
    }

    /// Puts it with the spam; the batch.
    pub async fn spam(&self, card: &Card) -> String {
        self.decide("spam", &[card]).await.expect(200).text("batch")
    }

    /// Takes a batch back.
    pub async fn undo(&self, batch: &str) -> Answer {
        self.send(self.request(
            Method::DELETE,
            &format!("/api/v1/moderation/decisions/{batch}"),
        ))
        .await
    }

    /// What is still to be sent, was sent, or was given up.
    pub async fn outbox(&self, state: &str) -> Answer {
        self.send(self.request(
            Method::GET,
            &with_query("/api/v1/moderation/outbox", &[("state", state)]),
        ))
        .await
    }
}
