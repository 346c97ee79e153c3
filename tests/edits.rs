//! A reader changes their own text: judged anew, back to the queue, public only once somebody has read it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ARTICLE, App, on_both};

fn text(body: &str) -> Value {
    json!({ "body": body })
}

on_both!(
    an_edited_comment_waits_anew_and_leaves_the_page_until_then,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Cầu mới rất đep").await;
        lan.approve(&lan.card(&id).await).await;
        assert_eq!(reader.counted(ARTICLE).await, 1);
        let before = reader.look_up(&receipt).await.expect(200).json();
        assert!(before["editable_until"].is_string() && before["edited_at"].is_null());

        let edited = reader
            .edit(&receipt, &text("Cầu mới rất đẹp, gọi tôi số 0912 345 678"))
            .await
            .expect(200);
        for (header, value) in [
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(edited.header(header), value);
        }
        let edited = edited.json();
        assert_eq!(
            (&edited["status"], &edited["revision"]),
            (&json!("pending"), &json!(3))
        );
        assert_eq!(edited["decided_at"], Value::Null);
        assert_eq!(reader.published().await, Vec::<String>::new());
        assert_eq!(reader.counted(ARTICLE).await, 0);

        let card = lan.card(&id).await;
        assert_eq!(
            (card.body(), card.status()),
            ("Cầu mới rất đẹp, gọi tôi số 0912 345 678", "pending")
        );
        assert!(
            card.rules()
                .iter()
                .any(|rule| rule.starts_with("spam.contact"))
        );
        assert_eq!(card.0["edited_at"], edited["edited_at"]);
        lan.approve(&card).await;
        let list = reader.list(ARTICLE).await.json();
        assert_eq!(list["comments"][0]["edited_at"], edited["edited_at"]);

        // What was seen in the old text is told no more, but stands in the record with it.
        reader
            .edit(&receipt, &text("Cầu mới rất đẹp"))
            .await
            .expect(200);
        assert_eq!(lan.card(&id).await.rules(), Vec::<&str>::new());
        let record = app
            .texts("select detail as text from events where kind = 'comment.edited' order by id")
            .await;
        assert_eq!(record.len(), 2);
        assert!(record[0].contains("Cầu mới rất đep") && record[0].contains("\"approved\""));
        assert!(record[1].contains("0912 345 678") && record[1].contains("spam.contact"));
        // Moderators are told of each text.
        assert_eq!(
            app.count("select count(*) from outbox where kind = 'notice'")
                .await,
            3
        );
    }
);

on_both!(
    the_same_text_changes_nothing_however_often_it_is_sent,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Một lời").await;
        for _ in 0..2 {
            reader.edit(&receipt, &text("Hai lời")).await.expect(200);
        }
        // A retry of an edit that was done is done, whatever revision it saw.
        let retry = json!({ "body": " Hai lời\r\n", "revision": 1 });
        assert_eq!(
            reader.edit(&receipt, &retry).await.expect(200).json()["revision"],
            2
        );
        assert_eq!(lan.card(&id).await.revision(), 2);
        assert_eq!(
            app.count("select count(*) from events where kind = 'comment.edited'")
                .await,
            1
        );
        let own = reader
            .edit(
                &receipt,
                &text("Hai lời nói dài hơn một chút, để xem có lặp lại không nhé"),
            )
            .await;
        own.expect(200);
        assert_eq!(lan.card(&id).await.rules(), Vec::<&str>::new());
    }
);

on_both!(
    a_moderator_never_approves_a_text_that_was_not_on_the_screen,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Lời hay").await;
        let seen = lan.card(&id).await;
        reader.edit(&receipt, &text("Lời dở")).await.expect(200);
        let lost = lan.decide("approve", &[&seen]).await.expect(409).json();
        assert_eq!(lost["results"][0]["by"], "reader");
        assert_eq!(lost["results"][0]["status"], "pending");
        assert_eq!(reader.published().await, Vec::<String>::new());

        // The other way round: the reader, too, is told that it has moved.
        let late = json!({ "body": "Lời khác", "revision": 2 });
        lan.approve(&lan.card(&id).await).await;
        let told = reader.edit(&receipt, &late).await.expect(409);
        assert_eq!(told.text("type"), "/docs#problem-edit-changed");
        assert_eq!(reader.published().await, ["Lời dở"]);
        // Nor does an undo bring an old text to where it stood.
        let batch = lan.show(&id).await.json()["decisions"][1]["batch"].clone();
        reader.edit(&receipt, &text("Lời khác")).await.expect(200);
        lan.undo(batch.as_str().expect("a batch")).await.expect(409);

        // At once: one of them wins, and never both.
        for round in 0..10 {
            let card = lan.card(&id).await;
            let seen = [&card];
            let edit = text(&format!("Lời thứ {round}"));
            let (edited, decided) =
                tokio::join!(reader.edit(&receipt, &edit), lan.decide("approve", &seen));
            edited.expect(200);
            let shown = reader.published().await;
            assert_eq!(shown, Vec::<String>::new(), "{decided:?}");
        }
    }
);

