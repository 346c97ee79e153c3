//! A comment made of what came. Nothing is refused, since nobody could tell its reader: what a form of ours would not take is mended as
//! far as it must be, and told.

use core::net::IpAddr;

use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::AkismetForm;
use crate::domain::{ClientFault, Instant, Locale, Site};
use crate::intake::{ArticleUrl, Body, Email, EmailPolicy, Name, folded};
use crate::text::one_line;

/// As many characters of a text as are kept: as many as WordPress takes.
const MOST_TEXT: usize = 65_536;
/// As many of a name that is none.
const MOST_NAME: usize = 80;
/// As many of an email that is none, and of an author's own page.
const MOST_LINE: usize = 254;
/// As many bytes of an address of a page.
const MOST_PAGE: usize = 2_000;

/// What can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The page that it stands under.
    pub page: String,
    /// The name.
    pub name: String,
    /// Its folded key.
    pub name_key: String,
    /// The email; empty where there is none.
    pub email: String,
    /// What its author is known by.
    pub email_key: String,
    /// The text, with the author's own page in a line at its end: a name that links there is published with it.
    pub body: String,
    /// The address it was sent from, where that is one of the public net: another is a proxy's, and everybody's.
    pub address: Option<IpAddr>,
    /// When it was written, where that is said.
    pub written: Option<Instant>,
    /// What a form of ours would not have taken.
    pub faults: Vec<ClientFault>,
}

/// Makes a comment of what came.
#[must_use]
pub fn mend(form: &AkismetForm, site: &Site, emails: EmailPolicy) -> Mended {
    let mut faults = Vec::new();
    let (page, is_own) = page(form, site);
    let (name, is_name) = name(&form.author, site.locale);
    let (body, is_text) = Body::mended(&form.content, MOST_TEXT);
    let name_key = folded(&name);
    let typed = form.email.trim();
    let (email, email_key) = if let Ok(email) = Email::parse_with(typed, emails) {
        (email.as_str().to_owned(), email.key().to_owned())
    } else {
        let email = cut(&one_line(typed), MOST_LINE);
        // Who gives no address is known by their name, and by no key that an address has.
        let key = if email.is_empty() { &name_key } else { &email };
        let key = format!("({})", key.to_lowercase());
        (email, key)
    };
    let is_email = typed.is_empty() || !email_key.starts_with('(');
    for (is_well, fault) in [
        (is_name, ClientFault::Name),
        (is_email, ClientFault::Email),
        (is_text, ClientFault::Text),
        (is_own, ClientFault::Page),
    ] {
        if !is_well {
            faults.push(fault);
        }
    }
    Mended {
        page,
        name,
        name_key,
        email,
        email_key,
        body: with_own_page(body, &form.url, site.locale),
        address: address(&form.user_ip),
        written: written(&form.date),
        faults,
    }
}

/// The name, and whether it is one.
fn name(typed: &str, locale: Locale) -> (String, bool) {
    if let Ok(name) = Name::parse(typed) {
        return (name.into_string(), true);
    }
    let line: String = one_line(typed).nfc().collect();
    let line = cut(&line, MOST_NAME);
    if !line.is_empty() {
        return (line, false);
    }
    let nobody = match locale {
        Locale::Vi => "Ẩn danh",
        Locale::En => "Anonymous",
    };
    (nobody.to_owned(), false)
}

fn cut(line: &str, most: usize) -> String {
    let cut: String = line.chars().take(most).collect();
    cut.trim_end().to_owned()
}

fn with_own_page(body: String, url: &str, locale: Locale) -> String {
    let url = cut(&one_line(url), MOST_LINE);
    if url.is_empty() {
        return body;
    }
    let line = match locale {
        Locale::Vi => format!("[Trang của người gửi: {url} ]"),
        Locale::En => format!("[The author’s page: {url} ]"),
    };
    if body.is_empty() {
        line
    } else {
        format!("{body}\n\n{line}")
    }
}

/// The page, and whether it is one of the site's.
fn page(form: &AkismetForm, site: &Site) -> (String, bool) {
    let named = [&form.permalink, &form.blog];
    let named = named.map(|page| page.trim());
    let first = if named[0].is_empty() {
        named[1]
    } else {
        named[0]
    };
    if let Ok(page) = ArticleUrl::parse(first, site) {
        return (page.into_string(), true);
    }
    let foreign = named.iter().find_map(|page| web_address(page));
    let home = || {
        format!(
            "{}/",
            site.origins.first().map_or("http://localhost", |own| own)
        )
    };
    (foreign.unwrap_or_else(home), false)
}

fn web_address(text: &str) -> Option<String> {
    let mut url = (text.len() <= MOST_PAGE)
        .then(|| Url::parse(text).ok())
        .flatten()?;
    let is_web = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none();
    url.set_fragment(None);
    is_web.then(|| url.into())
}

fn address(typed: &str) -> Option<IpAddr> {
    let address: IpAddr = typed.trim().parse().ok()?;
    let address = address.to_canonical();
    let is_of_a_house = match address {
        IpAddr::V4(address) => {
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified()
                || address.is_broadcast()
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
        }
    };
    (!is_of_a_house).then_some(address)
}

