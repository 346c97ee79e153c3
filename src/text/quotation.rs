//! Words of others: what stands between quotation marks.

use std::ops::RangeInclusive;

use super::traced::narrow;
use super::{Span, is_word_char};

/// As many marks as stand open at once; of more the first is given up. Quotations within quotations go no deeper.
const DEEPEST: usize = 4;

/// As far before a quotation a word of saying introduces it: *bảo tôi là một "…"*.
const WITHIN: usize = 5;

/// As many bytes before it as hold them: many quotations on one long line must not each look back to its beginning.
const REACH: usize = 160;

/// The stretches of `raw` between quotation marks (`“…”`, `"…"`, `«…»`, `„…“`, `‘…’`, `'…'`) that hold as many words as `words` says, or
/// fewer where one of `introduced_by` stands within the five words before, and are closed in the same paragraph. Of quotations within others the outer ones are told. A mark that is never closed, or
/// too far off, quotes nothing and hides no other. A text that has fewer words than that besides, and none of saying, quotes nobody: whoever puts
/// all of it between marks says it.
#[must_use]
pub fn quotations(raw: &str, words: &RangeInclusive<usize>, introduced_by: &[String]) -> Vec<Span> {
    let mut reader = Reader::default();
    let mut found: Vec<Quotation> = Vec::new();
    let mut before = ' ';
    let mut chars = raw.char_indices().enumerate().peekable();
    while let Some((place, (byte, c))) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, (_, next))| *next);
        if let Some((open, count)) = reader.read((place, byte), before, c, next)
            && count > 0
            && count <= *words.end()
        {
            let introduced = is_introduced(raw, open.byte, introduced_by);
            if introduced || words.contains(&count) {
                let span = Span::new(open.start, narrow(place));
                while found.pop_if(|inner| span.holds(inner.span)).is_some() {}
                found.push(Quotation {
                    span,
                    count,
                    introduced,
                });
            }
        }
        before = c;
    }
    let quoted: usize = found.iter().map(|one| one.count).sum();
    let has_a_speaker =
        reader.words - quoted >= *words.start() || found.iter().any(|one| one.introduced);
    let spans = found.into_iter().map(|one| one.span);
    spans.filter(|_| has_a_speaker).collect()
}

/// A stretch between marks.
struct Quotation {
    span: Span,
    /// How many words it holds.
    count: usize,
    /// Whether a word of saying stands before it.
    introduced: bool,
}

/// Whether a word of saying stands within the few words before a byte of the text.
fn is_introduced(raw: &str, place: usize, introduced_by: &[String]) -> bool {
    let near = (place.saturating_sub(REACH)..place).find(|at| raw.is_char_boundary(*at));
    let head = raw[near.unwrap_or(place)..place]
        .rsplit(['\n', '?', '!'])
        .next()
        .unwrap_or_default();
    let mut words: Vec<String> = head
        .rsplit(|c| !is_word_char(c))
        .filter(|word| !word.is_empty())
        .take(WITHIN)
        .map(str::to_lowercase)
        .collect();
    words.reverse();
    let before = format!(" {} ", words.join(" "));
    introduced_by
        .iter()
        .any(|saying| before.contains(&format!(" {saying} ")))
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    /// How many words began so far.
    words: usize,
    in_word: bool,
}

/// A mark that stands open.
struct Open {
    by: char,
    /// Its own byte.
    byte: usize,
    /// Where the words after it start.
    start: u32,
    /// How many words began before it.
    words: usize,
}

