//! A submission that is sent again is stored once.

use std::collections::BTreeSet;

use crate::support::{ARTICLE, App, comment, on_both};

on_both!(
    the_same_key_with_the_same_submission_gets_the_first_answer,
    async |mut app: App| {
        let reader = app.reader();
        let first = reader
            .submit_once("khoa-1", &comment("Gửi hai lần"))
            .await
            .expect(202);
        let second = reader
            .submit_once("khoa-1", &comment("Gửi hai lần"))
            .await
            .expect(202);
        assert_eq!(first.json(), second.json());
        app.restart();
        let third = reader
            .submit_once("khoa-1", &comment("Gửi hai lần"))
            .await
            .expect(202);
        assert_eq!(first.json(), third.json());
        for table in [
            "comments",
            "events where comment_id is not null",
            "outbox",
            "idempotency_keys",
        ] {
            let rows = app.count(&format!("select count(*) from {table}")).await;
            assert_eq!(rows, 1, "{table}");
        }
    }
);

on_both!(
    fifty_at_once_under_one_key_are_one_comment,
    async |app: App| {
        let tries: Vec<_> = (0..50)
            .map(|_| {
                let reader = app.reader();
                tokio::spawn(async move {
                    reader
                        .submit_once("khoa-chung", &comment("Bấm năm mươi lần"))
                        .await
                        .expect(202)
                })
            })
            .collect();
        let mut ids = BTreeSet::new();
        for one in tries {
            ids.insert(one.await.expect("an answer").text("id"));
        }
        assert_eq!(ids.len(), 1);
        assert_eq!(app.count("select count(*) from comments").await, 1);
        assert_eq!(
            app.count("select count(*) from events where comment_id is not null")
                .await,
            1
        );
    }
);

on_both!(
    a_key_is_not_used_for_another_submission,
    async |app: App| {
        let reader = app.reader();
        reader
            .submit_once("khoa-2", &comment("Nội dung thứ nhất"))
            .await
            .expect(202);
        let mut other_name = comment("Nội dung thứ nhất");
        other_name["name"] = "Người Khác".into();
        for other in [comment("Nội dung thứ hai"), other_name] {
            let refused = reader.submit_once("khoa-2", &other).await.expect(422);
            assert_eq!(
                refused.wrong(),
                [("Idempotency-Key".to_owned(), "key-mismatch".to_owned())]
            );
        }
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);

on_both!(a_key_belongs_to_its_site, async |app: App| {
    app.add_site("khac", "https://khac.example");
    let elsewhere = crate::support::comment_on("https://khac.example/x", "Báo kia");
    let here = app
        .reader()
        .submit_once("trung-nhau", &comment("Báo này"))
        .await
        .expect(202);
    let there = app
        .reader_of("khac")
        .submit_once("trung-nhau", &elsewhere)
        .await
        .expect(202);
    assert_ne!(here.text("id"), there.text("id"));
});

on_both!(
    what_was_taken_in_stays_taken_in_after_its_article_was_closed,
    async |app: App| {
        let reader = app.reader();
        let first = reader
            .submit_once("khoa-3", &comment("Kịp trước giờ đóng"))
            .await
            .expect(202);
        app.execute("update articles set state = 'closed'").await;
        let again = reader
            .submit_once("khoa-3", &comment("Kịp trước giờ đóng"))
            .await
            .expect(202);
        assert_eq!(first.json(), again.json());
        let late = reader
            .submit_once("khoa-4", &comment("Muộn mất rồi"))
            .await
            .expect(403);
        assert_eq!(late.text("type"), "/docs#problem-article-closed");
        assert_eq!(reader.list(ARTICLE).await.json()["article"]["open"], false);
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);

on_both!(
    a_key_is_printable_ascii_of_at_most_255_characters,
    async |app: App| {
        let reader = app.reader();
        let long = "k".repeat(256);
        for key in ["", long.as_str(), "khoá", "a\tb"] {
            let refused = reader
                .submit_once(key, &comment("Khoá lạ"))
                .await
                .expect(422);
            assert_eq!(
                refused.wrong(),
                [("Idempotency-Key".to_owned(), "key-invalid".to_owned())],
                "{key}"
            );
        }
        reader
            .submit_once(&long[1..], &comment("Khoá dài vừa đủ"))
            .await
            .expect(202);
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);
