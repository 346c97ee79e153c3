//! Links and email addresses.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use crate::text::{Reading, Span, small};

/// Endings that make a bare `name.ending` a link. Endings that are also Vietnamese or English words when a space is
/// forgotten after a full stop (*me*, *so*, *to*, *la*, *do*) count only with a path behind them.
const ENDINGS: &[&str] = &[
    "app", "art", "asia", "bet", "bid", "biz", "blog", "buzz", "casino", "cc", "click", "cloud",
    "club", "cn", "com", "cyou", "dev", "edu", "eu", "fun", "games", "gov", "icu", "info", "ink",
    "jp", "kr", "link", "live", "loan", "lol", "ltd", "media", "mobi", "monster", "net", "news",
    "online", "org", "poker", "pro", "pw", "ru", "sbs", "shop", "site", "space", "store", "stream",
    "tech", "tk", "today", "top", "tw", "uk", "us", "vip", "vn", "website", "win", "work", "world",
    "xyz", "zone",
];

/// Every link in the field as stored, with or without a scheme, and those that are links once their letters are undressed
/// (`ｂｉｔ．ｌｙ／ａ`) or read as the Latin ones that they look like.
#[must_use]
pub fn links(reading: &Reading<'_>) -> Vec<Span> {
    let mut found = find(reading, LinkKind::Url);
    let is_strange = |c: char| !c.is_ascii() && small(c).is_none() && c.is_alphanumeric();
    if reading.raw().contains(is_strange) {
        let canonical = reading.canonical();
        let dressed = addresses(canonical.text(), LinkKind::Url)
            .map(|bytes| canonical.source(bytes))
            .filter(|span| reading.excerpt(*span).contains(is_strange));
        let own = found.clone();
        found.extend(dressed.filter(|span| {
            !own.iter()
                .any(|one| one.start < span.end && span.start < one.end)
        }));
        found.sort_unstable_by_key(|span| span.start);
    }
    found
}

/// Every email address in the field as stored.
#[must_use]
pub fn emails(reading: &Reading<'_>) -> Vec<Span> {
    find(reading, LinkKind::Email)
}

fn find(reading: &Reading<'_>, kind: LinkKind) -> Vec<Span> {
    addresses(reading.raw(), kind)
        .map(|bytes| reading.span(bytes))
        .collect()
}

/// The addresses in a text, as bytes of it.
fn addresses(text: &str, kind: LinkKind) -> impl Iterator<Item = Range<usize>> {
    // linkify looks around every full stop; a text without one that is followed by a letter has no link.
    let may = text
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair[0], b'.' | b':' | b'@') && !pair[1].is_ascii_whitespace());
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let links: Vec<Range<usize>> = if may {
        finder
            .links(text)
            .filter(|link| *link.kind() == kind)
            .filter(|link| kind == LinkKind::Email || is_address(link.as_str()))
            .map(|link| link.start()..link.end())
            .collect()
    } else {
        Vec::new()
    };
    links.into_iter()
}

fn is_address(link: &str) -> bool {
    if link.contains("://") {
        return true;
    }
    let (host, rest) = link.split_at(link.find(['/', '?', '#', ':']).unwrap_or(link.len()));
    if host.starts_with("www.") {
        return true;
    }
    let Some((name, ending)) = host.rsplit_once('.') else {
        return false;
    };
    // `1.vn` or `12.50` in running text is no host; neither is a word with marks glued to the next sentence.
    let plain = host.is_ascii() && name.bytes().any(|b| b.is_ascii_alphabetic());
    if rest.is_empty() && begins_a_sentence(name, ending) {
        return false;
    }
    let ending = ending.to_ascii_lowercase();
    let known = ENDINGS.binary_search(&ending.as_str()).is_ok();
    let with_path = rest.len() > 1 && rest.starts_with('/');
    plain
        && (known
            || (with_path && ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic())))
}

/// Whether an ending is a word after a forgotten space (`giao nhanh.Shop`): an ending that only hosts have is none.
fn begins_a_sentence(name: &str, ending: &str) -> bool {
    const ONLY_OF_HOSTS: &[&str] = &[
        "com", "net", "org", "vn", "biz", "cc", "xyz", "asia", "info",
    ];
    let mut letters = ending.chars();
    let is_capitalised = letters
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|c| c.is_ascii_lowercase());
    is_capitalised
        && !ONLY_OF_HOSTS.contains(&ending.to_ascii_lowercase().as_str())
        && !name.contains(['.', '-'])
        && !name.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(raw: &str) -> Vec<&str> {
        let reading = Reading::new(raw);
        links(&reading)
            .into_iter()
            .map(|span| reading.excerpt(span))
            .collect()
    }

    #[test]
    fn links_are_found_with_and_without_a_scheme() {
        assert_eq!(
            seen("Đọc ở https://baodongnai.com.vn/a?b=c, hoặc vidu.vn và t.me/vidu!"),
            ["https://baodongnai.com.vn/a?b=c", "vidu.vn", "t.me/vidu"]
        );
        assert_eq!(seen("www.vidu.la"), ["www.vidu.la"]);
    }

    #[test]
    fn dressed_up_links_are_links() {
        assert_eq!(
            seen("vào ｂｉｔ．ｌｙ／ａｂｃ nhé"),
            ["ｂｉｔ．ｌｙ／ａｂｃ"]
        );
        assert_eq!(
            seen("Đọc vnexpreѕѕ.net và vidu.vn"),
            ["vnexpreѕѕ.net", "vidu.vn"]
        );
    }

    #[test]
    fn a_forgotten_space_or_a_number_is_no_link() {
        for text in [
            "Bài hay quá.Cảm ơn tác giả",
            "xong roi.la the",
            "giá 12.500 đồng/kg, tăng 3.5%",
            "Tp.HCM, Q.1",
            "chờ...xem",
            "và/hoặc",
            "giao nhanh.Shop tốt",
            "Ok.Vip quá",
        ] {
            assert_eq!(seen(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn addresses_are_told_from_links() {
        let reading = Reading::new("Viết cho toasoan@vidu.vn nhé");
        assert_eq!(links(&reading), []);
        assert_eq!(reading.excerpt(emails(&reading)[0]), "toasoan@vidu.vn");
    }

    #[test]
    fn endings_are_sorted_for_the_search() {
        assert!(ENDINGS.is_sorted());
    }
}
