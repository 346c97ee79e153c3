//! Has a site's model taught until it is asked about every comment: below so many decisions nothing is known of how often it is wrong, and
//! the intake does not ask it.

use crate::lineup::Subject;
use crate::process::ask_once;
use crate::service::{ACCEPTED, Service, TEACHER};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// As many decisions; the weights are kept after each hundred.
const DECISIONS: usize = 400;
/// As many are decided by one call.
const BATCH: usize = 100;
/// How long learning them may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Approves comments of the load until the model has learnt from all of them, and starts the service anew with what it has learnt.
pub fn teach(subject: &mut Subject, site: &str) -> Result<()> {
    let service = subject.service.take().context("a service of ours")?;
    let printed = service.done(&["token", "add", TEACHER])?;
    let token = printed
        .split_whitespace()
        .max_by_key(|word| word.len())
        .context("no token was printed")?;
    let mut ids = Vec::new();
    for _ in 0..DECISIONS {
        ids.push(write(subject)?);
    }
    for batch in ids.chunks(BATCH) {
        approve(subject.address, token, batch)?;
    }
    wait_until_learnt(&service, site)?;
    subject.start(service, 1)?;
    Ok(())
}

fn write(subject: &Subject) -> Result<String> {
    let mut request = Vec::new();
    let number = subject.next.fetch_add(1, Ordering::Relaxed);
    subject.requests.write(number, &mut request);
    let (status, body) = ask_once(subject.address, &request)?;
    if status != ACCEPTED {
        bail!("{status}: {}", String::from_utf8_lossy(&body));
    }
    let answer: Value = serde_json::from_slice(&body)?;
    let id = answer["id"].as_str().context("an answer without an id")?;
    Ok(id.to_owned())
}

fn approve(address: SocketAddr, token: &str, ids: &[String]) -> Result<()> {
    let comments = ids.iter().map(|id| json!({ "id": id, "revision": 1 }));
    let decision = json!({ "action": "approve", "comments": comments.collect::<Vec<_>>() });
    let body = decision.to_string();
    let request = format!(
        "POST /api/v1/moderation/decisions HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (status, body) = ask_once(address, request.as_bytes())?;
    if status != 200 {
        bail!("{status}: {}", String::from_utf8_lossy(&body));
    }
    Ok(())
}

fn wait_until_learnt(service: &Service, site: &str) -> Result<()> {
    let asked = Instant::now();
    loop {
        let report: Value = serde_json::from_str(&service.done(&["learn", "report", site])?)?;
        let kept = report["snapshots"].as_array().into_iter().flatten();
        if kept.filter_map(|one| one["lessons"].as_u64()).max() == Some(DECISIONS as u64) {
            return Ok(());
        }
        if asked.elapsed() > PATIENCE {
            bail!("the model has not learnt in time: {report}");
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}
