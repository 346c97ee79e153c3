//! The one table of moves.

use crate::domain::{Action, Actor, ReportOutcome, Status};

/// Why a move is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The comment already stands there.
    #[error("the comment already stands there")]
    Already,
    /// Its reader took it back, or it was erased: nobody moves it any more.
    #[error("the comment is no longer there to be decided")]
    Gone,
    /// That is not this actor's to do.
    #[error("this is not for you to do")]
    NotYours,
}

/// Where `action` by `actor` takes a comment that stands at `from`.
///
/// | from \ action | approve | reject | spam | requeue | withdraw | edit | erase |
/// | --- | --- | --- | --- | --- | --- | --- | --- |
/// | pending | approved | rejected | spam | – | withdrawn | pending | erased |
/// | approved | – | rejected | spam | pending | withdrawn | pending | erased |
/// | rejected | approved | – | spam | pending | refused | refused | erased |
/// | spam | approved | rejected | – | pending | refused | refused | erased |
/// | withdrawn | gone | gone | gone | gone | – | gone | erased |
/// | erased | gone | gone | gone | gone | gone | gone | – |
///
/// Moderators do the first four and erase; the reader withdraws and edits; a rule only keeps a fresh comment back. The model decides on a fresh
/// comment, where an admin lets it. A client approves what
/// it brought and puts it with the spam, as somebody has told it; what it may not move is not handed here.
pub fn decide(from: Status, action: Action, actor: &Actor) -> Result<Status, Refused> {
    use Action::{Approve, Edit, Erase, Reject, Requeue, Spam, Withdraw};
    let to = match action {
        Approve => Status::Approved,
        Reject => Status::Rejected,
        Spam => Status::Spam,
        Requeue | Edit => Status::Pending,
        Withdraw => Status::Withdrawn,
        Erase => Status::Erased,
    };
    let theirs = match actor {
        Actor::Moderator { .. } => matches!(action, Approve | Reject | Spam | Requeue | Erase),
        Actor::Reader => matches!(action, Withdraw | Edit),
        Actor::Client => matches!(action, Approve | Spam),
        Actor::Operator | Actor::Cms | Actor::Stranger => false,
        Actor::Rule(_) => from == Status::Pending && matches!(action, Reject | Spam),
        Actor::Model => from == Status::Pending && matches!(action, Approve | Reject | Spam),
    };
    if !theirs {
        return Err(Refused::NotYours);
    }
    match (from, to) {
        // An edited text waits again, even if the old one was waiting too.
        (Status::Pending, Status::Pending) if action == Edit => Ok(to),
        (from, to) if from == to => Err(Refused::Already),
        (Status::Withdrawn, Status::Erased) => Ok(to),
        (Status::Withdrawn | Status::Erased, _) => Err(Refused::Gone),
        (Status::Rejected | Status::Spam, _) if matches!(actor, Actor::Reader) => {
            Err(Refused::NotYours)
        }
        _ => Ok(to),
    }
}

/// The same for a comment with open reports. To approve it once more is a decision then: it stays where it is, and its reports are
/// settled.
pub fn decide_reported(from: Status, action: Action, actor: &Actor) -> Result<Status, Refused> {
    match decide(from, action, actor) {
        Err(Refused::Already) if action == Action::Approve => Ok(Status::Approved),
        told => told,
    }
}

/// What becomes of a comment's open reports by a move; nothing where they stay open.
#[must_use]
pub fn settles(action: Action) -> Option<ReportOutcome> {
    match action {
        Action::Approve => Some(ReportOutcome::Kept),
        Action::Reject => Some(ReportOutcome::Rejected),
        Action::Spam => Some(ReportOutcome::Spam),
        Action::Withdraw | Action::Erase => Some(ReportOutcome::Gone),
        // It waits, with its reports beside it.
        Action::Requeue | Action::Edit => None,
    }
}

/// Whether a moderator may undo a decision about a comment that stands at `current`. What its reader decided is not
/// theirs to undo, and what is withdrawn or erased does not come back.
pub fn undo(current: Status, decided: Action) -> Result<(), Refused> {
    match (current, decided) {
        (_, Action::Withdraw | Action::Edit | Action::Erase) => Err(Refused::NotYours),
        (Status::Withdrawn | Status::Erased, _) => Err(Refused::Gone),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ModeratorId;

    /// Every pair of state and action, for each kind of actor, against the table as a newspaper would write it.
    #[test]
    fn every_pair_of_state_and_action() {
        let moderator = Actor::Moderator {
            id: ModeratorId(uuid::Uuid::nil()),
            name: "Lan".to_owned(),
            via: crate::domain::Via::Session,
        };
        let rule = Actor::Rule("spam.offers".to_owned());
        let mut table = Vec::new();
        for (who, actor) in [
            ("moderator", &moderator),
            ("reader", &Actor::Reader),
            ("client", &Actor::Client),
            ("rule", &rule),
            ("model", &Actor::Model),
        ] {
            for from in Status::ALL {
                for action in Action::ALL {
                    let to = match decide(*from, *action, actor) {
                        Ok(to) => to.to_string(),
                        Err(Refused::Already) => "(already)".to_owned(),
                        Err(Refused::Gone) => "(gone)".to_owned(),
                        Err(Refused::NotYours) => continue,
                    };
                    table.push(format!("{who}: {from} {action} -> {to}"));
                }
            }
        }
        insta::assert_snapshot!(table.join("\n"));
    }

    /// Reports open one move and no other, and only to who may publish anyway.
    #[test]
    fn only_a_moderator_keeps_what_was_reported() {
        let moderator = Actor::Moderator {
            id: ModeratorId(uuid::Uuid::nil()),
            name: "Lan".to_owned(),
            via: crate::domain::Via::Session,
        };
        let rule = Actor::Rule("any".to_owned());
        for actor in [
            &moderator,
            &rule,
            &Actor::Model,
            &Actor::Reader,
            &Actor::Stranger,
        ] {
            for from in Status::ALL {
                for action in Action::ALL {
                    let usual = decide(*from, *action, actor);
                    let told = decide_reported(*from, *action, actor);
                    let keeps = (*from, *action) == (Status::Approved, Action::Approve);
                    if keeps && *actor == moderator {
                        assert_eq!((usual, told), (Err(Refused::Already), Ok(Status::Approved)));
                    } else {
                        assert_eq!(usual, told, "{from} {action} by {actor:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_reader_took_back_stays_back() {
        for status in Status::ALL {
            for action in [Action::Withdraw, Action::Edit, Action::Erase] {
                assert_eq!(undo(*status, action), Err(Refused::NotYours));
            }
        }
        assert_eq!(undo(Status::Withdrawn, Action::Approve), Err(Refused::Gone));
        assert_eq!(undo(Status::Approved, Action::Approve), Ok(()));
    }

    /// What is not in the snapshot above is refused: nobody but a moderator ever publishes, save for the model where somebody lets it.
    #[test]
    fn only_a_moderator_publishes_or_the_model_what_waits() {
        for from in Status::ALL {
            let published = decide(*from, Action::Approve, &Actor::Model).is_ok();
            assert_eq!(published, *from == Status::Pending, "{from}");
        }
        let rule = Actor::Rule("any".to_owned());
        for actor in [&Actor::Reader, &rule] {
            for from in Status::ALL {
                for action in Action::ALL {
                    let result = decide(*from, *action, actor);
                    assert_ne!(result, Ok(Status::Approved), "{from} {action} by {actor:?}");
                }
            }
        }
    }
}
