//! Messages in the forms of others, read by places: each format has its usual ones, and a site may name its own.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::Value;

use super::article::{ArticleData, MOST_NAME, MOST_TAG, MOST_TAGS, MOST_TITLE, name};
use super::delivery::Delivery;
use super::kind::Kind;
use super::place::{address, all, as_text, text};
use super::value::{comments, is_published, moment};
use crate::domain::{CmsFormat, CmsSettings, Site};
use crate::intake::{FieldError, Fields};
use crate::text::one_line;

/// What a message says of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What happened to it.
    pub kind: Kind,
    /// What it is.
    pub data: ArticleData,
    /// What stands before the names of its fields, where it is one of several.
    pub within: String,
}

/// What a message says of articles: mostly of one, of several where many were changed at once, of none where it is about something else. What
/// should be there and cannot be read is told.
pub fn read_foreign(
    site: &Site,
    delivery: &Delivery<'_>,
    message: &Value,
) -> Result<Vec<Told>, Vec<FieldError>> {
    let cms = &site.settings.cms;
    let mut told = Vec::new();
    for (message, within) in each(cms.format, message) {
        let reader = Reader {
            cms,
            message: &message,
            within,
        };
        told.extend(reader.read(site, delivery)?);
    }
    Ok(told)
}

/// The messages that are in one. A flow of Directus reads all items of a bulk edit, and sends them as a list.
fn each(format: CmsFormat, message: &Value) -> Vec<(Cow<'_, Value>, String)> {
    let (Value::Object(fields), Some(Value::Array(items))) = (message, message.get("item")) else {
        return vec![(Cow::Borrowed(message), String::new())];
    };
    if format != CmsFormat::Directus {
        return vec![(Cow::Borrowed(message), String::new())];
    }
    let mut around = fields.clone();
    // These are of all of them.
    for name in ["item", "key", "keys"] {
        around.remove(name);
    }
    let with = |item: &Value| {
        let mut fields = around.clone();
        fields.insert("item".to_owned(), item.clone());
        Cow::Owned(Value::Object(fields))
    };
    let items = items.iter().enumerate();
    items
        .map(|(place, item)| (with(item), format!("item.{place}.")))
        .collect()
}

struct Reader<'a> {
    cms: &'a CmsSettings,
    message: &'a Value,
    within: String,
}

