//! The address of the article that a comment stands under.

use url::{Position, Url};

use super::FieldError;
use super::fold::folded;
use crate::domain::Site;

const MAX_BYTES: usize = 2000;
/// Parameters that say where a reader came from, not what they read.
const TRACKING: [&str; 7] = [
    "fbclid", "gclid", "zarsrc", "mc_cid", "mc_eid", "yclid",
    // Our own, when somebody comes back from a form.
    "duyet",
];

/// An article's canonical address on its site: no fragment, no tracking parameters, escapes in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleUrl(String);

impl ArticleUrl {
    /// Reads an address. It must be `http` or `https`, on one of the site's origins, and name no user.
    pub fn parse(typed: &str, site: &Site) -> Result<Self, FieldError> {
        let wrong = |code| Err(FieldError::new("article.url", code));
        let typed = typed.trim();
        if typed.is_empty() {
            return wrong("article-required");
        }
        let Some(url) = canonical(typed) else {
            return wrong("article-invalid");
        };
        // Without a user, what stands before the path is the origin.
        if !site.owns_origin(&url[..Position::BeforePath]) {
            return wrong("article-foreign");
        }
        Ok(Self(with_great_escapes(url.into())))
    }

    /// The same of any site's, for whoever looks for what is stored under it.
    #[must_use]
    pub fn sought(typed: &str) -> Option<Self> {
        canonical(typed.trim()).map(|url| Self(with_great_escapes(url.into())))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address, taken out.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// An article's title and address as they are searched: folded like names, so that *dang bo* finds *Đảng bộ*, and the words of an
/// address stand apart.
#[must_use]
pub fn article_key(title: Option<&str>, url: &str) -> String {
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    let title = title.map(folded).unwrap_or_default();
    format!("{title} {}", folded(address)).trim().to_owned()
}

/// An address without what makes no difference to what is read there.
fn canonical(typed: &str) -> Option<Url> {
    if typed.len() > MAX_BYTES {
        return None;
    }
    let mut url = Url::parse(typed).ok()?;
    let is_named = !url.username().is_empty() || url.password().is_some();
    if is_named || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    drop_tracking(&mut url);
    Some(url)
}

/// The same with `%C4%91` for `%c4%91`, which are one address (RFC 3986, 6.2.2.1). What is no escape stays.
fn with_great_escapes(url: String) -> String {
    if !url.contains('%') {
        return url;
    }
    let mut parts = url.split('%');
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        read.push('%');
        match part.split_at_checked(2) {
            Some((digits, rest)) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                read.push_str(&digits.to_ascii_uppercase());
                read.push_str(rest);
            }
            _ => read.push_str(part),
        }
    }
    read
}

fn drop_tracking(url: &mut Url) {
    let is_tracking = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair.split('=').next().unwrap_or(pair)))
        .collect();
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(kept.as_str()));
}

/// The origin of an address as `scheme://host[:port]`, where it is `http` or `https`.
#[must_use]
pub fn origin_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

/// Whether an origin is meant to stand for many. It would be none of any page: a host's name has no such sign.
#[must_use]
pub fn is_pattern(origin: &str) -> bool {
    origin.contains('*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Locale, SiteId, SiteSettings};

    fn site() -> Site {
        Site {
            id: SiteId(uuid::Uuid::nil()),
            key: "bao".to_owned(),
            name: "Báo".to_owned(),
            locale: Locale::Vi,
            origins: vec![
                "https://bao.vn".to_owned(),
                "http://127.0.0.1:8080".to_owned(),
            ],
            webhook_secret: String::new(),
            akismet_key: String::new(),
            settings: SiteSettings::default(),
        }
    }

    #[test]
    fn one_article_has_one_address() {
        for typed in [
            "https://bao.vn/a/b.html?id=7",
            " https://BAO.vn:443/a/b.html?utm_source=zalo&id=7&fbclid=x&duyet=pending#binh-luan ",
        ] {
            let url = ArticleUrl::parse(typed, &site()).map(ArticleUrl::into_string);
            assert_eq!(
                url,
                Ok("https://bao.vn/a/b.html?id=7".to_owned()),
                "{typed}"
            );
        }
        assert!(ArticleUrl::parse("http://127.0.0.1:8080/demo", &site()).is_ok());
    }

    #[test]
    fn escapes_are_one_however_they_are_written() {
        let read = |typed: &str| ArticleUrl::parse(typed, &site()).map(ArticleUrl::into_string);
        let one = Ok("https://bao.vn/%C4%91o-%E1%BA%A3/?q=%C4%90&r=%2f".replace("%2f", "%2F"));
        for typed in [
            "https://bao.vn/%c4%91o-%e1%ba%a3/?q=%c4%90&r=%2f",
            "https://bao.vn/%C4%91o-%e1%BA%a3/?q=%C4%90&r=%2F",
            "https://bao.vn/đo-ả/?q=Đ&r=%2f",
        ] {
            assert_eq!(read(typed), one, "{typed}");
        }
        // No escape, and nothing to be made of it.
        for typed in [
            "https://bao.vn/100%",
            "https://bao.vn/%g1%c",
            "https://bao.vn/ab%?q=%a",
        ] {
            assert_eq!(read(typed), Ok(typed.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_so_again(path in "(%[0-9a-fA-Fg]{0,3}|[a-f]|\\PC|[/?&=#;]){0,20}") {
            let read = |typed: &str| ArticleUrl::parse(typed, &site()).map(ArticleUrl::into_string);
            let typed = format!("https://bao.vn/{path}");
            if let Ok(once) = read(&typed) {
                prop_assert_eq!(read(&once), Ok(once.clone()));
                // Nothing but the case of digits has changed.
                let mut url = Url::parse(typed.trim()).expect("it was read");
                url.set_fragment(None);
                drop_tracking(&mut url);
                prop_assert!(once.eq_ignore_ascii_case(url.as_str()));
            }
        }
    }

    #[test]
    fn other_places_are_refused() {
        for (typed, code) in [
            ("", "article-required"),
            ("/a/b.html", "article-invalid"),
            ("javascript:alert(1)", "article-invalid"),
            ("https://u:p@bao.vn/a", "article-invalid"),
            ("https://bao.vn.evil.vn/a", "article-foreign"),
            ("http://bao.vn/a", "article-foreign"),
        ] {
            assert_eq!(
                ArticleUrl::parse(typed, &site()).unwrap_err().code,
                code,
                "{typed}"
            );
        }
    }
}
