//! Cuts a text at the places that evidence points to.

/// A place in a text that a piece of evidence points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The evidence's number in the list beneath the text.
    pub number: usize,
    /// The rule's title.
    pub title: String,
}

/// A stretch of text, marked where evidence points to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    /// The characters.
    pub text: String,
    /// The numbers of the evidence that points here, each once; none where the text is plain.
    pub numbers: Vec<usize>,
    /// The titles of its rules, each once.
    pub titles: Vec<String>,
    /// Whether nothing but a likeness points here, which is no offence.
    pub likened: bool,
}

impl Segment {
    /// Whether evidence points here.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// The titles, for a tooltip.
    #[must_use]
    pub fn title(&self) -> String {
        self.titles.join(" · ")
    }
}

/// Cuts `text` into plain and marked stretches that together are the text again.
///
/// Spans that overlap become one mark with the titles of all, so that no mark stands in another;
/// spans that only touch stay two. A span reaching beyond the text is cut at its end, and one that
/// points to no character (`start == end`) marks nothing.
#[must_use]
pub fn segments(text: &str, mut spans: Vec<Span>) -> Vec<Segment> {
    let length = text.chars().count();
    for span in &mut spans {
        span.end = span.end.min(length);
    }
    spans.retain(|span| span.start < span.end);
    spans.sort_by_key(|span| (span.start, span.end, span.number));

    let mut characters = text.chars();
    let mut cut = |count: usize| -> String { characters.by_ref().take(count).collect() };
    let mut found = Vec::new();
    let mut done = 0;
    let mut spans = spans.into_iter().peekable();
    while let Some(first) = spans.next() {
        let (start, mut end) = (first.start, first.end);
        let mut mark = Segment::default();
        add(&mut mark, first);
        while let Some(next) = spans.next_if(|next| next.start < end) {
            end = end.max(next.end);
            add(&mut mark, next);
        }
        if done < start {
            found.push(plain(cut(start - done)));
        }
        mark.text = cut(end - start);
        found.push(mark);
        done = end;
    }
    if done < length {
        found.push(plain(cut(length - done)));
    }
    found
}

fn add(mark: &mut Segment, span: Span) {
    if !mark.numbers.contains(&span.number) {
        mark.numbers.push(span.number);
        mark.numbers.sort_unstable();
    }
    if !mark.titles.contains(&span.title) {
        mark.titles.push(span.title);
    }
}

fn plain(text: String) -> Segment {
    Segment {
        text,
        ..Segment::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(start: usize, end: usize, number: usize, title: &str) -> Span {
        Span {
            start,
            end,
            number,
            title: title.to_owned(),
        }
    }

    /// `[marked|numbers]` and plain text, in one line.
    fn shown(text: &str, spans: Vec<Span>) -> String {
        segments(text, spans)
            .into_iter()
            .map(|one| {
                if one.is_marked() {
                    format!("[{}|{:?}]", one.text, one.numbers)
                } else {
                    one.text
                }
            })
            .collect()
    }

    #[test]
    fn offsets_count_characters_not_bytes() {
        assert_eq!(
            shown(
                "Đường này đẹp 👍 lắm",
                vec![span(6, 9, 1, "a"), span(14, 15, 2, "b")]
            ),
            "Đường [này|[1]] đẹp [👍|[2]] lắm"
        );
    }

    #[test]
    fn overlapping_spans_become_one_mark_and_touching_ones_stay_two() {
        assert_eq!(
            shown(
                "abcdefgh",
                vec![span(3, 6, 2, "b"), span(1, 4, 1, "a"), span(6, 7, 3, "c")]
            ),
            "a[bcdef|[1, 2]][g|[3]]h"
        );
        assert_eq!(
            shown(
                "abcdefgh",
                vec![span(0, 8, 1, "a"), span(2, 3, 2, "b"), span(5, 7, 3, "c")]
            ),
            "[abcdefgh|[1, 2, 3]]"
        );
    }

    #[test]
    fn spans_outside_the_text_do_no_harm() {
        assert_eq!(
            shown(
                "abc",
                vec![
                    span(2, 99, 1, "a"),
                    span(50, 60, 2, "b"),
                    span(1, 1, 3, "c")
                ]
            ),
            "ab[c|[1]]"
        );
        assert_eq!(shown("", vec![span(0, 4, 1, "a")]), "");
    }

    #[test]
    fn a_rule_that_hits_twice_is_named_once() {
        let found = segments("abcd", vec![span(0, 2, 1, "a"), span(1, 3, 2, "a")]);
        assert_eq!(found[0].titles, ["a"]);
        assert_eq!(found[0].title(), "a");
    }

    proptest! {
        #[test]
        fn the_text_stays_whole_and_exactly_the_spans_are_marked(
            text in "[a-zđ👍\u{301} \n]{0,24}",
            places in prop::collection::vec((0_usize..30, 0_usize..30), 0..8),
        ) {
            let spans: Vec<Span> = places
                .iter()
                .enumerate()
                .map(|(number, &(start, end))| span(start, end, number, "t"))
                .collect();
            let found = segments(&text, spans);
            let whole: String = found.iter().map(|one| one.text.as_str()).collect();
            prop_assert_eq!(&whole, &text);

            let mut at = 0;
            for one in &found {
                prop_assert!(!one.text.is_empty());
                for _ in one.text.chars() {
                    let hit: Vec<usize> = (0..places.len())
                        .filter(|&n| places[n].0 <= at && at < places[n].1)
                        .collect();
                    prop_assert_eq!(one.is_marked(), !hit.is_empty());
                    prop_assert!(hit.iter().all(|n| one.numbers.contains(n)));
                    at += 1;
                }
            }
        }
    }
}
