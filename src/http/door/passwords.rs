//! Passwords are checked and hashed a few at a time: each takes 19 MiB and tens of milliseconds. Who would wait long is sent away.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::http::problem::{Code, Problem};
use crate::secrets;

static TURNS: Semaphore = Semaphore::const_new(2);
const PATIENCE: Duration = Duration::from_secs(5);

async fn turn() -> Result<SemaphorePermit<'static>, Problem> {
    match actix_web::rt::time::timeout(PATIENCE, TURNS.acquire()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(Problem::new(Code::Busy)),
    }
}

/// Whether the password is the one that was hashed; it takes as long without a hash, and says no.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, Problem> {
    let _turn = turn().await?;
    let verified =
        actix_web::web::block(move || secrets::verify_password(&password, hash.as_deref())).await;
    Ok(verified.unwrap_or(false))
}

/// What is stored of a password.
pub(super) async fn hash(password: String) -> Result<String, Problem> {
    let _turn = turn().await?;
    let hashed = actix_web::web::block(move || secrets::hash_password(&password)).await;
    hashed
        .ok()
        .and_then(Result::ok)
        .ok_or(Problem::new(Code::Internal))
}