impl<'a> Reader<'a> {
    fn place(&self, field: &str) -> &'a str {
        let own = self.cms.fields.get(field).map(String::as_str);
        own.unwrap_or_else(|| usual(self.cms.format, field))
    }

    fn text(&self, field: &str) -> Option<String> {
        text(self.message, self.place(field))
    }

    fn all(&self, field: &str) -> Vec<&'a Value> {
        all(self.message, self.place(field))
    }

    /// What the message says: of one article, of several that are gone, or of none.
    fn read(&self, site: &Site, delivery: &Delivery<'_>) -> Result<Vec<Told>, Vec<FieldError>> {
        let Some(kind) = self.kind(delivery) else {
            return Ok(Vec::new());
        };
        let data = self.data(site)?;
        let told = |data| Told {
            kind,
            data,
            within: self.within.clone(),
        };
        let ids = self.all("external_id");
        let ids: Vec<String> = ids.into_iter().filter_map(as_text).collect();
        if ids.len() < 2 || kind.tells_content() {
            return Ok(vec![told(data)]);
        }
        let each = ids.into_iter().map(|id| ArticleData {
            external_id: Some(id),
            url: None,
            ..data.clone()
        });
        Ok(each.map(told).collect())
    }

    fn data(&self, site: &Site) -> Result<ArticleData, Vec<FieldError>> {
        let mut wrong = Fields::default();
        let data = ArticleData {
            url: self.url(site),
            title: self.cut("title", MOST_TITLE),
            section: self.cut("section", MOST_NAME),
            author: self.cut("author", MOST_NAME),
            tags: self.tags(),
            published_at: self.filled("published_at").as_deref().and_then(moment),
            // By these a message counts as newer or older: passed over, it would count by when it came.
            updated_at: wrong
                .take(self.read_as("updated_at", "cms-time", moment))
                .flatten(),
            version: wrong
                .take(self.read_as("version", "field-type", |text| text.trim().parse().ok()))
                .flatten(),
            comments: self.text("comments").and_then(|text| comments(&text)),
            external_id: self.text("external_id"),
            presence: None,
        };
        let errors = wrong.into_errors();
        if errors.is_empty() {
            Ok(data)
        } else {
            Err(errors)
        }
    }

    /// As much of a text as is kept: who sends these knows nothing of our limits, and the rest of the article is well.
    fn cut(&self, field: &str, most: usize) -> Option<String> {
        self.text(field).and_then(|text| cut(&text, most))
    }

    fn tags(&self) -> Vec<String> {
        let tags = self.all("tags").into_iter().filter_map(as_text);
        let tags = tags.filter_map(|tag| cut(&tag, MOST_TAG));
        tags.take(MOST_TAGS).collect()
    }

    /// The text of a field, where there is one and anything in it.
    fn filled(&self, field: &str) -> Option<String> {
        self.text(field).filter(|text| !text.trim().is_empty())
    }

    /// What a field says, where it says anything.
    fn read_as<T>(
        &self,
        field: &str,
        code: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, FieldError> {
        let Some(text) = self.filled(field) else {
            return Ok(None);
        };
        let wrong = || {
            let field = format!("{}{field}", self.within);
            FieldError::new(field, code).quoting("text", one_line(&text))
        };
        read(&text).map(Some).ok_or_else(wrong)
    }

    /// What happened; none where the message is about something else.
    fn kind(&self, delivery: &Delivery<'_>) -> Option<Kind> {
        let fits = |(place, value): (&String, &String)| {
            text(self.message, place).is_some_and(|is| is == *value)
        };
        if !self.cms.only.iter().all(fits) {
            return None;
        }
        let named = self.text("type").or_else(|| self.named_by_header(delivery));
        let kind = named.as_deref().and_then(Kind::of_others);
        let status = self.text("status");
        match self.cms.format {
            // It names no event: of what is gone only the past is left.
            CmsFormat::Ghost if status.is_none() => return Some(Kind::Deleted),
            CmsFormat::Ghost => {}
            // What is saved there is a draft until it is published, and that is told by itself.
            CmsFormat::Contentful if kind == Some(Kind::Updated) => return None,
            // What is edited there and not published is another version, which nobody reads yet.
            CmsFormat::Strapi
                if kind == Some(Kind::Updated) && self.text("published_at").is_none() =>
            {
                return None;
            }
            CmsFormat::Sanity if is_unread(&self.text("external_id")?) => return None,
            // A document that is not a draft is what is read; who takes it down deletes it.
            CmsFormat::Sanity => {
                return Some(match kind? {
                    Kind::Deleted | Kind::Unpublished => Kind::Unpublished,
                    _ => Kind::Published,
                });
            }
            _ if kind.is_none() => return None,
            _ => {}
        }
        Some(match (kind, status) {
            (Some(gone @ (Kind::Deleted | Kind::Unpublished)), _) => gone,
            (_, Some(status)) if is_published(&status) => Kind::Published,
            (_, Some(_)) => Kind::Unpublished,
            (kind, None) => kind?,
        })
    }

    /// What happened by the word of a header, which most senders do not sign: only where the body has no place for it, or none is filled.
    fn named_by_header(&self, delivery: &Delivery<'_>) -> Option<String> {
        let name = header_of_type(self.cms.format)?;
        if self.cms.fields.contains_key("type") {
            return None;
        }
        delivery.optional(name).ok().flatten().map(str::to_owned)
    }

    /// The address, by the site's pattern or where it stands. A path is one of the site's first origin, and what lacks only the scheme has that one's.
    fn url(&self, site: &Site) -> Option<String> {
        let url = if self.cms.url.is_empty() {
            let usual = usual_address(self.cms.format);
            self.filled("url").or_else(|| address(self.message, usual?))
        } else {
            address(self.message, &self.cms.url)
        }?;
        let Some(origin) = site.origins.first().filter(|_| url.starts_with('/')) else {
            return Some(url);
        };
        let scheme = origin.split("//").next().filter(|_| url.starts_with("//"));
        Some(format!("{}{url}", scheme.unwrap_or(origin)))
    }
}

fn cut(text: &str, most: usize) -> Option<String> {
    Some(name(text)?.chars().take(most).collect())
}

/// Whether a document of Sanity is one that nobody reads: a draft, or a version of a release that is to come.
fn is_unread(id: &str) -> bool {
    id.starts_with("drafts.") || id.starts_with("versions.")
}

/// The header that tells what happened, with senders that have one.
fn header_of_type(format: CmsFormat) -> Option<&'static str> {
    match format {
        CmsFormat::Contentful => Some("x-contentful-topic"),
        CmsFormat::Sanity => Some("sanity-operation"),
        CmsFormat::Drupal => Some("x-drupal-event"),
        _ => None,
    }
}

