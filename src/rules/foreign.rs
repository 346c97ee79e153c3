//! What editors paste from other engines' regular expressions, which an engine of linear time does not have.

/// A construct that no pattern here may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// `(?=…)` and its kin.
    LookAround,
    /// `\1`, `\g1`, `(?P=name)`, `\k<name>`.
    BackReference,
    /// `(?>…)`, which only engines that go back need.
    Atomic,
}

impl Foreign {
    /// The first kind that a text has.
    pub fn within(text: &str) -> Option<Self> {
        let has = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
        if has(&["(?=", "(?!", "(?<=", "(?<!"]) {
            Some(Self::LookAround)
        } else if has(&["(?P=", "\\k<", "\\k{", "\\k'", "\\g"]) || refers_by_number(text) {
            Some(Self::BackReference)
        } else if has(&["(?>"]) {
            Some(Self::Atomic)
        } else {
            None
        }
    }
}

/// Whether a backslash that is not itself escaped stands before a digit other than 0.
fn refers_by_number(text: &str) -> bool {
    let mut escaped = false;
    text.chars().any(|c| {
        let refers = escaped && matches!(c, '1'..='9');
        escaped = c == '\\' && !escaped;
        refers
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told() {
        for (text, kind) in [
            ("(?=x)", Some(Foreign::LookAround)),
            ("(?<!x)", Some(Foreign::LookAround)),
            (r"(a)\1", Some(Foreign::BackReference)),
            ("(?P<a>x)(?P=a)", Some(Foreign::BackReference)),
            (r"(?<a>x)\k<a>", Some(Foreign::BackReference)),
            (r"(a)\g1", Some(Foreign::BackReference)),
            ("(?>x)", Some(Foreign::Atomic)),
            (r"\\1", None),
            ("(?<name>a)(?:b)(?i)c", None),
        ] {
            assert_eq!(Foreign::within(text), kind, "{text}");
        }
    }
}
