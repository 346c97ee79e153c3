//! Numbers, as people at the paper write them.

use super::Messages;
use crate::domain::Locale;

impl Messages {
    /// A count, its digits by threes: `12.345` in Vietnamese, `12,345` in English.
    #[must_use]
    pub fn number(self, count: u64) -> String {
        let digits = count.to_string();
        let mark = match self.locale() {
            Locale::Vi => '.',
            Locale::En => ',',
        };
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }

    /// Milliseconds in seconds: `2,5` or `2.5`.
    #[must_use]
    pub fn seconds(self, millis: u64) -> String {
        let whole = millis / 1000;
        let rest = format!("{:03}", millis % 1000);
        let mark = match self.locale() {
            Locale::Vi => ',',
            Locale::En => '.',
        };
        match rest.trim_end_matches('0') {
            "" => whole.to_string(),
            rest => format!("{whole}{mark}{rest}"),
        }
    }

    /// A share from 0 to 1 in percent, with one decimal: `12,5%` or `12.5%`.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a share has few digits")]
    pub fn percent(self, share: f64) -> String {
        format!("{}%", self.decimal((share * 100.0) as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let (vi, en) = (Messages::of(Locale::Vi), Messages::of(Locale::En));
        assert_eq!(
            (vi.seconds(2_050), en.seconds(2_050)),
            ("2,05".into(), "2.05".into())
        );
        assert_eq!(
            (vi.seconds(60_000), en.seconds(0)),
            ("60".into(), "0".into())
        );
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(|n| vi.number(n)),
            ["0", "999", "1.000", "1.234.567"]
        );
        assert_eq!([12, 100_000].map(|n| en.number(n)), ["12", "100,000"]);
        assert_eq!(
            (vi.percent(0.125), en.percent(0.125)),
            ("12,5%".to_owned(), "12.5%".to_owned())
        );
        assert_eq!(
            (vi.percent(1.0), en.percent(0.0)),
            ("100%".to_owned(), "0%".to_owned())
        );
        assert_eq!(
            (vi.span(11_400.0), en.span(11_400.0)),
            ("3 giờ 10 phút".to_owned(), "3 h 10 min".to_owned())
        );
    }
}
