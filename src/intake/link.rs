//! Addresses in a name. In a name a full stop is more often a title (*PGS.TS*, *Tp.HCM*) than the dot of a host.

use linkify::{LinkFinder, LinkKind};
use unicode_normalization::UnicodeNormalization;

/// What a bare host ends in to be read as one. Endings that people's titles and words share (`ms`, `la`, `me`, `to`, `do`)
/// count only with a path behind them.
const ENDINGS: &[&str] = &[
    "app", "asia", "bet", "biz", "blog", "cc", "click", "club", "co", "com", "dev", "edu", "fun",
    "gov", "icu", "info", "io", "link", "live", "mobi", "net", "news", "online", "org", "pro",
    "pw", "ru", "shop", "site", "space", "store", "tk", "top", "tv", "vip", "vn", "website", "win",
    "work", "world", "xyz",
];

/// Whether a name holds a web address or an email address, also one whose dots are full-width, in brackets or between spaces.
pub(super) fn has_address(name: &str) -> bool {
    if name.contains(DRESSED) {
        let plain: String = name.nfkc().collect();
        return has_plain_address(&plain.replace('\u{3002}', "."));
    }
    has_plain_address(name)
}

/// What browsers (UTS #46) and people read as a full stop, an at sign or a colon; NFKC makes all of them that but the
/// ideographic full stop.
const DRESSED: [char; 9] = [
    '\u{2024}', '\u{3002}', '\u{fe52}', '\u{fe55}', '\u{fe6b}', '\u{ff0e}', '\u{ff1a}', '\u{ff20}',
    '\u{ff61}',
];

fn has_plain_address(name: &str) -> bool {
    name.contains(['.', '@', ':']) && (holds_address(name) || has_host(&drawn_together(name)))
}

/// `vidu [.] com` and `lan @ vidu . com` without what keeps their parts asunder.
fn drawn_together(name: &str) -> String {
    let mut whole = name.to_owned();
    for (apart, together) in [("[.]", "."), ("(.)", "."), (" @ ", "@"), (" . ", ".")] {
        whole = whole.replace(apart, together);
    }
    whole
}

fn holds_address(name: &str) -> bool {
    name.contains("://") || has_email(name) || has_host(name)
}

/// An at sign with something on either side, which no name has; a mere *@lan* is a way to write oneself.
fn has_email(name: &str) -> bool {
    name.split(' ').any(|word| {
        word.split_once('@')
            .is_some_and(|(before, after)| !before.is_empty() && !after.is_empty())
    })
}

fn has_host(name: &str) -> bool {
    let mut finder = LinkFinder::new();
    finder
        .url_must_have_scheme(false)
        .kinds(&[LinkKind::Url, LinkKind::Email]);
    finder.links(name).any(|link| is_host(link.as_str()))
}

fn is_host(link: &str) -> bool {
    let (host, rest) = link.split_at(link.find(['/', '?', '#', ':']).unwrap_or(link.len()));
    let Some((labels, ending)) = host.trim_end_matches('.').rsplit_once('.') else {
        return false;
    };
    let ending = ending.to_ascii_lowercase();
    let known = ENDINGS.binary_search(&ending.as_str()).is_ok();
    let has_path = rest.len() > 1 && ending.len() > 1 && host.is_ascii();
    let is_named = labels.chars().any(char::is_alphabetic);
    is_named && (known || has_path || labels.eq_ignore_ascii_case("www"))
        || host
            .get(..4)
            .is_some_and(|www| www.eq_ignore_ascii_case("www."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_titles_and_initials() {
        for name in [
            "http://vidu.la",
            "vidu.vn",
            "Xem VIDU.COM",
            "www.vidu.la",
            "zalo.me/g/abc",
            "việtnam.vn",
            "lan@vidu",
            "Lan (lan@vidu.vn)",
            "vidu．com",
            "ｖｉｄｕ．ｃｏｍ",
            "VIDU\u{2024}COM",
            "vidu。com",
            "vidu[.]com",
            "vidu(.)com",
            "vidu . com",
            "vidu [.] com",
            "lan @ vidu . com",
            "lan＠vidu.vn",
            "http：//vidu",
        ] {
            assert!(has_address(name), "{name}");
        }
        for name in [
            "TS. Nguyễn Văn An",
            "PGS.TS Trần Thị Bưởi",
            "Ths.Bs.Lê Văn Cam",
            "Nguyễn.Văn.An",
            "N.V.A",
            "Bạn đọc Tp.HCM",
            "J.R.R. Tolkien",
            "Ms.Lan",
            "@lan",
            "Lan: bạn đọc",
            "Ngày 1.5",
            "Lan . Hà Nội",
            "Lan @ Hà Nội",
            "Nguyễn Văn A．",
        ] {
            assert!(!has_address(name), "{name}");
        }
    }

    #[test]
    fn endings_are_sorted_for_the_search() {
        assert!(ENDINGS.is_sorted());
    }
}
