//! Standard Webhooks 1.0: `id.timestamp.body` under HMAC-SHA256, in base64; several signatures where the sender changes its secret.
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{is_signed_with, mark};
use crate::cms::delivery::{Delivery, Proof, SignatureFault};

pub(super) const SIGNATURE: &str = "webhook-signature";
/// As many signatures as are looked at.
const MOST: usize = 10;

pub(super) fn verify(delivery: &Delivery<'_>, secrets: &[String]) -> Result<Proof, SignatureFault> {
    let signatures = delivery.header(SIGNATURE)?;
    let id = delivery.header("webhook-id")?;
    let time = delivery.header("webhook-timestamp")?;
    let at = delivery.near_seconds(time)?;
    // A point in the identifier would let its end be taken for the time.
    if id.is_empty() || id.len() > 256 || id.contains('.') {
        return Err(SignatureFault::Identifier("webhook-id"));
    }
    let keys: Vec<Vec<u8>> = secrets.iter().map(|secret| key(secret)).collect();
    let signed = [id.as_bytes(), b".", time.as_bytes(), b".", delivery.body];
    let ours = signatures
        .split(' ')
        .filter_map(|one| one.strip_prefix("v1,"));
    let is_signed = ours.take(MOST).any(|signature| {
        let signature = STANDARD.decode(signature).unwrap_or_default();
        is_signed_with(keys.iter().map(Vec::as_slice), &signed, &signature)
    });
    if !is_signed {
        return Err(SignatureFault::Wrong);
    }
    Ok(Proof {
        mark: Some(mark(id.as_bytes())),
        at: Some(at),
    })
}

/// What `whsec_…` stands for; a secret of another form is its own letters.
fn key(secret: &str) -> Vec<u8> {
    secret
        .strip_prefix("whsec_")
        .and_then(|text| STANDARD.decode(text).ok())
        .unwrap_or_else(|| secret.as_bytes().to_vec())
}
