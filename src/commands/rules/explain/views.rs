//! How a text was read, view by view, and which words a view reads otherwise than the one before it.

use std::ops::Range;

use duyet::rules::RuleSet;
use duyet::text::{Reading, Span, Traced, is_invisible, is_word_char};

/// One way the text was read.
pub struct NamedView {
    pub name: &'static str,
    pub text: Traced,
}

/// The views of a text, each made from the one before.
pub fn of(rules: &RuleSet, reading: &Reading<'_>) -> Vec<NamedView> {
    let view = |name, text| NamedView { name, text };
    vec![
        view("as typed", as_typed(reading.raw())),
        view("canonical", reading.canonical().clone()),
        view("words", meant(reading.canonical(), rules.read_as(reading))),
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

/// The words that `next` reads otherwise than `before`, more than in their case and what parts them: before and after.
/// Words that were read as one are told as one.
pub fn changes(raw: &str, before: &Traced, next: &Traced) -> Vec<(String, String)> {
    let mut changed = Vec::new();
    let words = word_places(raw);
    let mut first = 0;
    while first < words.len() {
        let mut last = first;
        while words.get(last + 1).is_some_and(|following| {
            let joined = |view| is_joined(view, &words[last], following);
            joined(next) && !joined(before)
        }) {
            last += 1;
        }
        let place = words[first].start..words[last].end;
        let (was, is) = (over(before, &place), over(next, &place));
        if plain(&was) != plain(&is) {
            changed.push((was.trim().to_owned(), is.trim().to_owned()));
        }
        first = last + 1;
    }
    changed
}

/// Where each word of `raw` starts and the next one does.
fn word_places(raw: &str) -> Vec<Range<u32>> {
    let mut places: Vec<Range<u32>> = Vec::new();
    let mut between = true;
    for (place, c) in (0..).zip(raw.chars()) {
        if between && !c.is_whitespace() {
            places.push(place..place);
        }
        between = c.is_whitespace();
        if let Some(word) = places.last_mut() {
            word.end = place + 1;
        }
    }
    places
}

/// Whether nothing parts two words in a view.
fn is_joined(view: &Traced, word: &Range<u32>, following: &Range<u32>) -> bool {
    let ends_open = over(view, word).ends_with(is_word_char);
    ends_open && over(view, following).starts_with(is_word_char)
}

/// What a view makes of a stretch of the original.
fn over(view: &Traced, place: &Range<u32>) -> String {
    view.chars()
        .filter(|(_, span)| place.contains(&span.start))
        .map(|(c, _)| c)
        .collect()
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
        assert_eq!(changed[1], ("meo".to_owned(), "mèo".to_owned()));
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
