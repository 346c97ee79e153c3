//! A site's external checker: asked about what waits, heard as evidence, and never waited for by a reader.

mod answers;
mod asking;
mod desk;
mod example;
mod left;
mod secrets;
mod setting;
mod shown;

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use self::desk::Desk;
use crate::support::{Answer, App, Card, Cms, Manner, Moderator, Receiver, Setup, eventually};

const FINE: &str = "Cầu mới đẹp quá, cảm ơn báo.";
/// Where nobody listens.
const NOBODY: &str = "http://127.0.0.1:1/";

/// A checker on this machine, whose network the operator has opened.
fn near(setup: Setup) -> Setup {
    setup.set("DUYET_OUTWARD_ALLOW", "127.0.0.0/8")
}

fn set(app: &App, url: &str) {
    set_patient(app, url, 400);
}

/// The same, where an answer may take as long as that.
fn set_patient(app: &App, url: &str, deadline_ms: u32) {
    let url = format!("checker.url={url}");
    let deadline = format!("checker.deadline_ms={deadline_ms}");
    app.done(&["site", "set", "bao", &url, &deadline], "");
}

fn receiver() -> Receiver {
    Receiver::at([127, 0, 0, 1].into())
}

fn says(answer: &Value) -> Manner {
    let json = ("content-type", "application/json".to_owned());
    Manner::Says(200, vec![json], answer.to_string())
}

fn nothing() -> Value {
    json!({ "evidence": [] })
}

/// That it saw something, under a label.
fn saw(label: &str, category: &str, weight: f64) -> Value {
    json!({ "evidence": [{ "label": label, "category": category, "weight": weight }] })
}

/// Says nothing until it is let, and then that.
fn held(answer: &Value) -> (Arc<Semaphore>, Manner) {
    let door = Arc::new(Semaphore::new(0));
    let manner = Manner::Held(door.clone(), Box::new(says(answer)));
    (door, manner)
}

/// The checker answers by itself.
async fn post(by: &Cms, body: &Value) -> Answer {
    by.call(Method::POST, "checks", body).await
}

/// An answer to a question, by itself.
fn to(check: &Value, answer: &Value) -> Value {
    let mut answer = answer.clone();
    answer["check"] = check.clone();
    answer
}

/// The name of the question that was asked first.
async fn first_question(checker: &Receiver) -> Value {
    eventually("it is asked", async || {
        let asked = checker.taken();
        Some(asked.first()?.json()["data"]["check"].clone())
    })
    .await
}

/// The card once nothing but that is seen in it.
async fn once_seen(by: &Moderator, id: &str, rules: &[&str]) -> Card {
    eventually("what its checker says is there", async || {
        let card = by.card(id).await;
        (card.rules() == rules).then_some(card)
    })
    .await
}
