//! What moderators decide, and what readers see of it.

use serde_json::{Value, json};

use crate::support::{ARTICLE, App, Card, Moderator, Reader, on_both};

/// A reader's comment on the moderator's screen.
async fn waiting(reader: &Reader, moderator: &Moderator, body: &str) -> (Card, String) {
    let (id, receipt) = reader.write(body).await;
    (moderator.card(&id).await, receipt)
}

/// Nothing of it in any public answer.
async fn nobody_sees(reader: &Reader, text: &str) {
    assert!(!reader.list(ARTICLE).await.expect(200).body.contains(text));
    assert_eq!(reader.counted(ARTICLE).await, 0);
}

on_both!(a_comment_waits_until_it_is_approved, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (card, receipt) = waiting(&reader, &lan, "Cầu mới đẹp quá.").await;
    assert_eq!((card.status(), card.revision()), ("pending", 1));
    nobody_sees(&reader, "đẹp").await;
    assert_eq!(reader.look_up(&receipt).await.text("status"), "pending");

    let answer = lan.decide("approve", &[&card]).await.expect(200).json();
    let done = &answer["results"][0];
    assert_eq!(
        (
            &done["id"],
            &done["outcome"],
            &done["status"],
            &done["revision"],
            &done["by"]
        ),
        (
            &json!(card.id()),
            &json!("done"),
            &json!("approved"),
            &json!(2),
            &json!("Lan")
        ),
    );
    assert_eq!(reader.published().await, ["Cầu mới đẹp quá."]);
    assert_eq!(reader.counted(ARTICLE).await, 1);
    assert_eq!(reader.look_up(&receipt).await.text("status"), "approved");
    assert_eq!(lan.queue().await, []);
});

on_both!(
    evidence_stands_where_the_reader_typed_it,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let text = "Gọi 0912 345 678 hoặc xem https://vay-nhanh.example/x nhé";
        let (card, _) = waiting(&reader, &lan, text).await;
        let evidence = card.0["evidence"].as_array().expect("evidence");
        assert!(
            evidence.iter().any(|seen| seen["category"] == "contact"),
            "{evidence:#?}"
        );
        assert!(
            evidence.iter().any(|seen| seen["category"] == "link"),
            "{evidence:#?}"
        );
        let letters: Vec<char> = text.chars().collect();
        for seen in evidence {
            let at = |name: &str| {
                usize::try_from(seen[name].as_u64().expect("a position")).expect("small")
            };
            let marked: String = letters[at("start")..at("end")].iter().collect();
            assert_eq!(seen["field"], "body");
            assert_eq!(seen["excerpt"], marked, "{seen}");
            assert!(seen["weight"].as_f64().is_some_and(|weight| weight > 0.0));
        }
        assert_ne!(card.0["lane"], "likely_fine");
    }
);

on_both!(
    what_is_rejected_or_spam_is_never_public_and_can_be_undone,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        for (action, status) in [("reject", "rejected"), ("spam", "spam")] {
            let (card, receipt) = waiting(
                &reader,
                &lan,
                &format!("Không nên đăng câu này {}", status.len()),
            )
            .await;
            let batch = lan.decide(action, &[&card]).await.expect(200).text("batch");
            assert_eq!(lan.card(card.id()).await.status(), status);
            nobody_sees(&reader, "Không nên").await;
            // Whoever writes spam does not learn that it was found out.
            assert_eq!(reader.look_up(&receipt).await.text("status"), "rejected");
            assert!(
                !reader
                    .receipt_page(&receipt)
                    .await
                    .expect(200)
                    .body
                    .contains("spam")
            );

            let undone = lan.undo(&batch).await.expect(200).json();
            assert_eq!(undone["results"][0]["status"], "pending");
            let back = lan.card(card.id()).await;
            assert_eq!((back.status(), back.revision()), ("pending", 3));
            nobody_sees(&reader, "Không nên").await;
            lan.undo(&batch).await.expect(409);
            lan.reject(&back).await;
        }
    }
);

on_both!(
    decisions_are_undone_one_after_the_other,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (card, _) = waiting(&reader, &lan, "Nghĩ lại mấy lần").await;
        let mut batches = vec![lan.approve(&card).await];
        for action in ["reject", "spam"] {
            let card = lan.card(card.id()).await;
            let decided = lan.decide(action, &[&card]).await.expect(200);
            batches.push(decided.text("batch"));
        }
        // What a later decision stands on is not taken away from under it.
        lan.undo(&batches[0]).await.expect(409);
        for status in ["rejected", "approved", "pending"] {
            let batch = batches.pop().expect("a decision");
            lan.undo(&batch).await.expect(200);
            assert_eq!(lan.card(card.id()).await.status(), status);
            lan.undo(&batch).await.expect(409);
        }
        // What its reader changes meanwhile is what nobody has decided on.
        let card = lan.card(card.id()).await;
        let first = lan.approve(&card).await;
        let second = lan.decide("reject", &[&lan.card(card.id()).await]).await;
        lan.undo(&second.expect(200).text("batch"))
            .await
            .expect(200);
        app.execute("update comments set revision = revision + 2")
            .await;
        lan.undo(&first).await.expect(409);
    }
);

on_both!(
    an_approval_is_undone_and_the_comment_is_public_no_more,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (card, _) = waiting(&reader, &lan, "Lỡ tay duyệt").await;
        let batch = lan.approve(&card).await;
        assert_eq!(reader.counted(ARTICLE).await, 1);
        lan.undo(&batch).await.expect(200);
        nobody_sees(&reader, "Lỡ tay").await;
        assert_eq!(lan.queue().await.len(), 1);
        let decisions = lan.show(card.id()).await.json()["decisions"].clone();
        assert_eq!(decisions[0]["action"], "approve");
        assert!(decisions[0]["undone_at"].is_string(), "{decisions}");
    }
);

