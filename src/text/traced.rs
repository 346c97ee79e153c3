//! A derived text with the way back to the text it was derived from.

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traced {
    text: String,
    units: Vec<Unit>,
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
            units: Vec::with_capacity(bytes),
        }
    }

    /// The derived text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Each character with the span it came from.
    pub fn chars(&self) -> impl Iterator<Item = (char, Span)> {
        self.text
            .chars()
            .zip(&self.units)
            .map(|(c, unit)| (c, unit.span))
    }

    /// Where `bytes` of the derived text came from. An empty range gives an empty span.
    #[must_use]
    pub fn source(&self, bytes: Range<usize>) -> Span {
        let units = self.within(&bytes);
        if let (Some(first), Some(last)) = (units.first(), units.last()) {
            return Span::new(first.span.start, last.span.end);
        }
        let next = self
            .units
            .partition_point(|u| (u.byte as usize) < bytes.start);
        let at = self.units.get(next).map_or_else(
            || self.units.last().map_or(0, |last| last.span.end),
            |unit| unit.span.start,
        );
        Span::new(at, at)
    }

    fn within(&self, bytes: &Range<usize>) -> &[Unit] {
        let first = self
            .units
            .partition_point(|u| (u.byte as usize) < bytes.start);
        let last = self
            .units
            .partition_point(|u| (u.byte as usize) < bytes.end);
        self.units.get(first..last).unwrap_or_default()
    }

    /// Adds a character.
    pub fn push(&mut self, c: char, span: Span) {
        self.units.push(Unit {
            byte: narrow(self.text.len()),
            span,
        });
        self.text.push(c);
    }

    /// Takes the last character away.
    pub fn pop(&mut self) -> Option<(char, Span)> {
        let c = self.text.pop()?;
        self.units.pop().map(|unit| (c, unit.span))
    }

    /// The last character.
    #[must_use]
    pub fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Lets the last character also stand for what follows it, up to `end`.
    pub fn stretch(&mut self, end: u32) {
        if let Some(unit) = self.units.last_mut() {
            unit.span.end = unit.span.end.max(end);
        }
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
}
