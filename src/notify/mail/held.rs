//! The mail that tells a moderator that comments wait.
//!
//! Comments stand in it as text and never as links: a moderator's mail program should not be the
//! first to offer what a spammer wants clicked.

use askama::Template;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{Action, Category, Lane, QueueLane, Urgency};
use crate::messages::Messages;
use crate::text::{Defanged, Pointed, Segment, defanged, one_line, segments};

/// Longer comments are cut here; the page has the rest.
const SHOWN_LETTERS: usize = 1_000;
/// So are those of more lines: the buttons stand beneath.
const SHOWN_LINES: usize = 20;
/// As many letters as are quoted of anything else.
const QUOTED_LETTERS: usize = 200;
/// As much as is told of why one comment waits.
const SHOWN_EVIDENCE: usize = 6;
/// No subject is longer.
const SUBJECT_LETTERS: usize = 120;

/// A mail about comments that wait.
#[derive(Debug, Clone)]
pub struct HeldMail {
    /// The moderator's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// The articles with the comments that are told in full, what speaks against them most first; none where they are only counted.
    pub articles: Vec<HeldArticle>,
    /// How many more wait.
    pub more: usize,
    /// How long the one has waited that waits longest, made by [`Messages::wait`].
    pub oldest: String,
    /// The worst that was seen, where anything was.
    pub risk: Option<Category>,
    /// Why something in it cannot wait, each reason once; none where all of it can.
    pub urgency: Vec<Urgency>,
    /// How many of them are public and were reported.
    pub reported: usize,
    /// How many of them have waited for longer than readers were promised.
    pub late: usize,
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
    /// The comment that it answers: its author and its text as typed.
    pub answers: Option<(String, String)>,
    /// How long it has waited, made by [`Messages::wait`].
    pub waiting: String,
    /// Where it waits.
    pub lane: QueueLane,
    /// Why it cannot wait, where it cannot.
    pub urgency: Option<Urgency>,
    /// What readers report of it.
    pub reports: Vec<HeldReport>,
    /// What rules saw, what matters most first.
    pub evidence: Vec<HeldEvidence>,
    /// Where it can be decided: what, and the page that offers it.
    pub deeds: Vec<(Action, String)>,
    /// Where it stands in the queue.
    pub review_url: String,
}

/// What one reader reports.
#[derive(Debug, Clone)]
pub struct HeldReport {
    /// Why.
    pub reason: String,
    /// What they add, as typed.
    pub note: String,
    /// When, made by [`Messages::when_near`].
    pub at: String,
}

