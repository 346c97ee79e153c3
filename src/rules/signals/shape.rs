//! How a text looks, whatever it says: capitals, runs, emoji, script.

use crate::text::{Reading, Span, is_letter, small};

/// With fewer letters, capitals are a name or an abbreviation.
const FEWEST_LETTERS: usize = 20;

/// With fewer letters, one foreign word is everything. A Chinese sentence has few.
const FEWEST_FOREIGN: usize = 8;

/// Capitals among the cased letters in percent; 0 where there are fewer than twenty.
#[must_use]
pub fn shouting(reading: &Reading<'_>) -> u32 {
    let (mut upper, mut cased) = (0, 0);
    for c in reading.raw().chars() {
        let (is_upper, is_cased) = case(c);
        upper += usize::from(is_upper);
        cased += usize::from(is_cased);
    }
    percent(upper, cased, FEWEST_LETTERS)
}

/// Whether a character is a capital, and whether it has a case at all; told quickly for the letters of Vietnamese.
fn case(c: char) -> (bool, bool) {
    if c.is_ascii() {
        return (c.is_ascii_uppercase(), c.is_ascii_alphabetic());
    }
    match small(c) {
        Some(small) => (small != c, true),
        None => (c.is_uppercase(), c.is_uppercase() || c.is_lowercase()),
    }
}

/// Letters of other scripts than Latin among all letters in percent; 0 where there are fewer than eight.
#[must_use]
pub fn foreign_script(reading: &Reading<'_>) -> u32 {
    // Past the blocks of Latin and phonetic letters; canonical form has undressed the odd ones.
    let is_foreign = |c: char| {
        c > '\u{2AF}'
            && !matches!(c, '\u{1D00}'..='\u{1EFF}' | '\u{A720}'..='\u{A7FF}')
            && is_letter(c)
    };
    let text = reading.canonical().text();
    let foreign = text.chars().filter(|c| is_foreign(*c)).count();
    if foreign == 0 {
        return 0;
    }
    let letters = text.chars().filter(|c| is_letter(*c)).count();
    percent(foreign, letters, FEWEST_FOREIGN)
}

fn percent(part: usize, whole: usize, fewest: usize) -> u32 {
    if whole < fewest {
        return 0;
    }
    u32::try_from(part * 100 / whole).unwrap_or(100)
}

/// The length of the longest run of one character, white space and separators aside, and where it is.
#[must_use]
pub fn longest_run(reading: &Reading<'_>) -> (u32, Span) {
    // Rulers and dotted lines are how people part paragraphs and fill forms.
    let parts = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '=' | '*' | '…' | '0');
    let mut best = Span::new(0, 0);
    let (mut start, mut previous) = (0, None);
    for (at, c) in (0..).zip(reading.raw().chars()) {
        if previous != Some(c) {
            (start, previous) = (at, Some(c));
        }
        let run = Span::new(start, at + 1);
        if run.len() > best.len() && !parts(c) {
            best = run;
        }
    }
    (best.len(), best)
}

/// Every emoji; one that is composed of several characters counts by its visible parts.
#[must_use]
pub fn emoji(reading: &Reading<'_>) -> Vec<Span> {
    // The lead bytes of U+2000 and up, without which there is none.
    if !reading.raw().bytes().any(|b| b == 0xE2 || b == 0xF0) {
        return Vec::new();
    }
    (0..)
        .zip(reading.raw().chars())
        .filter(|(_, c)| {
            matches!(c, '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}' | '\u{1F1E6}'..='\u{1F3FA}'
                | '\u{1F400}'..='\u{1FAFF}')
        })
        .map(|(place, _)| Span::new(place, place + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shouting_is_a_share_of_the_letters_and_short_texts_do_not_shout() {
        assert_eq!(
            shouting(&Reading::new("TẠI SAO KHÔNG AI LÀM GÌ CẢ VẬY")),
            100
        );
        assert_eq!(shouting(&Reading::new("Tại sao không ai làm gì cả vậy")), 4);
        assert_eq!(shouting(&Reading::new("UBND TP.HCM")), 0);
    }

    #[test]
    fn foreign_letters_are_counted_whatever_their_case() {
        assert_eq!(
            foreign_script(&Reading::new("Купить дешево, звоните скорее")),
            100
        );
        assert_eq!(
            foreign_script(&Reading::new("Đường phố thành phố Hồ Chí Minh")),
            0
        );
    }

    #[test]
    fn the_longest_run_has_its_place() {
        assert_eq!(
            longest_run(&Reading::new("à.......... hahhhhh!")),
            (5, Span::new(14, 19))
        );
        assert_eq!(longest_run(&Reading::new("")), (0, Span::new(0, 0)));
    }

    #[test]
    fn emoji_are_counted_and_letters_are_not() {
        assert_eq!(emoji(&Reading::new("vui 😀❤️😀")).len(), 3);
        assert_eq!(emoji(&Reading::new("vui “lắm” – 5₫")).len(), 0);
    }
}
