//! How senders prove that they know a site's secret: a file for each way. All compare in constant time.

mod contentful;
mod ghost;
mod plain;
mod sanity;
mod shared;
mod standard;

#[cfg(test)]
mod tests;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::delivery::{Delivery, Proof, SignatureFault};
use crate::domain::{CmsFormat, CmsSettings};

/// What a request proves, under any of the secrets that count now.
pub fn verify(
    cms: &CmsSettings,
    delivery: &Delivery<'_>,
    secrets: &[String],
) -> Result<Proof, SignatureFault> {
    match cms.format {
        CmsFormat::Standard => standard::verify(delivery, secrets),
        CmsFormat::Ghost => ghost::verify(delivery, secrets),
        CmsFormat::Contentful => contentful::verify(delivery, secrets),
        CmsFormat::Sanity => sanity::verify(delivery, secrets),
        CmsFormat::Strapi | CmsFormat::Directus => shared::verify(cms, delivery, secrets),
        CmsFormat::Drupal | CmsFormat::HmacHex | CmsFormat::HmacBase64 => {
            plain::verify(cms, delivery, secrets)
        }
    }
}

/// Whether a request bears a signature at all, so that nothing more of others is read.
#[must_use]
pub fn is_claimed(cms: &CmsSettings, headers: &[(String, String)]) -> bool {
    let name = proving(cms);
    headers.iter().any(|(is, _)| *is == name)
}

/// The header that proves.
fn proving(cms: &CmsSettings) -> String {
    let own = |usual: &str| {
        if cms.header.is_empty() {
            usual.to_owned()
        } else {
            cms.header.to_ascii_lowercase()
        }
    };
    match cms.format {
        CmsFormat::Standard => standard::SIGNATURE.to_owned(),
        CmsFormat::Ghost => ghost::SIGNATURE.to_owned(),
        CmsFormat::Contentful => contentful::SIGNATURE.to_owned(),
        CmsFormat::Sanity => sanity::SIGNATURE.to_owned(),
        CmsFormat::Strapi | CmsFormat::Directus => own("x-duyet-secret"),
        CmsFormat::Drupal => "x-hub-signature-256".to_owned(),
        CmsFormat::HmacHex | CmsFormat::HmacBase64 => own("x-signature"),
    }
}

/// Whether `signature` is HMAC-SHA256 of the parts under one of the secrets, each used as it is written.
fn is_signed(secrets: &[String], parts: &[&[u8]], signature: &[u8]) -> bool {
    let keys = secrets.iter().map(String::as_bytes);
    is_signed_with(keys, parts, signature)
}

fn is_signed_with<'a>(
    keys: impl Iterator<Item = &'a [u8]>,
    parts: &[&[u8]],
    signature: &[u8],
) -> bool {
    let mut is_signed = false;
    for key in keys {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
            .expect("HMAC takes a key of any length (RFC 2104)");
        for part in parts {
            mac.update(part);
        }
        is_signed |= mac.verify_slice(signature).is_ok();
    }
    is_signed
}

/// What a message is known by again: of what its sender named it by.
fn mark(of: &[u8]) -> Vec<u8> {
    Sha256::digest(of)[..16].to_vec()
}
