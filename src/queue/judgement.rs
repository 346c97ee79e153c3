//! Which decision on a comment is the one that stands for it.

use crate::domain::{Action, DecisionId};

/// The decisions that say what people make of a comment's last text, the oldest first: nothing where nobody has decided on it, or where
/// somebody was in doubt again. `moves` are those of people and readers which nobody took back, in the order in which they were made.
///
/// Whoever is of another mind overrules whoever was before; whoever is of the same mind adds nothing.
#[must_use]
pub fn judgement(moves: &[(DecisionId, Action)]) -> &[(DecisionId, Action)] {
    let Some((_, last)) = moves.last() else {
        return &[];
    };
    if !matches!(last, Action::Approve | Action::Reject | Action::Spam) {
        return &[];
    }
    let agreed = moves.iter().rev().take_while(|(_, action)| action == last);
    &moves[moves.len() - agreed.count()..]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use Action::{Approve, Edit, Reject, Requeue, Spam};

    #[test]
    fn the_last_word_stands_and_is_said_once() {
        let judged = |actions: &[Action]| {
            let moves: Vec<(DecisionId, Action)> = (1..)
                .zip(actions)
                .map(|(number, action)| (DecisionId(Uuid::from_u128(number)), *action))
                .collect();
            let ids = judgement(&moves).iter().map(|(id, _)| id.0.as_u128());
            ids.collect::<Vec<_>>()
        };
        assert_eq!(judged(&[]), []);
        assert_eq!(judged(&[Approve]), [1]);
        assert_eq!(judged(&[Approve, Reject]), [2]);
        assert_eq!(judged(&[Reject, Spam]), [2]);
        assert_eq!(judged(&[Approve, Approve]), [1, 2]);
        assert_eq!(judged(&[Approve, Requeue]), []);
        assert_eq!(judged(&[Approve, Requeue, Approve]), [3]);
        assert_eq!(judged(&[Approve, Edit]), []);
        assert_eq!(judged(&[Reject, Approve, Edit, Approve]), [4]);
    }
}
