//! The normal form in which texts are compared.

use unicode_normalization::char::{compose, decompose_canonical};

use super::alphabet::{base, small, small_and_bare};
use super::fold::{is_loose_mark, undress};
use super::is_letter;
use super::lookalike::{lookalikes, marks_of};
use super::traced::narrow;
use super::{Span, Traced, is_invisible};

/// Reads `raw` in the form in which texts are compared: lower case, composed (NFC, UAX #15), without invisible
/// characters, dressed-up letters undressed, look-alikes read as Latin inside Latin words, no mark on a Latin
/// letter but Vietnamese ones, and a run of three or more of one letter as one. Spans count in `raw`.
#[must_use]
pub fn canonical(raw: &str) -> Traced {
    let lookalikes = lookalikes(raw);
    let mut writer = Writer {
        out: Traced::with_capacity(raw.len()),
        head: '\0',
        bare: '\0',
        run: 0,
    };
    for (position, typed) in raw.chars().enumerate() {
        let span = Span::new(narrow(position), narrow(position + 1));
        if let Some(letter) = lookalikes.get(position).copied().flatten() {
            writer.put(letter, letter, span);
            for mark in marks_of(typed) {
                writer.attach(mark, span);
            }
            continue;
        }
        let c = typed;
        if matches!(c, ' '..='~') {
            let letter = c.to_ascii_lowercase();
            writer.put(letter, letter, span);
        } else if let Some((letter, bare)) = small_and_bare(c) {
            writer.put(letter, bare, span);
        } else if matches!(c, '\u{1F1E6}'..='\u{1FAFF}') {
            writer.put(c, c, span); // emoji: nothing to fold
        } else if !is_invisible(c) {
            undress(c, |plain| {
                for letter in plain.to_lowercase() {
                    writer.fold(letter, span);
                }
            });
        }
    }
    writer.out
}

struct Writer {
    out: Traced,
    /// The letter that the run at the end started with.
    head: char,
    /// The same without its marks.
    bare: char,
    /// How many letters the run at the end holds so far.
    run: u32,
}

impl Writer {
    fn fold(&mut self, c: char, span: Span) {
        if is_loose_mark(c) {
            return self.attach(c, span);
        }
        // Other languages' marks on Latin letters hide words (`fück`) and tell nothing here; those on other
        // scripts' letters make different letters.
        let mut first = None;
        decompose_canonical(c, |part| {
            first.get_or_insert(part);
        });
        if c.is_ascii() || !first.is_some_and(|first| first.is_ascii_alphabetic()) {
            return self.put(c, base(c), span);
        }
        decompose_canonical(c, |part| {
            if is_loose_mark(part) {
                self.attach(part, span);
            } else {
                self.put(part, base(part), span);
            }
        });
    }

    /// Keeps a mark where it makes a Vietnamese letter of the one before, and drops it otherwise; the letter's span
    /// grows over it either way, so that an excerpt never cuts a character from its marks.
    fn attach(&mut self, mark: char, span: Span) {
        let composed = self.out.last().and_then(|last| compose(last, mark));
        if let Some(letter) = composed.and_then(small)
            && let Some((_, start)) = self.out.pop()
        {
            self.begin(letter, base(letter), start);
        }
        self.out.stretch(span.end);
    }

    /// Writes a letter, of which `bare` is what it is without its marks.
    fn put(&mut self, c: char, bare: char, span: Span) {
        // `đụuuu` goes on with the bare vowel, so a letter also continues a run of its marked self.
        if (c == self.head || c == self.bare) && self.run > 0 && is_letter(c) {
            self.run += 1;
            match self.run {
                2 => self.out.push(c, span),
                3 => {
                    self.out.pop();
                    self.out.stretch(span.end);
                }
                _ => self.out.stretch(span.end),
            }
        } else {
            self.begin(c, bare, span);
        }
    }

    fn begin(&mut self, c: char, bare: char, span: Span) {
        self.out.push(c, span);
        (self.head, self.bare, self.run) = (c, bare, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(raw: &str) -> String {
        canonical(raw).text().to_owned()
    }

    #[test]
    fn plain_text_is_only_lowered() {
        assert_eq!(read("Đường Nguyễn Huệ, số 12!"), "đường nguyễn huệ, số 12!");
    }

    #[test]
    fn disguises_come_off() {
        for (typed, meant) in [
            ("x\u{200B}i\u{2060}n", "xin"),
            ("ｘｉｎ", "xin"),
            ("𝐱𝒊𝓷", "xin"),
            ("Ⓧⓘⓝ", "xin"),
            ("xιn chào", "xin chào"),
            ("mua xυân", "mua xuân"),
            ("b\u{4d1}ng", "băng"), // a Cyrillic letter with its breve
            ("ϲhào", "chào"),       // a lunate sigma
            ("ғᴀꜱᴛ", "fast"),
            ("thо\u{301}c", "thóc"), // a Cyrillic o that carries a tone
            ("x\u{335}i\u{338}n\u{334}\u{361}", "xin"),
            ("ça fünktionier\u{323}t", "ca funktioniert"),
            ("xinnnnn chàoooo", "xin chào"),
            ("chàaao", "chào"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
    }

    #[test]
    fn what_only_looks_odd_stays() {
        for text in ["это правда", "ab™ 1000000", "한국 が", "xoong nồi", "5 μm"] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn spans_cover_what_was_typed() {
        let raw = "a\u{200B}nnnn\u{338}h!";
        let traced = canonical(raw);
        assert_eq!(traced.text(), "anh!");
        assert_eq!(traced.source(0..3), Span::new(0, 8));
        assert_eq!(traced.source(1..2), Span::new(2, 7));
    }

    proptest! {
        #[test]
        fn spans_rise_and_stay_within_the_text(raw in any::<String>()) {
            let count = narrow(raw.chars().count());
            let mut last = Span::new(0, 0);
            for (_, span) in canonical(&raw).chars() {
                prop_assert!(span.start < span.end && span.end <= count);
                prop_assert!(span.start >= last.start && span.end >= last.end);
                last = span;
            }
        }

        #[test]
        fn reading_twice_changes_nothing_more(raw in "[a-zàảãạăđêôơưA-ZĐ ,.0-9\u{200B}\u{301}]{0,40}") {
            use unicode_normalization::UnicodeNormalization;
            let once = read(&raw.nfc().collect::<String>());
            prop_assert_eq!(read(&once), once);
        }
    }
}
