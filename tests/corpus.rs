//! The laws of the fuzz targets over their corpus, and over changed copies of it: no nightly compiler needed.

#[path = "../fuzz/laws.rs"]
mod laws;

use std::path::Path;

/// The files of a target's corpus, in the order of their names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a corpus")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "{target} has {} seeds", files.len());
    files
        .iter()
        .map(|file| std::fs::read(file).expect("a seed"))
        .collect()
}

/// Each seed as it is; without each of its bytes and with each of them another; cut short; with another seed behind it.
fn near(seeds: &[Vec<u8>]) -> impl Iterator<Item = Vec<u8>> {
    let changed = |seed: &Vec<u8>| {
        let mut copies = vec![seed.clone()];
        for at in 0..seed.len().min(80) {
            let (before, after) = (&seed[..at], &seed[at + 1..]);
            copies.push(before.to_vec());
            copies.push([before, after].concat());
            copies.push([before, &[seed[at] ^ 0x21], after].concat());
        }
        copies
    };
    let joined = seeds
        .iter()
        .flat_map(|first| seeds.iter().map(|second| [&first[..], second].concat()));
    seeds.iter().flat_map(changed).chain(joined)
}

fn hold(target: &str, law: fn(&[u8])) {
    let seeds = corpus(target);
    for bytes in near(&seeds) {
        law(&bytes);
    }
}

#[test]
fn names_keep_their_laws() {
    hold("name", laws::name);
}

#[test]
fn emails_keep_their_laws() {
    hold("email", laws::email);
}

#[test]
fn bodies_keep_their_laws() {
    hold("body", laws::body);
}

#[test]
fn forms_keep_their_laws() {
    hold("form", laws::form);
}

#[test]
fn verdicts_keep_their_laws() {
    hold("judge", laws::judge);
}

#[test]
fn mails_about_comments_keep_their_laws() {
    hold("held", laws::held);
}

#[test]
fn mails_keep_their_laws() {
    hold("mail", laws::mail);
}
