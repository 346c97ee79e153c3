//! How a site's CMS speaks to us.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::words;

words! {
    /// Who sends, which says how it proves that and what its messages look like.
    CmsFormat {
        /// Standard Webhooks, with events as we name them; our plugin for WordPress too.
        Standard = "standard",
        /// Ghost.
        Ghost = "ghost",
        /// Strapi, which signs nothing and sends a header that we agree on.
        Strapi = "strapi",
        /// Directus, by a flow; the same.
        Directus = "directus",
        /// Contentful.
        Contentful = "contentful",
        /// Sanity.
        Sanity = "sanity",
        /// Drupal, by its module *webhooks*.
        Drupal = "drupal",
        /// Anybody who signs the body with HMAC-SHA256 and writes that in hexadecimal.
        HmacHex = "hmac-hex",
        /// The same in base64.
        HmacBase64 = "hmac-base64",
    }
}

impl CmsFormat {
    /// Whether it signs what it sends. Who does not shows the secret itself.
    #[must_use]
    pub const fn signs(self) -> bool {
        !matches!(self, Self::Strapi | Self::Directus)
    }
}

/// How a site's CMS speaks to us. What is empty is as is usual with that format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CmsSettings {
    /// Who sends.
    pub format: CmsFormat,
    /// The header that the signature, or the secret, stands in. For `strapi`, `directus`, `hmac-hex` and `hmac-base64`.
    #[schema(example = "x-signature")]
    pub header: String,
    /// What stands before it there, such as `sha256=`.
    pub prefix: String,
    /// The header with the seconds since 1970 that are signed before the body, with a point between. For `hmac-hex` and `hmac-base64`.
    pub time_header: String,
    /// Where in its messages our fields stand: `{"section": "entry.chuyen_muc.ten"}`. Ways that may stand for each other are divided by `|`.
    pub fields: BTreeMap<String, String>,
    /// Which of its messages are about articles: each of these places must say that.
    pub only: BTreeMap<String, String>,
    /// How an article's address is made, such as `https://bao.example/{entry.slug}.html`.
    #[schema(example = "https://bao.example/{entry.slug}.html")]
    pub url: String,
}

impl Default for CmsSettings {
    fn default() -> Self {
        Self {
            format: CmsFormat::Standard,
            header: String::new(),
            prefix: String::new(),
            time_header: String::new(),
            fields: BTreeMap::new(),
            only: BTreeMap::new(),
            url: String::new(),
        }
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CmsFault {
    /// It is no name of a header.
    #[error("{0}: `{1}` is not the name of a header, such as x-signature")]
    Header(&'static str, String),
    /// It cannot stand in a header.
    #[error("cms.prefix: at most 40 visible ASCII characters and spaces are needed")]
    Prefix,
    /// We have no field of that name.
    #[error("cms.fields: `{0}` is no field of an article; those are {known}", known = CmsSettings::FIELDS.join(", "))]
    Field(String),
    /// It is no way into a message.
    #[error("{0}: `{1}` is not a place in a message, such as entry.title")]
    Place(&'static str, String),
    /// There are too many of them.
    #[error("cms.only: {max} are the most", max = CmsSettings::MOST)]
    Many,
    /// It makes no address.
    #[error("cms.url: `{0}` is not an address such as https://bao.example/{{entry.slug}}")]
    Url(String),
}

impl CmsSettings {
    /// The fields that a place can be named for.
    pub const FIELDS: [&str; 12] = [
        "type",
        "external_id",
        "url",
        "title",
        "section",
        "author",
        "tags",
        "published_at",
        "updated_at",
        "version",
        "comments",
        "status",
    ];
    /// As many conditions as there may be.
    pub const MOST: usize = 10;

    /// Pairs as people type them, `name: value` or `name = value`, between semicolons or one a line; else the part that is none.
    pub fn read_pairs(typed: &str) -> Result<BTreeMap<String, String>, String> {
        let parts = typed.split([';', '\n']).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let (name, value) = pair(part).ok_or_else(|| part.to_owned())?;
                Ok((name.trim().to_owned(), value.trim().to_owned()))
            })
            .collect()
    }

    /// The same pairs, as they can be typed, with that between them.
    #[must_use]
    pub fn typed_pairs(pairs: &BTreeMap<String, String>, between: &str) -> String {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}: {value}"));
        pairs.collect::<Vec<_>>().join(between)
    }

    /// Each value that cannot be worked with.
    #[must_use]
    pub fn faults(&self) -> Vec<CmsFault> {
        let headers = [
            ("cms.header", &self.header),
            ("cms.time_header", &self.time_header),
        ];
        let headers = headers.into_iter().filter(|(_, header)| !is_header(header));
        let mut faults: Vec<CmsFault> = headers
            .map(|(field, header)| CmsFault::Header(field, header.clone()))
            .collect();
        let is_visible = |byte: u8| (0x20..0x7f).contains(&byte);
        if self.prefix.len() > 40 || !self.prefix.bytes().all(is_visible) {
            faults.push(CmsFault::Prefix);
        }
        let is_known = |field: &str| Self::FIELDS.contains(&field);
        let unknown = self.fields.keys().find(|field| !is_known(field));
        faults.extend(unknown.cloned().map(CmsFault::Field));
        faults.extend(no_place("cms.fields", self.fields.values()));
        if self.only.len() > Self::MOST {
            faults.push(CmsFault::Many);
        }
        faults.extend(no_place("cms.only", self.only.keys()));
        faults.extend(self.check_url().err());
        faults
    }

    /// Whatever stands in braces is a place; what is left begins as an address does.
    fn check_url(&self) -> Result<(), CmsFault> {
        let wrong = || CmsFault::Url(self.url.clone());
        if self.url.is_empty() {
            return Ok(());
        }
        let is_web = ["https://", "http://"]
            .iter()
            .any(|scheme| self.url.starts_with(scheme));
        // From `{slug}` alone whole addresses may come.
        if !is_web && !self.url.starts_with('{') || self.url.len() > 500 {
            return Err(wrong());
        }
        let mut parts = self.url.split('{');
        let before = parts.next().unwrap_or_default();
        let mut are_closed = !before.contains('}');
        for part in parts {
            let Some((places, after)) = part.split_once('}') else {
                return Err(wrong());
            };
            are_closed &= !after.contains('}');
            are_closed &= places.split('|').all(|place| is_place(place.trim()));
        }
        if are_closed { Ok(()) } else { Err(wrong()) }
    }
}

/// Whether it is none, or the name of a header that may hold a secret or a time: by some others a browser or a member of the paper comes.
fn is_header(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_ours = ["authorization", "cookie"].contains(&name.to_ascii_lowercase().as_str());
    !is_ours && name.len() <= 64 && name.bytes().all(is_token)
}

/// The first of them that is no place.
fn no_place<'a>(
    field: &'static str,
    mut places: impl Iterator<Item = &'a String>,
) -> Option<CmsFault> {
    let is_way = |places: &str| places.split('|').all(|place| is_place(place.trim()));
    let wrong = places.find(|places| !is_way(places))?;
    Some(CmsFault::Place(field, wrong.clone()))
}