on_both!(
    what_is_settled_or_too_old_is_not_edited,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Sẽ bị từ chối").await;
        lan.reject(&lan.card(&id).await).await;
        let told = reader.edit(&receipt, &text("Xin đăng")).await.expect(409);
        assert_eq!(told.text("type"), "/docs#problem-edit-settled");
        assert!(told.text("detail").contains("gửi một ý kiến mới"));
        let (_, receipt) = reader.write("Sẽ rút lại").await;
        reader.withdraw(&receipt).await.expect(200);
        reader.edit(&receipt, &text("Xin đăng")).await.expect(409);
        assert!(
            !reader
                .receipt_page(&receipt)
                .await
                .body
                .contains("<textarea")
        );

        let (_, receipt) = reader.write("Sẽ quá giờ").await;
        app.done(&["site", "set", "bao", "edit_window=0"], "");
        crate::support::eventually("the setting counts", async || {
            let own = reader.look_up(&receipt).await.json();
            own["editable_until"].is_null().then_some(())
        })
        .await;
        let told = reader.edit(&receipt, &text("Muộn rồi")).await.expect(409);
        assert_eq!(told.text("type"), "/docs#problem-edit-over");
        assert!(told.text("detail").contains("rút lại"));
        assert!(
            !reader
                .receipt_page(&receipt)
                .await
                .body
                .contains("<textarea")
        );
        assert_eq!(
            app.count("select count(*) from comments where edited_at is not null")
                .await,
            0
        );
    }
);

on_both!(
    the_receipts_page_edits_and_keeps_what_was_typed,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Chữ đầu <b>tiên").await;
        let page = reader.receipt_page(&receipt).await.expect(200).body;
        assert!(page.contains(&format!("action=\"/receipts/{receipt}/edit\"")));
        assert!(
            page.contains("Chữ đầu &#60;b&#62;tiên</textarea>"),
            "{page}"
        );
        let long = "x".repeat(5001);
        let wrong = reader
            .send_edit(&receipt, &[("body", &long), ("revision", "1")])
            .await
            .expect(422);
        assert!(wrong.body.contains(&long) && wrong.body.contains("nhiều hơn mức"));
        let done = reader
            .send_edit(&receipt, &[("body", "Chữ sau"), ("revision", "1")])
            .await;
        let done = reader.follow(done).await;
        assert!(done.body.contains("Đã ghi bản sửa") && done.body.contains("Chữ sau"));
        assert_eq!(done.header("x-robots-tag"), "noindex");
        let again = reader
            .send_edit(&receipt, &[("body", "Chữ sau"), ("revision", "1")])
            .await;
        let again = reader.follow(again).await;
        assert!(again.body.contains("không có gì thay đổi"));
        let stale = reader
            .send_edit(&receipt, &[("body", "Chữ ở trang khác"), ("revision", "1")])
            .await
            .expect(409);
        assert!(stale.body.contains("Ý kiến đã thay đổi"), "{}", stale.body);
        assert!(stale.body.contains("Chữ ở trang khác</textarea>"));
        // A link cannot say what was not done, and the form's own address leads to the page.
        let lie = format!("{receipt}?withdrawn");
        let page = reader.receipt_page(&lie).await.expect(200);
        assert!(!page.body.contains("role=\"status\""), "{}", page.body);
        let form = reader.receipt_page(&format!("{receipt}/edit")).await;
        reader.follow(form).await;
        lan.reject(&lan.card(&id).await).await;
        let told = reader
            .send_edit(&receipt, &[("body", "Chữ nữa"), ("revision", "2")])
            .await
            .expect(409);
        assert!(told.body.contains("không sửa được nữa"), "{}", told.body);
        // What was typed is not lost with it.
        assert!(told.body.contains("Chữ nữa</textarea>"), "{}", told.body);
        assert_eq!(told.header("x-robots-tag"), "noindex");
    }
);

