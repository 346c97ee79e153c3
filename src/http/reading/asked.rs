//! What a reader asks for of an article's comments.

use crate::domain::{Begin, CommentId, Outline, Place, Placed, ThreadOrder};
use crate::http::input::Query;
use crate::http::problem::Problem;

/// A part of an article's comments, in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// One after the other, as they were written.
    Flat {
        /// From after this one.
        after: Option<CommentId>,
        /// As many comments as that.
        limit: usize,
    },
    /// In threads.
    Threads {
        /// In which order.
        order: ThreadOrder,
        /// From where on.
        begin: Begin,
        /// As many threads as that.
        limit: usize,
    },
    /// More replies of one thread.
    Replies {
        /// Its first comment.
        thread: CommentId,
        /// From after this one.
        after: Option<CommentId>,
        /// As many comments as that.
        limit: usize,
    },
}

impl Asked {
    /// Reads what the query asks for.
    pub fn read(query: &mut Query) -> Result<Self, Problem> {
        let limit = query.limit(50, 100)?;
        let (order, thread) = (query.read("order")?, query.read("thread")?);
        let around = query.read("around")?;
        if let Some(thread) = thread {
            let after: Option<Place> = query.read("after")?;
            return Ok(Self::Replies {
                thread,
                after: after.map(Place::comment),
                limit,
            });
        }
        // Who names a comment or an order means threads.
        if order.is_none() && around.is_none() {
            let after = query.read("after")?;
            return Ok(Self::Flat { after, limit });
        }
        let begin = match (around, query.read("after")?) {
            (_, Some(after)) => Begin::After(after),
            (Some(around), None) => Begin::Around(around),
            (None, None) => Begin::Start,
        };
        Ok(Self::Threads {
            order: order.unwrap_or(ThreadOrder::Newest),
            begin,
            limit,
        })
    }
}

impl Asked {
    /// That part of the threads, and where to go on.
    pub fn of(self, outline: &Outline) -> (Vec<Placed>, Option<String>) {
        let page = match self {
            Self::Flat { after, limit } => {
                let (ids, more) = outline.flat(after, limit);
                let next = ids.last().filter(|_| more).map(ToString::to_string);
                let alone = |id| Placed {
                    id,
                    thread: id,
                    replies: 0,
                };
                return (ids.into_iter().map(alone).collect(), next);
            }
            Self::Threads {
                order,
                begin,
                limit,
            } => outline.page(order, begin, limit),
            Self::Replies {
                thread,
                after,
                limit,
            } => outline.replies(thread, after, limit),
        };
        (page.comments, page.next.map(|place| place.to_string()))
    }
}
