//! Text on one line, for headers, titles and subjects.

use super::is_invisible;

/// `text` on one line: control characters and runs of white space are one space each, what is not seen or turns the text
/// around is left out, and so are the ends' spaces.
#[must_use]
pub fn one_line(text: &str) -> String {
    let shown = text
        .chars()
        .filter(|c| c.is_whitespace() || c.is_control() || !is_invisible(*c))
        .map(|c| if c.is_control() { ' ' } else { c });
    let shown: String = shown.collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn nothing_but_one_line_is_left() {
        assert_eq!(
            one_line(" Tin\r\nBcc: x\u{0}\u{2028}y  \u{202e}z\u{200b} "),
            "Tin Bcc: x y z"
        );
    }
}
