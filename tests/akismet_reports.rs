//! What people say of a comment where it came from: decisions, that moderators see and undo.

use serde_json::Value;

use crate::support::akismet::{Akismet, fields, fresh, with};
use crate::support::{App, HOUSE_RULES, Moderator, Setup, comment, on_both};

const THANKS: &str = "Thanks for making the web a better place.";

fn keeping_house(setup: Setup) -> Setup {
    setup.rules(HOUSE_RULES)
}

/// How a comment was decided last, by whom, and the batch.
async fn last(lan: &Moderator, id: &str) -> (String, String, String) {
    let shown = lan.show(id).await.expect(200).json();
    let decision: &Value = shown["decisions"]
        .as_array()
        .and_then(|all| all.last())
        .expect("a decision");
    let text = |name: &str| decision[name].as_str().expect("a text").to_owned();
    (text("action"), text("actor"), text("batch"))
}

on_both!(
    a_report_is_a_decision_that_is_seen_and_undone,
    keeping_house,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let check = fresh("Ý kiến này ở đâu cũng gặp");
        let guid = bao.check(&check).await.guid();
        assert_eq!(bao.spam(&check).await.says(THANKS).guid(), guid);
        assert_eq!(lan.card(&guid).await.status(), "spam");
        let (action, actor, batch) = last(&lan, &guid).await;
        assert_eq!((action.as_str(), actor.as_str()), ("spam", "client"));
        // Said once more it changes nothing, and a person may be of another mind.
        bao.spam(&check).await.says(THANKS);
        assert_eq!(lan.card(&guid).await.revision(), 2);
        lan.undo(&batch).await.expect(200);
        assert_eq!(lan.card(&guid).await.status(), "pending");
        bao.ham(&with(&check, &[("guid", &guid)]))
            .await
            .says(THANKS);
        assert_eq!(lan.card(&guid).await.status(), "approved");
        bao.check(&check).await.says("false");
        let history = lan
            .send(lan.request(reqwest::Method::GET, "/api/v1/moderation/history"))
            .await;
        let history = history.expect(200).body;
        assert!(history.contains("\"kind\":\"client\""), "{history}");
    }
);

on_both!(
    what_a_rule_took_for_spam_is_given_back,
    keeping_house,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let check = fields("Mua ngay kẻo lỡ");
        let guid = bao.check(&check).await.says("true").guid();
        bao.ham(&check).await.says(THANKS);
        assert_eq!(lan.card(&guid).await.status(), "approved");
        bao.check(&check).await.says("false");
    }
);

on_both!(
    what_nobody_has_checked_is_stored_as_it_was_decided,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let guid = bao
            .spam(&fresh("Chưa ai hỏi bao giờ"))
            .await
            .says(THANKS)
            .guid();
        let card = lan.card(&guid).await;
        assert_eq!(
            (card.status(), &card.0["source"]),
            ("spam", &"akismet".into())
        );
        assert_eq!(lan.queue().await.len(), 0);
        let other = bao
            .ham(&fresh("Cũng chưa ai hỏi"))
            .await
            .says(THANKS)
            .guid();
        assert_eq!(lan.card(&other).await.status(), "approved");
        assert!(app.reader().published().await.is_empty());
    }
);

on_both!(
    a_report_moves_nothing_that_our_own_readers_wrote,
    async |app: App| {
        let (bao, lan, reader) = (
            Akismet::of(&app, "bao").await,
            app.moderator("Lan"),
            app.reader(),
        );
        let text = "Của bạn đọc, gửi thẳng cho Duyệt";
        let (own, _) = reader.write_all(&comment(text)).await;
        // Neither by its name nor by what it says.
        for fields in [with(&fields(text), &[("guid", &own)]), fields(text)] {
            bao.ham(&fields).await.says(THANKS);
        }
        assert_eq!(lan.card(&own).await.status(), "pending");
        assert!(reader.published().await.is_empty());
        lan.approve(&lan.card(&own).await).await;
        bao.spam(&with(&fields(text), &[("guid", &own)]))
            .await
            .says(THANKS);
        assert_eq!(reader.published().await, [text]);
    }
);

on_both!(
    another_sites_key_reaches_nothing_of_this_one,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let (bao, khac) = (
            Akismet::of(&app, "bao").await,
            Akismet::of(&app, "khac").await,
        );
        let lan = app.moderator("Lan");
        let check = fresh("Của báo này");
        let guid = bao.check(&check).await.guid();
        khac.spam(&with(&check, &[("guid", &guid)]))
            .await
            .says(THANKS);
        assert_eq!(lan.card(&guid).await.status(), "pending");
        assert_ne!(khac.check(&check).await.guid(), guid);
        let usage = khac.ask("/1.2/usage-limit", &[]).await.body;
        assert!(usage.contains("\"usage\":1"), "{usage}");
    }
);

on_both!(
    pages_say_where_it_comes_from_and_who_has_decided,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        let check = with(
            &fresh("Xem ở trang quản trị"),
            &[("comment_author_email", "không có")],
        );
        let guid = bao.check(&check).await.guid();
        let desk = app.visitor("Lan");
        desk.sign_in("Lan").await.expect(303);
        let card = format!("/queue?comment={guid}");
        let page = desk.open(&card).await.expect(200).body;
        assert!(
            page.contains("Gửi qua Akismet: hiện trên hệ thống của toà soạn"),
            "{page}"
        );
        assert!(page.contains("Địa chỉ email không hợp lệ"), "{page}");
        bao.spam(&check).await.says(THANKS);
        let decided = desk.open(&card).await.expect(200).body;
        assert!(decided.contains("Toà soạn, qua Akismet"), "{decided}");
        let history = desk.open("/history").await.expect(200).body;
        assert!(history.contains("Toà soạn, qua Akismet"), "{history}");
    }
);
