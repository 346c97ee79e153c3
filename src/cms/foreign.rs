//! Messages in the forms of others, read by places: each format has its usual ones, and a site may name its own.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::article::ArticleData;
use super::delivery::{Delivery, Proof};
use super::kind::Kind;
use super::place::{address, all, as_text, text};
use super::value::{comments, is_published, moment};
use crate::domain::{CmsFormat, CmsSettings, Instant, Site};

/// What a message says of articles: mostly one, several where many were removed at once, none where it is about something else.
#[must_use]
pub fn read_foreign(
    site: &Site,
    delivery: &Delivery<'_>,
    proof: &Proof,
    message: &Value,
) -> (Vec<(Kind, ArticleData)>, Instant) {
    let reader = Reader {
        cms: &site.settings.cms,
        message,
    };
    let at = proof.at.unwrap_or(delivery.now);
    let Some(kind) = reader.kind(delivery) else {
        return (Vec::new(), at);
    };
    let mut data = ArticleData {
        url: reader.url(site),
        title: reader.text("title"),
        section: reader.text("section"),
        author: reader.text("author"),
        tags: reader.all("tags").into_iter().filter_map(as_text).collect(),
        published_at: reader.moment("published_at"),
        updated_at: reader.moment("updated_at"),
        version: reader.text("version").and_then(|text| text.parse().ok()),
        comments: reader.text("comments").and_then(|text| comments(&text)),
        external_id: reader.text("external_id"),
        presence: None,
    };
    let ids: Vec<String> = reader
        .all("external_id")
        .into_iter()
        .filter_map(as_text)
        .collect();
    if ids.len() > 1 && !kind.tells_content() {
        data.url = None;
        let each = ids.into_iter().map(|id| ArticleData {
            external_id: Some(id),
            ..data.clone()
        });
        return (each.map(|data| (kind, data)).collect(), at);
    }
    (vec![(kind, data)], at)
}

struct Reader<'a> {
    cms: &'a CmsSettings,
    message: &'a Value,
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

    fn moment(&self, field: &str) -> Option<Instant> {
        moment(&self.text(field)?)
    }

    /// What happened; none where the message is about something else.
    fn kind(&self, delivery: &Delivery<'_>) -> Option<Kind> {
        let fits = |(place, value): (&String, &String)| {
            text(self.message, place).is_some_and(|is| is == *value)
        };
        if !self.cms.only.iter().all(fits) {
            return None;
        }
        let named = match header_of_type(self.cms.format) {
            Some(name) if !self.cms.fields.contains_key("type") => {
                delivery.optional(name).ok().flatten().map(str::to_owned)
            }
            _ => self.text("type"),
        };
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
            CmsFormat::Sanity if self.text("external_id")?.starts_with("drafts.") => return None,
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

    /// The address, by the site's pattern or where it stands. A path is one of the site's first origin.
    fn url(&self, site: &Site) -> Option<String> {
        let url = if self.cms.url.is_empty() {
            self.text("url")
        } else {
            address(self.message, &self.cms.url)
        }?;
        match site.origins.first() {
            Some(origin) if url.starts_with('/') => Some(format!("{origin}{url}")),
            _ => Some(url),
        }
    }
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
        (CmsFormat::Strapi | CmsFormat::Directus, "type") => "event",
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
