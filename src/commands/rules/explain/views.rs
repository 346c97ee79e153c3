//! How a text was read, view by view, and which words a view reads otherwise than the one before it.

use duyet::rules::RuleSet;
use duyet::text::{Reading, Span, Traced, is_invisible, is_word_char};
use serde::Serialize;

/// One way the text was read.
pub struct NamedView {
    pub name: &'static str,
    pub text: Traced,
    /// What it reads otherwise than the view before; nothing for the first.
    pub changes: Vec<Change>,
}

/// The views of a text, each made from the one before.
pub fn of(rules: &RuleSet, reading: &Reading<'_>) -> Vec<NamedView> {
    let raw = reading.raw();
    let typed = as_typed(raw);
    let canonical = reading.canonical();
    let words = meant(canonical, rules.read_as(reading));
    let (made_canonical, made_words) = (
        changes(raw, &typed, canonical),
        changes(raw, canonical, &words),
    );
    let view = |name, text, changes| NamedView {
        name,
        text,
        changes,
    };
    vec![
        view("as typed", typed, Vec::new()),
        view("canonical", canonical.clone(), made_canonical),
        view("words", words, made_words),
    ]
}

/// The canonical text with what the rules read otherwise put in its place.
fn meant(canonical: &Traced, read: Vec<(Span, String)>) -> Traced {
    let mut out = Traced::with_capacity(canonical.text().len());
    let mut read = read.into_iter().peekable();
    let mut covered = 0;
    for (c, span) in canonical.chars() {
        if let Some((place, word)) = read.next_if(|(place, _)| place.start <= span.start) {
            for letter in word.chars() {
                out.push(letter, Span::new(place.start, place.end));
            }
            covered = place.end;
        }
        if span.start >= covered {
            out.push(c, span);
        }
    }
    out
}

fn as_typed(raw: &str) -> Traced {
    let mut out = Traced::with_capacity(raw.len());
    for (place, c) in (0..).zip(raw.chars()) {
        out.push(c, Span::new(place, place + 1));
    }
    out
}

/// A stretch of the original that a view reads otherwise than the one before.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct Change {
    /// Its first character in the original.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// What it was.
    pub from: String,
    /// What it is now.
    pub to: String,
}

/// The words that `next` reads otherwise than `before`, more than in their case and what parts them: before and after.
/// Words that were read as one are told as one. Linear in the text, but for the logarithm of a search.
pub fn changes(raw: &str, before: &Traced, next: &Traced) -> Vec<Change> {
    let (before, next) = (Indexed::of(before), Indexed::of(next));
    let mut changed = Vec::new();
    let words = word_places(raw);
    let mut first = 0;
    while first < words.len() {
        let mut last = first;
        while words.get(last + 1).is_some_and(|following| {
            let joined = |view: &Indexed| view.joins(&words[last], following);
            joined(&next) && !joined(&before)
        }) {
            last += 1;
        }
        let (start, end) = (words[first].start, words[last].next);
        let (was, is) = (before.text(start, end), next.text(start, end));
        if plain(&was) != plain(&is) {
            changed.push(Change {
                start,
                end: words[last].end,
                from: was.trim().to_owned(),
                to: is.trim().to_owned(),
            });
        }
        first = last + 1;
    }
    changed
}

/// A word of the original with the space after it.
struct Place {
    start: u32,
    /// One past its last character.
    end: u32,
    /// Where the next word starts.
    next: u32,
}

fn word_places(raw: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut between = true;
    for (place, c) in (0..).zip(raw.chars()) {
        let is_space = c.is_whitespace();
        if between && !is_space {
            places.push(Place {
                start: place,
                end: place,
                next: place,
            });
        }
        between = is_space;
        if let Some(word) = places.last_mut() {
            word.next = place + 1;
            if !is_space {
                word.end = place + 1;
            }
        }
    }
    places
}

/// A view's characters with the place where each comes from. Places never run backwards, so they can be searched.
struct Indexed(Vec<(u32, char)>);

impl Indexed {
    fn of(view: &Traced) -> Self {
        Self(view.chars().map(|(c, span)| (span.start, c)).collect())
    }

    /// What the view makes of a stretch of the original.
    fn over(&self, start: u32, end: u32) -> &[(u32, char)] {
        let at = |place: u32| self.0.partition_point(|(start, _)| *start < place);
        &self.0[at(start)..at(end)]
    }

    fn text(&self, start: u32, end: u32) -> String {
        self.over(start, end).iter().map(|(_, c)| c).collect()
    }

    /// Whether nothing parts two words.
    fn joins(&self, word: &Place, following: &Place) -> bool {
        let is_word = |c: Option<&(u32, char)>| c.is_some_and(|(_, c)| is_word_char(*c));
        is_word(self.over(word.start, word.next).last())
            && is_word(self.over(following.start, following.next).first())
    }
}

/// Lower case, every run between words as one space.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if is_word_char(c) || is_invisible(c) {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(raw: &str, next: &Traced) -> Vec<(String, String)> {
        changes(raw, &as_typed(raw), next)
            .into_iter()
            .map(|change| (change.from, change.to))
            .collect()
    }

    #[test]
    fn only_words_that_read_otherwise_are_told() {
        let raw = "Bài ｈay,\nqu\u{200B}á!!!";
        let reading = Reading::new(raw);
        assert_eq!(
            pairs(raw, reading.canonical()),
            [
                ("ｈay,".to_owned(), "hay,".to_owned()),
                ("qu\u{200B}á!!!".to_owned(), "quá!!!".to_owned())
            ]
        );
    }

    #[test]
    fn what_the_rules_read_stands_in_place_of_what_was_typed() {
        let raw = "một c.o.n meo";
        let reading = Reading::new(raw);
        let read = vec![
            (Span::new(4, 9), "con".to_owned()),
            (Span::new(10, 13), "mèo".to_owned()),
        ];
        let meant = meant(reading.canonical(), read);
        assert_eq!(meant.text(), "một con mèo");
        let changed = changes(raw, reading.canonical(), &meant);
        let second = Change {
            start: 10,
            end: 13,
            from: "meo".to_owned(),
            to: "mèo".to_owned(),
        };
        assert_eq!(changed[1], second);
    }

    #[test]
    fn words_that_were_joined_are_told_as_one() {
        let raw = "con m è o kêu";
        let mut joined = Traced::default();
        for (c, span) in as_typed(raw).chars() {
            if !(matches!(span.start, 5 | 7)) {
                joined.push(c, span);
            }
        }
        assert_eq!(joined.text(), "con mèo kêu");
        assert_eq!(
            pairs(raw, &joined),
            [("m è o".to_owned(), "mèo".to_owned())]
        );
    }
}
