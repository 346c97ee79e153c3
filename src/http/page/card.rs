//! One comment before its moderator, with all that explains it.

use super::web_link;
use crate::domain::{
    Action, Agreed, BatchId, CheckerRule, CommentId, Evidence, Field, Instant, Lane, Reports,
    Signs, Status, View,
};
use crate::messages::Messages;
use crate::store::{Alike, AuthorHistory};
use crate::text::{Pointed as Span, Segment, segments};

/// One thing a rule saw, with the rule's title for people.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceView {
    /// What the rule looks for, in words.
    pub title: String,
    /// What it saw.
    pub seen: Evidence,
}

impl EvidenceView {
    pub(super) fn view_note(&self, t: Messages) -> Option<String> {
        match self.seen.view {
            View::Toneless => Some(t.get("queue-reads-toneless")),
            View::Hidden => Some(t.get("queue-reads-hidden")),
            View::Context if self.is_message() => None,
            View::Context => Some(t.get("queue-reads-context")),
            View::Raw | View::Toned => None,
        }
    }

    /// Whether what stands beside it are the words of an external checker, and none of the comment.
    pub(super) fn is_message(&self) -> bool {
        !self.lies_in_text() && CheckerRule::of_rule(&self.seen.rule).is_some()
    }

    /// Whether there is a place in the comment to point at.
    pub(super) fn lies_in_text(&self) -> bool {
        self.seen.view != View::Context
    }

    /// *5 ý kiến như thế, từ 3 email, dưới 4 bài*, and where the first of them is shown.
    pub(super) fn cluster(&self, t: Messages) -> Option<(String, String)> {
        let cluster = self.seen.cluster?;
        Some((
            t.cluster(&cluster),
            format!("/queue?comment={}", cluster.first),
        ))
    }
}

/// What the site's model likens a comment to.
#[derive(Debug, Clone, PartialEq)]
pub struct LikenedView {
    /// *giống bình luận đã từ chối: 0,93*
    pub told: String,
    /// The words that weighed most, as places in the text.
    pub words: Vec<(usize, usize)>,
    /// Whether the model has learnt anything from the newspaper.
    pub is_taught: bool,
}

impl LikenedView {
    /// Which model says so.
    pub(super) fn by(&self, t: Messages) -> String {
        t.get(if self.is_taught {
            "learn-likened-by"
        } else {
            "learn-likened-by-shipped"
        })
    }
}

/// The comment that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentView {
    /// Its author.
    pub name: String,
    /// Its text.
    pub body: String,
}

/// How a comment was decided last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedView {
    /// The moderator's name, the rule's title, or the reader's name.
    pub by: String,
    /// What was done.
    pub action: Action,
    /// When.
    pub at: Instant,
    /// Why, where it was said.
    pub reason: Option<String>,
    /// Together with which others.
    pub batch: BatchId,
    /// Whether whoever looks did it.
    pub is_own: bool,
    /// For what a rule or a ban did it, where one did, in words that go on a sentence.
    pub because: Option<String>,
}

impl DecidedView {
    /// *Lan đã duyệt lúc 14:03*
    pub(super) fn line(&self, t: Messages, now: Instant) -> String {
        if let Some(line) = self
            .because
            .as_deref()
            .and_then(|why| because(t, why, self.action, self.at, now))
        {
            return line;
        }
        let id = if self.is_own {
            "queue-decided-own"
        } else {
            "queue-decided-by"
        };
        said(t, id, &self.by, self.action, self.at, now)
    }
}

/// What a moderator may do with a comment at once: the table of moves ([`crate::queue::decide`]) as buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moves {
    /// Where it stands.
    pub status: Status,
    /// Whether it is public and has open reports.
    pub reported: bool,
    /// Whether the list is one of decided comments: elsewhere what is decided goes back to the queue first, since a colleague decided it a
    /// moment ago.
    pub on_decided: bool,
}

impl Moves {
    fn may(self, action: Action, to: Status) -> bool {
        let waits = self.status == Status::Pending || self.reported;
        let decided = self.requeues() && (self.on_decided || action == Action::Requeue);
        (waits || decided) && (self.status != to || (self.reported && action == Action::Approve))
    }

    pub(super) fn approves(self) -> bool {
        self.may(Action::Approve, Status::Approved)
    }

    pub(super) fn rejects(self) -> bool {
        self.may(Action::Reject, Status::Rejected)
    }

