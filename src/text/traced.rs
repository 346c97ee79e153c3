//! A derived text with the way back to the text it was derived from.

use std::cell::OnceCell;
use std::ops::Range;

/// A stretch of the original, counted in Unicode scalar values: first, and one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Span {
    /// From `start` to one before `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// How many characters.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no character.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether `other` lies within.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same stretch where the text it was counted in starts `by` characters into another.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self::new(self.start.saturating_add(by), self.end.saturating_add(by))
    }
}

/// A derived text, each character of which knows its span in the original. Spans never run backwards.
///
/// Most characters stand for the one at their own place, and most texts hold no other: until one comes that does not, only
/// the characters are counted, and the table of spans is made when somebody asks for a span by its bytes.
#[derive(Debug, Clone, Default)]
pub struct Traced {
    text: String,
    count: u32,
    units: OnceCell<Vec<Unit>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    byte: u32,
    span: Span,
}

/// Positions are kept in 32 bits: a comment is at most some thousand characters long.
pub(super) fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Traced {
    /// An empty text with room for `bytes`.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// The derived text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Each character with the span it came from.
    pub fn chars(&self) -> impl Iterator<Item = (char, Span)> {
        let units = self.units.get().map(Vec::as_slice);
        (0..).zip(self.text.chars()).map(move |(place, c)| {
            let span = units
                .and_then(|units| units.get(place as usize))
                .map_or(Span::new(place, place + 1), |unit| unit.span);
            (c, span)
        })
    }

    /// Where `bytes` of the derived text came from. An empty range gives an empty span.
    #[must_use]
    pub fn source(&self, bytes: Range<usize>) -> Span {
        let all = self.units();
        let place = |byte: usize| all.partition_point(|unit| (unit.byte as usize) < byte);
        let (first, end) = (place(bytes.start), place(bytes.end));
        let units = all.get(first..end).unwrap_or_default();
        if let (Some(first), Some(last)) = (units.first(), units.last()) {
            return Span::new(first.span.start, last.span.end);
        }
        let at = all.get(first).map_or_else(
            || all.last().map_or(0, |last| last.span.end),
            |unit| unit.span.start,
        );
        Span::new(at, at)
    }

    /// Adds a character.
    pub fn push(&mut self, c: char, span: Span) {
        if self.units.get().is_some() || span != Span::new(self.count, self.count + 1) {
            let byte = narrow(self.text.len());
            self.units_mut().push(Unit { byte, span });
        }
        self.text.push(c);
        self.count += 1;
    }

    /// Takes the last character away.
    pub fn pop(&mut self) -> Option<(char, Span)> {
        let c = self.text.pop()?;
        self.count -= 1;
        match self.units.get_mut() {
            Some(units) => units.pop().map(|unit| (c, unit.span)),
            None => Some((c, Span::new(self.count, self.count + 1))),
        }
    }

    /// The last character.
    #[must_use]
    pub fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Lets the last character also stand for what follows it, up to `end`.
    pub fn stretch(&mut self, end: u32) {
        if self.units.get().is_none() && end <= self.count {
            return;
        }
        if let Some(unit) = self.units_mut().last_mut() {
            unit.span.end = unit.span.end.max(end);
        }
    }

    fn units(&self) -> &[Unit] {
        self.units.get_or_init(|| {
            let places = (0..).zip(self.text.char_indices());
            places
                .map(|(place, (byte, _))| Unit {
                    byte: narrow(byte),
                    span: Span::new(place, place + 1),
                })
                .collect()
        })
    }

    fn units_mut(&mut self) -> &mut Vec<Unit> {
        self.units();
        self.units.get_mut().expect("made in the line before")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_leads_back_to_the_whole_stretch_between_its_ends() {
        let mut traced = Traced::default();
        traced.push('đ', Span::new(0, 1));
        traced.push('i', Span::new(3, 4));
        traced.push('x', Span::new(4, 9));
        assert_eq!(traced.source(0..3), Span::new(0, 4));
        assert_eq!(traced.source(2..4), Span::new(3, 9));
        assert_eq!(traced.source(3..3), Span::new(4, 4));
        assert_eq!(traced.source(9..9), Span::new(9, 9));
    }

    #[test]
    fn characters_at_their_own_places_need_no_table_until_one_is_not() {
        let mut traced = Traced::default();
        for (place, c) in (0..).zip("bún đ".chars()) {
            traced.push(c, Span::new(place, place + 1));
        }
        assert!(traced.units.get().is_none());
        assert_eq!(traced.pop(), Some(('đ', Span::new(4, 5))));
        traced.stretch(4);
        assert!(traced.units.get().is_none());
        traced.push('d', Span::new(4, 6));
        traced.push('ị', Span::new(6, 7));
        traced.stretch(8);
        let spans: Vec<(char, u32, u32)> = traced
            .chars()
            .map(|(c, span)| (c, span.start, span.end))
            .collect();
        assert_eq!(
            spans,
            [
                ('b', 0, 1),
                ('ú', 1, 2),
                ('n', 2, 3),
                (' ', 3, 4),
                ('d', 4, 6),
                ('ị', 6, 8)
            ]
        );
        assert_eq!(
            traced.source("bún".len()..traced.text().len()),
            Span::new(3, 8)
        );
    }
}
