//! What happened to an article.

use crate::domain::Presence;

/// What happened to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It can be read from now on, or still: what it is, is told too.
    Published,
    /// Something of it is another way; whether it can be read is not told.
    Updated,
    /// It was taken down.
    Unpublished,
    /// It was removed.
    Deleted,
}

impl Kind {
    /// The names of our own events.
    #[must_use]
    pub fn of_ours(name: &str) -> Option<Self> {
        match name {
            "article.published" => Some(Self::Published),
            "article.updated" => Some(Self::Updated),
            "article.unpublished" => Some(Self::Unpublished),
            "article.deleted" => Some(Self::Deleted),
            _ => None,
        }
    }

    /// What others call it: `entry.publish`, `items.update`, `ContentManagement.Entry.unpublish`, `entity:node:delete` …
    #[must_use]
    pub fn of_others(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let last = name.rsplit(['.', ':', '_', '-']).next()?;
        Some(match last {
            "publish" | "published" => Self::Published,
            "update" | "updated" | "edit" | "edited" | "create" | "created" | "save" | "saved"
            | "added" => Self::Updated,
            "unpublish" | "unpublished" | "archive" | "archived" => Self::Unpublished,
            "delete" | "deleted" | "trash" | "trashed" | "remove" | "removed" => Self::Deleted,
            _ => return None,
        })
    }

    /// Where the article stands then, where that is told.
    #[must_use]
    pub fn presence(self) -> Option<Presence> {
        match self {
            Self::Published => Some(Presence::Published),
            Self::Updated => None,
            Self::Unpublished => Some(Presence::Unpublished),
            Self::Deleted => Some(Presence::Deleted),
        }
    }

    /// Whether such a message tells what the article is.
    #[must_use]
    pub fn tells_content(self) -> bool {
        matches!(self, Self::Published | Self::Updated)
    }
}
