//! Who may ask the moderators' calls, and how the list of cards is asked for.

use reqwest::Method;
use serde_json::json;

use crate::support::{ARTICLE, App, Moderator, comment_on, on_both};

on_both!(
    nobody_without_a_valid_token_gets_anything,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Không ai được thấy").await;
        let decision = json!({ "action": "approve", "comments": [{ "id": id, "revision": 1 }] });
        let half = &lan.token[..lan.token.len() - 1];
        for token in ["", "duyet_", "Bearer", half, "' or 1=1 --"] {
            let stranger = Moderator::new(app.wire(), token);
            let answer = stranger.list(&[]).await.expect(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            assert!(!answer.body.contains("Không ai được thấy"));
            stranger.show(&id).await.expect(401);
            stranger.decide_json(&decision).await.expect(401);
            stranger.undo(&id).await.expect(401);
            stranger.outbox("ready").await.expect(401);
        }
        let paths = ["/api/v1/moderation/comments", "/api/v1/moderation/outbox"];
        for path in paths {
            app.wire().get(path).await.expect(401);
        }
        assert_eq!(lan.card(&id).await.status(), "pending");
    }
);

on_both!(the_outbox_is_for_editors, async |app: App| {
    app.reader().write("Có thư sẽ gửi đi").await;
    app.moderator("Lan").outbox("ready").await.expect(403);
    for role in ["editor", "admin"] {
        let member = app.member(role, &["--role", role]);
        for state in ["ready", "done", "dead"] {
            member.outbox(state).await.expect(200);
        }
        assert_eq!(
            member.outbox("nowhere").await.expect(422).wrong()[0].0,
            "state"
        );
        let retry = |id: &str| {
            member.request(
                Method::POST,
                &format!("/api/v1/moderation/outbox/{id}/retry"),
            )
        };
        member
            .send(retry("01890000-0000-7000-8000-000000000000"))
            .await
            .expect(404);
        member.send(retry("x")).await.expect(404);
    }
});

on_both!(
    the_list_is_filtered_and_goes_on_from_page_to_page,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        for number in 1..=5 {
            reader.write(&format!("Ý kiến số {number} dưới bài")).await;
        }
        let elsewhere = "https://bao.example/xa-hoi/bai-khac.html";
        reader
            .write_all(&comment_on(
                elsewhere,
                "Dưới bài khác, gọi 0912 345 678 vay tiền nhanh",
            ))
            .await;

        let newest = lan.cards(&[]).await;
        assert_eq!(newest.len(), 6);
        let mut oldest = lan.cards(&[("order", "oldest")]).await;
        oldest.reverse();
        assert_eq!(newest, oldest);

        let (mut seen, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut query = vec![("limit", "2")];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page = lan.list(&query).await.expect(200).json();
            let cards = page["comments"].as_array().expect("comments").clone();
            assert!(cards.len() <= 2);
            seen.extend(cards);
            after = page["next"].as_str().map(str::to_owned);
            if after.is_none() {
                break;
            }
        }
        assert_eq!(
            seen,
            newest.iter().map(|card| card.0.clone()).collect::<Vec<_>>()
        );

        assert_eq!(lan.cards(&[("article", elsewhere)]).await.len(), 1);
        assert_eq!(lan.cards(&[("article", ARTICLE)]).await.len(), 5);
        assert_eq!(lan.cards(&[("lane", "likely_fine")]).await.len(), 5);
        lan.approve(&newest[5]).await;
        assert_eq!(
            lan.cards(&[("status", "approved")]).await[0].id(),
            newest[5].id()
        );
        assert_eq!(lan.queue().await.len(), 5);
    }
);

on_both!(
    a_slip_in_a_question_is_told_and_not_taken_for_no_filter,
    async |app: App| {
        let lan = app.moderator("Lan");
        for (name, value) in [
            ("status", "waiting"),
            ("lane", "good"),
            ("limit", "0"),
            ("limit", "201"),
            ("limit", "x"),
            ("after", "1"),
            ("order", "up"),
            ("sattus", "pending"),
            ("article", "\0"),
        ] {
            let wrong = lan.list(&[(name, value)]).await.expect(422).wrong();
            assert_eq!(wrong[0].0, name, "{name}={value}");
            assert_eq!(name == "limit", wrong[0].1 == "field-range");
        }
        lan.list(&[("site", "nobody")]).await.expect(404);
        lan.show("not-an-id").await.expect(404);
        lan.show("%00").await.expect(404);
        lan.undo("not-an-id").await.expect(404);
    }
);

