//! Ghost: `X-Ghost-Signature: sha256=HEX, t=MILLISECONDS`, of the body and that number, with nothing between. It tries five times again
//! with the same number, and removes a webhook that is answered with 410.

use super::{is_signed, mark};
use crate::cms::delivery::{Delivery, Proof, SignatureFault};

pub(super) const SIGNATURE: &str = "x-ghost-signature";

pub(super) fn verify(delivery: &Delivery<'_>, secrets: &[String]) -> Result<Proof, SignatureFault> {
    let header = delivery.header(SIGNATURE)?;
    let part = |name: &str| {
        header
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name))
    };
    let (Some(signature), Some(time)) = (part("sha256="), part("t=")) else {
        return Err(SignatureFault::Wrong);
    };
    let at = delivery.near_millis(time)?;
    let signature = hex::decode(signature).map_err(|_| SignatureFault::Wrong)?;
    if !is_signed(secrets, &[delivery.body, time.as_bytes()], &signature) {
        return Err(SignatureFault::Wrong);
    }
    Ok(Proof {
        mark: Some(mark(&signature)),
        at: Some(at),
    })
}
