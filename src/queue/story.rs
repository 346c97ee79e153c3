//! What became of a comment, told from its decisions.

use crate::domain::{Action, DecidedBy, Instant, Status};

/// Who made a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mover {
    /// A member of the paper.
    Person,
    /// The rule of that id.
    Rule(String),
    /// The site's model.
    Model,
    /// A ban.
    Ban,
    /// Who wrote the comment.
    Reader,
}

/// A decision, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What was done.
    pub action: Action,
    /// By whom.
    pub by: Mover,
    /// When.
    pub at: Instant,
    /// Whether it was undone.
    pub undone: bool,
}

/// What became of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Who has decided on it as it stands.
    pub decided: DecidedBy,
    /// When a person made its first decision that was not undone, where it was a person.
    pub first_by_person: Option<Instant>,
    /// The rules that settled a text of it, and whether a person was of another mind about that text.
    pub settled: Vec<(String, bool)>,
    /// Whether a person published its last text, or did not; nothing where no person's decision stands.
    pub judged: Option<bool>,
}

/// Tells what became of a comment that stands at `status` from its moves, in the order in which they were made.
///
/// Each text has a story of its own: an edit begins another. A rule that settled a text was overturned where a person has since published
/// that text, or put it back into the queue by a decision or by undoing the rule's, and no person has rejected it after all.
#[must_use]
pub fn story(status: Status, moves: &[Move]) -> Story {
    let mut settled = Vec::new();
    let (mut first, mut text) = (None, Text::default());
    for one in moves {
        // For what a rule, a ban or the model settled nobody waited, even where that was undone.
        let counts = !one.undone || one.by != Mover::Person;
        if counts && matches!(one.action, Action::Approve | Action::Reject | Action::Spam) {
            first = first.or(Some(one));
        }
        if one.action == Action::Edit {
            settled.extend(std::mem::take(&mut text).end());
        } else {
            text.go_on(one);
        }
    }
    let decided = match text.standing.map(|one| &one.by) {
        Some(Mover::Person) => DecidedBy::People,
        Some(Mover::Rule(_)) => DecidedBy::Rules,
        Some(Mover::Model) => DecidedBy::Model,
        Some(Mover::Ban) => DecidedBy::Bans,
        Some(Mover::Reader) | None if status == Status::Pending => DecidedBy::Nobody,
        Some(Mover::Reader) | None => DecidedBy::Reader,
    };
    let judged = text
        .standing
        .filter(|one| one.by == Mover::Person)
        .map(|one| one.action == Action::Approve);
    settled.extend(text.end());
    Story {
        decided,
        first_by_person: first
            .filter(|one| one.by == Mover::Person)
            .map(|one| one.at),
        settled,
        judged,
    }
}

/// What was decided about one text.
#[derive(Default)]
struct Text<'a> {
    /// The rule that settled it.
    rule: Option<&'a str>,
    /// The decision that stands.
    standing: Option<&'a Move>,
}

impl<'a> Text<'a> {
    fn go_on(&mut self, one: &'a Move) {
        if let Mover::Rule(rule) = &one.by {
            self.rule = Some(rule);
        }
        if one.undone {
            return;
        }
        match one.action {
            Action::Approve | Action::Reject | Action::Spam => self.standing = Some(one),
            Action::Requeue => self.standing = None,
            Action::Withdraw | Action::Edit | Action::Erase => {}
        }
    }

