//! The mail that tells a moderator that comments wait.
//!
//! Comments stand in it as text and never as links: a moderator's mail program should not be the
//! first to offer what a spammer wants clicked.

use askama::Template;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{Action, Category, QueueLane};
use crate::messages::Messages;
use crate::notify::order::Purpose;
use crate::text::{Defanged, Pointed, Segment, defanged, one_line, segments};

/// Longer comments are cut here; the page has the rest.
const SHOWN_LETTERS: usize = 1_000;
/// No subject is longer.
const SUBJECT_LETTERS: usize = 120;

/// A mail about comments that wait.
#[derive(Debug, Clone)]
pub struct HeldMail {
    /// The moderator's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// Why it is sent.
    pub purpose: Purpose,
    /// The articles with the comments that are told in full, what speaks against them most first.
    pub articles: Vec<HeldArticle>,
    /// How many more wait.
    pub more: usize,
    /// How long the one has waited that waits longest, made by [`Messages::wait`].
    pub oldest: String,
    /// The worst that was seen, where anything was.
    pub risk: Option<Category>,
    /// Whether something in it cannot wait.
    pub is_urgent: bool,
    /// Whether all of them are public and were reported.
    pub is_about_reports: bool,
    /// Where the queue is.
    pub queue_url: String,
    /// Where a moderator says when they want to be mailed, if at all.
    pub habits_url: String,
}

/// An article with comments that wait.
#[derive(Debug, Clone)]
pub struct HeldArticle {
    /// Its title, or its address where no title is known.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The comments.
    pub comments: Vec<HeldComment>,
}

/// One comment that waits.
#[derive(Debug, Clone)]
pub struct HeldComment {
    /// Its place in the mail, from 1.
    pub number: usize,
    /// The name as typed.
    pub author: String,
    /// The text as typed.
    pub body: String,
    /// How long it has waited, made by [`Messages::wait`].
    pub waiting: String,
    /// Where it waits.
    pub lane: QueueLane,
    /// What readers report and rules saw.
    pub evidence: Vec<HeldEvidence>,
    /// Where it can be decided: what, and the page that offers it.
    pub deeds: Vec<(Action, String)>,
    /// Where it stands in the queue.
    pub review_url: String,
}

/// One thing that was seen in a comment.
#[derive(Debug, Clone)]
pub struct HeldEvidence {
    /// The rule's title, or a report's reason.
    pub title: String,
    /// What was seen, or what the reader adds.
    pub excerpt: String,
    /// Where in the text, in characters, where it is a place in it.
    pub place: Option<(usize, usize)>,
}

#[derive(Template)]
#[template(path = "mail/held.txt")]
struct TextPart<'a> {
    t: Messages,
    mail: &'a HeldMail,
}

#[derive(Template)]
#[template(path = "mail/held.html")]
struct HtmlPart<'a> {
    t: Messages,
    mail: &'a HeldMail,
}

impl HeldMail {
    /// *3 bình luận chờ duyệt (Đe dọa) — Báo …*, on one line and not too long whatever the newspaper is called.
    #[must_use]
    pub fn subject(&self) -> String {
        let site = one_line(&self.site_name);
        let whole = self.subject_for(&site);
        let long = whole.graphemes(true).count();
        if long <= SUBJECT_LETTERS {
            return whole;
        }
        let letters = site.graphemes(true).count();
        let kept = letters.saturating_sub(long - SUBJECT_LETTERS + 1);
        let start: String = site.graphemes(true).take(kept).collect();
        self.subject_for(&format!("{}…", start.trim_end()))
    }