    pub(super) fn spams(self) -> bool {
        self.may(Action::Spam, Status::Spam)
    }

    /// Withdrawn and erased comments are their readers' to decide, not ours.
    pub(super) fn requeues(self) -> bool {
        matches!(
            self.status,
            Status::Approved | Status::Rejected | Status::Spam
        )
    }
}

/// What a colleague left for the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteView {
    /// Who.
    pub by: String,
    /// What it says.
    pub text: String,
    /// When.
    pub at: Instant,
}

/// One comment before its moderator.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueCard {
    /// Which comment.
    pub id: CommentId,
    /// The revision on the screen; a decision on another one is a conflict.
    pub revision: i32,
    /// Where it stands.
    pub status: Status,
    /// Where it waits, or waited.
    pub lane: Lane,
    /// The sum of its evidence.
    pub score: f32,
    /// The name as typed.
    pub name: String,
    /// The email as typed.
    pub email: String,
    /// The text as typed.
    pub body: String,
    /// What the email is known by, however it was typed.
    pub author_key: String,
    /// The newspaper's key.
    pub site_key: String,
    /// The newspaper's name.
    pub site_name: String,
    /// The article's title, where it is known.
    pub article_title: Option<String>,
    /// The article's section, where it is known.
    pub article_section: Option<String>,
    /// The article's address.
    pub article_url: String,
    /// Whether it takes comments still.
    pub article_open: bool,
    /// The comment it answers.
    pub parent: Option<ParentView>,
    /// When it was sent.
    pub created_at: Instant,
    /// What its reader agreed to, where the site asked for it.
    pub consent: Option<Agreed>,
    /// Whether the newspaper's own system brought and shows it.
    pub is_elsewhere: bool,
    /// Everything the rules saw, in the order to number it.
    pub evidence: Vec<EvidenceView>,
    /// That the site's external checker has not answered, in words.
    pub unheard: Option<String>,
    /// What the site's model likens it to, where that is worth telling.
    pub likened: Vec<LikenedView>,
    /// What the site's model would have done with it, where it is left to a person so that the model stays measured.
    pub sample: Option<Action>,
    /// How it was decided last.
    pub decided: Option<DecidedView>,
    /// What colleagues left, oldest first.
    pub notes: Vec<NoteView>,
    /// The colleague who has it on their screen.
    pub holder: Option<String>,
    /// What is known of its author by their email, which nobody has proved to be theirs.
    pub history: Option<AuthorHistory>,
    /// The others that wait and say the same, where it stands for all of them.
    pub alike: Option<Alike>,
    /// What the rules saw in its words, by which it is of those or of others.
    pub signs: Signs,
    /// The network that it came from, while the site keeps that; told to editors and admins alone.
    pub network: Option<String>,
    /// Whether whoever looks may ban it.
    pub may_ban: bool,
    /// What readers reported of it, if ever.
    pub reports: Option<Reports>,
}

impl QueueCard {
    pub(super) fn body_segments(&self) -> Vec<Segment> {
        let mut spans = self.spans(&[Field::Body, Field::Link]);
        for (likened, number) in self.likened.iter().zip(self.evidence.len() + 1..) {
            spans.extend(likened.words.iter().map(|&(start, end)| Span {
                start,
                end,
                number,
                title: likened.told.clone(),
            }));
        }
        let mut cut = segments(&self.body, spans);
        for piece in &mut cut {
            let is_seen = |number: &usize| *number <= self.evidence.len();
            piece.likened = piece.is_marked() && !piece.numbers.iter().any(is_seen);
        }
        cut
    }

    /// Whether there is anything to tell of why.
    pub(super) fn has_signs(&self) -> bool {
        !(self.evidence.is_empty() && self.likened.is_empty())
    }

    /// The words that weighed, as they stand in the text.
    pub(super) fn likened_words(&self, likened: &LikenedView) -> Vec<String> {
        let word = |&(start, end): &(usize, usize)| -> String {
            self.body.chars().skip(start).take(end - start).collect()
        };
        likened.words.iter().map(word).collect()
    }

    pub(super) fn name_segments(&self) -> Vec<Segment> {
        segments(&self.name, self.spans(&[Field::Name]))
    }

    pub(super) fn email_segments(&self) -> Vec<Segment> {
        segments(&self.email, self.spans(&[Field::Email]))
    }