    fn end(self) -> Option<(String, bool)> {
        let stays_out = self
            .standing
            .is_some_and(|one| matches!(one.action, Action::Reject | Action::Spam));
        Some((self.rule?.to_owned(), !stays_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Instant {
        Instant::from_micros(second * 1_000_000)
    }

    fn by(by: Mover, action: Action, second: i64) -> Move {
        Move {
            action,
            by,
            at: at(second),
            undone: false,
        }
    }

    fn person(action: Action, second: i64) -> Move {
        by(Mover::Person, action, second)
    }

    fn rule(second: i64) -> Move {
        by(Mover::Rule("spam.offers".to_owned()), Action::Spam, second)
    }

    fn undone(one: Move) -> Move {
        Move {
            undone: true,
            ..one
        }
    }

    fn overturned(status: Status, moves: &[Move]) -> Vec<bool> {
        story(status, moves)
            .settled
            .into_iter()
            .map(|(_, is)| is)
            .collect()
    }

    #[test]
    fn what_nobody_decided_waits_or_was_taken_back() {
        let withdrawn = by(Mover::Reader, Action::Withdraw, 5);
        assert_eq!(story(Status::Pending, &[]).decided, DecidedBy::Nobody);
        assert_eq!(
            story(Status::Withdrawn, std::slice::from_ref(&withdrawn)).decided,
            DecidedBy::Reader
        );
        // Taken back after somebody had decided.
        let after = story(Status::Withdrawn, &[person(Action::Approve, 3), withdrawn]);
        assert_eq!(
            (after.decided, after.first_by_person),
            (DecidedBy::People, Some(at(3)))
        );
    }

    #[test]
    fn the_first_decision_that_was_not_undone_is_the_first() {
        let moves = [
            undone(person(Action::Reject, 2)),
            person(Action::Approve, 9),
            person(Action::Reject, 20),
        ];
        assert_eq!(story(Status::Rejected, &moves).first_by_person, Some(at(9)));
        let requeued = [person(Action::Approve, 4), person(Action::Requeue, 6)];
        let story = story(Status::Pending, &requeued);
        assert_eq!(
            (story.decided, story.first_by_person, story.judged),
            (DecidedBy::Nobody, Some(at(4)), None)
        );
    }

    #[test]
    fn what_a_rule_settled_first_no_person_waited_for() {
        let told = story(Status::Approved, &[rule(1), person(Action::Approve, 9)]);
        assert_eq!(
            (told.decided, told.first_by_person, told.judged),
            (DecidedBy::People, None, Some(true))
        );
        let put_back = story(
            Status::Approved,
            &[undone(rule(1)), person(Action::Approve, 9)],
        );
        assert_eq!(put_back.first_by_person, None);
        let ban = story(Status::Rejected, &[by(Mover::Ban, Action::Reject, 1)]);
        assert_eq!((ban.decided, ban.settled), (DecidedBy::Bans, vec![]));
        let model = by(Mover::Model, Action::Approve, 1);
        let told = story(Status::Approved, std::slice::from_ref(&model));
        assert_eq!(
            (told.decided, told.first_by_person, told.judged),
            (DecidedBy::Model, None, None)
        );
        let changed = story(Status::Rejected, &[model, person(Action::Reject, 9)]);
        assert_eq!(
            (changed.decided, changed.first_by_person, changed.judged),
            (DecidedBy::People, None, Some(false))
        );
    }

    #[test]
    fn a_rule_is_overturned_by_who_publishes_requeues_or_undoes() {
        assert_eq!(overturned(Status::Spam, &[rule(1)]), [false]);
        assert_eq!(
            overturned(Status::Approved, &[rule(1), person(Action::Approve, 2)]),
            [true]
        );
        assert_eq!(
            overturned(Status::Pending, &[rule(1), person(Action::Requeue, 2)]),
            [true]
        );
        assert_eq!(overturned(Status::Pending, &[undone(rule(1))]), [true]);
        // Whoever rejects it after all is of the rule's mind.
        assert_eq!(
            overturned(Status::Rejected, &[rule(1), person(Action::Reject, 2)]),
            [false]
        );
        assert_eq!(
            overturned(
                Status::Rejected,
                &[undone(rule(1)), person(Action::Reject, 3)]
            ),
            [false]
        );
        // So is who undoes their own approval.
        assert_eq!(
            overturned(Status::Spam, &[rule(1), undone(person(Action::Approve, 2))]),
            [false]
        );
    }

    #[test]
    fn an_edit_begins_another_story() {
        let edit = by(Mover::Reader, Action::Edit, 5);
        let moves = [
            person(Action::Approve, 3),
            edit.clone(),
            rule(5),
            person(Action::Approve, 8),
            edit.clone(),
        ];
        let told = story(Status::Pending, &moves);
        assert_eq!(told.settled, [("spam.offers".to_owned(), true)]);
        assert_eq!(
            (told.decided, told.first_by_person, told.judged),
            (DecidedBy::Nobody, Some(at(3)), None)
        );
        let twice = [edit.clone(), rule(5), undone(rule(6)), edit, rule(9)];
        assert_eq!(overturned(Status::Spam, &twice), [false, false]);
    }
}
