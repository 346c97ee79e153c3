//! What rules do to a comment on its way in: evidence, repeats, and comments that a rule settles by itself.

use crate::support::{
    ARTICLE, App, HOUSE_RULES, comment, comment_on, eventually, mail_files, on_both,
};

on_both!(
    what_a_rule_settles_is_hidden_listed_and_undoable,
    |setup| setup.rules(HOUSE_RULES),
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        for (text, status, rule) in [
            ("Mua ngay kẻo lỡ bà con ơi", "spam", "house.trash"),
            (
                "Viết thế này đúng là đồ óc bã đậu",
                "rejected",
                "house.refused",
            ),
        ] {
            let answer = reader.submit(&comment(text)).await.expect(202);
            assert_eq!(
                answer.text("status"),
                "pending",
                "whoever writes it learns nothing"
            );
            let own = reader
                .look_up(&answer.text("receipt"))
                .await
                .expect(200)
                .text("status");
            assert_eq!(own, "rejected");
            let card = lan.card(&answer.text("id")).await;
            assert_eq!((card.status(), card.rules()), (status, vec![rule]));
            let listed = lan.cards(&[("status", status)]).await;
            assert!(listed.iter().any(|one| one.id() == card.id()), "{listed:?}");
            let whole = lan.show(card.id()).await.json();
            let decision = &whole["decisions"][0];
            assert_eq!(
                (&decision["actor"], &decision["by"]),
                (&"rule".into(), &rule.into())
            );
            assert_eq!(lan.queue().await, []);
            assert_eq!(reader.counted(ARTICLE).await, 0);

            lan.undo(decision["batch"].as_str().expect("a batch"))
                .await
                .expect(200);
            let back = lan.card(card.id()).await;
            assert_eq!(back.status(), "pending");
            lan.approve(&back).await;
            assert_eq!(reader.published().await, [text]);
            lan.reject(&lan.card(card.id()).await).await;
        }
    }
);

on_both!(
    nobody_is_mailed_about_what_a_rule_settled,
    |setup| setup.rules(HOUSE_RULES),
    async |app: App| {
        let editor = app.member("Lan", &["--role", "editor"]);
        let reader = app.reader();
        reader.write("Mua ngay kẻo lỡ bà con ơi").await;
        reader.write("Một ý kiến bình thường").await;
        // When the mail about the second has gone out, the first would have been in it or before it.
        let mail = eventually("a mail about what waits", async || {
            let mails = mail_files(&app.folder().join("mail"));
            (!mails.is_empty()).then_some(mails)
        })
        .await;
        eventually("an empty outbox", async || {
            let ready = editor.outbox("ready").await.expect(200).json();
            ready["entries"]
                .as_array()
                .expect("entries")
                .is_empty()
                .then_some(())
        })
        .await;
        for file in mail {
            let text = std::fs::read(file).expect("the mail");
            let mail = mail_parser::MessageParser::default()
                .parse(&text)
                .expect("a mail");
            let body = mail.body_text(0).expect("a text");
            assert!(!body.contains("kẻo lỡ"), "{body}");
        }
    }
);

on_both!(
    the_same_text_again_is_told_even_after_a_restart,
    async |mut app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        // Not to the letter, or it would be taken for a form that was sent again.
        let text = "Chúc mừng tỉnh nhà có thêm cây cầu mới, bà con đi lại thuận tiện hơn nhiều.";
        let (first, _) = reader.write(text).await;
        assert_eq!(lan.card(&first).await.rules(), Vec::<&str>::new());
        let (second, _) = reader.write(&text.replace(' ', "  ").to_lowercase()).await;
        assert_eq!(lan.card(&second).await.rules(), ["spam.repeat.again"]);
        app.restart();
        let (third, _) = reader.write(&format!("{text}..")).await;
        assert_eq!(lan.card(&third).await.rules(), ["spam.repeat.again"]);
        let (fourth, _) = reader.write(&format!("- {text}")).await;
        assert!(
            lan.card(&fourth)
                .await
                .rules()
                .contains(&"spam.repeat.often")
        );
        let (other, _) = reader
            .write("Một ý kiến hoàn toàn khác về con đường ven sông.")
            .await;
        assert_eq!(lan.card(&other).await.rules(), Vec::<&str>::new());
    }
);

on_both!(
    a_text_is_not_held_against_another_newspaper,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let text = "Chúc mừng tỉnh nhà có thêm cây cầu mới, bà con đi lại thuận tiện hơn nhiều.";
        app.reader().write(text).await;
        let there = comment_on("https://khac.example/x", text);
        let (id, _) = app.reader_of("khac").write_all(&there).await;
        assert_eq!(
            app.moderator("Lan").card(&id).await.rules(),
            Vec::<&str>::new()
        );
    }
);

on_both!(
    every_row_of_a_comment_is_there_with_it_and_none_without,
    async |app: App| {
        let reader = app.reader();
        reader
            .submit_once("khoa", &comment("Gọi 0912 345 678 nhé"))
            .await
            .expect(202);
        reader
            .submit_once("khoa", &comment("Cùng khoá, khác lời"))
            .await
            .expect(422);
        let mut answer = comment("Trả lời điều không có");
        answer["parent"] = "01890000-0000-7000-8000-000000000000".into();
        answer["article"]["url"] = "https://bao.example/bai-chua-ai-biet.html".into();
        reader.submit_once("khoa-khac", &answer).await.expect(422);
        reader.write("Ý kiến thứ hai").await;
        for (rows, query) in [
            (2, "select count(*) from comments"),
            (1, "select count(*) from articles"),
            (
                2,
                "select count(*) from events e join comments c on c.site_id = e.site_id and c.id = e.comment_id where e.kind = 'comment.received'",
            ),
            (
                2,
                "select count(*) from outbox o join comments c on c.site_id = o.site_id and c.id = o.comment_id where o.kind = 'notice'",
            ),
            (
                1,
                "select count(distinct v.comment_id) from evidence v join comments c on c.site_id = v.site_id and c.id = v.comment_id",
            ),
            (
                0,
                "select count(*) from evidence v where not exists (select 1 from comments c where c.id = v.comment_id)",
            ),
            (
                1,
                "select count(*) from idempotency_keys k join comments c on c.site_id = k.site_id and c.id = k.comment_id where k.key like 'khoa%'",
            ),
            (
                1,
                "select count(*) from idempotency_keys where key like 'khoa%'",
            ),
            (2, "select count(*) from events where kind like 'comment.%'"),
        ] {
            assert_eq!(app.count(query).await, rows, "{query}");
        }
    }
);

// The row that the database refuses stands for any fault on the way: nothing of the comment may stay.
on_both!(
    where_one_row_cannot_be_written_none_is_and_the_reader_is_told,
    async |app: App| {
        app.execute("alter table outbox rename to outbox_away")
            .await;
        let reader = app.reader();
        let told = reader
            .submit_once("khoa", &comment("Không ghi được"))
            .await
            .expect(503);
        assert!(!told.header("retry-after").is_empty());
        app.execute("alter table outbox_away rename to outbox")
            .await;
        for table in [
            "comments",
            "events where comment_id is not null",
            "outbox",
            "articles",
            "idempotency_keys",
        ] {
            assert_eq!(
                app.count(&format!("select count(*) from {table}")).await,
                0,
                "{table}"
            );
        }
        reader
            .submit_once("khoa", &comment("Không ghi được"))
            .await
            .expect(202);
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);