on_both!(a_decision_must_be_well_formed, async |app: App| {
    let lan = app.moderator("Lan");
    let id = "01890000-0000-7000-8000-000000000000";
    let one = json!([{ "id": id, "revision": 1 }]);
    for (decision, field) in [
        (json!({ "action": "erase", "comments": one }), "action"),
        (json!({ "action": "withdraw", "comments": one }), "action"),
        (json!({ "action": "publish", "comments": one }), "action"),
        (json!({ "action": "approve", "comments": [] }), "comments"),
        (
            json!({ "action": "approve", "comments": vec![&one[0]; 501] }),
            "comments",
        ),
        (json!({ "action": "approve" }), "comments"),
        (
            json!({ "action": "approve", "comments": [{ "id": id }] }),
            "comments[0].revision",
        ),
        (
            json!({ "action": "approve", "comments": [{ "id": "7", "revision": 1 }] }),
            "comments[0].id",
        ),
        (
            json!({ "action": "approve", "comments": one, "reason": "lạc đề" }),
            "reason",
        ),
        (
            json!({ "action": "approve", "comments": one, "note": "x".repeat(2001) }),
            "note",
        ),
        (
            json!({ "action": "approve", "comments": one, "note": "\0" }),
            "note",
        ),
        (
            json!({ "action": "approve", "comments": one, "also": 1 }),
            "also",
        ),
    ] {
        let wrong = lan.decide_json(&decision).await.expect(422).wrong();
        assert_eq!(
            wrong.first().map(|(field, _)| field.as_str()),
            Some(field),
            "{decision}"
        );
    }
    lan.decide_json(&json!({ "action": "approve", "comments": one }))
        .await
        .expect(404);
    let as_form = lan
        .request(Method::POST, "/api/v1/moderation/decisions")
        .form(&[("action", "approve")]);
    lan.send(as_form).await.expect(415);
    let broken = lan
        .request(Method::POST, "/api/v1/moderation/decisions")
        .header("content-type", "application/json");
    lan.send(broken.body("{")).await.expect(400);
});

on_both!(
    a_word_to_the_reader_and_a_word_to_colleagues_are_kept,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Vì sao không đăng?").await;
        let decision = json!({
            "action": "reject", "comments": [{ "id": id, "revision": 1 }], "reason": "off_topic", "note": "Người này hay lạc đề",
        });
        lan.decide_json(&decision).await.expect(200);
        let card = lan.show(&id).await.json();
        assert_eq!(card["decisions"][0]["reason"], "off_topic");
        assert_eq!(card["decisions"][0]["note"], "Người này hay lạc đề");
        assert_eq!(card["decisions"][0]["by"], "Lan");
        reader.write("Một ý kiến nữa").await;
        let card = lan.show(&id).await.json();
        assert_eq!(
            (&card["author"]["sent"], &card["author"]["rejected"]),
            (&json!(1), &json!(0))
        );
    }
);

on_both!(
    a_member_of_one_site_sees_and_moves_nothing_of_another,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let (lan, minh) = (
            app.member("Lan", &["--site", "bao"]),
            app.member("Minh", &["--site", "khac"]),
        );
        let (id, _) = app.reader().write("Chỉ báo này thấy").await;
        let card = lan.card(&id).await;
        let batch = lan.approve(&card).await;

        assert_eq!(minh.cards(&[]).await, []);
        minh.list(&[("site", "bao")]).await.expect(404);
        minh.show(card.id()).await.expect(404);
        minh.decide("reject", &[&lan.card(card.id()).await])
            .await
            .expect(404);
        minh.undo(&batch).await.expect(404);
        assert_eq!(lan.card(card.id()).await.status(), "approved");
        assert_eq!(lan.cards(&[("site", "bao")]).await.len(), 1);
    }
);
