//! An article as a CMS tells of it, and what is wrong with that.

use serde::Deserialize;
use utoipa::ToSchema;

use super::kind::Kind;
use super::value::{none_where_null, text_or_number};
use crate::domain::{ArticleNews, ArticleState, Content, Instant, Presence, Site};
use crate::intake::{ArticleUrl, FieldError, Fields, article_key};
use crate::text::one_line;

/// As many characters as what something is called may have.
pub const MOST_NAME: usize = 200;
/// As many as a title may have.
pub(super) const MOST_TITLE: usize = 500;
/// As many as a tag may have.
pub(super) const MOST_TAG: usize = 100;
/// As many tags as an article may have.
pub(super) const MOST_TAGS: usize = 50;
/// By as much a sender's clock may be ahead: what lies farther ahead would hide all that comes until then.
const AHEAD: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

/// What a message says of an article. One that tells what it is (`published`, `updated`) tells all of it: what is missing is
/// not known any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleData {
    /// What the CMS calls it; stays when the address changes. A number is taken for its digits.
    #[serde(default, deserialize_with = "text_or_number")]
    #[schema(example = "4711")]
    pub external_id: Option<String>,
    /// Its address, on one of the site's origins. Needed where it is published or updated, or has no `external_id`.
    #[serde(default)]
    #[schema(example = "https://bao.example/xa-hoi/cau-moi.html")]
    pub url: Option<String>,
    /// Its title.
    #[serde(default)]
    #[schema(example = "Cầu mới thông xe")]
    pub title: Option<String>,
    /// Its section.
    #[serde(default)]
    #[schema(example = "Xã hội")]
    pub section: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<String>,
    /// What it is about: 50 tags at the most.
    #[serde(default, deserialize_with = "none_where_null")]
    #[schema(value_type = Option<Vec<String>>)]
    pub tags: Vec<String>,
    /// When it was published.
    #[serde(default)]
    pub published_at: Option<Instant>,
    /// When it was changed last. Of two messages the later one counts by this, unless both name versions.
    #[serde(default)]
    pub updated_at: Option<Instant>,
    /// Its version, which grows with each change. Who counts versions names one with each message.
    #[serde(default)]
    #[schema(example = 3)]
    pub version: Option<i64>,
    /// Whether it takes comments; where nothing is said, that stays as it is.
    #[serde(default)]
    pub comments: Option<ArticleState>,
    /// Where it stands, in calls that are no events; `published` unless said.
    #[serde(default)]
    pub presence: Option<Presence>,
}

impl ArticleData {
    /// What has happened where it stands so.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.presence {
            None | Some(Presence::Published) => Kind::Published,
            Some(Presence::Unpublished) => Kind::Unpublished,
            Some(Presence::Deleted) => Kind::Deleted,
        }
    }
}

/// When a message was so, and by when it came.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// When the message says it was, where it says that.
    pub at: Option<Instant>,
    /// Now.
    pub now: Instant,
}

/// What a message means, or everything that is wrong with it; `within` stands before the names of fields.
pub fn read_article(
    site: &Site,
    kind: Kind,
    data: ArticleData,
    judged: Judged,
    within: &str,
) -> Result<ArticleNews, Vec<FieldError>> {
    let mut reader = Reader {
        within,
        wrong: Fields::default(),
    };
    let external_id = reader.line("external_id", data.external_id.as_deref(), MOST_NAME);
    let needs_url = kind.tells_content() || external_id.is_none();
    let url = reader.url(data.url.as_deref(), site, needs_url);
    let at = reader.moment(data.updated_at, judged);
    let news = ArticleNews {
        external_id,
        url: url.clone(),
        version: data.version,
        at,
        by_arrival: data.updated_at.is_none() && judged.at.is_none(),
        presence: kind.presence(),
        state: data.comments,
        // Of what is taken down nobody asks what it is: nothing in that may keep its comments where everybody reads them.
        content: kind
            .tells_content()
            .then(|| reader.content(url.unwrap_or_default(), data)),
    };
    let errors = reader.wrong.into_errors();
    if errors.is_empty() {
        Ok(news)
    } else {
        Err(errors)
    }
}

/// What something is called, on one line as it is kept; none where that is empty.
#[must_use]
pub fn name(typed: &str) -> Option<String> {
    Some(one_line(typed)).filter(|name| !name.is_empty())
}

/// What is wrong with an article's address, in words for whoever makes a CMS send it: those for readers speak of their browser.
#[must_use]
pub fn of_address(error: FieldError, typed: &str) -> FieldError {
    let code = match error.code {
        "article-required" => "cms-url-missing",
        "article-invalid" => "cms-url-invalid",
        "article-foreign" => "cms-url-foreign",
        _ => return error,
    };
    FieldError { code, ..error }.quoting("url", typed.trim())
}

/// Reads fields, and keeps what is wrong with them.
struct Reader<'a> {
    within: &'a str,
    wrong: Fields,
}

impl Reader<'_> {
    fn error(&self, field: &str, code: &'static str) -> FieldError {
        FieldError::new(format!("{}{field}", self.within), code)
    }

    /// A text on one line, where there is any.
    fn line(&mut self, field: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text = name(text?)?;
        if text.chars().count() > most {
            self.wrong
                .push(self.error(field, "cms-long").with("max", most));
        }
        Some(text)
    }

    /// What an article is, and how that is searched.
    fn content(&mut self, url: String, data: ArticleData) -> (Content, String) {
        let title = self.line("title", data.title.as_deref(), MOST_TITLE);
        let key = article_key(title.as_deref(), &url);
        let content = Content {
            url,
            title,
            section: self.line("section", data.section.as_deref(), MOST_NAME),
            author: self.line("author", data.author.as_deref(), MOST_NAME),
            tags: self.tags(data.tags),
            published_at: data.published_at,
        };
        (content, key)
    }

    fn tags(&mut self, tags: Vec<String>) -> Vec<String> {
        let mut read = Vec::with_capacity(tags.len().min(MOST_TAGS));
        for tag in tags {
            read.extend(self.line("tags", Some(&tag), MOST_TAG));
        }
        if read.len() > MOST_TAGS {
            let error = self.error("tags", "list-long").with("max", MOST_TAGS);
            self.wrong.push(error);
        }
        read
    }

    /// The address. A draft may have one elsewhere; then its name tells which article it was.
    fn url(&mut self, typed: Option<&str>, site: &Site, is_needed: bool) -> Option<String> {
        let read = ArticleUrl::parse(typed.unwrap_or_default(), site);
        match read {
            Ok(url) => Some(url.into_string()),
            Err(error) => {
                if is_needed {
                    let error = FieldError {
                        field: format!("{}url", self.within),
                        ..of_address(error, typed.unwrap_or_default())
                    };
                    self.wrong.push(error);
                }
                None
            }
        }
    }

    /// When it was so.
    fn moment(&mut self, updated_at: Option<Instant>, judged: Judged) -> Instant {
        let at = updated_at.or(judged.at).unwrap_or(judged.now);
        if at > judged.now.after(AHEAD) {
            let error = match updated_at {
                Some(_) => self.error("updated_at", "cms-ahead"),
                None => FieldError::new("timestamp", "cms-ahead"),
            };
            self.wrong.push(error);
        }
        at
    }
}
