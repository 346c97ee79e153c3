//! What a decision taught a site's model.

use super::{Action, BatchId, CommentId, DecisionId, Evidence, Witness};

/// A decision of a person as the model learns it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The decision; lessons are learnt in the order of these.
    pub decision: DecisionId,
    /// What was decided on.
    pub comment: CommentId,
    /// What was done: approved, rejected, or put with the spam.
    pub action: Action,
    /// What the model said before it was told: that it does harm.
    pub harm: f32,
    /// That it is spam.
    pub spam: f32,
    /// Whether the text is written without marks.
    pub is_toneless: bool,
    /// What it says of the model.
    pub witness: Witness,
    /// Whether the model called it bad when it was asked again, as soon as a whole hundred of lessons with this one was learnt; nothing where it
    /// was not yet.
    pub bad_after: Option<bool>,
}

impl Lesson {
    /// Whether the model called it bad before it was told: where it had that for likelier than not.
    #[must_use]
    pub fn called_bad(&self) -> bool {
        self.harm.max(self.spam) >= 0.5
    }
}

/// A decision of a person with the text that it was made on.
#[derive(Debug, Clone, PartialEq)]
pub struct Taught {
    /// The decision.
    pub decision: DecisionId,
    /// What was decided together with it.
    pub batch: BatchId,
    /// What was decided on.
    pub comment: CommentId,
    /// What was done.
    pub action: Action,
    /// The text.
    pub body: String,
    /// What the rules saw in it.
    pub evidence: Vec<Evidence>,
    /// What it says of the model.
    pub witness: Witness,
}