    fn subject_for(&self, site: &str) -> String {
        let kind = match (self.purpose, self.is_about_reports) {
            (Purpose::Reminder, _) => "late",
            (_, true) => "reported",
            (_, false) => "held",
        };
        let variables = [("count", self.count().into()), ("site", site.into())];
        // What was reported is told by its readers, not by rules.
        let risk = self.risk.filter(|_| kind != "reported");
        let mut subject = match risk {
            Some(risk) => {
                let mut variables = variables.to_vec();
                variables.push(("risk", self.t.category(risk).into()));
                let id = format!("mail-{kind}-subject-risk");
                self.t.with(&id, &variables)
            }
            None => self.t.with(&format!("mail-{kind}-subject"), &variables),
        };
        if self.is_urgent {
            let variables = [("subject", subject.into())];
            subject = self.t.with("mail-held-urgent", &variables);
        }
        one_line(&subject)
    }

    /// The plain text part.
    pub fn text(&self) -> askama::Result<String> {
        TextPart {
            t: self.t,
            mail: self,
        }
        .render()
    }

    /// The HTML part.
    pub fn html(&self) -> askama::Result<String> {
        HtmlPart {
            t: self.t,
            mail: self,
        }
        .render()
    }

    /// How many are in it, shown or not.
    #[must_use]
    pub fn count(&self) -> usize {
        let shown = self.articles.iter().map(|article| article.comments.len());
        shown.sum::<usize>() + self.more
    }

    fn heading(&self) -> String {
        let id = match (self.purpose, self.is_about_reports) {
            (Purpose::Reminder, _) => "mail-late-heading",
            (_, true) => "mail-reported-heading",
            (_, false) => "mail-held-heading",
        };
        self.counted(id, self.count())
    }

    fn oldest_line(&self) -> String {
        let waiting = self.oldest.as_str();
        self.t
            .with("mail-held-oldest", &[("waiting", waiting.into())])
    }

    fn risk_line(&self) -> Option<String> {
        let risk = self.t.category(self.risk?);
        Some(self.t.with("mail-held-risk", &[("risk", risk.into())]))
    }

    fn rest(&self) -> String {
        self.counted("mail-held-more", self.more)
    }

    fn foot(&self) -> String {
        let site = one_line(&self.site_name);
        self.t.with("mail-held-foot", &[("site", site.into())])
    }

    fn counted(&self, id: &str, count: usize) -> String {
        self.t.with(id, &[("count", count.into())])
    }
}

impl HeldArticle {
    fn title(&self) -> String {
        if self.title == self.url {
            one_line(&self.title)
        } else {
            defanged(&one_line(&self.title))
        }
    }

    fn has_title(&self) -> bool {
        self.title != self.url
    }

    fn address(&self) -> String {
        one_line(&self.url)
    }

    fn count(&self, t: Messages) -> String {
        let count = self.comments.len();
        t.with("mail-held-article-count", &[("count", count.into())])
    }
}

impl HeldComment {
    fn name(&self) -> String {
        defanged(&one_line(&self.author))
    }

    /// The start of the text, cut between letters as people see them.
    fn start(&self) -> String {
        let letters: String = self.body.graphemes(true).take(SHOWN_LETTERS).collect();
        if self.is_cut() {
            format!("{}…", letters.trim_end())
        } else {
            letters
        }
    }

    /// The same with what was seen in it marked.
    fn marked(&self) -> Vec<Segment> {
        let shown = Defanged::new(&self.start());
        let places = self.evidence.iter().zip(1..).filter_map(|(seen, number)| {
            let (start, end) = seen.place?;
            Some(Pointed {
                start: shown.place(start),
                end: shown.place(end),
                number,
                title: one_line(&seen.title),
            })
        });
        segments(&shown.text, places.collect())
    }

    /// Its lines, each to be set behind a mark of quotation.
    fn quoted(&self) -> Vec<String> {
        defanged(&self.start()).lines().map(str::to_owned).collect()
    }

    fn is_cut(&self) -> bool {
        self.body.graphemes(true).nth(SHOWN_LETTERS).is_some()
    }
}

impl HeldEvidence {
    fn what(&self) -> String {
        defanged(&one_line(&self.title))
    }

    fn seen(&self) -> String {
        defanged(&one_line(&self.excerpt))
    }
}

#[cfg(test)]
mod tests;
