//! Characters that a reader cannot see but a matcher would stumble over.

/// Whether `c` leaves no trace on the screen: `Default_Ignorable_Code_Point` of UAX #44 (zero-width and joining
/// characters, bidi controls, variation selectors, tags, fillers) and the control characters other than white space.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{E}'..='\u{1B}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}'
        | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_invisible_and_white_space_is_not() {
        for c in [
            '\u{200B}',
            '\u{202E}',
            '\u{FE0F}',
            '\u{E0061}',
            '\u{AD}',
            '\u{7}',
        ] {
            assert!(is_invisible(c), "{c:?}");
        }
        for c in [' ', '\n', '\t', 'a', 'ộ', '\u{A0}', '\u{301}', '😀'] {
            assert!(!is_invisible(c), "{c:?}");
        }
    }
}
