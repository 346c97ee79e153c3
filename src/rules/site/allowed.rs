//! The places that a site's words allow, in an order in which one look tells whether a find lies in one of them.

use std::cmp::Reverse;

use crate::text::Span;

/// Spans none of which lies within another, in order: their ends rise with their beginnings.
#[derive(Debug, Default)]
pub(in crate::rules) struct Allowed(Vec<Span>);

impl Allowed {
    /// Leaves out what lies in another span. Spans that only overlap stay apart: a find across both lies in neither.
    pub(super) fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable_by_key(|span| (span.start, Reverse(span.end)));
        let mut reach = None;
        spans.retain(|span| {
            let further = reach.is_none_or(|end| span.end > end);
            if further {
                reach = Some(span.end);
            }
            further
        });
        Self(spans)
    }

    /// Whether some allowed span holds all of `span`: of those that begin before it, the last reaches furthest.
    pub(in crate::rules) fn holds(&self, span: Span) -> bool {
        let next = self.0.partition_point(|one| one.start <= span.start);
        next.checked_sub(1)
            .is_some_and(|last| self.0[last].holds(span))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_find_is_allowed_where_any_span_holds_it(
            spans in prop::collection::vec((0_u32..30, 0_u32..9), 0..20),
            find in (0_u32..30, 0_u32..9),
        ) {
            let span = |(start, len): (u32, u32)| Span::new(start, start + len);
            let spans: Vec<Span> = spans.into_iter().map(span).collect();
            let any = spans.iter().any(|one| one.holds(span(find)));
            prop_assert_eq!(Allowed::new(spans).holds(span(find)), any);
        }
    }

    #[test]
    fn what_lies_in_another_span_is_not_looked_at() {
        let nested = (0..10_000).map(|at| Span::new(at, 10_000)).collect();
        assert_eq!(Allowed::new(nested).0.len(), 1);
    }
}
