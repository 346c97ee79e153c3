//! HMAC-SHA256 of the body in one header, as many senders do it, Drupal's module among them; with the time signed before it where the
//! sender tells that in another header.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::{is_signed, mark, proving};
use crate::cms::delivery::{Delivery, Proof, SignatureFault};
use crate::domain::{CmsFormat, CmsSettings};

pub(super) fn verify(
    cms: &CmsSettings,
    delivery: &Delivery<'_>,
    secrets: &[String],
) -> Result<Proof, SignatureFault> {
    let is_drupal = cms.format == CmsFormat::Drupal;
    let prefix = if is_drupal {
        "sha256="
    } else {
        cms.prefix.trim()
    };
    let value = delivery.header(&proving(cms))?.trim();
    let value = value.strip_prefix(prefix).ok_or(SignatureFault::Wrong)?;
    let signature = if cms.format == CmsFormat::HmacBase64 {
        let value = value.trim().trim_end_matches('=');
        STANDARD_NO_PAD
            .decode(value)
            .or_else(|_| STANDARD.decode(value))
            .ok()
    } else {
        hex::decode(value.trim()).ok()
    };
    let signature = signature.ok_or(SignatureFault::Wrong)?;
    let time = if is_drupal || cms.time_header.is_empty() {
        None
    } else {
        Some(delivery.header(&cms.time_header.to_ascii_lowercase())?)
    };
    let at = time.map(|time| delivery.near_seconds(time)).transpose()?;
    let is_signed = match time {
        Some(time) => is_signed(secrets, &[time.as_bytes(), b".", delivery.body], &signature),
        None => is_signed(secrets, &[delivery.body], &signature),
    };
    if !is_signed {
        return Err(SignatureFault::Wrong);
    }
    Ok(Proof {
        mark: Some(mark(&signature)),
        at,
    })
}
