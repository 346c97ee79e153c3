//! The sample article of `duyet demo`, in the shape of a newspaper's page.

use askama::Template;

use super::form::CommentForm;
use crate::domain::Instant;
use crate::messages::Messages;

/// An article as a newspaper prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoArticle {
    /// *Chuyên mục*
    pub section: String,
    /// The headline.
    pub title: String,
    /// The day it appeared, as printed.
    pub date: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Who signed it.
    pub author: String,
    /// What stands after `TAG:`.
    pub tags: Vec<String>,
}

impl DemoArticle {
    /// The article that comes with the binary.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    #[must_use]
    pub fn sample() -> Self {
        Self::parse(include_str!("../../../web/demo/article.txt"))
            .expect("the sample article is complete")
    }

    /// Reads an article from blocks of text between blank lines: section, headline, date,
    /// paragraphs, author, and `TAG:` with words between commas. None where a block is missing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut blocks: Vec<String> = vec![String::new()];
        for line in text.lines().map(str::trim) {
            let last = blocks.last_mut()?;
            if line.is_empty() {
                if !last.is_empty() {
                    blocks.push(String::new());
                }
            } else {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
        }
        let end = blocks.iter().position(|block| block.starts_with("TAG:"))?;
        let [section, title, date, paragraphs @ .., author] = &blocks[..end] else {
            return None;
        };
        let tags = blocks[end]["TAG:".len()..]
            .split(',')
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect();
        (!paragraphs.is_empty()).then(|| Self {
            section: section.clone(),
            title: title.clone(),
            date: date.clone(),
            paragraphs: paragraphs.to_vec(),
            author: author.clone(),
            tags,
        })
    }
}

/// A published comment; nothing in it that is not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCommentView {
    /// Its id, as the anchor of a permanent link.
    pub id: String,
    /// The name as typed.
    pub name: String,
    /// The text as typed.
    pub body: String,
    /// When it was sent.
    pub created_at: Instant,
    /// Whether its author changed it since.
    pub is_edited: bool,
    /// Whether somebody of the newspaper wrote it.
    pub newsroom: bool,
    /// The author it answers, for one that answers an answer: those stand beside it, not beneath.
    pub answers: Option<String>,
    /// The answers to it, one level deep.
    pub replies: Vec<PublicCommentView>,
    /// How many more answers there are than stand here.
    pub more: usize,
}

/// What to tell a reader who comes back from sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Their comment waits.
    Pending,
    /// Their comment is public.
    Published,
    /// They took it back.
    Withdrawn,
}

impl Notice {
    /// Reads the value of `?duyet=`. What it does not know is no notice: anybody can write a link.
    #[must_use]
    pub fn from_query(value: &str) -> Option<Self> {
        match value {
            "pending" => Some(Self::Pending),
            "approved" => Some(Self::Published),
            "withdrawn" => Some(Self::Withdrawn),
            _ => None,
        }
    }

    pub(super) fn text(self, t: Messages) -> String {
        t.get(match self {
            Self::Pending => "demo-notice-pending",
            Self::Published => "demo-notice-published",
            Self::Withdrawn => "demo-notice-withdrawn",
        })
    }
}

/// The sample article with the widget and the plain form. The comments stand in the widget's place until it has its own.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/demo_article.html")]
pub struct DemoArticlePage {
    /// The newspaper's language.
    pub t: Messages,
    /// The site's key.
    pub site: String,
    /// The article's address.
    pub url: String,
    /// The article.
    pub article: DemoArticle,
    /// Published comments, in the order to show them.
    pub comments: Vec<PublicCommentView>,
    /// The form, made by [`CommentForm::empty`]; none where the article is closed.
    pub form: Option<CommentForm>,
    /// What to tell a reader who comes back from sending.
    pub notice: Option<Notice>,
    /// Where the moderators' queue is.
    pub queue_url: String,
}

impl DemoArticlePage {
    fn comments_heading(&self) -> String {
        let count: usize = self.comments.iter().map(|one| 1 + one.replies.len()).sum();
        self.t.with("demo-comments", &[("count", count.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_the_whole_article() {
        let article = DemoArticle::sample();
        assert_eq!(article.section, "Xây dựng Đảng");
        assert_eq!(
            article.title,
            "Đảng bộ Văn phòng UBND tỉnh làm theo lời Bác"
        );
        assert_eq!(article.date, "Thứ Năm, 13/08/2015");
        assert_eq!(article.paragraphs.len(), 4);
        assert!(article.paragraphs[3].ends_with("Đại hội Đảng các cấp."));
        assert_eq!(article.author, "Hoàng Nga");
        assert!(article.tags.is_empty());
    }

    #[test]
    fn tags_are_split_and_broken_lines_joined() {
        let text = "Mục\r\n\r\nTựa\r\n\r\nHôm nay\r\n\r\nMột\r\nhai.\r\n\r\n\r\nLan\r\n\r\nTAG: đường, , lũ\r\n\r\nHọ tên:";
        let article = DemoArticle::parse(text).expect("complete");
        assert_eq!(article.paragraphs, ["Một hai."]);
        assert_eq!(article.tags, ["đường", "lũ"]);
    }

    #[test]
    fn an_article_without_text_or_tag_line_is_refused() {
        assert_eq!(
            DemoArticle::parse("Mục\n\nTựa\n\nHôm nay\n\nLan\n\nTAG:"),
            None
        );
        assert_eq!(
            DemoArticle::parse("Mục\n\nTựa\n\nHôm nay\n\nMột.\n\nLan"),
            None
        );
        assert_eq!(DemoArticle::parse(""), None);
    }

    #[test]
    fn an_unknown_notice_says_nothing() {
        assert_eq!(Notice::from_query("pending"), Some(Notice::Pending));
        assert_eq!(Notice::from_query("<b>"), None);
    }
}
