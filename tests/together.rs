//! Several moderators at one queue: what is on whose screen, notes, and being told what happens.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ARTICLE, App, Backend, Card, Hold, Moderator, Watched, comment_on, on_both};

/// Four readers have written; the ids, oldest first.
async fn four(app: &App) -> Vec<String> {
    let mut ids = Vec::new();
    for (place, number) in ["một", "hai", "ba", "bốn"].into_iter().enumerate() {
        let mut comment = comment_on(ARTICLE, &format!("Ý kiến thứ {number} về cây cầu mới"));
        comment["email"] = json!(format!("ban-{place}@thu.example"));
        let answer = app.reader().submit(&comment).await.expect(202).json();
        ids.push(answer["id"].as_str().expect("an id").to_owned());
    }
    ids
}

async fn claim(by: &Moderator, ids: &[String]) -> Vec<(String, bool)> {
    let answer = by
        .call(Method::POST, "claims", &json!({ "comments": ids }))
        .await
        .expect(200)
        .json();
    let claims = answer["claims"].as_array().expect("a list");
    ids.iter()
        .filter_map(|id| claims.iter().find(|claim| claim["id"] == id.as_str()))
        .map(|claim| {
            let by = claim["by"].as_str().expect("a name").to_owned();
            (by, claim["mine"].as_bool().expect("a flag"))
        })
        .collect()
}

on_both!(
    what_is_on_a_screen_is_told_by_name_until_it_is_let_go,
    async |app: App| {
        let ids = four(&app).await;
        let (lan, minh) = (app.moderator("Lan"), app.moderator("Minh"));
        let lans = ("Lan".to_owned(), true);
        assert_eq!(claim(&lan, &ids[..2]).await, [lans.clone(), lans.clone()]);
        // Minh is told whose they are, and gets what is free.
        let seen = claim(&minh, &ids[1..3]).await;
        assert_eq!(seen, [("Lan".to_owned(), false), ("Minh".to_owned(), true)]);
        // So is whoever looks at the card, alone or in the list.
        let held = minh.show(&ids[0]).await.json()["claim"].clone();
        assert_eq!((&held["by"], &held["mine"]), (&json!("Lan"), &json!(false)));
        let told = |cards: Vec<Card>| {
            let holds = cards.iter().map(|card| card.0["claim"]["by"].clone());
            holds.collect::<Vec<_>>()
        };
        let all = told(minh.queue().await);
        assert_eq!(
            all,
            [json!(null), json!("Minh"), json!("Lan"), json!("Lan")]
        );
        // Renewing keeps it; letting go of a colleague's does nothing.
        let body = json!({ "comments": ids });
        minh.call(Method::DELETE, "claims", &body).await.expect(204);
        assert_eq!(claim(&lan, &ids[..1]).await, std::slice::from_ref(&lans));
        assert_eq!(claim(&minh, &ids[..1]).await, [("Lan".to_owned(), false)]);
        lan.call(Method::DELETE, "claims", &body).await.expect(204);
        assert_eq!(claim(&minh, &ids[..1]).await, [("Minh".to_owned(), true)]);
        // A claim stops nobody, and what is decided is held by nobody.
        let card = lan.card(&ids[0]).await;
        lan.decide("approve", &[&card]).await.expect(200);
        assert_eq!(claim(&minh, &ids[..1]).await, []);
    }
);

on_both!(claims_are_for_ones_own_sites, async |app: App| {
    let ids = four(&app).await;
    app.add_site("khac", "https://khac.example");
    let elsewhere = app.member("Hoa", &["--site", "khac"]);
    assert_eq!(claim(&elsewhere, &ids).await, []);
    let note = json!({ "text": "xem giúp" });
    let path = format!("comments/{}/notes", ids[0]);
    elsewhere.call(Method::POST, &path, &note).await.expect(404);
});

on_both!(a_note_is_for_colleagues, async |app: App| {
    let ids = four(&app).await;
    let lan = app.moderator("Lan");
    let path = format!("comments/{}/notes", ids[0]);
    let note = json!({ "text": " Đã gọi xã <b>hỏi</b> lại \n" });
    let told = lan
        .call(Method::POST, &path, &note)
        .await
        .expect(200)
        .json();
    assert_eq!(told["text"], "Đã gọi xã <b>hỏi</b> lại");
    assert_eq!(told["by"], "Lan");
    for (text, code) in [
        (String::new(), "field-missing"),
        ("  ".to_owned(), "field-missing"),
        ("x".repeat(2001), "text-too-long"),
        ("\0".to_owned(), "field-type"),
    ] {
        let answer = lan
            .call(Method::POST, &path, &json!({ "text": text }))
            .await;
        let problem = answer.expect(422).json();
        assert_eq!(problem["errors"][0]["code"], code);
    }
});

