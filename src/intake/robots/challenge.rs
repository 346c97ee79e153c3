//! Proof of work in ALTCHA's format (proof of work v2, which its widget speaks since its own version 3).
//!
//! A browser derives a key (PBKDF2) for one number after the other until it has the one that begins as the challenge says.
//! The number is ours: so the work has an end, and the challenge can carry a signature of the whole key, by which a
//! solution is verified without doing the work again. Which challenges were used is the store's business.

use std::time::Duration;

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{ChallengeId, Instant, ProofFault, SiteId};
use crate::intake::keyed::{self, Key};

/// As long as a challenge may be solved: for a reader whose page asks for it when it is opened, and who reads, writes, and
/// puts their phone away in between. A widget that asks when the form is sent needs seconds of it.
pub const LIFETIME: Duration = Duration::from_secs(20 * 60);

/// The function, by ALTCHA's name: browsers have it built in, so that a phone is not much slower at it than a program.
const ALGORITHM: &str = "PBKDF2/SHA-256";
/// Rounds for each number: enough that a browser spends its time on them rather than on being called.
const COST: u32 = 2_000;
/// Numbers are below this, and any of them is as likely: whoever knows that has no less to try than a browser. At the most
/// it is two million rounds, some two seconds for one core of a cheap phone; on average half, and its cores share it.
const NUMBERS: u32 = 1_000;
/// Bytes of the derived key, and those that the challenge tells. The rest is what only the work gives.
const KEY_LENGTH: usize = 32;
const PREFIX: usize = KEY_LENGTH / 2;

/// What a browser sends is padded (`btoa`); some libraries leave that out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A challenge in ALTCHA's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Challenge {
    /// What to solve.
    pub parameters: ChallengeParameters,
    /// Our signature of it, for one site.
    #[schema(example = "3f1c…")]
    pub signature: String,
}

/// What is to be solved: a number whose derived key begins with `keyPrefix`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChallengeParameters {
    /// How a key is derived.
    #[schema(example = "PBKDF2/SHA-256")]
    pub algorithm: String,
    /// Rounds for each number.
    #[schema(example = 2000)]
    pub cost: u32,
    /// When the challenge expires, in seconds since 1970.
    #[schema(example = 1_794_918_000)]
    pub expires_at: i64,
    /// Bytes of a derived key.
    #[schema(example = 32)]
    pub key_length: usize,
    /// What the key to be found begins with, in hexadecimal digits.
    pub key_prefix: String,
    /// Our signature of the whole key.
    pub key_signature: String,
    /// What the numbers are appended to, in hexadecimal digits.
    pub nonce: String,
    /// PBKDF2's salt, in hexadecimal digits.
    pub salt: String,
}

/// Signs challenges.
#[derive(Clone)]
pub struct ChallengeKey(Key);

