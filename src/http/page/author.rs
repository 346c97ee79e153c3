//! Everything of one author on one site.

use askama::Template;

use super::bans::{BanForm, BanView, BansPage};
use super::brief::{BriefCard, SiteChoice, button, one_of_several};
use super::frame::Desk;
use crate::domain::{Instant, Status};
use crate::messages::Messages;

/// What there is of an author.
#[derive(Debug, Clone)]
pub struct AuthorView {
    /// What all spellings of the email have in common.
    pub email_key: String,
    /// Comments by status.
    pub counts: Vec<(Status, i64)>,
    /// Whether there are more than were counted.
    pub is_cut: bool,
    /// The names they used with how often and when last.
    pub names: Vec<(String, i64, Instant)>,
    /// When the first comment came.
    pub first_seen: Option<Instant>,
    /// When the last one came.
    pub last_seen: Option<Instant>,
    /// Their comments, newest first.
    pub cards: Vec<BriefCard>,
    /// Their bans, newest first.
    pub bans: Vec<BanView>,
    /// Whether whoever looks may lift them.
    pub may_lift: bool,
    /// Bans them; for editors, where their email is not banned already.
    pub form: Option<BanForm>,
    /// The address of the next page.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub is_first: bool,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/author.html")]
pub struct AuthorPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The site that is shown, by its key.
    pub site: String,
    /// The email that was asked for.
    pub email: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Who was found, where one was asked for.
    pub author: Option<AuthorView>,
}

impl AuthorPage {
    fn count_text(&self, id: &str, count: i64) -> String {
        self.t.with(id, &[("count", count.into())])
    }

    fn when_text(&self, id: &str, at: Instant) -> String {
        let when = self.t.when_near(at, self.now);
        self.t.with(id, &[("when", when.into())])
    }

    fn site_name(&self) -> Option<&str> {
        one_of_several(&self.sites, &self.site)
    }

    fn button(&self, id: &str) -> String {
        button(self.t, id, self.site_name())
    }

    fn bans_address(&self) -> String {
        BansPage::address(&self.site, &[])
    }
}
