//! A double click, or a browser that sends a form again, is no second comment.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{
    ARTICLE, App, Backend, EMAIL, Reader, Server, Setup, Wire, comment, comment_on, on_both,
};

/// Sends the same many times at once, to each of the readers in turn; the ids of the answers.
async fn at_once(readers: &[Reader], times: usize, text: &str) -> BTreeSet<String> {
    let tries: Vec<_> = (0..times)
        .map(|number| {
            let (reader, comment) = (readers[number % readers.len()].clone(), comment(text));
            tokio::spawn(async move { reader.submit(&comment).await.expect(202).text("id") })
        })
        .collect();
    let mut ids = BTreeSet::new();
    for one in tries {
        ids.insert(one.await.expect("an answer"));
    }
    ids
}

on_both!(
    a_double_click_gets_the_first_receipt_at_once_later_and_after_a_restart,
    async |mut app: App| {
        let reader = app.reader();
        let ids = at_once(std::slice::from_ref(&reader), 20, "Bấm hai lần").await;
        assert_eq!(ids.len(), 1, "{ids:?}");
        let again = reader.submit(&comment("Bấm hai lần")).await.expect(202);
        assert!(ids.contains(&again.text("id")));
        app.restart();
        let third = reader.submit(&comment("Bấm hai lần")).await.expect(202);
        assert_eq!(again.json(), third.json());
        // The same reader by another spelling of the address, and of the article's.
        let mut same = comment_on(&format!("{ARTICLE}#y-kien"), "  Bấm hai lần\r\n");
        same["email"] = json!(EMAIL.to_uppercase());
        let fourth = reader.submit(&same).await.expect(202);
        assert_eq!(fourth.text("id"), third.text("id"));
        // The site has an event of its own.
        let events = "events where comment_id is not null";
        for table in ["comments", events, "outbox"] {
            let rows = app.count(&format!("select count(*) from {table}")).await;
            assert_eq!(rows, 1, "{table}");
        }
    }
);

on_both!(
    what_was_taken_back_may_be_sent_again_and_is_no_repeat,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let text =
            "Tôi gõ nhầm email nên rút lại và gửi lần nữa cho đúng, mong toà soạn thông cảm giúp.";
        let (first, receipt) = reader.write(text).await;
        reader.withdraw(&receipt).await.expect(200);
        let (second, _) = reader.write(text).await;
        assert_ne!(first, second);
        assert_eq!(lan.card(&second).await.rules(), [""; 0]);
    }
);

on_both!(
    whoever_copies_a_comment_is_not_handed_its_receipt,
    |setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1"),
    async |app: App| {
        let (reader, lan) = (app.reader().behind("203.0.113.7"), app.moderator("Lan"));
        let (id, receipt) = reader.write("Ai cũng đọc được câu này").await;
        lan.approve(&lan.card(&id).await).await;
        let copycat = app.reader().behind("203.0.113.8");
        let (other, others) = copycat.write("Ai cũng đọc được câu này").await;
        assert_ne!((&other, &others), (&id, &receipt));
        assert_eq!(reader.write("Ai cũng đọc được câu này").await.0, id);
    }
);

on_both!(
    a_form_that_is_sent_again_is_thanked_again,
    async |app: App| {
        let reader = app.reader();
        let fields = [
            ("article", ARTICLE),
            ("name", "Lan"),
            ("email", "lan@thu.example"),
            ("body", "Tải lại trang"),
        ];
        let first = reader.post_form(&fields).await.expect(200);
        let second = reader.post_form(&fields).await.expect(200);
        assert_eq!(first.body, second.body);
        let back = [&fields[..], &[("return", ARTICLE)]].concat();
        let third = reader.post_form(&back).await.expect(303);
        assert!(third.header("location").ends_with("duyet=pending"));
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);

on_both!(
    another_reader_article_answer_text_or_key_is_another_comment,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Đúng vậy").await;
        lan.approve(&lan.card(&id).await).await;
        let mut others = vec![
            comment("Đúng vậy!"),
            comment_on("https://bao.example/khac.html", "Đúng vậy"),
        ];
        let mut email = comment("Đúng vậy");
        email["email"] = json!("nguoi.khac@thu.example");
        let mut answer = comment("Đúng vậy");
        answer["parent"] = json!(id);
        others.extend([email, answer]);
        let mut ids = BTreeSet::from([id]);
        for other in others {
            ids.insert(reader.submit(&other).await.expect(202).text("id"));
        }
        for key in ["khoa-1", "khoa-2"] {
            let keyed = reader.submit_once(key, &comment("Đúng vậy")).await;
            ids.insert(keyed.expect(202).text("id"));
        }
        assert_eq!(ids.len(), 7);
    }
);

on_both!(
    what_was_rejected_is_answered_and_what_was_taken_back_may_come_again,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Lời hơi nặng").await;
        lan.reject(&lan.card(&id).await).await;
        assert_eq!(reader.write("Lời hơi nặng").await.0, id);

        let (first, receipt) = reader.write("Nghĩ lại đã").await;
        reader.withdraw(&receipt).await.expect(200);
        let (second, _) = reader.write("Nghĩ lại đã").await;
        assert_ne!(first, second);
        assert_eq!(reader.write("Nghĩ lại đã").await.0, second);
        assert_eq!(lan.queue().await.len(), 1);
    }
);

on_both!(after_ten_minutes_it_is_said_again, async |app: App| {
    let reader = app.reader();
    let (first, _) = reader.write("Vẫn chưa ai trả lời").await;
    // An identifier begins with its time: the first came eleven minutes ago.
    let earlier = uuid::Uuid::parse_str(&first).expect("an id").as_u128() - (660_000 << 80);
    let earlier = uuid::Uuid::from_u128(earlier).simple().to_string();
    let literal = match app.backend {
        Backend::Sqlite => format!("x'{earlier}'"),
        Backend::Postgres => format!("'{earlier}'"),
    };
    app.execute(&format!(
        "update idempotency_keys set comment_id = {literal}"
    ))
    .await;
    let (second, _) = reader.write("Vẫn chưa ai trả lời").await;
    assert_ne!(first, second);
    assert_eq!(reader.write("Vẫn chưa ai trả lời").await.0, second);
});

#[tokio::test]
async fn two_replicas_take_one_double_click_for_one() {
    let app = Setup::new(Backend::Postgres).start().await;
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let readers = [app.base(), &second.base].map(|base| Reader::new(Wire::new(base), "bao"));
    for round in 0..5 {
        let ids = at_once(&readers, 10, &format!("Bấm lần thứ {round}")).await;
        assert_eq!(ids.len(), 1, "{ids:?}");
    }
    assert_eq!(app.count("select count(*) from comments").await, 5);
}