on_both!(
    whoever_watches_is_told_within_two_seconds,
    async |app: App| {
        let ids = four(&app).await;
        let (lan, minh) = (app.moderator("Lan"), app.moderator("Minh"));
        let mut watched = lan.watch("").await;
        until_waiting(&mut watched, 4).await;

        claim(&minh, &ids[..1]).await;
        let claimed = watched.until("claim").await;
        assert_eq!(
            claimed,
            json!({ "id": ids[0], "by": "Minh", "mine": false })
        );

        let card = minh.card(&ids[0]).await;
        minh.decide("approve", &[&card]).await.expect(200);
        let moved = watched.until_kind("comment.approved").await;
        assert_eq!(moved["id"], ids[0].as_str());
        assert_eq!(
            (&moved["kind"], &moved["by"], &moved["status"]),
            (
                &json!("comment.approved"),
                &json!("Minh"),
                &json!("approved")
            )
        );
        until_waiting(&mut watched, 3).await;

        let mut comment = comment_on(ARTICLE, "Ý kiến thứ năm về cây cầu mới");
        comment["email"] = json!("nam@thu.example");
        app.reader().submit(&comment).await.expect(202);
        loop {
            let came = watched.until_kind("comment.received").await;
            if !ids.iter().any(|id| came["id"] == id.as_str()) {
                break;
            }
        }
        until_waiting(&mut watched, 4).await;
    }
);

on_both!(
    who_lost_the_line_is_told_what_was_missed,
    async |app: App| {
        let ids = four(&app).await;
        let lan = app.moderator("Lan");
        let mut watched = lan.watch("?since=0").await;
        assert_eq!(watched.next().await.0, "much");
        let card = lan.card(&ids[0]).await;
        lan.decide("reject", &[&card]).await.expect(200);
        let last = watched.id_of("comment", "comment.rejected").await;
        drop(watched);
        let card = lan.card(&ids[1]).await;
        lan.decide("spam", &[&card]).await.expect(200);
        let mut again = lan.watch_after(&last).await;
        let told = again.until_kind("comment.spam").await;
        assert_eq!(told["id"], ids[1].as_str());
        assert_eq!(told["status"], "spam");
    }
);

on_both!(nobody_is_told_of_other_sites, async |app: App| {
    app.add_site("khac", "https://khac.example");
    let elsewhere = app.member("Hoa", &["--site", "khac"]);
    let lan = app.moderator("Lan");
    let (mut theirs, mut ours) = (elsewhere.watch("").await, lan.watch("").await);
    let ids = four(&app).await;
    claim(&lan, &ids).await;
    ours.until("claim").await;
    // Something of their own comes after it, and is the first that they hear.
    app.reader_of("khac")
        .submit(&comment_on("https://khac.example/1.html", "Bài này hay"))
        .await
        .expect(202);
    let heard = theirs.until("comment").await;
    assert!(!ids.contains(&heard["id"].as_str().expect("an id").to_owned()));
    assert!(theirs.heard().iter().all(|event| event != "claim"));
});

/// Waits until so many are told to wait.
async fn until_waiting(watched: &mut Watched, expected: i64) {
    loop {
        let counts = watched.until("counts").await;
        let lanes: &Vec<Value> = counts.as_array().expect("a list");
        let sum: i64 = lanes.iter().filter_map(|lane| lane["count"].as_i64()).sum();
        if sum == expected {
            return;
        }
    }
}

on_both!(a_card_is_of_one_moment, async |app: App| {
    let lan = app.moderator("Lan");
    let (id, _) = app.reader().write("Đồ ngu, cút đi.").await;
    let before = lan.card(&id).await;
    assert!(!before.rules().is_empty(), "something is seen in it");
    // What is read of a card second is not let out until what is read first has changed, too.
    let lock = match app.backend {
        Backend::Sqlite => "",
        Backend::Postgres => "lock table evidence in access exclusive mode;",
    };
    let change =
        format!("{lock} delete from evidence; update comments set lane = 'likely_fine', score = 0");
    let hold = Hold::changing(&app, &change).await;
    let (reading, read) = (lan.clone(), id.clone());
    let during = tokio::spawn(async move { reading.card(&read).await });
    hold.is_waited_for(&app).await;
    hold.commit().await;
    let during = during.await.expect("a card");
    assert_eq!(
        during.0["lane"] == before.0["lane"],
        during.rules() == before.rules()
    );
    let after = lan.card(&id).await;
    assert_eq!(
        (after.rules().len(), &after.0["lane"]),
        (0, &json!("likely_fine"))
    );
});