/// A name and its value. A name with a colon in it, as `dc:title`, has none behind it that a space follows.
fn pair(part: &str) -> Option<(&str, &str)> {
    let colon = part.find(": ");
    let sign = part.find('=');
    match (colon, sign) {
        (Some(colon), sign) if sign.is_none_or(|sign| colon < sign) => {
            Some((&part[..colon], &part[colon + 2..]))
        }
        (_, Some(_)) => part.split_once('='),
        _ => part.split_once(':'),
    }
}

/// Names, numbers or `*`, divided by points.
fn is_place(place: &str) -> bool {
    let is_step = |step: &str| {
        !step.is_empty()
            && !step.contains(|c: char| c.is_control() || c.is_whitespace() || "{}|".contains(c))
    };
    place.len() <= 200 && place.split('.').all(is_step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_however_they_are_typed() {
        let expected: BTreeMap<String, String> = [
            ("section", "entry.muc.ten"),
            ("title", "entry.dc:title"),
            ("tags", "a.*|b.*"),
        ]
        .map(|(name, place)| (name.to_owned(), place.to_owned()))
        .into();
        for typed in [
            "section: entry.muc.ten; title: entry.dc:title; tags: a.*|b.*",
            "section = entry.muc.ten\r\ntitle = entry.dc:title\n\ntags=a.*|b.*\n",
            "section:entry.muc.ten;title=entry.dc:title\ntags = a.*|b.*;",
        ] {
            assert_eq!(
                CmsSettings::read_pairs(typed),
                Ok(expected.clone()),
                "{typed}"
            );
        }
        let typed = CmsSettings::typed_pairs(&expected, "; ");
        assert_eq!(CmsSettings::read_pairs(&typed), Ok(expected));
        let only = CmsSettings::read_pairs("dc:type = article").expect("a pair");
        assert_eq!(only.get("dc:type").map(String::as_str), Some("article"));
        assert_eq!(CmsSettings::read_pairs(" "), Ok(BTreeMap::new()));
        assert_eq!(
            CmsSettings::read_pairs("a: b; model"),
            Err("model".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_worked_with_is_told() {
        let with = |change: fn(&mut CmsSettings)| {
            let mut settings = CmsSettings::default();
            change(&mut settings);
            settings.faults()
        };
        assert_eq!(with(|_| {}), []);
        let well = with(|cms| {
            cms.header = "X-Bao-Signature".to_owned();
            cms.prefix = "sha256=".to_owned();
            cms.fields
                .insert("title".to_owned(), "entry.ten|entry.title.*".to_owned());
            cms.url = "https://bao.example/{entry.muc.slug}/{entry.slug|entry.id}.html".to_owned();
        });
        assert_eq!(well, []);
        for wrong in [
            with(|cms| cms.header = "x y".to_owned()),
            with(|cms| cms.header = "Authorization".to_owned()),
            with(|cms| cms.time_header = "x:".to_owned()),
            with(|cms| cms.prefix = "\n".to_owned()),
            with(|cms| drop(cms.fields.insert("titel".to_owned(), "a".to_owned()))),
            with(|cms| drop(cms.fields.insert("title".to_owned(), "a..b".to_owned()))),
            with(|cms| cms.url = "bao.example/{slug}".to_owned()),
            with(|cms| cms.url = "https://bao.example/{slug".to_owned()),
            with(|cms| cms.url = "https://bao.example/{a b}".to_owned()),
            with(|cms| drop(cms.only.insert(String::new(), "==".to_owned()))),
        ] {
            assert_eq!(wrong.len(), 1, "{wrong:?}");
        }
        let many = with(|cms| {
            cms.header = "x y".to_owned();
            cms.time_header = "x:".to_owned();
            cms.only.insert("a..b".to_owned(), "c".to_owned());
            cms.fields.insert("title".to_owned(), "a..b".to_owned());
        });
        let [header, time, title, only] = &many[..] else {
            panic!("each is told: {many:?}");
        };
        assert!(matches!(header, CmsFault::Header("cms.header", _)));
        assert!(matches!(time, CmsFault::Header("cms.time_header", _)));
        assert!(matches!(title, CmsFault::Place("cms.fields", _)));
        assert!(matches!(only, CmsFault::Place("cms.only", _)));
    }
}
