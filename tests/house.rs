//! The house's own rules, read from its source: who may name what.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A source file without its comments and its tests.
struct Source {
    /// As `store/db.rs`.
    path: String,
    code: String,
}

impl Source {
    /// The room it belongs to: `store` for `store/db.rs`, `clock` for `clock.rs`.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().expect("a name");
        first.trim_end_matches(".rs")
    }

    /// The rooms of ours that it names.
    fn names(&self) -> BTreeSet<String> {
        let after = self
            .code
            .match_indices("crate::")
            .map(|(at, found)| &self.code[at + found.len()..]);
        let mut named = BTreeSet::new();
        for rest in after {
            match rest.strip_prefix('{') {
                None => drop(named.insert(first_word(rest))),
                Some(group) => named.extend(parts_of(group).into_iter().map(first_word)),
            }
        }
        named
    }
}

fn first_word(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The parts of `a, b::{c, d}} …` up to the brace that closes it.
fn parts_of(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    panic!("a group without an end: {group}");
}

fn source() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path: PathBuf = entry.path();
            let is_test = path.file_stem().is_some_and(|name| name == "tests");
            if path.is_dir() && !is_test {
                folders.push(path);
            } else if path.extension().is_some_and(|is| is == "rs") && !is_test {
                let text = std::fs::read_to_string(&path).expect("a source file");
                let path = path
                    .strip_prefix(&root)
                    .expect("below src")
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(Source {
                    path,
                    code: code_of(&text),
                });
            }
        }
    }
    assert!(sources.len() > 50, "only {} files are read", sources.len());
    sources
}

fn code_of(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..tests]
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Fails with every file outside `rooms` that contains one of the words.
#[track_caller]
fn only(rooms: &[&str], words: &[&str]) {
    let (mut found, mut at_home) = (Vec::new(), false);
    for source in source() {
        for word in words.iter().filter(|word| source.code.contains(**word)) {
            if rooms.contains(&source.room()) {
                at_home = true;
            } else {
                found.push(format!("{}: {word}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "outside of {rooms:?}: {found:#?}");
    assert!(
        at_home,
        "{words:?} are nowhere, so this test watches nothing"
    );
}

#[test]
fn only_the_store_knows_the_databases() {
    only(&["store"], &["diesel", "tokio_postgres", "libsqlite3"]);
}

#[test]
fn only_http_knows_the_web_server() {
    // The runtime that the web server runs on is started by the command line.
    only(&["http", "main"], &["actix"]);
    let runtime: Vec<String> = source()
        .into_iter()
        .filter(|source| source.room() == "main")
        .flat_map(|source| {
            source
                .code
                .lines()
                .filter(|line| line.contains("actix"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        runtime.iter().all(|line| line.contains("actix_web::rt::")),
        "{runtime:?}"
    );
}

#[test]
fn only_notify_opens_connections_outwards() {
    let outwards = [
        "TcpStream::",
        "UnixStream",
        "UdpSocket",
        "reqwest",
        "hyper",
        "SmtpTransport",
        "lettre::transport",
        "to_socket_addrs",
        "lookup_host",
        "TcpSocket",
        "tokio_rustls",
    ];
    only(&["notify"], &outwards);
}

#[test]
fn what_decides_does_no_io_and_reads_no_clock() {
    let shell = [
        "std::fs",
        "std::net",
        "std::env",
        "std::io",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "now_v7",
        "tokio",
        "actix",
        "diesel",
        "tracing::",
        "metrics::",
        "println!",
        "clock::",
        "rand::",
    ];
    let core = [
        "domain", "text", "rules", "intake", "access", "cms", "checker", "queue", "learn",
    ];
    let mut seen = BTreeSet::new();
    for source in source()
        .iter()
        .filter(|source| core.contains(&source.room()))
    {
        seen.insert(source.room().to_owned());
        for word in shell {
            assert!(!source.code.contains(word), "{} names {word}", source.path);
        }
    }
    assert_eq!(seen.len(), core.len());
}

/// From each room to those it may lean on; none of them leads back.
const BELOW: [(&str, &[&str]); 18] = [
    ("domain", &[]),
    ("text", &[]),
    ("rules", &["domain", "text"]),
    ("learn", &["domain", "text"]),
    ("intake", &["domain", "text"]),
    ("access", &["domain", "intake"]),
    ("cms", &["domain", "intake", "text"]),
    ("checker", &["domain", "rules"]),
    ("queue", &["domain"]),
    ("clock", &["domain"]),
    ("messages", &["domain"]),
    // The store asks the pure table of moves while the row is locked, and cuts texts into the words they are found by.
    ("store", &["domain", "queue", "text"]),
    ("secrets", &["domain", "store"]),
    ("config", &["secrets", "store"]),
    (
        "notify",
        &[
            "access", "checker", "clock", "config", "domain", "intake", "messages", "queue",
            "rules", "store", "text",
        ],
    ),
    (
        "http",
        &[
            "access", "checker", "clock", "cms", "config", "domain", "intake", "learn", "messages",
            "rules", "secrets", "store", "text",
        ],
    ),
    (
        "service",
        &[
            "access", "clock", "config", "domain", "http", "intake", "learn", "notify", "rules",
            "store",
        ],
    ),
    ("lib", &[]),
];

#[test]
fn arrows_point_downwards_only() {
    let mut wrong = Vec::new();
    for source in source() {
        // The command line stands above the crate and uses it from outside.
        if matches!(source.room(), "main" | "commands") {
            continue;
        }
        // By `super` too one could climb out of a room.
        let is_door = source.path.matches('/').count() == 0
            || source.path.ends_with("/mod.rs") && source.path.matches('/').count() == 1;
        if source.code.contains("super::super::") || is_door && source.code.contains(" super::") {
            wrong.push(format!("{} climbs out of its room", source.path));
        }
        let found = BELOW.iter().find(|(room, _)| *room == source.room());
        let Some((room, below)) = found else {
            wrong.push(format!("{} is in no room of the list", source.path));
            continue;
        };
        let others = source
            .names()
            .into_iter()
            .filter(|named| named != room && !below.contains(&named.as_str()));
        wrong.extend(others.map(|named| format!("{} names {named}", source.path)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_list_of_rooms_has_no_circle() {
    for (at, (room, below)) in BELOW.iter().enumerate() {
        for lower in *below {
            let place = BELOW
                .iter()
                .position(|(is, _)| is == lower)
                .expect("a room of the list");
            assert!(place < at, "{room} leans on {lower}, which stands above it");
        }
    }
}

#[test]
fn a_detector_knows_no_weight() {
    let signals = source()
        .into_iter()
        .filter(|source| source.path.starts_with("rules/signals/"));
    let weighing: Vec<String> = signals
        .filter(|source| source.code.contains("weight"))
        .map(|source| source.path)
        .collect();
    assert!(weighing.is_empty(), "{weighing:?}");
}