    /// A link stands in the text, so its places count there.
    fn spans(&self, fields: &[Field]) -> Vec<Span> {
        self.evidence
            .iter()
            .zip(1..)
            .filter(|(one, _)| fields.contains(&one.seen.field))
            .map(|(one, number)| Span {
                start: one.seen.start as usize,
                end: one.seen.end as usize,
                number,
                title: one.title.clone(),
            })
            .collect()
    }

    pub(super) fn article_link(&self) -> Option<&str> {
        web_link(&self.article_url)
    }

    pub(super) fn evidence_heading(&self, t: Messages) -> String {
        let count = self.evidence.len() + self.likened.len();
        t.with("queue-evidence", &[("count", count.into())])
    }

    pub(super) fn consent_line(&self, t: Messages, now: Instant) -> Option<String> {
        let given = self.consent.as_ref()?;
        let when = t.when_near(given.at, now);
        let version = given.version.as_str();
        Some(t.with(
            "queue-consent",
            &[("version", version.into()), ("when", when.into())],
        ))
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.status == Status::Pending
    }

    /// Whether it is public and waits all the same, since readers reported it.
    pub(super) fn is_reported(&self) -> bool {
        let open = self.reports.as_ref().and_then(|reports| reports.first);
        self.status == Status::Approved && open.is_some()
    }

    /// Withdrawn and erased comments are their readers' to decide, not ours.
    pub(super) fn can_requeue(&self) -> bool {
        matches!(
            self.status,
            Status::Approved | Status::Rejected | Status::Spam
        )
    }

    /// As forms name it: the comment, and the revision on the screen.
    pub(super) fn target(&self) -> String {
        format!("{}:{}", self.id, self.revision)
    }

    /// Whether the text is so long that it is shown in part until somebody asks for the rest.
    pub(super) fn is_long(&self) -> bool {
        const SHOWN: usize = 900;
        const LINES: usize = 14;
        self.body.chars().nth(SHOWN).is_some() || self.body.lines().nth(LINES).is_some()
    }

    /// Few signs are read at a glance; many are opened when wanted.
    pub(super) fn has_few_signs(&self) -> bool {
        self.evidence.len() <= 3
    }

    /// The kinds of what was seen, each once.
    pub(super) fn categories(&self, t: Messages) -> Vec<String> {
        let mut seen = Vec::new();
        for one in &self.evidence {
            let name = t.category(one.seen.category);
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        seen
    }
}

/// *Bị từ chối lúc 14:03 vì email bị cấm*: no rule is somebody who does something. Nothing of what rules do not do.
#[must_use]
pub fn because(
    t: Messages,
    why: &str,
    action: Action,
    at: Instant,
    now: Instant,
) -> Option<String> {
    let id = match action {
        Action::Reject => "queue-decided-because-reject",
        Action::Spam => "queue-decided-because-spam",
        _ => return None,
    };
    let when = t.when_near(at, now);
    Some(t.with(id, &[("why", why.into()), ("when", when.into())]))
}

/// *Lan đã duyệt lúc 14:03*
#[must_use]
pub fn said(t: Messages, id: &str, by: &str, action: Action, at: Instant, now: Instant) -> String {
    t.with(
        id,
        &[
            ("name", by.into()),
            ("done", t.done(action).into()),
            ("when", t.when_near(at, now).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Actor, ModeratorId, Via};
    use crate::queue::{decide, decide_reported};

    #[test]
    fn the_buttons_are_those_of_the_table_of_moves() {
        let lan = Actor::Moderator {
            id: ModeratorId(uuid::Uuid::nil()),
            name: "Lan".to_owned(),
            via: Via::Session,
        };
        for &status in Status::ALL {
            for reported in [false, true] {
                let reported = reported && status == Status::Approved;
                let moves = Moves {
                    status,
                    reported,
                    on_decided: true,
                };
                let move_by = if reported { decide_reported } else { decide };
                let table = |action| move_by(status, action, &lan).is_ok();
                assert_eq!(moves.approves(), table(Action::Approve), "{status}");
                assert_eq!(moves.rejects(), table(Action::Reject), "{status}");
                assert_eq!(moves.spams(), table(Action::Spam), "{status}");
                assert_eq!(moves.requeues(), table(Action::Requeue), "{status}");
            }
        }
    }

    #[test]
    fn what_a_colleague_has_just_decided_goes_back_to_the_queue_first() {
        let moves = Moves {
            status: Status::Approved,
            reported: false,
            on_decided: false,
        };
        assert!(!moves.rejects() && !moves.spams() && moves.requeues());
    }
}