on_both!(wrong_edits_are_told_by_field, async |app: App| {
    let reader = app.reader();
    let (_, receipt) = reader.write("Đúng").await;
    for (edit, field) in [
        (json!({}), "body"),
        (text(""), "body"),
        (text(&"x".repeat(5001)), "body"),
        (json!({ "body": "x", "name": "Tên Khác" }), "name"),
        (json!({ "body": "x", "revision": "1" }), "revision"),
    ] {
        let wrong = reader.edit(&receipt, &edit).await.expect(422).wrong();
        assert_eq!(wrong[0].0, field, "{edit}");
    }
    let form = reader
        .request(Method::PATCH, &format!("/api/v1/receipts/{receipt}"))
        .form(&[("body", "x")]);
    reader.send(form).await.expect(415);
    reader.edit("khong-phai", &text("x")).await.expect(404);
});

on_both!(
    an_edit_that_a_rule_settles_is_settled_and_undoable,
    |setup| setup.rules(
        r#"
id = "nha"
[[rule]]
id = "nha.mot"
title = { vi = "Một", en = "One" }
category = "spam"
words = ["bán nhà"]
weight = 5.0
action = "spam"
examples = { hit = ["bán nhà"], miss = ["mua"] }
"#
    ),
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Ngôi nhà đẹp").await;
        lan.approve(&lan.card(&id).await).await;
        let told = reader
            .edit(&receipt, &text("Tôi bán nhà đẹp"))
            .await
            .expect(200);
        assert_eq!(told.text("status"), "rejected");
        let shown = lan.show(&id).await.json();
        assert_eq!(shown["status"], "spam");
        let last = shown["decisions"].as_array().expect("decisions").last();
        let last = last.expect("one");
        assert_eq!(
            (&last["actor"], &last["by"]),
            (&json!("rule"), &json!("nha.mot"))
        );
        lan.undo(last["batch"].as_str().expect("a batch"))
            .await
            .expect(200);
        assert_eq!(lan.card(&id).await.status(), "pending");
        assert_eq!(reader.published().await, Vec::<String>::new());
    }
);

on_both!(the_papers_pages_may_call_and_no_others, async |app: App| {
    let reader = app.reader();
    let (_, receipt) = reader.write("Gọi từ trang báo").await;
    let path = format!("/api/v1/receipts/{receipt}");
    let preflight = async |origin: &str, method: &str| {
        let asked = reader
            .request(Method::OPTIONS, &path)
            .header("origin", origin)
            .header("access-control-request-method", method)
            .header("access-control-request-headers", "content-type");
        reader.send(asked).await
    };
    for method in ["GET", "PATCH", "DELETE"] {
        let allowed = preflight("https://bao.example", method).await.expect(200);
        assert_eq!(
            allowed.header("access-control-allow-origin"),
            "https://bao.example"
        );
        assert!(
            allowed
                .header("access-control-allow-methods")
                .contains(method)
        );
        let foreign = preflight("https://khac.example", method).await;
        assert_eq!(foreign.header("access-control-allow-origin"), "");
    }
    let here = app.reader().at("https://bao.example");
    let answer = here
        .edit(&receipt, &text("Sửa từ trang báo"))
        .await
        .expect(200);
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://bao.example"
    );
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    let elsewhere = app.reader().at("https://khac.example");
    let answer = elsewhere.look_up(&receipt).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    let none = app.reader().at("https://bao.example").look_up("x").await;
    assert_eq!(none.expect(404).header("access-control-allow-origin"), "");
});

on_both!(
    edits_count_as_comments_for_an_address,
    |setup| setup.set("DUYET_ADDRESS_CEILING", "3"),
    async |app: App| {
        let reader = app.reader();
        let (_, receipt) = reader.write("Một").await;
        reader.edit(&receipt, &text("Hai")).await.expect(200);
        for _ in 0..3 {
            // What changes nothing is not counted.
            reader.edit(&receipt, &text("Hai")).await.expect(200);
        }
        reader.edit(&receipt, &text("Ba")).await.expect(200);
        let told = reader.edit(&receipt, &text("Bốn")).await.expect(429);
        assert!(!told.header("retry-after").is_empty());
    }
);
