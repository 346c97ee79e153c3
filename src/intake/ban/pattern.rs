//! Patterns of names: folded like the names they are held against, with `*` for whatever stands there.

use crate::intake::folded;

/// A typed pattern in the form that folded names are held against. Words beside a `*` keep their distance from it: *Lan \** is a
/// name of more words than *Lan*, *Lan\** also *Lanh*.
pub(super) fn folded_pattern(typed: &str) -> String {
    let parts: Vec<String> = typed.split('*').map(folded_part).collect();
    let mut key = parts.join("*");
    while key.contains("**") {
        key = key.replace("**", "*");
    }
    key.trim().to_owned()
}

/// Folded, with the spaces at its ends that divide words.
fn folded_part(part: &str) -> String {
    let inner = folded(part);
    if inner.is_empty() {
        let divides = part.contains(' ');
        return if divides { " ".to_owned() } else { inner };
    }
    let before = folded(&format!("x{part}")).starts_with("x ");
    let after = folded(&format!("{part}x")).ends_with(" x");
    let space = |is: bool| if is { " " } else { "" };
    format!("{}{inner}{}", space(before), space(after))
}

/// A pattern that is ready to be held against names.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    first: String,
    middle: Vec<String>,
    /// None where there is no `*`: then `first` is the whole name.
    last: Option<String>,
}

impl Pattern {
    pub(super) fn new(key: &str) -> Self {
        let mut parts = key.split('*').map(str::to_owned);
        let first = parts.next().unwrap_or_default();
        let mut middle: Vec<String> = parts.collect();
        let last = middle.pop();
        Self {
            first,
            middle,
            last,
        }
    }

    /// Whether it holds for a folded name.
    pub(super) fn holds(&self, name: &str) -> bool {
        let Some(last) = &self.last else {
            return name == self.first;
        };
        let Some(rest) = name.strip_prefix(&self.first) else {
            return false;
        };
        let Some(mut rest) = rest.strip_suffix(last.as_str()) else {
            return false;
        };
        // The first place is as good as any: what follows has the most room then.
        self.middle.iter().all(|part| {
            rest.find(part.as_str()).is_some_and(|at| {
                rest = &rest[at + part.len()..];
                true
            })
        })
    }
}
