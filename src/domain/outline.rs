//! How the public comments under an article hang together: which stand first, which answer them, and in what order they are read.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::{Display, Formatter};
use std::str::FromStr;

use super::{CommentId, words};

words! {
    /// The order that threads are read in.
    ThreadOrder {
        /// The newest first.
        Newest = "newest",
        /// The oldest first.
        Oldest = "oldest",
        /// What was answered most, first; of those alike the newest.
        Replies = "replies",
    }
}

/// As many replies as stand with their thread before a reader asks for more.
pub const REPLIES_SHOWN: usize = 20;
/// As many as stand there at the most where one of them is looked for.
const REPLIES_AROUND: usize = 500;
/// As many comments as a page holds at the most, whatever number of threads it was asked for.
const PAGE: usize = 500;

/// The threads under an article, without their texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Every comment with what it answers, oldest first.
    comments: Vec<(CommentId, Option<CommentId>)>,
    /// The threads, oldest first.
    threads: Vec<Thread>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Thread {
    first: CommentId,
    /// Oldest first.
    replies: Vec<CommentId>,
}

/// A comment where it stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which comment.
    pub id: CommentId,
    /// The first comment of its thread: itself, where it is that.
    pub thread: CommentId,
    /// How many replies its thread has, where it is the first.
    pub replies: usize,
}

/// What a page of threads begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Begin {
    /// The first thread.
    #[default]
    Start,
    /// What follows that place.
    After(Place),
    /// The first thread of the page that holds that comment; the first of all where there is no such comment.
    Around(CommentId),
}

/// A place between threads. It stays where it is when comments come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    replies: usize,
    first: CommentId,
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.replies, self.first)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (replies, first) = text.split_once('.').unwrap_or(("0", text));
        Ok(Self {
            replies: replies.parse().map_err(drop)?,
            first: first.parse().map_err(drop)?,
        })
    }
}

/// A page in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutlinePage {
    /// Each thread's first comment, followed by its replies, oldest first.
    pub comments: Vec<Placed>,
    /// Where the next page begins.
    pub next: Option<Place>,
}

impl Outline {
    /// Of comments with what they answer, oldest first. What answers a comment that is not among them stands for itself.
    #[must_use]
    pub fn new(comments: Vec<(CommentId, Option<CommentId>)>) -> Self {
        let parents: HashMap<CommentId, Option<CommentId>> = comments.iter().copied().collect();
        let mut firsts: HashMap<CommentId, CommentId> = HashMap::with_capacity(comments.len());
        let mut places: HashMap<CommentId, usize> = HashMap::new();
        let mut threads: Vec<Thread> = Vec::new();
        for (id, _) in &comments {
            if first_of(*id, &parents, &mut firsts) == *id {
                places.insert(*id, threads.len());
                threads.push(Thread {
                    first: *id,
                    replies: Vec::new(),
                });
            }
        }
        for (id, _) in &comments {
            let place = firsts.get(id).and_then(|first| places.get(first));
            if let Some(place) = place
                && threads[*place].first != *id
            {
                threads[*place].replies.push(*id);
            }
        }
        Self { comments, threads }
    }

    /// How many comments there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.comments.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// The comments as they were written, from after `after`: as many as `limit`, and whether there are more.
    #[must_use]
    pub fn flat(&self, after: Option<CommentId>, limit: usize) -> (Vec<CommentId>, bool) {
        let begin = after.map_or(0, |after| {
            self.comments.partition_point(|(id, _)| *id <= after)
        });
        let rest = &self.comments[begin..];
        let here = rest.iter().take(limit).map(|(id, _)| *id).collect();
        (here, rest.len() > limit)
    }

    /// A page of as many threads as `limit`, or of fewer where those have many replies.
    #[must_use]
    pub fn page(&self, order: ThreadOrder, begin: Begin, limit: usize) -> OutlinePage {
        let ordered = self.ordered(order);
        match begin {
            Begin::Start => stand(&ordered, 0, begin, limit),
            Begin::After(place) => {
                let follows =
                    ordered.partition_point(|thread| !precedes(order, place, thread.place()));
                stand(&ordered, follows, begin, limit)
            }
            Begin::Around(id) => {
                let Some(place) = ordered.iter().position(|thread| thread.holds(id)) else {
                    return stand(&ordered, 0, Begin::Start, limit);
                };
                let page = stand(&ordered, place / limit * limit, begin, limit);
                let is_there = page
                    .comments
                    .iter()
                    .any(|one| one.thread == ordered[place].first);
                // A page that was full before it came to that thread.
                if is_there {
                    page
                } else {
                    stand(&ordered, place, begin, limit)
                }
            }
        }
    }

