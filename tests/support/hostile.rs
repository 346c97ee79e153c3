//! Texts that are out to break something: each is only text, wherever it is shown. The browser tests read the same file.

use std::collections::BTreeMap;

/// Of every kind we know.
pub fn texts() -> Vec<String> {
    let kinds: BTreeMap<String, Vec<String>> =
        serde_json::from_str(include_str!("../fixtures/hostile.json"))
            .expect("texts by their kinds");
    let mut texts: Vec<String> = kinds.into_values().flatten().collect();
    texts.extend([
        "a".repeat(4_999),
        "ộ".repeat(5_000),
        "x".repeat(5_001),
        "👨‍👩‍👧‍👦".repeat(700),
        format!("Z{}", "\u{0300}\u{0327}\u{20dd}".repeat(400)),
        "((((((((((".repeat(300),
        "\n".repeat(2_000) + "cuối",
        "a ".repeat(2_000),
        "<".repeat(3_000),
        "&".repeat(3_000),
        "http://a.example/ ".repeat(200),
    ]);
    texts
}
