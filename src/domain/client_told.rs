//! What a newspaper's own system was told of a comment of its: what it surely knows, and whether it may show the comment by our word.

use super::Status;

/// What a comment's own system was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientTold {
    /// What it has said that it heard, with nothing told since: whether it is spam.
    pub surely: Option<bool>,
    /// That it is none may be the last that it heard, so the comment may be published there.
    pub may_publish: bool,
}

impl ClientTold {
    /// After it has said that it heard.
    #[must_use]
    pub const fn heard(is_spam: bool) -> Self {
        Self {
            surely: Some(is_spam),
            may_publish: !is_spam,
        }
    }

    /// After it was told, whether it heard or not: the call may break off on the way back, or we may.
    #[must_use]
    pub fn perhaps(self, is_spam: bool) -> Self {
        Self {
            surely: self.surely.filter(|told| *told == is_spam),
            may_publish: self.may_publish || !is_spam,
        }
    }

    /// What is to be told of a comment that stands there: nothing new, or whether it is spam. The protocol has no word for what waits
    /// again; what may be published by our word is taken down by it.
    #[must_use]
    pub fn news(self, status: Status) -> Option<bool> {
        match status {
            Status::Approved => (self.surely != Some(false)).then_some(false),
            Status::Rejected | Status::Spam => (self.surely != Some(true)).then_some(true),
            Status::Pending | Status::Withdrawn | Status::Erased => {
                self.may_publish.then_some(true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::{Approved, Erased, Pending, Rejected, Spam, Withdrawn};

    const NOTHING: ClientTold = ClientTold {
        surely: None,
        may_publish: false,
    };
    const HAM: ClientTold = ClientTold::heard(false);
    const SPAM: ClientTold = ClientTold::heard(true);

    #[test]
    fn they_are_told_what_they_do_not_know_and_nothing_of_what_waits() {
        for (status, told, expected) in [
            (Approved, NOTHING, Some(false)),
            (Approved, HAM, None),
            (Approved, SPAM, Some(false)),
            (Rejected, NOTHING, Some(true)),
            (Spam, HAM, Some(true)),
            (Spam, SPAM, None),
            (Pending, NOTHING, None),
            (Pending, SPAM, None),
            // What was undone after it was told is taken down.
            (Pending, HAM, Some(true)),
            (Withdrawn, HAM, Some(true)),
            (Erased, NOTHING, None),
        ] {
            assert_eq!(told.news(status), expected, "{status} {told:?}");
        }
    }

    #[test]
    fn what_they_may_have_heard_is_told_again_and_taken_down_all_the_same() {
        // An approval that may have come through is told again, and its undoing is told.
        let perhaps = NOTHING.perhaps(false);
        assert_eq!(perhaps.news(Approved), Some(false));
        assert_eq!(perhaps.news(Pending), Some(true));
        assert_eq!(perhaps.perhaps(true).news(Pending), Some(true));
        // What may have been taken down is published again.
        assert_eq!(HAM.perhaps(true).news(Approved), Some(false));
        // What they know they may hear once more.
        assert_eq!(HAM.perhaps(false), HAM);
        assert_eq!(SPAM.perhaps(true), SPAM);
        assert_eq!(SPAM.perhaps(false).news(Spam), Some(true));
    }
}
