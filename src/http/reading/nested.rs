//! Comments as a page shows them: replies one level deep.

use std::collections::HashMap;

use crate::domain::{CommentId, Placed};
use crate::http::page::PublicCommentView;
use crate::store::Published;

/// Replies one level deep: what answers a reply stands beside it and says whom it answers.
pub fn nested(comments: &[(Placed, Published)]) -> Vec<PublicCommentView> {
    let mut roots: Vec<PublicCommentView> = Vec::new();
    // Where each comment stands: its root's place in `roots`, and its author, whom an answer names.
    let mut places: HashMap<CommentId, (usize, String)> = HashMap::new();
    for (placed, comment) in comments {
        let parent = comment
            .parent
            .and_then(|parent| Some((parent, places.get(&parent)?.clone())));
        let mut view = PublicCommentView {
            id: comment.id.to_string(),
            name: comment.name.clone(),
            body: comment.body.clone(),
            created_at: comment.created_at,
            is_edited: comment.edited_at.is_some(),
            newsroom: comment.newsroom,
            answers: None,
            replies: Vec::new(),
            more: 0,
        };
        match parent {
            None => {
                places.insert(comment.id, (roots.len(), comment.name.clone()));
                view.more = placed.replies;
                roots.push(view);
            }
            Some((parent, (root, author))) => {
                let answers_reply = roots[root].id != parent.to_string();
                view.answers = answers_reply.then_some(author);
                places.insert(comment.id, (root, comment.name.clone()));
                roots[root].more = roots[root].more.saturating_sub(1);
                roots[root].replies.push(view);
            }
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;
    use uuid::Uuid;

    fn comment(id: u128, parent: Option<u128>, replies: usize) -> (Placed, Published) {
        let id_of = |n| CommentId(Uuid::from_u128(n));
        let placed = Placed {
            id: id_of(id),
            thread: id_of(id),
            replies,
        };
        let published = Published {
            id: id_of(id),
            parent: parent.map(id_of),
            name: format!("n{id}"),
            body: String::new(),
            created_at: Instant::from_micros(0),
            edited_at: None,
            newsroom: false,
        };
        (placed, published)
    }

    #[test]
    fn replies_stand_one_level_deep() {
        let roots = nested(&[
            comment(1, None, 5),
            comment(2, Some(1), 0),
            comment(3, Some(2), 0),
            comment(4, Some(9), 0),
        ]);
        assert_eq!(roots.len(), 2);
        assert_eq!((roots[0].more, roots[1].more), (3, 0));
        let answers: Vec<Option<&str>> = roots[0]
            .replies
            .iter()
            .map(|reply| reply.answers.as_deref())
            .collect();
        assert_eq!(answers, [None, Some("n2")]);
    }
}