impl Reader {
    /// Reads `c` between its neighbours. Where it closes a quotation: the mark that opened it, and how many words it holds.
    fn read(
        &mut self,
        (place, byte): (usize, usize),
        before: char,
        c: char,
        next: char,
    ) -> Option<(Open, usize)> {
        let is_word = is_word_char(c);
        self.words += usize::from(is_word && !self.in_word);
        self.in_word = is_word;
        if c == '\n' {
            self.open.clear();
        }
        if is_word || !is_mark(c) {
            return None;
        }
        // An apostrophe stands within a word or at its end; as a mark it opens after a space.
        if matches!(c, '\'' | '‘' | '’') && !self.is_single_mark(before, c, next) {
            return None;
        }
        // `"` is one at both ends: with a space before and none after it opens, the other way round it closes.
        let at_head = before.is_whitespace() && !next.is_whitespace();
        let at_tail = !before.is_whitespace() && next.is_whitespace();
        // What was opened after the mark that this one closes was never closed itself.
        if let Some(at) = self.open.iter().rposition(|open| open.is_closed_by(c))
            && !(c == '"' && at_head)
        {
            let open = self.open.drain(at..).next()?;
            let count = self.words - open.words;
            return Some((open, count));
        }
        if matches!(c, '“' | '«' | '„' | '‘')
            || (c == '\'' && !is_word_char(before))
            || (c == '"' && !at_tail)
        {
            if self.open.len() == DEEPEST {
                self.open.remove(0);
            }
            self.open.push(Open {
                by: c,
                byte,
                start: narrow(place + 1),
                words: self.words,
            });
        }
        None
    }
}

impl Reader {
    fn is_single_mark(&self, before: char, c: char, next: char) -> bool {
        let opens = !is_word_char(before) && is_word_char(next) && c != '’';
        let closes = !is_word_char(next) && self.open.iter().any(|open| open.is_closed_by(c));
        opens || closes
    }
}

impl Open {
    const fn is_closed_by(&self, c: char) -> bool {
        match self.by {
            '"' => c == '"',
            '«' => c == '»',
            '„' => matches!(c, '“' | '”'),
            '\'' => c == '\'',
            '‘' => c == '’',
            _ => matches!(c, '”' | '"'),
        }
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '«' | '»' | '„' | '\'' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(raw: &str) -> Vec<String> {
        let cut = |span: Span| {
            let chars = raw.chars().skip(span.start as usize);
            chars.take(span.len() as usize).collect()
        };
        let spans = quotations(raw, &(3..=10), &["chửi".to_owned(), "từ".to_owned()]);
        spans.into_iter().map(cut).collect()
    }

    #[test]
    fn what_others_said_is_between_marks_and_a_word_in_marks_is_not() {
        for (raw, words) in [
            (
                "Ông nói: “tôi không biết gì” rồi đi",
                &["tôi không biết gì"][..],
            ),
            (
                "\"một hai ba\" và \"bốn năm sáu\" đều sai",
                &["một hai ba", "bốn năm sáu"],
            ),
            ("thế mà họ kêu:\"một hai ba\".", &["một hai ba"]),
            ("họ kêu \" một hai ba \" rồi đi", &[" một hai ba "]),
            ("« một hai ba » là không đúng", &[" một hai ba "]),
        ] {
            assert_eq!(quoted(raw), words, "{raw}");
        }
        for raw in [
            "cái gọi là \"nhà văn\"",
            "tin “một hai ba\nbốn”",
            "màn hình 5\" rất to và đẹp, 7\" to hơn",
            "thì «một hai ba",
            "\"một hai ba bốn năm\"",
            "'một hai ba' đấy nhé",
            "\"một hai ba\"; \"bốn năm sáu\"!",
        ] {
            assert!(quoted(raw).is_empty(), "{raw}");
        }
    }

    #[test]
    fn a_word_of_saying_introduces_the_shortest_quotation() {
        assert_eq!(quoted("Sao lại chửi dân là 'đồ dốt'?"), ["đồ dốt"]);
        assert_eq!(quoted("Cấm dùng từ “một”, “hai” ở đây"), ["một", "hai"]);
        assert_eq!(quoted("they don't like 'em, kids' toys"), [""; 0]);
        assert!(quoted("đúng là \"nhà văn\"").is_empty());
        assert!(quoted("Bị chửi rồi! Thế mà \"hay\"").is_empty());
    }

    #[test]
    fn a_mark_that_stands_open_quotes_nothing_and_hides_no_other() {
        let far = format!("\"{} và\" thế", "chữ ".repeat(10));
        assert!(quoted(&far).is_empty());
        assert_eq!(quoted("\"một hai và \"ba bốn năm\" sáu"), ["ba bốn năm"]);
        assert_eq!(quoted("““““““ đó là từ “một hai ba”"), ["một hai ba"]);
        assert_eq!(
            quoted("tin “ông nói «một hai ba» rồi” đi đâu"),
            ["ông nói «một hai ba» rồi"]
        );
    }
}
