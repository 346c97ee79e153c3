//! Signatures as Standard Webhooks 1.0 has them: symmetric, `v1`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::domain::Instant;

const PREFIX: &str = "whsec_";

/// The fields of the head of a message in JSON that is sent at that moment, signed with each of the secrets.
pub(super) fn head(
    secrets: &[impl AsRef<str>],
    message: Uuid,
    now: Instant,
    body: &[u8],
) -> [(&'static str, String); 4] {
    let id = format!("msg_{}", message.simple());
    let timestamp = now.as_micros().div_euclid(1_000_000);
    let signature = signatures(secrets, &id, timestamp, body);
    [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
    ]
}

/// One signature for each secret. A secret that was not made here is its own letters, as it is where whoever made it signs with it.
fn signatures(secrets: &[impl AsRef<str>], id: &str, timestamp: i64, body: &[u8]) -> String {
    let signed = secrets.iter().filter_map(|secret| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key(secret.as_ref())).ok()?;
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        Some(format!("v1,{signature}"))
    });
    signed.collect::<Vec<_>>().join(" ")
}

fn key(secret: &str) -> Vec<u8> {
    let made_here = secret.strip_prefix(PREFIX);
    let decoded = made_here.and_then(|base64| STANDARD.decode(base64).ok());
    decoded.unwrap_or_else(|| secret.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// The example of the specification's own libraries.
    #[test]
    fn a_signature_is_that_of_the_standard() {
        let body = br#"{"test": 2432232314}"#;
        let sign = |secrets: &[&str]| {
            let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
            signatures(secrets, id, 1_614_265_330, body)
        };
        let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(sign(&[SECRET]), right);
        let both = sign(&["of another form", SECRET]);
        assert!(both.ends_with(right));
        assert_eq!(both.split(' ').count(), 2);
        assert_eq!(sign(&[]), "");
    }

    #[test]
    fn a_head_names_the_message_and_the_second() {
        let (message, now) = (Uuid::from_u128(7), Instant::from_micros(1_999_999));
        let [kind, (_, id), (_, timestamp), (_, signature)] = head(&[SECRET], message, now, b"{}");
        assert_eq!(kind, ("content-type", "application/json".to_owned()));
        assert_eq!(
            (id.as_str(), timestamp.as_str()),
            ("msg_00000000000000000000000000000007", "1")
        );
        assert_eq!(signature, signatures(&[SECRET], &id, 1, b"{}"));
    }
}
