//! Vietnamese phone numbers, however they are spaced.

use crate::text::{Reading, Span, is_word_char};

/// The most that may stand between two groups of digits: `) `.
const WIDEST_GAP: usize = 2;
/// The same between single digits: ` - `.
const WIDEST_PARTED: usize = 3;

/// What a number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Somebody's own.
    Mobile,
    /// A house's or an office's.
    Landline,
    /// A service's, which everybody may call.
    Service,
}

/// Every Vietnamese phone number in the field, or those of one kind: mobile (`03 05 07 08 09` and eight digits), landline (`02` and nine),
/// the same after `+84` or `84`, and service numbers (`1800 1900` and four to six). Digits may be grouped by spaces,
/// full stops, hyphens, brackets, or by signs and pictures that hide them. Read in canonical form, so full-width digits count too.
#[must_use]
pub fn phones(reading: &Reading<'_>, of: Option<Line>) -> Vec<Span> {
    // An ASCII digit, or the lead byte of a block with other digits; of those Vietnamese text has dashes and quotes.
    let may = |byte: u8| {
        byte.is_ascii_digit() || byte == 0xC2 || (0xD9..=0xE0).contains(&byte) || byte >= 0xE2
    };
    if !reading.raw().bytes().any(may) {
        return Vec::new();
    }
    let chars: Vec<(char, Span)> = reading.canonical().chars().collect();
    let groups = groups(&chars);
    let mut found = Vec::new();
    let mut next = 0;
    while next < groups.len() {
        if let Some((length, line)) = phone_at(&chars, &groups[next..]) {
            let last = groups[next + length - 1];
            let first = groups[next].start;
            let plus = first > 0 && chars[first - 1].0 == '+';
            let start = chars[first - usize::from(plus)].1.start;
            if of.is_none_or(|of| of == line) {
                found.push(Span::new(start, chars[last.end - 1].1.end));
            }
            next += length;
        } else {
            next += 1;
        }
    }
    found
}

/// A run of ASCII digits, as places in the canonical characters.
#[derive(Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
}

impl Group {
    const fn len(self) -> usize {
        self.end - self.start
    }
}

fn groups(chars: &[(char, Span)]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, (c, _)) in chars.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if c.is_ascii_digit() && group.end == place => group.end += 1,
            _ if c.is_ascii_digit() => groups.push(Group {
                start: place,
                end: place + 1,
            }),
            _ => {}
        }
    }
    groups
}

/// How many groups from the first on make a phone number, and of what.
fn phone_at(chars: &[(char, Span)], groups: &[Group]) -> Option<(usize, Line)> {
    let first = groups.first()?;
    // `1.090…` and `a0912…` are parts of something else.
    let before = first.start.checked_sub(1).map(|place| chars[place].0);
    let glued = |c: char| is_word_char(c) || matches!(c, '.' | ',' | '-' | '_');
    let number_before = first.start >= 2 && chars[first.start - 2].0.is_ascii_digit();
    if before.is_some_and(|c| is_word_char(c) || (number_before && glued(c))) {
        return None;
    }
    if is_date(chars, groups) {
        return None;
    }
    let mut digits = String::new();
    let mut best = None;
    for (place, group) in groups.iter().enumerate() {
        let parted = || is_parted(chars, &groups[..=place]);
        if place > 0 && !joins(chars, groups[place - 1], *group) && !parted() {
            break;
        }
        digits.extend(chars[group.start..group.end].iter().map(|(c, _)| c));
        if digits.len() > 15 {
            break;
        }
        let after = chars.get(group.end).map(|(c, _)| *c);
        let number_after = chars
            .get(group.end + 1)
            .is_some_and(|(c, _)| c.is_ascii_digit());
        let ends = !after.is_some_and(|c| is_word_char(c) || (number_after && glued(c)));
        if ends && let Some(line) = line_of(&digits) {
            best = Some((place + 1, line));
        }
    }
    best
}

fn joins(chars: &[(char, Span)], left: Group, right: Group) -> bool {
    let gap = &chars[left.end..right.start];
    gap.len() <= WIDEST_GAP && gap.iter().all(|(c, _)| divides(*c))
}