    /// More replies of one thread, from after `after`.
    #[must_use]
    pub fn replies(
        &self,
        thread: CommentId,
        after: Option<CommentId>,
        limit: usize,
    ) -> OutlinePage {
        let found = self.threads.binary_search_by_key(&thread, |is| is.first);
        let Ok(place) = found else {
            return OutlinePage::default();
        };
        let replies = &self.threads[place].replies;
        let begin = after.map_or(0, |after| replies.partition_point(|id| *id <= after));
        let rest = &replies[begin..];
        let here = rest.iter().take(limit).map(|id| Placed {
            id: *id,
            thread,
            replies: 0,
        });
        let comments: Vec<Placed> = here.collect();
        let last = comments.last().filter(|_| rest.len() > limit);
        OutlinePage {
            next: last.map(|last| Place {
                replies: 0,
                first: last.id,
            }),
            comments,
        }
    }

    fn ordered(&self, order: ThreadOrder) -> Vec<&Thread> {
        let mut threads: Vec<&Thread> = self.threads.iter().collect();
        match order {
            ThreadOrder::Oldest => {}
            ThreadOrder::Newest => threads.reverse(),
            ThreadOrder::Replies => {
                threads.sort_by_key(|thread| Reverse(thread.place().by_replies()));
            }
        }
        threads
    }
}

impl Place {
    /// The comment that it names.
    #[must_use]
    pub const fn comment(self) -> CommentId {
        self.first
    }

    const fn by_replies(self) -> (usize, CommentId) {
        (self.replies, self.first)
    }
}

impl Thread {
    const fn place(&self) -> Place {
        Place {
            replies: self.replies.len(),
            first: self.first,
        }
    }

    fn holds(&self, id: CommentId) -> bool {
        self.first == id || self.replies.binary_search(&id).is_ok()
    }

    /// How many replies stand with it.
    fn shown(&self, begin: Begin) -> usize {
        match begin {
            Begin::Around(id) => match self.replies.binary_search(&id) {
                Ok(place) => (place + 1)
                    .next_multiple_of(REPLIES_SHOWN)
                    .min(REPLIES_AROUND),
                Err(_) => REPLIES_SHOWN,
            },
            Begin::Start | Begin::After(_) => REPLIES_SHOWN,
        }
    }

    fn stand(&self, on: &mut Vec<Placed>, shown: usize) {
        let thread = self.first;
        on.push(Placed {
            id: thread,
            thread,
            replies: self.replies.len(),
        });
        on.extend(self.replies.iter().take(shown).map(|id| Placed {
            id: *id,
            thread,
            replies: 0,
        }));
    }
}

/// As many threads as `limit`, from that one on.
fn stand(threads: &[&Thread], from: usize, begin: Begin, limit: usize) -> OutlinePage {
    let mut page = OutlinePage::default();
    let mut rest = threads[from..].iter().take(limit);
    let mut seen = from;
    while page.comments.len() < PAGE
        && let Some(thread) = rest.next()
    {
        thread.stand(&mut page.comments, thread.shown(begin));
        seen += 1;
    }
    let is_over = seen == threads.len();
    page.next = threads[from..seen]
        .last()
        .filter(|_| !is_over)
        .map(|last| last.place());
    page
}

/// Whether `place` stands before `other`.
fn precedes(order: ThreadOrder, place: Place, other: Place) -> bool {
    match order {
        ThreadOrder::Newest => other.first < place.first,
        ThreadOrder::Oldest => place.first < other.first,
        ThreadOrder::Replies => other.by_replies() < place.by_replies(),
    }
}

/// The first comment of the thread that `id` is in. No comment answers a later one, but clocks differ: an answer may seem the older.
fn first_of(
    id: CommentId,
    parents: &HashMap<CommentId, Option<CommentId>>,
    firsts: &mut HashMap<CommentId, CommentId>,
) -> CommentId {
    let mut way = vec![id];
    let mut first = id;
    loop {
        if let Some(known) = firsts.get(&first) {
            first = *known;
            break;
        }
        match parents.get(&first).copied().flatten() {
            Some(parent) if parents.contains_key(&parent) && way.len() <= parents.len() => {
                way.push(parent);
                first = parent;
            }
            _ => break,
        }
    }
    for one in way {
        firsts.insert(one, first);
    }
    first
}

#[cfg(test)]
mod tests;
