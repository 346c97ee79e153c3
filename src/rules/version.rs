//! Which rules judged a comment: a hash over what the packs say, not how they are laid out.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::pack::PackSource;
use super::signals::listed;
use crate::text::counted;

/// Sixteen hexadecimal digits of the SHA-256 over the packs' values: keys sorted, rules by id, packs sorted, so that
/// neither the order of files nor a comment in one changes it; over the counts by which unmarked words are read; and over the
/// list of throwaway domains. Sources that are not TOML count for nothing.
pub(super) fn version(sources: &[&PackSource]) -> String {
    let mut packs: Vec<String> = sources
        .iter()
        .filter_map(|source| toml::from_str::<serde_json::Value>(&source.text).ok())
        .map(|mut pack| {
            if let Some(rules) = pack.get_mut("rule").and_then(|rules| rules.as_array_mut()) {
                rules.sort_by_key(|rule| rule["id"].to_string());
            }
            pack.to_string()
        })
        .collect();
    packs.sort();
    let mut hasher = Sha256::new();
    for pack in packs {
        hasher.update(pack.as_bytes());
        hasher.update([0]);
    }
    hasher.update(counted().to_le_bytes());
    hasher.update(listed().to_le_bytes());
    hasher
        .finalize()
        .iter()
        .take(8)
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("writing to a String cannot fail");
            hex
        })
}
