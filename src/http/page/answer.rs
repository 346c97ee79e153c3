//! What a reader gets back: the form again, thanks, their own comment, or a problem.

use askama::Template;

use super::form::CommentForm;
use super::web_link;
use crate::domain::Status;
use crate::messages::Messages;

/// The form again, with everything typed kept and each error at its field.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/form_problem.html")]
pub struct FormProblemPage {
    /// The reader's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// The article's title, where it is known.
    pub article_title: Option<String>,
    /// Why it was not taken, where nothing in it is wrong.
    pub refusal: Option<Refusal>,
    /// The form, with its errors.
    pub form: CommentForm,
}

/// Why a form was not taken although nothing in it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What happened.
    pub title: String,
    /// What it means and what to do.
    pub detail: String,
}

impl Refusal {
    /// That of the problem `code` of the locale files.
    #[must_use]
    pub fn of(t: Messages, code: &str) -> Self {
        Self {
            title: t.get(&format!("problem-{code}")),
            detail: t.get(&format!("problem-{code}-detail")),
        }
    }
}

impl FormProblemPage {
    fn title(&self) -> String {
        match &self.refusal {
            Some(refusal) => refusal.title.clone(),
            None => self.t.get("form-problem-title"),
        }
    }

    fn summary(&self) -> String {
        if let Some(refusal) = &self.refusal {
            return refusal.detail.clone();
        }
        let count = self.form.errors.len();
        self.t
            .with("form-problem-summary", &[("count", count.into())])
    }
}

/// Thanks, and what happens next; for a form that named no way back.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/form_thanks.html")]
pub struct FormThanksPage {
    /// The reader's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// `Pending`, or `Approved` where the site publishes at once. Anything else reads as waiting:
    /// what a rule settled is not told here.
    pub status: Status,
    /// The reader's signed link to their own comment.
    pub receipt_url: Option<String>,
    /// The article, where it is known to be on the site.
    pub return_to: Option<String>,
    /// The email address that was probably meant.
    pub suggestion: Option<String>,
    /// Whether they asked to be told of the decision.
    pub will_be_told: bool,
}

impl FormThanksPage {
    fn asks(&self) -> Option<String> {
        let meant = self.suggestion.as_deref()?;
        Some(self.t.with("thanks-email", &[("suggestion", meant.into())]))
    }

    fn lead(&self) -> String {
        if self.status == Status::Approved {
            self.t.get("thanks-approved")
        } else {
            let site = self.site_name.as_str();
            self.t.with("thanks-pending", &[("site", site.into())])
        }
    }

    fn back(&self) -> Option<&str> {
        self.return_to.as_deref().and_then(web_or_local)
    }
}

/// Why something cannot be shown or done.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/problem.html")]
pub struct ProblemPage {
    /// The reader's language.
    pub t: Messages,
    /// The HTTP status.
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What to do.
    pub detail: String,
    /// Where one can go from here.
    pub home: Option<String>,
    /// What to tell the newsroom.
    pub request_id: Option<String>,
}

impl ProblemPage {
    /// The page of the problem `code` of the locale files.
    #[must_use]
    pub fn of(t: Messages, status: u16, code: &str) -> Self {
        Self {
            t,
            status,
            title: t.get(&format!("problem-{code}")),
            detail: t.get(&format!("problem-{code}-detail")),
            home: None,
            request_id: None,
        }
    }
}

/// `address` where it is a page on the web or a path of ours (`/a`, but not `//host`, which a
/// browser reads as another host, nor `/\host`, which it reads as the same).
fn web_or_local(address: &str) -> Option<&str> {
    let local = address.starts_with('/')
        && !address[1..].starts_with(['/', '\\'])
        && !address.contains(|c: char| c.is_control());
    if local {
        Some(address)
    } else {
        web_link(address)
    }
}

#[cfg(test)]
mod tests {
    use super::web_or_local;

    #[test]
    fn only_pages_become_ways_back() {
        for good in [
            "/demo",
            "/",
            "https://bao.example/1.html",
            "HTTP://bao.example/",
        ] {
            assert_eq!(web_or_local(good), Some(good));
        }
        for bad in [
            "",
            "demo",
            "//host/",
            "/\\host",
            "/\t/host",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            " https://x",
            "ftp://x",
        ] {
            assert_eq!(web_or_local(bad), None, "{bad:?}");
        }
    }
}
