//! The queue by risk: what a person would refuse most surely first, page by page.

use serde_json::Value;

use crate::support::teacher::{Teacher, Written, fine};
use crate::support::{App, Card, Moderator, eventually, on_both};

const BAD: [&str; 6] = [
    "Đồ ngu như chó, câm mồm đi thằng khốn nạn",
    "Ông này nói năng hồ đồ quá",
    "Lũ ngu dốt chỉ biết nói phét",
    "Viết thế này mà cũng đăng, chán thật",
    "Cút đi cho khuất mắt",
    "Bọn lừa đảo, toàn một lũ khốn",
];

/// Comments of all kinds, the gravest neither first nor last.
async fn written(desk: &Teacher) -> Vec<Written> {
    let mut all = Vec::new();
    for (number, bad) in BAD.into_iter().enumerate() {
        all.push(desk.write(&fine(number)).await);
        all.push(desk.write(bad).await);
    }
    all
}

/// The ranks that it may have: the probability that the card tells is that of an untaught model, as it was when the comment came, rounded to a tenth
/// of the percents that ranks are counted in.
fn ranks(card: &Card) -> [i64; 2] {
    let said = |output: &str| card.0["model"][output].as_f64().expect("a probability");
    let percent = said("harm").max(said("spam")) * 100.0;
    #[allow(clippy::cast_possible_truncation)] // 0 to 100
    [0.05, -0.05].map(|rounded| 100 - (percent + rounded).round() as i64)
}

/// Whether each has a rank by which it stands where it may: what has the same stands in the order in which it came.
fn is_by_rank(cards: &[Card]) -> bool {
    let mut before = (i64::MIN, String::new());
    cards.iter().all(|card| {
        let mut places = ranks(card)
            .map(|rank| (rank, card.id().to_owned()))
            .into_iter();
        match places.find(|place| *place >= before) {
            Some(place) => before = place,
            None => return false,
        }
        true
    })
}

/// What a list has, page by page.
async fn listed(by: &Moderator, query: &[(&str, &str)]) -> Vec<Card> {
    let (mut all, mut after) = (Vec::new(), None::<String>);
    loop {
        let mut query = query.to_vec();
        if let Some(after) = &after {
            query.push(("after", after));
        }
        let page = by.list(&query).await.expect(200).json();
        let cards = page["comments"].as_array().expect("cards");
        all.extend(cards.iter().cloned().map(Card));
        match &page["next"] {
            Value::String(next) => after = Some(next.clone()),
            _ => return all,
        }
    }
}

fn ids(cards: &[Card]) -> Vec<String> {
    cards.iter().map(|card| card.id().to_owned()).collect()
}

/// The list once it stands in the order that the cards' probabilities say.
async fn in_order(by: &Moderator, query: &[(&str, &str)], many: usize) -> Vec<Card> {
    eventually("the comments are ranked", async || {
        let cards = listed(by, query).await;
        (cards.len() == many && is_by_rank(&cards)).then_some(cards)
    })
    .await
}

const BY_RISK: [(&str, &str); 3] = [("status", "pending"), ("order", "risk"), ("limit", "5")];

on_both!(what_waits_is_listed_by_risk, async |app: App| {
    let desk = Teacher::of(&app);
    let all = written(&desk).await;
    let cards = in_order(&desk.lan, &BY_RISK, all.len()).await;
    assert_eq!(cards[0].id(), all[1].id);
    let ranks: Vec<i64> = cards.iter().map(|card| ranks(card)[0]).collect();
    assert!(ranks[0] < 10 && ranks[11] > 80, "{ranks:?}");
    // Each lane by itself, and with any other filter.
    for (name, value) in [
        ("lane", "likely_fine"),
        ("lane", "likely_bad"),
        ("q", "ngu"),
    ] {
        let narrowed = [&BY_RISK[..], &[(name, value)]].concat();
        let expected = listed(&desk.lan, &[("status", "pending"), (name, value)]).await;
        let there = in_order(&desk.lan, &narrowed, expected.len()).await;
        let [mut expected, mut there] = [ids(&expected), ids(&there)];
        expected.sort();
        there.sort();
        assert_eq!(there, expected, "{name}={value}");
        assert!(!there.is_empty(), "{name}={value}");
    }
    // What was decided is in no such order.
    let decided = [("status", "approved"), ("order", "risk")];
    assert!(listed(&desk.lan, &decided).await.is_empty());
});