impl ChallengeKey {
    /// The key for challenges under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet challenge v1"))
    }

    /// A new challenge. `id` must never have been used, and begins with the time; `random` must be just that.
    #[must_use]
    pub fn make(&self, site: SiteId, id: ChallengeId, random: [u8; 32], now: Instant) -> Challenge {
        let [a, b, c, d, salt @ ..] = random;
        let number = u32::from_be_bytes([a, b, c, d]) % NUMBERS;
        let mut parameters = altcha::ChallengeParameters {
            algorithm: ALGORITHM.to_owned(),
            cost: COST,
            data: None,
            expires_at: Some(now.after(LIFETIME).timestamp().as_second()),
            key_length: KEY_LENGTH,
            key_prefix: String::new(),
            key_signature: None,
            memory_cost: None,
            nonce: hex::encode(id.0.as_bytes()),
            parallelism: None,
            salt: hex::encode(&salt[..16]),
        };
        let key = derived(&parameters, number);
        parameters.key_prefix = hex::encode(&key[..PREFIX]);
        let signature = self.sign(site, &mut parameters, &key);
        Challenge {
            parameters: told(parameters),
            signature,
        }
    }

    /// Which challenge a payload solves, where it was made for this site and has not expired. Nothing is derived: the
    /// challenge is signed once more with the key that the payload brings, which gives the same signature for the right
    /// one alone.
    pub fn verify(
        &self,
        site: SiteId,
        payload: &str,
        now: Instant,
    ) -> Result<ChallengeId, ProofFault> {
        let payload = read(payload).ok_or(ProofFault::Wrong)?;
        let mut parameters = payload.challenge.parameters;
        let claimed = payload.challenge.signature.ok_or(ProofFault::Wrong)?;
        let key = hex::decode(&payload.solution.derived_key).map_err(|_| ProofFault::Wrong)?;
        let expected = self.sign(site, &mut parameters, &key);
        let same: bool =
            subtle::ConstantTimeEq::ct_eq(expected.as_bytes(), claimed.as_bytes()).into();
        if !same {
            return Err(ProofFault::Wrong);
        }
        let expires = parameters.expires_at.ok_or(ProofFault::Wrong)?;
        if now.timestamp().as_second() >= expires {
            return Err(ProofFault::Expired);
        }
        let nonce = Uuid::try_parse(&parameters.nonce).map_err(|_| ProofFault::Wrong)?;
        Ok(ChallengeId(nonce))
    }

    /// ALTCHA's own signature, under secrets that are the site's alone. The signature of `key` becomes part of the parameters.
    fn sign(
        &self,
        site: SiteId,
        parameters: &mut altcha::ChallengeParameters,
        key: &[u8],
    ) -> String {
        let secret =
            |purpose: &[u8]| hex::encode(keyed::whole_tag(&self.0, &[purpose, site.0.as_bytes()]));
        let signed = altcha::sign_challenge(
            &altcha::HmacAlgorithm::Sha256,
            parameters,
            Some(key),
            &secret(b"challenge"),
            Some(&secret(b"key")),
        );
        let signature = signed.expect("parameters are JSON").signature;
        signature.expect("there is a secret to sign with")
    }
}

/// The key of one number. The library derives keys only where it solves; asked for no prefix it takes the first.
fn derived(parameters: &altcha::ChallengeParameters, number: u32) -> Vec<u8> {
    let challenge = altcha::Challenge {
        parameters: parameters.clone(),
        signature: None,
    };
    let options = altcha::SolveChallengeOptions {
        counter_start: number,
        timeout_ms: 0,
        ..altcha::SolveChallengeOptions::new(&challenge)
    };
    let solved = altcha::solve_challenge(options).expect("the parameters are ours");
    let solution = solved.expect("every key begins with nothing");
    hex::decode(&solution.derived_key).expect("it is written in hexadecimal digits")
}

fn told(parameters: altcha::ChallengeParameters) -> ChallengeParameters {
    ChallengeParameters {
        algorithm: parameters.algorithm,
        cost: parameters.cost,
        expires_at: parameters.expires_at.unwrap_or_default(),
        key_length: parameters.key_length,
        key_prefix: parameters.key_prefix,
        key_signature: parameters.key_signature.unwrap_or_default(),
        nonce: parameters.nonce,
        salt: parameters.salt,
    }
}

