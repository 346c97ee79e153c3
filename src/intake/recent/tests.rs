use super::*;
use uuid::Uuid;

const SITE: SiteId = SiteId(Uuid::nil());
const TEXT: &str = "Cầu mới đẹp quá, đi lại rất tiện. Ngày trước mỗi lần qua sông phải chờ phà cả tiếng đồng hồ, học sinh đi học muộn suốt.";

fn comment(n: u128) -> CommentId {
    CommentId(Uuid::from_u128(n))
}

fn later(hours: u64) -> Instant {
    Instant::from_micros(0).after(Duration::from_secs(hours * 3600))
}

/// Somebody's text, with their address.
fn by(recent: &RecentTexts, who: u16, body: &str) -> Sent {
    let (email, article) = (format!("{who}@thu.example"), format!("/{}", who % 2));
    recent.sent(SITE, read(body), &email, &article, Some(who))
}

#[test]
fn a_text_counts_within_its_window_on_its_site() {
    let mut recent = RecentTexts::default();
    let first = by(&recent, 1, TEXT);
    assert_eq!(recent.repeats(&first, None, later(0)), Repeats::default());
    recent.insert(&first, comment(1), later(0));
    recent.insert(&first, comment(1), later(0));
    recent.insert(&by(&recent, 2, TEXT), comment(2), later(10));
    let third = by(&recent, 3, TEXT);
    let same = recent.repeats(&third, None, later(11)).same;
    let cluster = Cluster {
        first: comment(1),
        comments: 3,
        emails: 3,
        addresses: 3,
        articles: 2,
    };
    assert_eq!(same, Some(cluster));
    let elsewhere = recent.sent(SiteId(Uuid::max()), read(TEXT), "a@b.example", "/", None);
    assert_eq!(
        recent.repeats(&elsewhere, None, later(11)),
        Repeats::default()
    );
    let same = recent.repeats(&third, None, later(25)).same;
    assert_eq!(same.map(|same| same.comments), Some(2));
    assert_eq!(recent.repeats(&third, None, later(35)), Repeats::default());
    let is_empty = recent.texts.is_empty() && recent.in_order.is_empty();
    assert!(
        is_empty && recent.same.is_empty() && recent.near.is_empty() && recent.bands.is_empty()
    );
}

#[test]
fn near_copies_are_one_cluster_with_the_copies() {
    let mut recent = RecentTexts::default();
    recent.insert(&by(&recent, 1, TEXT), comment(1), later(0));
    let near = TEXT.replace("cả tiếng", "cả giờ");
    let told = recent.repeats(&by(&recent, 2, &near), None, later(1));
    assert_eq!(told.same, None);
    let cluster = told.near.expect("a cluster");
    assert_eq!(
        (cluster.first, cluster.comments, cluster.emails),
        (comment(1), 2, 2)
    );
    recent.insert(&by(&recent, 2, &near), comment(2), later(1));
    // A copy of the second: the same as one, and near both.
    let told = recent.repeats(&by(&recent, 3, &near), None, later(2));
    let counts = [told.same, told.near].map(|cluster| cluster.map(|cluster| cluster.comments));
    assert_eq!(counts, [Some(2), Some(3)]);
    // Where all are copies, there is nothing to be said of near ones.
    recent.forget(comment(1));
    assert_eq!(
        recent.repeats(&by(&recent, 3, &near), None, later(2)).near,
        None
    );
}

#[test]
fn an_own_text_is_no_repeat_of_itself_and_gives_its_place_to_the_next() {
    let mut recent = RecentTexts::default();
    recent.insert(&by(&recent, 1, TEXT), comment(1), later(0));
    let edited = by(&recent, 1, &format!("{TEXT} Cảm ơn."));
    assert_eq!(
        recent.repeats(&edited, Some(comment(1)), later(1)),
        Repeats::default()
    );
    recent.insert(&edited, comment(1), later(1));
    let told = recent.repeats(&by(&recent, 2, TEXT), None, later(2));
    assert_eq!(
        (told.same, told.near.map(|near| near.comments)),
        (None, Some(2))
    );
    // It is remembered from its change on.
    let told = recent.repeats(&by(&recent, 2, TEXT), None, later(24));
    assert_eq!(told.near.map(|near| near.comments), Some(2));
    assert_eq!(
        recent.repeats(&by(&recent, 2, TEXT), None, later(26)),
        Repeats::default()
    );
    assert!(recent.bands.is_empty() && recent.in_order.is_empty());
}

#[test]
fn memory_is_bounded_and_a_flood_is_counted() {
    let mut recent = RecentTexts::default();
    let text = read(TEXT);
    for n in 0..(CAPACITY + 10) {
        let sent = recent.sent(SITE, text, &n.to_string(), "/", None);
        let at = Instant::from_micros(i64::try_from(n).expect("small"));
        recent.insert(&sent, comment(n as u128), at);
    }
    assert_eq!(
        (recent.texts.len(), recent.in_order.len()),
        (CAPACITY, CAPACITY)
    );
    assert_eq!(
        (recent.same.len(), recent.near.len(), recent.bands.len()),
        (1, 1, BANDS)
    );
    let sent = recent.sent(SITE, text, "a", "/", None);
    let same = recent
        .repeats(&sent, None, later(0))
        .same
        .expect("a cluster");
    assert_eq!(same.comments as usize, CAPACITY + 1);
    assert_eq!((same.emails, same.articles, same.addresses), (101, 1, 0));
    assert_eq!(same.first, comment(0));
}
