//! A reader's own comment, by its receipt.

use crate::support::{ARTICLE, App, EMAIL, SECRET, on_both};

on_both!(a_reader_withdraws_what_is_published, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (id, receipt) = reader.write("Tôi nói hơi quá").await;
    lan.approve(&lan.card(&id).await).await;
    assert_eq!(reader.counted(ARTICLE).await, 1);

    let answer = reader.withdraw(&receipt).await.expect(200);
    assert_eq!(answer.text("status"), "withdrawn");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    assert_eq!(reader.published().await, Vec::<String>::new());
    assert_eq!(reader.counted(ARTICLE).await, 0);
    reader.withdraw(&receipt).await.expect(200);

    // Nobody puts it back.
    let card = lan.card(&id).await;
    assert_eq!(card.status(), "withdrawn");
    lan.decide("approve", &[&card]).await.expect(409);
    for decision in lan.show(&id).await.json()["decisions"]
        .as_array()
        .expect("decisions")
    {
        lan.undo(decision["batch"].as_str().expect("a batch"))
            .await
            .expect(409);
    }
    assert_eq!(lan.card(&id).await.status(), "withdrawn");
    assert_eq!(reader.published().await, Vec::<String>::new());
});

on_both!(
    a_reader_withdraws_what_waits_and_nobody_decides_it_any_more,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Thôi không gửi nữa").await;
        let seen = lan.card(&id).await;
        let page = reader.receipt_page(&receipt).await.expect(200);
        assert!(
            page.body
                .contains(&format!("action=\"/receipts/{receipt}\""))
                && page.body.contains("noindex")
        );
        // The article's title is the word of whichever reader came first.
        assert!(page.body.contains(">bao.example/xa-hoi/cau-moi.html<"));
        assert!(!page.body.contains("Cầu mới"));
        let after = reader.follow(reader.press_withdraw(&receipt).await).await;
        assert!(after.body.contains("role=\"status\""), "{}", after.body);
        assert!(
            !after.body.contains("action=\"/receipts/"),
            "it can be withdrawn twice"
        );
        let lost = lan.decide("approve", &[&seen]).await.expect(409).json();
        assert_eq!(lost["results"][0]["status"], "withdrawn");
        assert_eq!(lan.queue().await, []);
    }
);

on_both!(what_was_refused_is_not_withdrawn, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (id, receipt) = reader.write("Sẽ bị từ chối").await;
    lan.reject(&lan.card(&id).await).await;
    reader.withdraw(&receipt).await.expect(409);
    assert_eq!(lan.card(&id).await.status(), "rejected");
});

on_both!(
    a_receipt_that_is_not_ours_opens_nothing,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Của riêng tôi").await;
        let (_, other) = reader.write("Của người khác nữa").await;
        let swapped = format!("{}{}", &other[..44], &receipt[44..]);
        let short = &receipt[..receipt.len() - 2];
        for wrong in [
            swapped.as_str(),
            short,
            "x",
            "%00",
            "..%2f..",
            &id,
            "AAAA",
            &format!("{receipt}A"),
        ] {
            reader.look_up(wrong).await.expect(404);
            reader.withdraw(wrong).await.expect(404);
            reader.receipt_page(wrong).await.expect(404);
            reader.press_withdraw(wrong).await.expect(404);
        }
        assert_eq!(lan.queue().await.len(), 2);
    }
);

on_both!(
    a_receipt_shows_the_comment_but_no_address_and_no_evidence,
    async |app: App| {
        let reader = app.reader();
        let (_, receipt) = reader.write("Gọi tôi theo số 0912 345 678").await;
        for answer in [
            reader.look_up(&receipt).await.expect(200),
            reader.receipt_page(&receipt).await.expect(200),
        ] {
            assert!(answer.body.contains("Gọi tôi"));
            for hidden in [EMAIL, "evidence", "contact", "score", "lane", "likely_bad"] {
                assert!(!answer.body.contains(hidden), "{hidden}: {}", answer.body);
            }
        }
    }
);

on_both!(a_receipt_is_good_after_a_restart, async |mut app: App| {
    let reader = app.reader();
    let (id, receipt) = reader.write("Sáng mai xem lại").await;
    app.restart();
    assert_eq!(reader.look_up(&receipt).await.expect(200).text("id"), id);
    assert_eq!(app.settings()["DUYET_SECRET"], SECRET);
});