/// Where an article stands that has been given no address of its own.
fn usual_address(format: CmsFormat) -> Option<&'static str> {
    (format == CmsFormat::Drupal).then_some("/node/{entity.nid.0.value}")
}

/// Where a field usually stands.
fn usual(format: CmsFormat, field: &str) -> &'static str {
    match (format, field) {
        (CmsFormat::Ghost, "external_id") => {
            "post.current.id|post.previous.id|page.current.id|page.previous.id"
        }
        (CmsFormat::Ghost, "url") => "post.current.url|page.current.url",
        (CmsFormat::Ghost, "title") => "post.current.title|page.current.title",
        (CmsFormat::Ghost, "section") => {
            "post.current.primary_tag.name|page.current.primary_tag.name"
        }
        (CmsFormat::Ghost, "author") => {
            "post.current.primary_author.name|page.current.primary_author.name"
        }
        (CmsFormat::Ghost, "tags") => "post.current.tags.*.name|page.current.tags.*.name",
        (CmsFormat::Ghost, "published_at") => "post.current.published_at|page.current.published_at",
        (CmsFormat::Ghost, "updated_at") => "post.current.updated_at|page.current.updated_at",
        (CmsFormat::Ghost, "status") => "post.current.status|page.current.status",
        (CmsFormat::Strapi | CmsFormat::Directus | CmsFormat::Drupal, "type") => "event",
        (CmsFormat::Strapi, "external_id") => "entry.documentId|entry.id",
        (CmsFormat::Strapi, "url") => "entry.url",
        (CmsFormat::Strapi, "title") => "entry.title",
        (CmsFormat::Strapi, "section") => "entry.category.name|entry.section.name|entry.section",
        (CmsFormat::Strapi, "author") => "entry.author.name|entry.author",
        (CmsFormat::Strapi, "tags") => "entry.tags.*.name",
        (CmsFormat::Strapi, "published_at") => "entry.publishedAt",
        (CmsFormat::Strapi, "updated_at") => "createdAt",
        (CmsFormat::Directus, "external_id") => "item.id|key|keys.*",
        (CmsFormat::Directus, "url") => "item.url",
        (CmsFormat::Directus, "title") => "item.title",
        (CmsFormat::Directus, "section") => {
            "item.section.name|item.section|item.category.name|item.category"
        }
        (CmsFormat::Directus, "author") => "item.author.name|item.author",
        (CmsFormat::Directus, "tags") => "item.tags.*",
        (CmsFormat::Directus, "published_at") => "item.date_published|item.date_created",
        (CmsFormat::Directus, "updated_at") => "item.date_updated",
        (CmsFormat::Directus, "status") => "item.status",
        (CmsFormat::Contentful, "external_id") => "sys.id",
        (CmsFormat::Contentful, "url") => "fields.url.*",
        (CmsFormat::Contentful, "title") => "fields.title.*",
        (CmsFormat::Contentful, "section") => "fields.section.*|fields.category.*",
        (CmsFormat::Contentful, "author") => "fields.author.*",
        (CmsFormat::Contentful, "tags") => "fields.tags.*",
        (CmsFormat::Contentful, "published_at") => "fields.publishedAt.*|fields.date.*",
        (CmsFormat::Contentful, "updated_at") => "sys.updatedAt",
        (CmsFormat::Sanity, "external_id") => "_id",
        (CmsFormat::Sanity, "url") => "url",
        (CmsFormat::Sanity, "title") => "title",
        (CmsFormat::Sanity, "section") => "section.title|section|category.title|category",
        (CmsFormat::Sanity, "author") => "author.name|author",
        (CmsFormat::Sanity, "tags") => "tags",
        (CmsFormat::Sanity, "published_at") => "publishedAt",
        (CmsFormat::Sanity, "updated_at") => "_updatedAt",
        (CmsFormat::Drupal, "external_id") => "entity.nid.0.value|entity.uuid.0.value",
        (CmsFormat::Drupal, "url") => "entity.path.0.alias|entity.path.alias",
        (CmsFormat::Drupal, "title") => "entity.title.0.value",
        (CmsFormat::Drupal, "section") => {
            "entity.field_section.0.value|entity.field_category.0.value"
        }
        (CmsFormat::Drupal, "published_at") => "entity.created.0.value",
        (CmsFormat::Drupal, "updated_at") => "entity.changed.0.value",
        (CmsFormat::Drupal, "status") => "entity.status.0.value",
        (CmsFormat::HmacHex | CmsFormat::HmacBase64, "type") => "type|event",
        _ => "",
    }
}
