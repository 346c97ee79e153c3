//! The set as a whole: what the shipped packs see, what their faults say, and laws over all inputs.

mod faults;
mod laws;
mod packs;

use super::{Context, PackSource, RuleSet, Subject, judge, shipped};
use crate::domain::{Cluster, CommentId, Verdict};

fn set() -> RuleSet {
    RuleSet::compile(&shipped()).expect("the shipped packs compile")
}

fn body(set: &RuleSet, body: &str) -> Verdict {
    let subject = Subject {
        body,
        ..Subject::default()
    };
    judge(set, &Context::default(), &subject)
}

/// A text that so many others have, all from one place.
fn repeated(others: u32) -> Cluster {
    Cluster {
        first: CommentId(uuid::Uuid::from_u128(1)),
        comments: others + 1,
        emails: 1,
        addresses: 1,
        articles: 1,
    }
}

fn pack(file: &str, text: &str) -> PackSource {
    PackSource {
        file: file.to_owned(),
        text: text.to_owned(),
    }
}

/// A pack `own` with one rule `own.one` that has `keys`; the rule's id is in line 3.
fn own(keys: &str) -> PackSource {
    pack(
        "own.toml",
        &format!(
            "id = \"own\"\n[[rule]]\nid = \"own.one\"\ntitle = {{ vi = \"Một\", en = \"One\" }}\n\
             category = \"spam\"\nweight = 1.0\nexamples = {{ hit = [\"một\"], miss = [\"hai\"] }}\n{keys}\n"
        ),
    )
}