fn read(payload: &str) -> Option<altcha::Payload> {
    let json = BASE64.decode(payload).ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const SITE: SiteId = SiteId(Uuid::from_u128(7));
    const ID: ChallengeId = ChallengeId(Uuid::from_u128(0x0192_3000_0000_7000_8000_0000_0000_0001));

    fn key() -> ChallengeKey {
        ChallengeKey::derive(b"secret")
    }

    fn noon() -> Instant {
        Instant::from_micros(1_794_916_800_000_000)
    }

    /// As the library solves what goes over the wire, and sends it.
    fn solved(challenge: &Challenge) -> Value {
        let sent = serde_json::to_value(challenge).expect("JSON");
        let read: altcha::Challenge = serde_json::from_value(sent.clone()).expect("a challenge");
        let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&read));
        let solution = solution.expect("it can be solved").expect("in time");
        json!({ "challenge": sent, "solution": solution })
    }

    fn encoded(payload: &Value) -> String {
        BASE64.encode(payload.to_string())
    }

    #[test]
    fn a_solution_names_its_challenge_until_that_expires() {
        let challenge = key().make(SITE, ID, [9; 32], noon());
        let payload = encoded(&solved(&challenge));
        let verified = |site, now| key().verify(site, &payload, now);
        assert_eq!(verified(SITE, noon()), Ok(ID));
        assert_eq!(
            verified(
                SITE,
                noon().after(LIFETIME.saturating_sub(Duration::from_secs(1)))
            ),
            Ok(ID)
        );
        assert_eq!(
            verified(SITE, noon().after(LIFETIME)),
            Err(ProofFault::Expired)
        );
        let elsewhere = SiteId(Uuid::from_u128(8));
        assert_eq!(verified(elsewhere, noon()), Err(ProofFault::Wrong));
        let another = ChallengeKey::derive(b"another");
        assert_eq!(
            another.verify(SITE, &payload, noon()),
            Err(ProofFault::Wrong)
        );
        assert_eq!(
            key().verify(SITE, payload.trim_end_matches('='), noon()),
            Ok(ID)
        );
    }

    #[test]
    fn nothing_in_a_payload_can_be_changed() {
        let payload = solved(&key().make(SITE, ID, [9; 32], noon()));
        let changed = |at: &str, to: Value| {
            let mut payload = payload.clone();
            *payload.pointer_mut(at).expect("it is there") = to;
            key().verify(SITE, &encoded(&payload), noon())
        };
        let parameters = "/challenge/parameters";
        for (at, to) in [
            ("/solution/derivedKey".to_owned(), json!("00".repeat(32))),
            ("/solution/derivedKey".to_owned(), json!("")),
            ("/solution/derivedKey".to_owned(), json!("x")),
            ("/challenge/signature".to_owned(), json!("")),
            ("/challenge/signature".to_owned(), json!(null)),
            (format!("{parameters}/expiresAt"), json!(4_000_000_000_i64)),
            (format!("{parameters}/cost"), json!(1)),
            (format!("{parameters}/keyPrefix"), json!("")),
            (format!("{parameters}/keySignature"), json!("")),
            (
                format!("{parameters}/nonce"),
                json!(Uuid::from_u128(2).simple().to_string()),
            ),
            (format!("{parameters}/salt"), json!("")),
        ] {
            // The signature of the key is made again from the key itself, so what stands there does not count.
            let told = if at.ends_with("keySignature") {
                Ok(ID)
            } else {
                Err(ProofFault::Wrong)
            };
            assert_eq!(changed(&at, to), told, "{at}");
        }
    }

    #[test]
    fn the_challenge_does_not_tell_its_solution() {
        let challenge = key().make(SITE, ID, [9; 32], noon());
        let key_found = solved(&challenge)["solution"]["derivedKey"]
            .as_str()
            .expect("a key")
            .to_owned();
        let told = serde_json::to_string(&challenge).expect("JSON");
        assert!(key_found.starts_with(&challenge.parameters.key_prefix));
        assert!(!told.contains(&key_found[2 * PREFIX..]));
    }

    proptest! {
        #[test]
        fn any_text_may_be_tried(text in any::<String>(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for payload in [text, BASE64.encode(bytes)] {
                prop_assert_eq!(key().verify(SITE, &payload, noon()), Err(ProofFault::Wrong));
            }
        }

        #[test]
        fn the_work_has_an_end(random in any::<[u8; 32]>()) {
            let number = u32::from_be_bytes([random[0], random[1], random[2], random[3]]) % NUMBERS;
            let challenge = key().make(SITE, ID, random, noon());
            let read: altcha::Challenge =
                serde_json::from_value(serde_json::to_value(&challenge).expect("JSON")).expect("a challenge");
            let key = derived(&read.parameters, number);
            prop_assert_eq!(hex::encode(&key[..PREFIX]), challenge.parameters.key_prefix);
        }
    }
}
