//! One-time codes of a phone (RFC 6238: SHA-1, six digits, thirty seconds, which is what every program of that kind knows), and
//! how their secrets lie in the database.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use totp_rs::{Builder, Totp};

use crate::domain::{Instant, ModeratorId};
use crate::intake::keyed;

/// As many bytes as RFC 4226, section 4, recommends: 160 bits.
pub const SECRET_BYTES: usize = 20;
const NONCE: usize = 24;

/// What a phone and we know of each other.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; SECRET_BYTES]);

impl TotpSecret {
    /// Of random bytes.
    #[must_use]
    pub const fn new(random: [u8; SECRET_BYTES]) -> Self {
        Self(random)
    }

    /// As it is typed into a phone: base32, four letters at a time.
    #[must_use]
    pub fn spelled(&self) -> String {
        let letters = self.generator("x", "x").secret().to_base32();
        let letters: Vec<char> = letters.chars().collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|four| four.iter().collect())
            .collect();
        groups.join(" ")
    }

    /// As it is read by a phone, under the service's and the member's name.
    #[must_use]
    pub fn address(&self, issuer: &str, account: &str) -> String {
        // A colon parts the two names, so neither may hold one.
        let (issuer, account) = (issuer.replace(':', " "), account.replace(':', " "));
        self.generator(&issuer, &account)
            .to_url()
            .unwrap_or_default()
    }

    /// The step whose code this is, if that is the present one or a neighbour, and later than `last`: a code counts once.
    #[must_use]
    pub fn step_of(&self, typed: &str, now: Instant, last: i64) -> Option<i64> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(now.as_micros() / 1_000_000).ok()?;
        let generator = self.generator("x", "x");
        let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        let step = digits.then(|| generator.check(&code, seconds)).flatten()?;
        let step = i64::try_from(step).ok()?;
        (step > last).then_some(step)
    }

    fn generator(&self, issuer: &str, account: &str) -> Totp {
        Builder::new()
            .with_secret(self.0)
            .with_issuer(Some(issuer))
            .with_account_name(account)
            .build_noncompliant()
    }
}

/// Seals secrets, each for the member whose it is.
#[derive(Clone)]
pub struct VaultKey(XChaCha20Poly1305);

impl VaultKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        let key = keyed::whole_tag(
            &keyed::derive(secret, b"duyet second factor v1"),
            &[b"seal"],
        );
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// The secret, sealed under a nonce that was never used.
    #[must_use]
    pub fn seal(&self, member: ModeratorId, secret: &TotpSecret, nonce: [u8; NONCE]) -> Vec<u8> {
        let sealed = self.0.encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: &secret.0,
                aad: member.0.as_bytes(),
            },
        );
        // Only what is longer than any memory cannot be sealed; nothing opens then.
        [&nonce[..], &sealed.unwrap_or_default()].concat()
    }

    /// What was sealed for that member under this key.
    #[must_use]
    pub fn open(&self, member: ModeratorId, sealed: &[u8]) -> Option<TotpSecret> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let secret = self.0.decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: sealed,
                aad: member.0.as_bytes(),
            },
        );
        Some(TotpSecret(secret.ok()?.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(second: i64) -> Instant {
        Instant::from_micros(second * 1_000_000)
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = TotpSecret::new(*b"12345678901234567890");
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(
                secret.step_of(code, at(second), -1),
                Some(second / 30),
                "{second}"
            );
        }
    }

    #[test]
    fn a_code_counts_a_step_early_or_late_and_once() {
        let secret = TotpSecret::new(*b"12345678901234567890");
        let code = "050471";
        let step = 1_111_111_111 / 30;
        for (second, counts) in [
            (-31, false),
            (-30, true),
            (0, true),
            (30, true),
            (59, true),
            (60, false),
        ] {
            let seen = secret.step_of(code, at(step * 30 + second), -1);
            assert_eq!(seen.is_some(), counts, "{second}");
        }
        let now = at(step * 30);
        assert_eq!(secret.step_of(" 050 471 ", now, step - 1), Some(step));
        assert_eq!(secret.step_of(code, now, step), None);
        for bad in ["", "05047", "0504711", "abcdef", "٠٥٠٤٧١"] {
            assert_eq!(secret.step_of(bad, now, -1), None, "{bad}");
        }
    }

    #[test]
    fn a_phone_reads_the_secret() {
        let secret = TotpSecret::new(*b"12345678901234567890");
        assert_eq!(secret.spelled(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = secret.address("Duyệt", "lan@bao.example");
        assert!(
            address.starts_with("otpauth://totp/Duy%E1%BB%87t:lan"),
            "{address}"
        );
        assert!(
            address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
            "{address}"
        );
    }

    proptest! {
        #[test]
        fn only_what_was_sealed_for_a_member_opens(member in any::<u128>(), bytes in any::<[u8; 20]>(), nonce in any::<[u8; 24]>(), at in 0usize..60, flip in 1u8..=255) {
            let (key, member) = (VaultKey::derive(b"secret"), ModeratorId(Uuid::from_u128(member)));
            let secret = TotpSecret::new(bytes);
            let mut sealed = key.seal(member, &secret, nonce);
            prop_assert!(key.open(member, &sealed) == Some(secret));
            prop_assert!(key.open(ModeratorId(Uuid::from_u128(!member.0.as_u128())), &sealed).is_none());
            prop_assert!(VaultKey::derive(b"another").open(member, &sealed).is_none());
            sealed[at] ^= flip;
            prop_assert!(key.open(member, &sealed).is_none());
        }
    }
}
