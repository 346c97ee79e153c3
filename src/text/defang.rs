//! Addresses written so that no program takes them for one: `https[:]//xau[.]example`, `ten[@]thu[.]example`. Mail programs make links of
//! whatever looks like one, and a moderator's should not be the first to offer what a spammer wants clicked.

/// A text in which nothing looks like an address, and where its characters stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defanged {
    /// The text.
    pub text: String,
    /// For each character of the original, and for its end, where it is now.
    places: Vec<usize>,
}

impl Defanged {
    /// Writes `original` so that nothing in it is taken for an address.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let characters: Vec<char> = original.chars().collect();
        let mut text = String::with_capacity(original.len());
        let mut places = Vec::with_capacity(characters.len() + 1);
        let mut at = 0;
        for (place, character) in characters.iter().enumerate() {
            places.push(at);
            if joins(&characters, place) {
                text.extend(['[', *character, ']']);
                at += 3;
            } else {
                text.push(*character);
                at += 1;
            }
        }
        places.push(at);
        Self { text, places }
    }

    /// Where a character of the original stands now; its end for what lies behind that.
    #[must_use]
    pub fn place(&self, original: usize) -> usize {
        let last = self.places.last().copied().unwrap_or(0);
        self.places.get(original).copied().unwrap_or(last)
    }
}

/// The text alone.
#[must_use]
pub fn defanged(original: &str) -> String {
    Defanged::new(original).text
}

/// Whether that character is what makes an address of its neighbours.
fn joins(text: &[char], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|place| text.get(place));
    let after = text.get(place + 1);
    let of_word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    match text[place] {
        ':' => before.is_some_and(|c| c.is_alphanumeric()) && after == Some(&'/'),
        '@' => of_word(before) && of_word(after),
        dot if is_dot(dot) => {
            let numbers =
                before.is_some_and(char::is_ascii_digit) && after.is_some_and(char::is_ascii_digit);
            let is_name = || {
                if numbers {
                    is_of_address(text, place)
                } else {
                    is_of_host(&text[place + 1..])
                }
            };
            of_word(before) && of_word(after) && is_name()
        }
        _ => false,
    }
}

/// Whether it parts the names of a host. Full stops of other scripts do so, too (UTS #46).
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// Whether a host may end so as the text goes on behind a dot: no top-level domain has one letter, and `đ.ị.t` is a word that was taken
/// apart.
fn is_of_host(rest: &[char]) -> bool {
    let goes_on = |c: &&char| {
        !c.is_whitespace() && (!c.is_ascii_punctuation() || matches!(c, '.' | '-' | '_'))
    };
    let host: Vec<char> = rest.iter().take_while(goes_on).copied().collect();
    let labels = host.split(|c| is_dot(*c));
    let mut letters = labels.map(|label| label.iter().filter(|c| c.is_alphanumeric()).count());
    letters.rfind(|letters| *letters > 0) > Some(1)
}

/// Whether a number's dot stands in something that is an address anyway, as `1.2.3.4` and `http://1.2.3.4` are and `1.000.000` is not.
fn is_of_address(text: &[char], place: usize) -> bool {
    let is_end = |c: &char| c.is_whitespace();
    let begin = text[..place]
        .iter()
        .rposition(is_end)
        .map_or(0, |at| at + 1);
    let end = text[place..].iter().position(is_end);
    let word = &text[begin..end.map_or(text.len(), |end| place + end)];
    let dots = word.iter().filter(|c| **c == '.').count();
    dots == 3
        || word
            .iter()
            .any(|c| matches!(c, '/' | '@') || c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_no_addresses_any_more() {
        for (typed, shown) in [
            (
                "https://xau.example/vay?a=1",
                "https[:]//xau[.]example/vay?a=1",
            ),
            ("vào xau.example ngay", "vào xau[.]example ngay"),
            ("ten@thu.example", "ten[@]thu[.]example"),
            ("http://1.2.3.4/x", "http[:]//1[.]2[.]3[.]4/x"),
            ("xấu。com", "xấu[。]com"),
            ("giá 1.000.000 đồng.", "giá 1.000.000 đồng."),
            (
                "Hay quá... Lúc 14:03, ngày 2.9",
                "Hay quá... Lúc 14:03, ngày 2.9",
            ),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("đ.ị.t mẹ, v.v.", "đ.ị.t mẹ, v.v."),
            ("Đ.m. mày/đ.m, (c.c)", "Đ.m. mày/đ.m, (c.c)"),
            ("a.b.xau.vn.", "a[.]b[.]xau[.]vn."),
            ("x.co/a.b?c=d.e", "x[.]co/a.b?c=d.e"),
            ("t.me", "t[.]me"),
            ("x.c\u{ad}om", "x[.]c\u{ad}om"),
        ] {
            assert_eq!(defanged(typed), shown);
        }
    }

    proptest! {
        #[test]
        fn each_character_is_found_again(typed in "[a-zà0-9.:/@ \\n]{0,40}") {
            let told = Defanged::new(&typed);
            let now: Vec<char> = told.text.chars().collect();
            for (place, character) in typed.chars().enumerate() {
                let at = told.place(place);
                prop_assert!(now[at] == character || now[at..].starts_with(&['[', character, ']']));
            }
            prop_assert_eq!(told.place(typed.chars().count()), now.len());
            prop_assert_eq!(told.text.replace(['[', ']'], ""), typed);
        }
    }
}