/// `2026-11-30T12:00:00Z`, with any offset, or in UTC without one, as WordPress writes it: `2026-11-30 12:00:00`.
fn written(typed: &str) -> Option<Instant> {
    let typed = typed.trim();
    if let Ok(moment) = typed.parse::<jiff::Timestamp>() {
        return Some(moment.into());
    }
    let clock = typed.parse::<jiff::civil::DateTime>().ok()?;
    let moment = jiff::tz::Offset::UTC.to_timestamp(clock).ok()?;
    Some(moment.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{SiteId, SiteSettings};
    use proptest::prelude::*;

    fn site() -> Site {
        Site {
            id: SiteId(uuid::Uuid::nil()),
            key: "bao".to_owned(),
            name: "Báo".to_owned(),
            locale: Locale::Vi,
            origins: vec!["https://bao.vn".to_owned()],
            webhook_secret: String::new(),
            akismet_key: String::new(),
            settings: SiteSettings::default(),
        }
    }

    fn form(content: &str) -> AkismetForm {
        AkismetForm {
            blog: "https://bao.vn".to_owned(),
            permalink: "https://bao.vn/a.html#respond".to_owned(),
            author: " Trần  Thị Bưởi ".to_owned(),
            email: "buoi@thu.vn".to_owned(),
            content: content.to_owned(),
            user_ip: "203.0.113.7".to_owned(),
            date: "2026-11-30 12:00:00".to_owned(),
            ..AkismetForm::default()
        }
    }

    fn mended(form: &AkismetForm) -> Mended {
        mend(form, &site(), EmailPolicy::default())
    }

    #[test]
    fn what_is_well_is_stored_as_our_own_form_would() {
        let expected = Mended {
            page: "https://bao.vn/a.html".to_owned(),
            name: "Trần Thị Bưởi".to_owned(),
            name_key: "tran thi buoi".to_owned(),
            email: "buoi@thu.vn".to_owned(),
            email_key: "buoi@thu.vn".to_owned(),
            body: "Hay\nlắm".to_owned(),
            address: Some("203.0.113.7".parse().expect("an address")),
            written: Some(Instant::from_micros(1_796_040_000_000_000)),
            faults: Vec::new(),
        };
        assert_eq!(mended(&form("Hay\r\nlắm ")), expected);
    }

    #[test]
    fn what_a_form_of_ours_refuses_is_mended_and_told() {
        let mut odd = form("Hay\u{0}quá");
        odd.author = "Mua \u{202e}ngay\r\nbit.ly/x".to_owned();
        odd.email = "không có".to_owned();
        odd.permalink = "https://khac.vn/b".to_owned();
        let mended = mended(&odd);
        assert_eq!(mended.faults, ClientFault::ALL);
        assert_eq!(mended.name, "Mua ngay bit.ly/x");
        assert_eq!(mended.email, "không có");
        assert_eq!(mended.email_key, "(không có)");
        assert_eq!(mended.page, "https://khac.vn/b");
        assert_eq!(mended.body, "Hay quá");
    }

    #[test]
    fn what_is_missing_has_something_in_its_place() {
        let nothing = mended(&AkismetForm::default());
        assert_eq!(
            nothing.faults,
            [ClientFault::Name, ClientFault::Text, ClientFault::Page]
        );
        assert_eq!(nothing.name, "Ẩn danh");
        assert_eq!(
            (nothing.email.as_str(), nothing.email_key.as_str()),
            ("", "(an danh)")
        );
        assert_eq!(nothing.page, "https://bao.vn/");
    }

    #[test]
    fn a_text_too_long_is_cut_and_told_and_the_authors_page_stands_under_it() {
        let mut long = form(&"ộ".repeat(MOST_TEXT + 1));
        long.url = "https://casino.example/\n".to_owned();
        let mended = mended(&long);
        assert_eq!(mended.faults, [ClientFault::Text]);
        let tail = "\n\n[Trang của người gửi: https://casino.example/ ]";
        let body = mended.body.strip_suffix(tail).expect("the page");
        assert_eq!(body.chars().count(), MOST_TEXT);
    }

    #[test]
    fn an_address_of_a_house_is_nobodys() {
        for (typed, public) in [
            ("203.0.113.7", true),
            ("2001:db8::7", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("::1", false),
            ("::ffff:192.168.1.1", false),
            ("fd00::1", false),
            ("fe80::1", false),
            ("", false),
            ("unknown", false),
        ] {
            assert_eq!(address(typed).is_some(), public, "{typed}");
        }
    }

    #[test]
    fn times_are_read_as_clients_write_them() {
        let noon = Some(Instant::from_micros(1_796_040_000_000_000));
        for typed in [
            "2026-11-30T12:00:00Z",
            "2026-11-30T19:00:00+07:00",
            "2026-11-30 12:00:00",
            "2026-11-30T12:00:00.000Z",
        ] {
            assert_eq!(written(typed), noon, "{typed}");
        }
        for typed in ["", "hôm qua", "0000-00-00 00:00:00", "1795953600"] {
            assert_eq!(written(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_can_be_stored(
            author in any::<String>(), email in any::<String>(), url in any::<String>(),
            content in any::<String>(), permalink in any::<String>(), date in any::<String>(),
        ) {
            let blog = "https://bao.vn".to_owned();
            let form = AkismetForm { blog, permalink, author, email, url, content, date, ..AkismetForm::default() };
            let mended = mended(&form);
            for text in [&mended.name, &mended.email, &mended.email_key, &mended.page, &mended.body] {
                prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{text:?}");
            }
            for line in [&mended.name, &mended.email, &mended.page] {
                prop_assert!(!line.contains(['\n', '\t']), "{line:?}");
            }
            prop_assert!(!mended.name.is_empty() && !mended.page.is_empty() && !mended.email_key.is_empty());
        }
    }
}
