//! One field of a comment, read once for all who look at it.

use std::cell::OnceCell;
use std::ops::Range;

use super::traced::narrow;
use super::{Span, Syllables, Traced, canonical, toneless};

/// A stored field with its views. Each view is made when it is first asked for.
#[derive(Debug)]
pub struct Reading<'a> {
    raw: &'a str,
    canonical: OnceCell<Traced>,
    toneless: OnceCell<Traced>,
    syllables: OnceCell<Syllables>,
    starts: OnceCell<Vec<u32>>,
}

impl<'a> Reading<'a> {
    /// Reads `raw`, a stored field.
    #[must_use]
    pub const fn new(raw: &'a str) -> Self {
        Self {
            raw,
            canonical: OnceCell::new(),
            toneless: OnceCell::new(),
            syllables: OnceCell::new(),
            starts: OnceCell::new(),
        }
    }

    /// The field as stored.
    #[must_use]
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The field in canonical form.
    pub fn canonical(&self) -> &Traced {
        self.canonical.get_or_init(|| canonical(self.raw))
    }

    /// The canonical form without tones.
    pub fn toneless(&self) -> &Traced {
        self.toneless.get_or_init(|| toneless(self.canonical()))
    }

    /// The canonical form's syllables.
    pub fn syllables(&self) -> &Syllables {
        self.syllables
            .get_or_init(|| Syllables::of(self.canonical()))
    }

    /// The span of `bytes` of the stored field; both ends on character boundaries.
    #[must_use]
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let at = |byte: usize| narrow(self.starts().partition_point(|s| (*s as usize) < byte));
        Span::new(at(bytes.start), at(bytes.end))
    }

    /// The stored field from the span's start to its end; empty where the span lies outside.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> &'a str {
        let starts = self.starts();
        let byte = |place: u32| {
            starts
                .get(place as usize)
                .map_or(self.raw.len(), |start| *start as usize)
        };
        self.raw
            .get(byte(span.start)..byte(span.end))
            .unwrap_or_default()
    }

    /// The whole field.
    #[must_use]
    pub fn whole(&self) -> Span {
        Span::new(0, narrow(self.raw.chars().count()))
    }

    /// Where each character starts. Only a field with something to show pays for this table.
    fn starts(&self) -> &[u32] {
        self.starts
            .get_or_init(|| self.raw.char_indices().map(|(at, _)| narrow(at)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_characters_translate_both_ways() {
        let reading = Reading::new("Phố cũ đẹp");
        let at = reading.raw().find("cũ").unwrap();
        let span = reading.span(at..at + "cũ".len());
        assert_eq!(span, Span::new(4, 6));
        assert_eq!(reading.excerpt(span), "cũ");
        assert_eq!(reading.excerpt(reading.whole()), "Phố cũ đẹp");
        assert_eq!(reading.excerpt(Span::new(40, 50)), "");
    }
}
