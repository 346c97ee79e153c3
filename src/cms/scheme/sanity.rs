//! Sanity: `sanity-webhook-signature: t=MILLISECONDS,v1=…`, base64url without padding, of `t.body`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{is_signed, mark};
use crate::cms::delivery::{Delivery, Proof, SignatureFault};

pub(super) const SIGNATURE: &str = "sanity-webhook-signature";

pub(super) fn verify(delivery: &Delivery<'_>, secrets: &[String]) -> Result<Proof, SignatureFault> {
    let header = delivery.header(SIGNATURE)?;
    let part = |name: &str| {
        let mut parts = header.split([',', ' ']);
        parts.find_map(|part| part.trim().strip_prefix(name))
    };
    let (Some(time), Some(signature)) = (part("t="), part("v1=")) else {
        return Err(SignatureFault::Wrong);
    };
    let at = delivery.near_millis(time)?;
    let signature = URL_SAFE_NO_PAD.decode(signature.trim_end_matches('='));
    let signature = signature.map_err(|_| SignatureFault::Wrong)?;
    if !is_signed(secrets, &[time.as_bytes(), b".", delivery.body], &signature) {
        return Err(SignatureFault::Wrong);
    }
    Ok(Proof {
        mark: Some(mark(&signature)),
        at: Some(at),
    })
}
