//! Articles: the list, and one with its comments.

use askama::Template;

use super::brief::{BriefCard, SiteChoice, query};
use super::frame::Desk;
use super::web_link;
use crate::domain::{ArticleId, ArticleState, Instant, Presence, Status};
use crate::messages::Messages;

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleView {
    /// Which one.
    pub id: ArticleId,
    /// Its title, where it is known.
    pub title: Option<String>,
    /// Its section, where it is known.
    pub section: Option<String>,
    /// Who wrote it, where it is known.
    pub author: Option<String>,
    /// Where it stands on the newspaper's site.
    pub presence: Presence,
    /// Its address.
    pub url: String,
    /// The newspaper's name.
    pub site_name: String,
    /// Whether it takes comments now.
    pub open: bool,
    /// Whether an editor has closed it, whatever the clock says.
    pub is_shut: bool,
    /// From when on it takes none.
    pub closes_at: Option<Instant>,
    /// Whether all comments wait for a person.
    pub premoderate: bool,
    /// When its first comment came.
    pub created_at: Instant,
    /// How many wait.
    pub waiting: i64,
}

impl ArticleView {
    pub(super) fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.url)
    }

    pub(super) fn address(&self) -> String {
        format!("/articles/{}", self.id)
    }

    pub(super) fn link(&self) -> Option<&str> {
        web_link(&self.url)
    }

    /// Open, closed, or until when it is open.
    pub(super) fn state_line(&self, t: Messages, now: Instant) -> String {
        let when = |at| t.when_near(at, now);
        match self.presence {
            Presence::Published => {}
            Presence::Unpublished => return t.get("article-unpublished"),
            Presence::Deleted => return t.get("article-deleted"),
        }
        match (self.open, self.closes_at) {
            (true, None) => t.get("article-open"),
            (true, Some(end)) => t.with("article-open-until", &[("when", when(end).into())]),
            (false, Some(end)) if end <= now => {
                t.with("article-closed-since", &[("when", when(end).into())])
            }
            (false, Some(end)) => t.with("article-closed-dated", &[("when", when(end).into())]),
            (false, None) => t.get("article-closed"),
        }
    }

    /// What comes of taking the date away: where nothing but the date has closed it, it is open again.
    pub(super) fn no_date(&self, t: Messages, now: Instant) -> String {
        let is_over = self.closes_at.is_some_and(|end| end <= now);
        t.get(if is_over && !self.is_shut {
            "article-do-no-date-open"
        } else {
            "article-do-no-date"
        })
    }

    pub(super) fn waiting_line(&self, t: Messages) -> String {
        t.with("article-waiting", &[("count", self.waiting.into())])
    }

    pub(super) fn since_line(&self, t: Messages, now: Instant) -> String {
        let when = t.when_near(self.created_at, now);
        t.with("article-since", &[("when", when.into())])
    }
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/articles.html")]
pub struct ArticleListPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The one that was chosen, by its key; empty for all.
    pub site: String,
    /// The words that were sought.
    pub sought: String,
    /// Only those that take comments, or do not.
    pub state: Option<ArticleState>,
    /// Whether those under which most waits come first.
    pub busiest: bool,
    /// The articles.
    pub articles: Vec<ArticleView>,
    /// From after which the next page goes on.
    pub next: Option<ArticleId>,
    /// Whether this is the first page.
    pub is_first: bool,
}

impl ArticleListPage {
    fn address(&self, after: Option<&ArticleId>) -> String {
        let after = after.map(ToString::to_string).unwrap_or_default();
        let pairs = [
            ("q", self.sought.as_str()),
            ("site", &self.site),
            ("state", self.state.map_or("", ArticleState::as_str)),
            ("order", if self.busiest { "waiting" } else { "" }),
            ("after", &after),
        ];
        format!("/articles?{}", query(&pairs))
    }
}

/// One article.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/article.html")]
pub struct ArticlePage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The article.
    pub article: ArticleView,
    /// Whether whoever looks may change it.
    pub may_change: bool,
    /// Whether it was changed a moment ago.
    pub is_changed: bool,
    /// What is wrong with the date that was typed.
    pub error: Option<String>,
    /// The date as it stands in its field.
    pub typed_date: String,
    /// Comments by status.
    pub counts: Vec<(Status, i64)>,
    /// The status that is shown.
    pub shown: Status,
    /// The comments of that status, newest first.
    pub cards: Vec<BriefCard>,
    /// The address of the next page.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub is_first: bool,
}

impl ArticlePage {
    fn tab(&self, status: Status) -> String {
        format!("{}?status={status}", self.article.address())
    }
}