on_both!(a_page_goes_on_from_what_was_decided, async |app: App| {
    let desk = Teacher::of(&app);
    let all = written(&desk).await;
    let cards = in_order(&desk.lan, &BY_RISK, all.len()).await;
    let all = ids(&cards);
    let gone = desk.lan.reject(&cards[4]).await;
    let rest = [&BY_RISK[..], &[("after", &all[4])]].concat();
    // Whether the index has heard of it or not.
    let left = async |many: usize| {
        eventually("it is taken out of the order", async || {
            let waits = "select count(*) from risks where lane is not null";
            (app.count(waits).await == i64::try_from(many).expect("a count")).then_some(())
        })
        .await;
    };
    let next = async || ids(&desk.lan.cards(&rest).await);
    assert_eq!(next().await, all[5..10]);
    left(11).await;
    assert_eq!(next().await, all[5..10]);
    assert_eq!(ids(&listed(&desk.lan, &BY_RISK).await).len(), 11);
    // Whoever takes it back finds it where it was.
    desk.lan.undo(&gone).await.expect(200);
    let there = async || ids(&listed(&desk.lan, &BY_RISK).await);
    assert!(there().await.contains(&all[4]));
    left(12).await;
    assert_eq!(there().await, all);
});

on_both!(
    the_order_is_of_ones_own_sites_and_sections,
    async |app: App| {
        let desk = Teacher::of(&app);
        let all = written(&desk).await;
        let sport = desk
            .write_on("https://bao.example/the-thao/tran-dau.html", BAD[0])
            .await;
        app.execute("update articles set section = 'Thể thao' where url like '%tran-dau%'")
            .await;
        app.add_site("khac", "https://khac.example");
        in_order(&desk.lan, &BY_RISK, all.len() + 1).await;
        let minh = app.member("Minh", &["--section", "bao:Thể thao"]);
        assert_eq!(ids(&listed(&minh, &BY_RISK).await), [sport.id]);
        let hoa = app.member("Hoa", &["--site", "khac"]);
        assert!(listed(&hoa, &BY_RISK).await.is_empty());
    }
);

on_both!(the_queue_is_shown_by_risk_on_demand, async |app: App| {
    let desk = Teacher::of(&app);
    let calm = desk.write(&fine(1)).await;
    let grave = desk.write(BAD[1]).await;
    let lane = "likely_fine";
    let cards = in_order(&desk.lan, &[&BY_RISK[..], &[("lane", lane)]].concat(), 2).await;
    assert_eq!(ids(&cards), [&*grave.id, &*calm.id]);
    let minh = app.visitor("Minh");
    minh.sign_in("Minh").await.expect(303);
    let places = async |path: &str| {
        let page = minh.open(path).await.expect(200).body;
        let place = |id: &str| page.find(&format!("data-id=\"{id}\"")).expect("a card");
        (place(&calm.id) < place(&grave.id), page.clone())
    };
    let (oldest_first, page) = places("/queue?lane=likely_fine").await;
    assert!(oldest_first);
    let link = "/queue?lane=likely_fine&amp;order=risk";
    assert!(
        page.contains("Nguy cơ cao nhất trước") && page.replace("&#38;", "&amp;").contains(link),
        "{page}"
    );
    let (oldest_first, page) = places("/queue?lane=likely_fine&order=risk").await;
    assert!(!oldest_first);
    assert!(page.contains("data-order=\"risk\""), "{page}");
});