/// One thing that was seen in a comment.
#[derive(Debug, Clone)]
pub struct HeldEvidence {
    /// The rule's title.
    pub title: String,
    /// What was seen.
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
    /// *3 bình luận chờ duyệt (Đe doạ) — Báo …*, on one line and not too long whatever the newspaper is called.
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
        let mut subject = self.counted_subject();
        if self.are_some_late() {
            let variables = [("told", subject.into()), ("late", self.late.into())];
            subject = self.t.with("mail-some-late-subject", &variables);
        }
        let variables = [("told", subject.into()), ("site", site.into())];
        let mut subject = self.t.with("mail-subject", &variables);
        if let Some(why) = self.why_urgent() {
            let variables = [("why", why.into()), ("subject", subject.into())];
            subject = self.t.with("mail-held-urgent", &variables);
        }
        one_line(&subject)
    }

    /// *3 bình luận chờ duyệt (nặng nhất: Đe doạ)*
    fn counted_subject(&self) -> String {
        let kind = self.kind();
        let variables = [
            ("count", self.counted_first().into()),
            ("reported", self.reported.into()),
        ];
        // What was reported is told by its readers, not by rules; and why it is urgent says more than what weighs most.
        let risk = self.risk.filter(|_| kind != "reported");
        let risk = risk.filter(|_| self.urgency.is_empty());
        match risk {
            Some(risk) => {
                let mut variables = variables.to_vec();
                variables.push(("risk", self.t.category(risk).into()));
                let id = format!("mail-{kind}-subject-risk");
                self.t.with(&id, &variables)
            }
            None => self.t.with(&format!("mail-{kind}-subject"), &variables),
        }
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
        let id = format!("mail-{}-heading", self.kind());
        let variables = [
            ("count", self.counted_first().into()),
            ("reported", self.reported.into()),
        ];
        let heading = self.t.with(&id, &variables);
        if !self.are_some_late() {
            return heading;
        }
        let variables = [("told", heading.into()), ("late", self.late.into())];
        self.t.with("mail-some-late-heading", &variables)
    }

    /// What it is about, as its subject and its heading say.
    fn kind(&self) -> &'static str {
        match self.reported {
            _ if self.late == self.count() => "late",
            0 => "held",
            reported if reported == self.count() => "reported",
            _ => "mixed",
        }
    }

    /// Whether some of them have waited for too long, and others have not.
    fn are_some_late(&self) -> bool {
        self.late > 0 && self.late < self.count()
    }

    /// The number that they begin with. What is public and was reported waits for no review.
    fn counted_first(&self) -> usize {
        if self.kind() == "mixed" {
            self.count() - self.reported
        } else {
            self.count()
        }
    }

    fn oldest_line(&self) -> String {
        let waiting = self.oldest.as_str();
        self.t
            .with("mail-held-oldest", &[("waiting", waiting.into())])
    }

    /// *lời đe doạ, lộ thông tin riêng*
    fn why_urgent(&self) -> Option<String> {
        let mut why: Vec<String> = Vec::new();
        for one in &self.urgency {
            why.push(self.t.urgency(*one));
        }
        (!why.is_empty()).then(|| why.join(", "))
    }

    fn urgent_line(&self) -> Option<String> {
        let why = self.why_urgent()?;
        Some(self.t.with("mail-held-urgent-why", &[("why", why.into())]))
    }

    fn risk_line(&self) -> Option<String> {
        if !self.urgency.is_empty() {
            return None;
        }
        let risk = self.t.category(self.risk?);
        Some(self.t.with("mail-held-risk", &[("risk", risk.into())]))
    }

    /// Whether nothing in it was written by readers.
    fn only_counts(&self) -> bool {
        self.articles.is_empty()
    }

    fn rest(&self) -> String {
        if self.only_counts() {
            return self.t.get("mail-held-no-words");
        }
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
            quoted(&self.title)
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
        quoted(&self.author)
    }

    fn is_reported(&self) -> bool {
        self.lane == QueueLane::Reported
    }

    /// *Trả lời Trần Văn Bình: “…”*
    fn answers(&self, t: Messages) -> Option<String> {
        let (name, text) = self.answers.as_ref()?;
        let (name, text) = (quoted(name), quoted(text));
        let variables = [("name", name.into()), ("text", text.into())];
        Some(t.with("mail-held-answers", &variables))
    }

    fn urgent_line(&self, t: Messages) -> Option<String> {
        let why = t.urgency(self.urgency?);
        Some(t.with("mail-held-urgent-why", &[("why", why.into())]))
    }

    /// Since when it waits, or was reported first.
    fn since(&self, t: Messages) -> String {
        if self.is_reported() {
            let wait = self.waiting.as_str();
            t.with("mail-reported-since", &[("wait", wait.into())])
        } else {
            format!("{}: {}", t.get("mail-held-waiting"), self.waiting)
        }
    }

    /// Whether much speaks against it.
    fn is_bad(&self) -> bool {
        self.urgency.is_some() || self.lane == Lane::LikelyBad.into()
    }

    /// The button that stands out: what is most likely to be right, where that is plain.
    fn likely(&self) -> Option<Action> {
        match self.lane {
            _ if self.is_bad() => Some(Action::Reject),
            QueueLane::LikelyFine => Some(Action::Approve),
            QueueLane::Look | QueueLane::LikelyBad | QueueLane::Reported => None,
        }
    }

    fn stands_out(&self, action: Action) -> bool {
        self.likely() == Some(action)
    }

    /// What a button says.
    fn label(&self, t: Messages, action: Action) -> String {
        let kind = if self.is_reported() {
            "reported"
        } else {
            "held"
        };
        t.get(&format!("mail-{kind}-do-{action}"))
    }

    /// The reports that are shown, and how many are not.
    fn shown_reports(&self) -> (&[HeldReport], usize) {
        let shown = &self.reports[..self.reports.len().min(SHOWN_EVIDENCE)];
        (shown, self.reports.len() - shown.len())
    }

    /// What rules saw and is listed, each with its number: what matters most, in the order of the text.
    fn listed(&self) -> Vec<(usize, &HeldEvidence)> {
        let mut listed: Vec<&HeldEvidence> = self.evidence.iter().take(SHOWN_EVIDENCE).collect();
        listed.sort_by_key(|seen| seen.place.map_or(usize::MAX, |(start, _)| start));
        (1..).zip(listed).collect()
    }

    /// How much more they saw.
    fn unlisted(&self) -> usize {
        self.evidence.len().saturating_sub(SHOWN_EVIDENCE)
    }

    /// What stands above what rules saw; where they saw nothing that is said of what waits alone.
    fn evidence_heading(&self, t: Messages) -> Option<String> {
        let id = match (self.is_reported(), self.evidence.is_empty()) {
            (true, true) => return None,
            (true, false) => "mail-reported-evidence",
            (false, true) => return Some(t.get("mail-held-no-evidence")),
            (false, false) => "mail-held-evidence",
        };
        Some(format!("{}:", t.get(id)))
    }

    /// As many characters as are shown of the text.
    fn shown_characters(&self) -> usize {
        let lines = self.body.split_inclusive('\n').take(SHOWN_LINES);
        let lines: usize = lines.map(|line| line.chars().count()).sum();
        let letters = self.body.graphemes(true).take(SHOWN_LETTERS);
        let letters: usize = letters.map(|letter| letter.chars().count()).sum();
        lines.min(letters)
    }

    /// The start of the text, cut between letters as people see them.
    fn start(&self) -> String {
        let start: String = self.body.chars().take(self.shown_characters()).collect();
        if self.is_cut() {
            format!("{}…", start.trim_end())
        } else {
            start
        }
    }

    /// The same with what is listed of what was seen in it marked.
    fn marked(&self) -> Vec<Segment> {
        let shown = Defanged::new(&self.start());
        let places = self.listed().into_iter().filter_map(|(number, seen)| {
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

    /// Its lines, each to be set behind a mark of quotation, as they were written: in text a mark could be the reader's own. What was
    /// seen in them is quoted beneath.
    fn quoted(&self) -> Vec<String> {
        let shown = Defanged::new(&self.start());
        shown.text.lines().map(str::to_owned).collect()
    }

    fn is_cut(&self) -> bool {
        self.body.chars().nth(self.shown_characters()).is_some()
    }

    /// What a rule saw, in the midst of what stands around it where that is not shown above.
    fn seen(&self, one: &HeldEvidence) -> String {
        let shown = self.shown_characters();
        match one.place {
            Some((start, end)) if end > shown && self.is_cut() => around(&self.body, (start, end)),
            _ => quoted(&one.excerpt),
        }
    }
}

impl HeldReport {
    fn what(&self) -> String {
        quoted(&self.reason)
    }

    fn note(&self) -> String {
        quoted(&self.note)
    }
}

impl HeldEvidence {
    fn what(&self) -> String {
        quoted(&self.title)
    }
}

/// What somebody typed, on one line, where no program takes anything in it for an address, and no longer than is read at a glance.
fn quoted(text: &str) -> String {
    let line = one_line(text);
    let start: String = line.graphemes(true).take(QUOTED_LETTERS).collect();
    let is_cut = start.len() < line.len();
    let start = defanged(start.trim_end());
    if is_cut { format!("{start}…") } else { start }
}

/// A place of a text with what stands before and behind it, as much as is quoted.
fn around(text: &str, (start, end): (usize, usize)) -> String {
    let room = QUOTED_LETTERS.saturating_sub(end - start) / 2;
    let from = start.saturating_sub(room);
    let rest: String = text.chars().skip(from).collect();
    let kept = (end - from + room).min(QUOTED_LETTERS);
    let piece: String = rest.chars().take(kept).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if rest.chars().nth(kept).is_some() {
        "…"
    } else {
        ""
    };
    format!("{before}{}{after}", defanged(one_line(&piece).trim()))
}

#[cfg(test)]
mod tests;
