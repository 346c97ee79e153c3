//! The newest published comments as feeds: RSS 2.0 and JSON Feed 1.1.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse};
use rss::extension::dublincore::DublinCoreExtension;
use serde::Serialize;
use url::form_urlencoded::Serializer;

use crate::domain::Instant;
use crate::http::door::AtSite;
use crate::http::input::Query;
use crate::http::page::reading::short;
use crate::http::problem::{Code, Problem};
use crate::http::rendition::Rendition;
use crate::messages::Messages;
use crate::store::Published;

/// As many comments as a feed has.
const NEWEST: usize = 50;

/// The newest comments of the site, or of the article at `article`, as RSS.
pub async fn as_rss(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let article = asked(&request)?;
    let write = |article: Option<&str>, rows: Vec<(Published, String)>| {
        let head = Head::of(&at, "feed.xml", article);
        let xml = channel(&head, &rows).to_string().into_bytes();
        Rendition::new("application/rss+xml; charset=utf-8", xml)
    };
    let leaflet = at.leaflet(article.as_deref(), "rss", NEWEST, write).await;
    Ok(known(leaflet)?.rendition.answer(&request))
}

/// The same as a JSON Feed.
pub async fn as_json(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let article = asked(&request)?;
    let write = |article: Option<&str>, rows: Vec<(Published, String)>| {
        let head = Head::of(&at, "feed.json", article);
        let json = serde_json::to_vec(&json_feed(&head, &rows)).expect("our own types are JSON");
        Rendition::new("application/feed+json; charset=utf-8", json)
    };
    let leaflet = at.leaflet(article.as_deref(), "json", NEWEST, write).await;
    Ok(known(leaflet)?.rendition.answer(&request))
}

fn asked(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let mut query = Query::of(request);
    let article = query.text("article");
    query.end()?;
    Ok(article)
}

/// An article that is not the site's has no feed.
fn known<T>(leaflet: Result<T, Problem>) -> Result<T, Problem> {
    leaflet.map_err(|problem| {
        if problem.code == Code::InvalidFields {
            Problem::new(Code::NotFound)
        } else {
            problem
        }
    })
}

/// What a feed says of itself.
struct Head {
    t: Messages,
    title: String,
    /// What it is about: the article, or the newspaper.
    about: String,
    /// Where it is.
    own: String,
}

impl Head {
    fn of(at: &AtSite, file: &str, article: Option<&str>) -> Self {
        let t = Messages::of(at.site.locale);
        let site = at.site.name.as_str();
        let own = format!("{}/sites/{}/{file}", at.public_url(), at.site.key);
        match article {
            Some(url) => {
                let query = Serializer::new(String::new())
                    .append_pair("article", url)
                    .finish();
                let title = t.with(
                    "feed-title-of",
                    &[("address", short(url).into()), ("site", site.into())],
                );
                Self {
                    title: readable(&title),
                    about: url.to_owned(),
                    own: format!("{own}?{query}"),
                    t,
                }
            }
            None => Self {
                title: readable(&t.with("feed-title", &[("site", site.into())])),
                about: at.site.origins.first().cloned().unwrap_or_default(),
                own,
                t,
            },
        }
    }

    fn title_of(&self, comment: &Published, url: &str) -> String {
        readable(&self.t.with(
            "feed-item",
            &[
                ("name", comment.name.as_str().into()),
                ("address", short(url).into()),
            ],
        ))
    }
}

/// Where a comment stands on the newspaper's own page.
fn permalink(comment: &Published, url: &str) -> String {
    format!("{url}#duyet-{}", comment.id)
}

fn channel(head: &Head, rows: &[(Published, String)]) -> rss::Channel {
    let item = |(comment, url): &(Published, String)| rss::Item {
        title: Some(head.title_of(comment, url)),
        link: Some(permalink(comment, url)),
        guid: Some(rss::Guid {
            value: format!("urn:uuid:{}", comment.id),
            permalink: false,
        }),
        pub_date: Some(http_date(comment.created_at)),
        // Feed readers take this for HTML.
        description: Some(as_html(&comment.body)),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: vec![readable(&comment.name)],
            ..DublinCoreExtension::default()
        }),
        ..rss::Item::default()
    };
    rss::Channel {
        title: head.title.clone(),
        link: head.about.clone(),
        description: head.t.get("feed-description"),
        language: Some(head.t.lang().to_owned()),
        namespaces: BTreeMap::from([(
            "dc".to_owned(),
            "http://purl.org/dc/elements/1.1/".to_owned(),
        )]),
        items: rows.iter().map(item).collect(),
        ..rss::Channel::default()
    }
}

/// A feed in the form of <https://www.jsonfeed.org/version/1.1/>.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: String,
    language: &'static str,
    items: Vec<JsonItem>,
}

#[derive(Serialize)]
struct JsonItem {
    id: String,
    url: String,
    title: String,
    content_text: String,
    date_published: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Instant>,
    authors: [JsonAuthor; 1],
}

#[derive(Serialize)]
struct JsonAuthor {
    name: String,
}

fn json_feed<'a>(head: &'a Head, rows: &[(Published, String)]) -> JsonFeed<'a> {
    let item = |(comment, url): &(Published, String)| JsonItem {
        id: format!("urn:uuid:{}", comment.id),
        url: permalink(comment, url),
        title: head.title_of(comment, url),
        content_text: readable(&comment.body),
        date_published: comment.created_at,
        date_modified: comment.edited_at,
        authors: [JsonAuthor {
            name: readable(&comment.name),
        }],
    };
    JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &head.title,
        home_page_url: &head.about,
        feed_url: &head.own,
        description: head.t.get("feed-description"),
        language: head.t.lang(),
        items: rows.iter().map(item).collect(),
    }
}

/// Without what XML 1.0 has no place for (2.2): control characters.
fn readable(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        })
        .collect()
}

/// The text as HTML that shows it as it is.
fn as_html(text: &str) -> String {
    readable(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\n', "<br>\n")
}

fn http_date(at: Instant) -> String {
    let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
    // Every year that a comment can be of has four digits.
    printer
        .timestamp_to_rfc9110_string(&at.timestamp())
        .unwrap_or_default()
}
