//! Ways in which people hide a word from a filter.

use unicode_normalization::UnicodeNormalization;

/// A way to hide a word, or to type a whole comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    TonesOffTheWord,
    TonesOffTheComment,
    Decomposed,
    UpperCase,
    ZeroWidth,
    LookAlikes,
    FullWidth,
    Mathematical,
    Leetspeak,
    Spaces,
    Dots,
    SplitSyllable,
    LastLetterRepeated,
    VowelRepeated,
    StarForVowel,
    Zalgo,
    Teencode,
    OtherTonePlacement,
}

impl Way {
    pub const ALL: [Self; 18] = [
        Self::TonesOffTheWord,
        Self::TonesOffTheComment,
        Self::Decomposed,
        Self::UpperCase,
        Self::ZeroWidth,
        Self::LookAlikes,
        Self::FullWidth,
        Self::Mathematical,
        Self::Leetspeak,
        Self::Spaces,
        Self::Dots,
        Self::SplitSyllable,
        Self::LastLetterRepeated,
        Self::VowelRepeated,
        Self::StarForVowel,
        Self::Zalgo,
        Self::Teencode,
        Self::OtherTonePlacement,
    ];

    /// The comment with `words` (given in lower case, composed) hidden wherever they stand as whole words.
    pub fn hide(self, comment: &str, words: &[&str]) -> String {
        let comment: String = comment.nfc().collect();
        match self {
            Self::TonesOffTheComment => return bare(&comment),
            Self::Decomposed => return comment.nfd().collect(),
            _ => {}
        }
        let mut out = String::with_capacity(comment.len() * 2);
        let mut rest = comment.as_str();
        while let Some(first) = rest.chars().next() {
            let end = rest
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len());
            if end == 0 {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let word = &rest[..end];
            if words.contains(&word.to_lowercase().as_str()) {
                out.push_str(&self.hidden(word));
            } else {
                out.push_str(word);
            }
            rest = &rest[end..];
        }
        out
    }

    fn hidden(self, word: &str) -> String {
        match self {
            Self::TonesOffTheWord => bare(word),
            Self::UpperCase => word.to_uppercase(),
            Self::ZeroWidth => joined(word, "\u{200B}"),
            Self::LookAlikes => word.chars().map(look_alike).collect(),
            Self::FullWidth => dressed(word, '\u{FF41}', '\u{FF21}'),
            Self::Mathematical => dressed(word, '\u{1D41A}', '\u{1D400}'),
            Self::Leetspeak => leet(word),
            Self::Spaces => joined(word, " "),
            Self::Dots => joined(word, "."),
            Self::SplitSyllable => {
                let middle = word.chars().count() / 2;
                let (head, tail): (Vec<_>, Vec<_>) = word
                    .chars()
                    .enumerate()
                    .partition(|(place, _)| *place < middle);
                let text =
                    |part: Vec<(usize, char)>| part.into_iter().map(|(_, c)| c).collect::<String>();
                format!("{} {}", text(head), text(tail))
            }
            Self::LastLetterRepeated => {
                let last = word.chars().next_back().unwrap_or_default();
                format!("{word}{last}{last}{last}")
            }
            Self::VowelRepeated => first_vowel(word, |vowel| vowel.to_string().repeat(4)),
            Self::StarForVowel => first_vowel(word, |_| "*".to_owned()),
            Self::Zalgo => word
                .chars()
                .flat_map(|c| [c, '\u{336}', '\u{35B}', '\u{316}'])
                .collect(),
            Self::Teencode => teencode(word),
            Self::OtherTonePlacement => other_placement(word),
            Self::TonesOffTheComment | Self::Decomposed => word.to_owned(),
        }
    }
}

/// Without any mark, `d` for `đ`.
pub fn bare(text: &str) -> String {
    text.nfd()
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c => c,
        })
        .collect()
}

fn joined(word: &str, by: &str) -> String {
    word.chars().map(String::from).collect::<Vec<_>>().join(by)
}

fn is_vowel(c: char) -> bool {
    let letter = bare(&c.to_lowercase().to_string());
    matches!(letter.as_str(), "a" | "e" | "i" | "o" | "u" | "y")
}

fn first_vowel(word: &str, change: impl Fn(char) -> String) -> String {
    // The vowel that carries the tone, or the first one.
    let marked = word.chars().position(|c| is_vowel(c) && !c.is_ascii());
    let place = marked.or_else(|| word.chars().position(is_vowel));
    word.chars()
        .enumerate()
        .map(|(at, c)| {
            if Some(at) == place {
                change(c)
            } else {
                c.to_string()
            }
        })
        .collect()
}

/// Cyrillic and Greek letters for those Latin ones that look the same; marked letters stay.
fn look_alike(c: char) -> char {
    match c {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'i' => 'і',
        'o' => 'ο',
        'p' => 'р',
        's' => 'ѕ',
        'u' => 'υ',
        'n' => 'η',
        't' => 'т',
        'k' => 'κ',
        'b' => 'Ь',
        'h' => 'һ',
        c => c,
    }
}

/// The letters of another alphabet block, which has no marks.
fn dressed(word: &str, small: char, capital: char) -> String {
    let shifted = |c: char, from: char, to: char| {
        char::from_u32(u32::from(to) + u32::from(c) - u32::from(from)).unwrap_or(c)
    };
    bare(word)
        .chars()
        .map(|c| match c {
            'a'..='z' => shifted(c, 'a', small),
            'A'..='Z' => shifted(c, 'A', capital),
            c => c,
        })
        .collect()
}

fn leet(word: &str) -> String {
    let mut changed = false;
    let mut out = String::new();
    for c in word.chars() {
        let sign = match bare(&c.to_lowercase().to_string()).as_str() {
            "a" => Some('4'),
            "i" => Some('!'),
            "o" => Some('0'),
            "e" => Some('3'),
            "s" => Some('$'),
            _ => None,
        };
        changed |= sign.is_some();
        out.push(sign.unwrap_or(c));
    }
    if changed { out } else { word.to_owned() }
}

/// As young people write it: the words that have a spelling of their own, and chat letters in the others.
fn teencode(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "địt" => "djt".to_owned(),
        "lồn" => "loz".to_owned(),
        "cặc" => "kặc".to_owned(),
        "buồi" => "buồy".to_owned(),
        "đụ" => "đụk".to_owned(),
        "đéo" => "đếu".to_owned(),
        "đĩ" => "đỹ".to_owned(),
        "chó" => "cờ hó".to_owned(),
        "mẹ" => "mịe".to_owned(),
        "vãi" => "vãy".to_owned(),
        "ngu" => "nqu".to_owned(),
        other => other
            .replace("ph", "f")
            .replace("ck", "k")
            .replace("ch", "c\u{200D}h") // stays
            .replace("qu", "w")
            .replace("co", "ko")
            .replace("ca", "ka")
            .replace("cu", "ku")
            .replace('\u{200D}', ""),
    }
}

fn other_placement(word: &str) -> String {
    let pairs = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    for (new, old) in pairs {
        if word.contains(new) {
            return word.replace(new, old);
        }
        if word.contains(old) {
            return word.replace(old, new);
        }
    }
    word.to_owned()
}
