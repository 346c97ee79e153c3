//! Signatures as Standard Webhooks 1.0 has them: symmetric, `v1`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const PREFIX: &str = "whsec_";

/// The field `webhook-signature`: one signature for each secret. A secret that is none of ours signs nothing.
pub(super) fn signatures(secrets: &[&str], id: &str, timestamp: i64, body: &[u8]) -> String {
    let keys = secrets.iter().filter_map(|secret| key(secret));
    signatures_by(keys, id, timestamp, body)
}

/// The same by a site's own secrets. One of another form is its own letters, as it is where the CMS signs with it.
pub(in crate::notify) fn signatures_of_site(
    secrets: &[String],
    id: &str,
    timestamp: i64,
    body: &[u8],
) -> String {
    let own = |secret: &String| key(secret).unwrap_or_else(|| secret.as_bytes().to_vec());
    signatures_by(secrets.iter().map(own), id, timestamp, body)
}

fn key(secret: &str) -> Option<Vec<u8>> {
    STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()
}

fn signatures_by(
    keys: impl Iterator<Item = Vec<u8>>,
    id: &str,
    timestamp: i64,
    body: &[u8],
) -> String {
    let signed = keys.filter_map(|key| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        Some(format!(
            "v1,{}",
            STANDARD.encode(mac.finalize().into_bytes())
        ))
    });
    signed.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn a_signature_is_that_of_the_standard() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = br#"{"test": 2432232314}"#;
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        assert_eq!(
            signatures(&[secret], id, 1_614_265_330, body),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        let both = signatures(&[secret, "whsec_AAAA"], id, 1_614_265_330, body);
        assert_eq!(both.split(' ').count(), 2);
        assert_eq!(signatures(&["none of ours"], id, 0, body), "");
        let own = ["none of ours".to_owned(), secret.to_owned()];
        let both = signatures_of_site(&own, id, 1_614_265_330, body);
        assert!(both.ends_with("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(both.split(' ').count(), 2);
    }
}
