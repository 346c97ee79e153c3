use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: usize) -> CommentId {
    CommentId(Uuid::from_u128(n as u128))
}

/// Comments by their numbers, each with the one it answers.
fn outline(comments: &[(usize, Option<usize>)]) -> Outline {
    let comments = comments
        .iter()
        .map(|(n, parent)| (id(*n), parent.map(id)))
        .collect();
    Outline::new(comments)
}

fn read(page: &OutlinePage) -> Vec<CommentId> {
    page.comments.iter().map(|placed| placed.id).collect()
}

fn numbered(numbers: &[usize]) -> Vec<CommentId> {
    numbers.iter().copied().map(id).collect()
}

#[test]
fn threads_stand_with_their_replies_in_the_order_asked_for() {
    let outline = outline(&[
        (1, None),
        (2, None),
        (3, Some(1)),
        (4, None),
        (5, Some(3)),
        (6, Some(2)),
        // What it answers is not public any more.
        (7, Some(99)),
        (8, Some(7)),
    ]);
    let page = |order| read(&outline.page(order, Begin::Start, 10));
    assert_eq!(
        page(ThreadOrder::Oldest),
        numbered(&[1, 3, 5, 2, 6, 4, 7, 8])
    );
    assert_eq!(
        page(ThreadOrder::Newest),
        numbered(&[7, 8, 4, 2, 6, 1, 3, 5])
    );
    assert_eq!(
        page(ThreadOrder::Replies),
        numbered(&[1, 3, 5, 7, 8, 2, 6, 4])
    );
    let first = outline.page(ThreadOrder::Oldest, Begin::Start, 1);
    let placed = |n, replies| Placed {
        id: id(n),
        thread: id(1),
        replies,
    };
    assert_eq!(first.comments, [placed(1, 2), placed(3, 0), placed(5, 0)]);
}

#[test]
fn a_long_thread_is_read_on_by_itself() {
    let mut comments = vec![(1, None), (2, None)];
    comments.extend((3..=50).map(|n| (n, Some(1))));
    let outline = outline(&comments);
    let page = outline.page(ThreadOrder::Oldest, Begin::Start, 5);
    assert_eq!(page.comments.len(), 1 + REPLIES_SHOWN + 1);
    assert_eq!(page.comments[0].replies, 48);
    let last = page.comments[REPLIES_SHOWN].id;
    let more = outline.replies(id(1), Some(last), 25);
    assert_eq!(read(&more), (23..48).map(id).collect::<Vec<_>>());
    let next = more.next.map(Place::comment);
    let rest = outline.replies(id(1), next, 25);
    assert_eq!((read(&rest), rest.next), (numbered(&[48, 49, 50]), None));
    // A permalink to one of them shows it.
    let around = outline.page(ThreadOrder::Newest, Begin::Around(id(45)), 5);
    assert!(read(&around).contains(&id(45)));
}

#[test]
fn a_page_that_is_full_before_the_comment_looked_for_begins_with_it() {
    let mut comments: Vec<_> = (1..=100).map(|n| (n, None)).collect();
    comments.extend((0..2_000).map(|n| (101 + n, Some(1 + n % 100))));
    let outline = outline(&comments);
    let page = outline.page(ThreadOrder::Oldest, Begin::Around(id(90)), 100);
    assert_eq!(page.comments[0].id, id(90));
}

prop_compose! {
    fn any_outline()(links in prop::collection::vec(prop::option::of(0..80_usize), 0..80)) -> Outline {
        let comments: Vec<(usize, Option<usize>)> = links
            .into_iter()
            .enumerate()
            // Some answer what is not there.
            .map(|(n, parent)| (n + 1, parent.filter(|parent| *parent <= n || *parent > 70)))
            .collect();
        outline(&comments)
    }
}

fn any_order() -> impl Strategy<Value = ThreadOrder> {
    prop::sample::select(ThreadOrder::ALL)
}

/// Everything that is read by going on until the end, thread by thread.
fn whole(outline: &Outline, order: ThreadOrder, limit: usize) -> Vec<CommentId> {
    let (mut seen, mut begin) = (Vec::new(), Begin::Start);
    loop {
        let page = outline.page(order, begin, limit);
        for first in page.comments.iter().filter(|one| one.id == one.thread) {
            seen.push(first.id);
            let mut after = None;
            loop {
                let more = outline.replies(first.id, after, 3);
                seen.extend(read(&more));
                after = more.next.map(Place::comment);
                if after.is_none() {
                    break;
                }
            }
        }
        match page.next {
            // As it travels.
            Some(next) => begin = Begin::After(next.to_string().parse().expect("a place")),
            None => return seen,
        }
    }
}

proptest! {
    #[test]
    fn every_comment_is_read_once_in_any_order(
        outline in any_outline(), order in any_order(), limit in 1..10_usize,
    ) {
        let mut seen = whole(&outline, order, limit);
        seen.sort();
        let (all, more) = outline.flat(None, 1_000);
        prop_assert!(!more);
        prop_assert_eq!(seen, all);
    }

    #[test]
    fn a_permalink_leads_to_a_page_with_its_comment(
        outline in any_outline(), order in any_order(), limit in 1..10_usize, n in 1..80_usize,
    ) {
        let page = outline.page(order, Begin::Around(id(n)), limit);
        if outline.flat(None, 1_000).0.contains(&id(n)) {
            prop_assert!(read(&page).contains(&id(n)));
        } else {
            prop_assert_eq!(page, outline.page(order, Begin::Start, limit));
        }
    }
}