/// Whether nothing but single digits come one after another, whatever stands between them: no amount, date or score is written so.
fn is_parted(chars: &[(char, Span)], groups: &[Group]) -> bool {
    let gaps = groups
        .windows(2)
        .map(|two| &chars[two[0].end..two[1].start]);
    groups.iter().all(|group| group.len() == 1)
        && gaps
            .clone()
            .all(|gap| gap.len() <= WIDEST_PARTED && gap.iter().all(|(c, _)| !is_word_char(*c)))
}

/// What people write between the digits of one number, to be read easily or not to be found: no sign of dates, times, sums or amounts.
fn divides(c: char) -> bool {
    const LAST_LETTER_LIKE: char = '\u{218F}';
    let is_picture = || c > LAST_LETTER_LIKE && !is_word_char(c);
    matches!(
        c,
        ' ' | '\u{A0}' | '.' | '-' | '(' | ')' | '_' | '*' | '|' | '~' | '·' | '•' | '–'
    ) || is_picture()
}

/// `08.12.2023` and what follows it.
fn is_date(chars: &[(char, Span)], groups: &[Group]) -> bool {
    let [day, month, year, ..] = groups else {
        return false;
    };
    let sign = |left: &Group, right: &Group| match &chars[left.end..right.start] {
        [(c @ ('.' | '-'), _)] => Some(*c),
        _ => None,
    };
    day.len() <= 2
        && month.len() <= 2
        && year.len() == 4
        && sign(day, month).is_some()
        && sign(day, month) == sign(month, year)
}

fn line_of(digits: &str) -> Option<Line> {
    let national = match digits.strip_prefix("84") {
        Some(rest) if digits.len() >= 11 => rest.strip_prefix('0').unwrap_or(rest),
        _ => {
            let Some(rest) = digits.strip_prefix('0') else {
                let is_service = digits.starts_with("1800") || digits.starts_with("1900");
                return (is_service && matches!(digits.len(), 8 | 10)).then_some(Line::Service);
            };
            rest
        }
    };
    match national.bytes().next() {
        Some(b'3' | b'5' | b'7' | b'8' | b'9') if national.len() == 9 => Some(Line::Mobile),
        Some(b'2') if national.len() == 10 => Some(Line::Landline),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(raw: &str) -> Vec<&str> {
        let reading = Reading::new(raw);
        phones(&reading, None)
            .into_iter()
            .map(|span| reading.excerpt(span))
            .collect()
    }

    #[test]
    fn phone_numbers_are_found_however_they_are_written() {
        for phone in [
            "0912345678",
            "0912 345 678",
            "091.234.5678",
            "09-1234-5678",
            "0 9 1 2 3 4 5 6 7 8",
            "0*9*1*2*3*4*5*6*7*8",
            "0/9/1/2/3/4/5/6/7/8",
            "0 9 1 2 - 3 4 5 - 6 7 8",
            "+84912345678",
            "+84 912 345 678",
            "84912345678",
            "(84) 912.345.678",
            "０９１２３４５６７８",
            "0251 3822 888",
            "1900 1234",
            "0912\u{200B}345678",
            "09❤️12❤️345❤️678",
            "0912*345*678",
            "0912|345|678",
            "⓿⑨①②③④⑤⑥⑦⑧",
            "⓿❾❶❷❸❹❺❻❼❽",
            "0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        ] {
            assert_eq!(
                seen(&format!("Gọi {phone} nhé.")),
                [phone.trim_start_matches('(')],
                "{phone}"
            );
        }
        assert_eq!(
            seen("Gọi 0912345678 hoặc 0387654321."),
            ["0912345678", "0387654321"]
        );
    }

    #[test]
    fn other_numbers_are_not() {
        for text in [
            "1.090.000.000 đồng",
            "ngày 08.12.2023 10 giờ",
            "08-12-2023",
            "số 0912345678901",
            "mã A0912345678",
            "0912345678x",
            "từ 1900 1975 là",
            "90 000 000",
            "0100 000 000",
            "98.500.000.000",
            "từ 05/08 tới 09/12, 30/12",
            "08:30 – 09:15 – 10:45",
            "0,5 + 0,8 = 1,3; 08 + 19 = 27",
            "tỉ số 0-1, 1-1, 2-1, 2-2, 3-2",
            "0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
        ] {
            let wanted: &[&str] = if text.starts_with("từ 19") {
                &["1900 1975"]
            } else {
                &[]
            };
            assert_eq!(seen(text), wanted, "{text}");
        }
    }
}
