//! The mail that tells a moderator that comments wait.
//!
//! Comments stand in it as text and never as links: a moderator's mail program should not be the
//! first to offer what a spammer wants clicked.

use askama::Template;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::QueueLane;
use crate::messages::Messages;
use crate::text::one_line;

/// Longer comments are cut here; the page has the rest.
const SHOWN_LETTERS: usize = 600;

/// A mail about comments that wait.
#[derive(Debug, Clone)]
pub struct HeldMail {
    /// The moderator's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// The comments that are told in full, oldest first.
    pub comments: Vec<HeldComment>,
    /// How many more wait.
    pub more: usize,
    /// Whether all of them are public and were reported.
    pub is_about_reports: bool,
    /// Where the queue is.
    pub queue_url: String,
}

/// One comment that waits.
#[derive(Debug, Clone)]
pub struct HeldComment {
    /// The name as typed.
    pub author: String,
    /// The text as typed.
    pub body: String,
    /// The article's title, or its address where no title is known.
    pub article_title: String,
    /// The article's address.
    pub article_url: String,
    /// How long it has waited, made by [`Messages::wait`].
    pub waiting: String,
    /// Where it waits.
    pub lane: QueueLane,
    /// The rules' titles and what each saw.
    pub evidence: Vec<(String, String)>,
    /// Where it can be decided.
    pub review_url: String,
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
    /// *3 bình luận chờ duyệt — Báo …*, on one line whatever the newspaper is called.
    #[must_use]
    pub fn subject(&self) -> String {
        let variables = [
            ("count", self.count().into()),
            ("site", self.site_name.as_str().into()),
        ];
        let id = if self.is_about_reports {
            "mail-reported-subject"
        } else {
            "mail-held-subject"
        };
        one_line(&self.t.with(id, &variables))
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

    fn count(&self) -> usize {
        self.comments.len() + self.more
    }

    fn heading(&self) -> String {
        let id = if self.is_about_reports {
            "mail-reported-heading"
        } else {
            "mail-held-heading"
        };
        self.counted(id, self.count())
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

impl HeldComment {
    fn name(&self) -> String {
        one_line(&self.author)
    }

    fn title(&self) -> String {
        one_line(&self.article_title)
    }

    /// The start of the text, cut between letters as people see them.
    fn shown(&self) -> String {
        let letters: String = self.body.graphemes(true).take(SHOWN_LETTERS).collect();
        if self.is_cut() {
            format!("{}…", letters.trim_end())
        } else {
            letters
        }
    }

    /// Its lines, each to be set behind a mark of quotation.
    fn quoted(&self) -> Vec<String> {
        self.shown().lines().map(str::to_owned).collect()
    }

    fn is_cut(&self) -> bool {
        self.body.graphemes(true).nth(SHOWN_LETTERS).is_some()
    }

    fn seen(&self) -> Vec<(String, String)> {
        self.evidence
            .iter()
            .map(|(title, excerpt)| (one_line(title), one_line(excerpt)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lane, Locale};

    fn mail(locale: Locale) -> HeldMail {
        let t = Messages::of(locale);
        let held = |author: &str, body: &str, lane: Lane, evidence: &[(&str, &str)]| HeldComment {
            author: author.to_owned(),
            body: body.to_owned(),
            article_title: "Đảng bộ Văn phòng UBND tỉnh làm theo lời Bác".to_owned(),
            article_url: "https://bao.example/xay-dung-dang/1.html".to_owned(),
            waiting: t.get("wait-moment"),
            lane: lane.into(),
            evidence: evidence
                .iter()
                .map(|(title, excerpt)| ((*title).to_owned(), (*excerpt).to_owned()))
                .collect(),
            review_url: "https://duyet.example/queue?lane=look".to_owned(),
        };
        HeldMail {
            t,
            site_name: "Báo Sông Lam".to_owned(),
            comments: vec![
                held(
                    "Trần Văn Bình",
                    "Bài viết hay.\nMong báo viết thêm.",
                    Lane::LikelyFine,
                    &[],
                ),
                held(
                    "<img src=x>\r\nBcc: all@example.vn",
                    "Vay nhanh tại https://xau.example/vay <script>alert(1)</script>\n\n-- \nToà soạn",
                    Lane::LikelyBad,
                    &[("Liên kết trong ý kiến", "https://xau.example/vay")],
                ),
            ],
            more: 1,
            is_about_reports: false,
            queue_url: "https://duyet.example/queue".to_owned(),
        }
    }

    #[test]
    fn the_text_part_reads_well_in_both_languages() {
        insta::assert_snapshot!("held_text_vi", mail(Locale::Vi).text().expect("renders"));
        insta::assert_snapshot!("held_text_en", mail(Locale::En).text().expect("renders"));
    }

    #[test]
    fn the_html_part_shows_what_readers_typed_as_text() {
        let html = mail(Locale::Vi).html().expect("renders");
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        assert!(!html.contains("href=\"https://xau"), "{html}");
        assert!(html.contains("https://xau.example/vay"));
        insta::assert_snapshot!("held_html_vi", html);
    }

    #[test]
    fn the_subject_counts_what_is_not_shown_and_stays_on_one_line() {
        let mut one = mail(Locale::En);
        assert_eq!(one.subject(), "3 comments wait for review — Báo Sông Lam");
        one.comments.truncate(1);
        one.more = 0;
        one.site_name = "Báo\r\nBcc: x@example.vn".to_owned();
        assert_eq!(
            one.subject(),
            "1 comment waits for review — Báo Bcc: x@example.vn"
        );
        one.t = Messages::of(Locale::Vi);
        assert!(one.subject().starts_with("1 bình luận chờ duyệt — "));
    }

    #[test]
    fn no_line_of_the_text_part_is_a_readers_own() {
        let text = mail(Locale::Vi).text().expect("renders");
        assert!(text.lines().any(|line| line == "  > -- "), "{text}");
        assert!(
            !text
                .lines()
                .any(|line| line.starts_with("Bcc") || line == "-- \nToà")
        );
    }

    #[test]
    fn a_long_comment_is_cut_between_letters() {
        let mut held = mail(Locale::Vi).comments.remove(0);
        held.body = "e\u{302}\u{323}".repeat(SHOWN_LETTERS + 1);
        assert!(held.is_cut());
        assert!(held.shown().ends_with("e\u{302}\u{323}…"));
        held.body = "e\u{302}\u{323}".repeat(SHOWN_LETTERS);
        assert!(!held.is_cut());
        assert_eq!(held.shown(), held.body);
    }
}
