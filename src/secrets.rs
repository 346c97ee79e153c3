//! Secrets: the service's own, random ones for others, passwords.

use std::io::Write;
use std::path::Path;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use metrics::counter;
use rand::RngExt;
use sha2::{Digest, Sha256};

use crate::domain::SecretOf;
use crate::store::SecretHash;

/// 256 random bits.
#[must_use]
pub fn random() -> [u8; 32] {
    rand::rng().random()
}

/// A bearer token: `duyet_` and 43 letters, digits, `-` or `_`.
#[must_use]
pub fn new_token() -> String {
    format!("duyet_{}", URL_SAFE_NO_PAD.encode(random()))
}

/// A webhook secret in the form of Standard Webhooks 1.0: `whsec_` and base64.
#[must_use]
pub fn new_webhook_secret() -> String {
    format!("whsec_{}", STANDARD.encode(random()))
}

/// A key for the Akismet protocol: 12 lower-case letters and digits.
#[must_use]
pub fn new_akismet_key() -> String {
    from_alphabet(b"abcdefghijklmnopqrstuvwxyz0123456789", 12)
}

/// A new one of a site's secrets.
#[must_use]
pub fn new_secret_of(of: SecretOf) -> String {
    match of {
        SecretOf::Cms | SecretOf::Checker => new_webhook_secret(),
        SecretOf::Akismet => new_akismet_key(),
    }
}

/// A password for a person to type: 16 characters that are hard to mistake for one another.
#[must_use]
pub fn new_password() -> String {
    from_alphabet(b"abcdefghjkmnpqrstuvwxyz23456789", 16)
}

/// A recovery code: three times four characters of the same, some fifty-nine bits.
#[must_use]
pub fn new_recovery_code() -> String {
    let letters = from_alphabet(b"abcdefghjkmnpqrstuvwxyz23456789", 12);
    format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
}

fn from_alphabet(alphabet: &[u8], length: usize) -> String {
    let mut random = rand::rng();
    (0..length)
        .map(|_| char::from(alphabet[random.random_range(0..alphabet.len())]))
        .collect()
}

/// What is stored of a token or session: they have 256 random bits, so a plain hash does.
#[must_use]
pub fn hash_of(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// A password's Argon2id hash (RFC 9106) in PHC form. Takes tens of milliseconds and 19 MiB: not for the async threads.
pub fn hash_password(password: &str) -> anyhow::Result<String> {
    counter!("duyet_passwords_hashed_total").increment(1);
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("the password cannot be hashed: {error}"))?;
    Ok(hash.to_string())
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and says no, so that an unknown
/// account cannot be told from a wrong password by the time it takes.
#[must_use]
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    let Some(hash) = hash else {
        let _ = hash_password(password);
        return false;
    };
    counter!("duyet_passwords_hashed_total").increment(1);
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// The service's secret beside a SQLite file: read, or made once with mode 600.
pub fn beside(database: &Path) -> anyhow::Result<Vec<u8>> {
    use anyhow::Context;
    use std::os::unix::fs::OpenOptionsExt;

    let path = database.with_extension("secret");
    let told = || format!("the secret file {}", path.display());
    let new = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path);
    match new {
        Ok(mut file) => {
            file.write_all(STANDARD.encode(random()).as_bytes())
                .with_context(told)?;
            file.sync_all().with_context(told)?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(told),
    }
    let secret = std::fs::read(&path).with_context(told)?;
    anyhow::ensure!(
        secret.len() >= 32,
        "{} is shorter than 32 bytes: remove it to have a new one made (receipts already given out end with it)",
        told()
    );
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_against_its_own_hash_only() {
        let hash = hash_password("đúng rồi").expect("a hash");
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("đúng rồi", Some(&hash)));
        assert!(!verify_password("sai rồi", Some(&hash)));
        assert!(!verify_password("đúng rồi", None));
        assert!(!verify_password("đúng rồi", Some("no hash")));
    }

    #[test]
    fn the_secret_is_made_once_and_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("duyet.db");
        let secret = beside(&database).expect("made");
        assert_eq!(beside(&database).expect("read"), secret);
        let mode = folder
            .path()
            .join("duyet.secret")
            .metadata()
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