on_both!(a_decided_comment_can_wait_again, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    for action in ["approve", "reject", "spam"] {
        let (card, _) = waiting(&reader, &lan, &format!("Xem lại sau {action}")).await;
        lan.decide(action, &[&card]).await.expect(200);
        let decided = lan.card(card.id()).await;
        lan.decide("requeue", &[&decided]).await.expect(200);
        assert_eq!(lan.card(card.id()).await.status(), "pending");
    }
    assert_eq!(lan.queue().await.len(), 3);
    assert_eq!(reader.counted(ARTICLE).await, 0);
});

on_both!(
    what_is_decided_together_is_undone_together,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        for number in 1..=3 {
            reader
                .write(&format!("Ý kiến thứ {number} về cây cầu"))
                .await;
        }
        let cards = lan.queue().await;
        let batch = lan
            .decide("approve", &cards.iter().collect::<Vec<_>>())
            .await
            .expect(200)
            .text("batch");
        assert_eq!(reader.counted(ARTICLE).await, 3);
        let undone = lan.undo(&batch).await.expect(200).json();
        let outcomes: Vec<&Value> = undone["results"]
            .as_array()
            .expect("results")
            .iter()
            .map(|one| &one["outcome"])
            .collect();
        assert_eq!(outcomes, ["done", "done", "done"]);
        assert_eq!(reader.counted(ARTICLE).await, 0);
    }
);

on_both!(
    an_undo_leaves_alone_what_has_moved_since,
    async |app: App| {
        let (reader, lan, minh) = (app.reader(), app.moderator("Lan"), app.moderator("Minh"));
        let (first, _) = waiting(&reader, &lan, "Ý kiến đầu tiên").await;
        let (second, _) = waiting(&reader, &lan, "Ý kiến thứ hai").await;
        let batch = lan
            .decide("approve", &[&first, &second])
            .await
            .expect(200)
            .text("batch");
        minh.reject(&minh.card(first.id()).await).await;
        let undone = lan.undo(&batch).await.expect(200).json();
        let outcome = |id: &str| {
            let results = undone["results"].as_array().expect("results");
            results
                .iter()
                .find(|one| one["id"] == id)
                .expect("its result")
                .clone()
        };
        assert_eq!(outcome(first.id())["outcome"], "conflict");
        assert_eq!(outcome(first.id())["by"], "Minh");
        assert_eq!(outcome(second.id())["outcome"], "done");
        assert_eq!(lan.card(first.id()).await.status(), "rejected");
        assert_eq!(lan.card(second.id()).await.status(), "pending");
    }
);

on_both!(
    the_slower_of_two_moderators_is_told_who_won,
    async |app: App| {
        let (reader, lan, minh) = (app.reader(), app.moderator("Lan"), app.moderator("Minh"));
        let (seen_by_both, _) = waiting(&reader, &lan, "Hai người cùng xem").await;
        lan.spam(&seen_by_both).await;
        let lost = minh
            .decide("approve", &[&seen_by_both])
            .await
            .expect(409)
            .json();
        let result = &lost["results"][0];
        assert_eq!(
            (
                &result["outcome"],
                &result["status"],
                &result["by"],
                &result["revision"]
            ),
            (&json!("conflict"), &json!("spam"), &json!("Lan"), &json!(2)),
        );
        assert!(result["at"].is_string());
        assert_eq!(lan.card(seen_by_both.id()).await.status(), "spam");
        nobody_sees(&reader, "Hai người").await;
        assert_eq!(app.count("select count(*) from decisions").await, 1);
    }
);

on_both!(
    of_many_decisions_at_once_exactly_one_wins,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (card, _) = waiting(&reader, &lan, "Ai nhanh hơn").await;
        let actions = [
            "approve", "reject", "spam", "approve", "reject", "spam", "approve", "reject",
        ];
        let tries = actions.map(|action| {
            let (lan, card) = (lan.clone(), card.clone());
            tokio::spawn(async move { lan.decide(action, &[&card]).await.status })
        });
        let mut statuses = Vec::new();
        for one in tries {
            statuses.push(one.await.expect("an answer"));
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
        assert_eq!(lan.card(card.id()).await.revision(), 2);
        assert_eq!(app.count("select count(*) from decisions").await, 1);
    }
);

on_both!(
    each_comment_of_a_mixed_batch_has_its_own_outcome,
    async |app: App| {
        let (reader, lan, minh) = (app.reader(), app.moderator("Lan"), app.moderator("Minh"));
        let (free, _) = waiting(&reader, &lan, "Còn nguyên").await;
        let (taken, _) = waiting(&reader, &lan, "Đã có người duyệt").await;
        minh.reject(&taken).await;
        let nowhere = "01890000-0000-7000-8000-000000000000";
        let decision = json!({ "action": "approve", "comments": [
        { "id": taken.id(), "revision": 1 }, { "id": nowhere, "revision": 1 }, { "id": free.id(), "revision": 1 },
    ] });
        let answer = lan.decide_json(&decision).await.expect(200).json();
        let results = answer["results"].as_array().expect("results");
        let outcomes: Vec<&Value> = results.iter().map(|result| &result["outcome"]).collect();
        assert_eq!(outcomes, ["conflict", "missing", "done"]);
        assert_eq!(reader.published().await, ["Còn nguyên"]);
    }
);
