//! Words of others: what stands between quotation marks.

use super::traced::narrow;
use super::{Span, is_word_char};

/// Fewer words between marks are emphasis or irony rather than somebody's words.
const FEWEST_WORDS: usize = 3;

/// The stretches of `raw` between quotation marks (`“…”`, `"…"`, `«…»`, `„…“`) that hold three words or more and are closed
/// in the same paragraph.
#[must_use]
pub fn quotations(raw: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for (place, c) in raw.chars().enumerate() {
        if c == '\n' {
            open = None;
            continue;
        }
        match &mut open {
            Some(quote) if quote.closes(c) => {
                if quote.words >= FEWEST_WORDS {
                    found.push(Span::new(quote.start, narrow(place)));
                }
                open = None;
            }
            Some(quote) => quote.read(c),
            None => open = Open::at(c, place),
        }
    }
    found
}

struct Open {
    by: char,
    start: u32,
    words: usize,
    in_word: bool,
}

impl Open {
    fn at(c: char, place: usize) -> Option<Self> {
        matches!(c, '“' | '"' | '«' | '„').then(|| Self {
            by: c,
            start: narrow(place + 1),
            words: 0,
            in_word: false,
        })
    }

    const fn closes(&self, c: char) -> bool {
        match self.by {
            '"' => c == '"',
            '«' => c == '»',
            '„' => matches!(c, '“' | '”'),
            _ => matches!(c, '”' | '"'),
        }
    }

    fn read(&mut self, c: char) {
        let is_word = is_word_char(c);
        self.words += usize::from(is_word && !self.in_word);
        self.in_word = is_word;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_said_is_between_marks_and_a_word_in_marks_is_not() {
        assert_eq!(
            quotations("Ông nói: “tôi không biết gì” rồi đi"),
            [Span::new(10, 27)]
        );
        assert_eq!(
            quotations("\"một hai ba\" và \"bốn năm sáu\""),
            [Span::new(1, 11), Span::new(17, 28)]
        );
        for text in [
            "cái gọi là \"nhà văn\"",
            "“một hai ba\nbốn”",
            "màn hình 5\" rất to và đẹp",
            "«một hai ba",
        ] {
            assert_eq!(quotations(text), [], "{text}");
        }
    }
}
