//! What it left unanswered, as editors find it and send it again.

use super::{Desk, near, nothing, once_seen, says};
use crate::support::{Answer, App, Browser, Manner, hidden, on_both};

const BANNER: &str = "Bộ kiểm tra ngoài không trả lời về 1 bình luận đang chờ duyệt.";
const NONE: &str = "Không có gì chưa gửi được";

async fn signed_in(app: &App, name: &str, role: &str) -> Browser {
    app.add_member(name, &["--role", role, "--password-stdin"]);
    let browser = app.browser();
    browser.sign_in(name).await.expect(303);
    browser
}

/// Asks in vain until nobody is asked any more.
async fn give_up(desk: &Desk) {
    desk.checker.behave(Manner::status(503));
    desk.round().await;
    for wait in [6, 36, 144, 360] {
        desk.after(wait).await;
    }
    assert_eq!(desk.questions("dead").await, 1);
}

/// The button beside the only thing that was given up.
async fn send_again(browser: &Browser, page: &Answer) -> Answer {
    let path = page.body.split("action=\"/outbox/").nth(1);
    let path = path.and_then(|rest| rest.split('"').next());
    let path = format!("/outbox/{}", path.expect("a button"));
    let csrf = hidden(page, "csrf");
    let sent = browser.post(&path, &[("csrf", &csrf)]).await.expect(303);
    browser.follow(&sent).await.expect(200)
}

on_both!(
    what_it_left_unanswered_is_counted_named_and_sent_again,
    near,
    async |app: App| {
        let (mut desk, id) = Desk::of_one(app).await;
        give_up(&desk).await;
        desk.app.serve();
        let an = signed_in(&desk.app, "An", "editor").await;
        let elsewhere = an.open("/numbers").await.expect(200).body.clone();
        assert!(
            elsewhere.contains(BANNER) && elsewhere.contains("<b class=\"stuck\">(1)</b>"),
            "{elsewhere}"
        );
        let page = an.open("/outbox").await.expect(200);
        for said in [
            "Hỏi bộ kiểm tra ngoài về một bình luận còn chờ duyệt",
            &format!("href=\"/queue?comment={id}\""),
            "<samp>Câu trả lời là 503.</samp>",
            "Gửi lại",
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains(NONE), "{}", page.body);
        let minh = signed_in(&desk.app, "Minh", "moderator").await;
        let of_a_moderator = minh.open("/numbers").await.expect(200).body.clone();
        assert!(!of_a_moderator.contains(BANNER), "{of_a_moderator}");

        desk.checker.behave(says(&nothing()));
        let after = send_again(&an, &page).await;
        assert!(after.body.contains("Đang được gửi lại."), "{}", after.body);
        once_seen(&desk.app.moderator("Lan"), &id, &[]).await;
        let page = an.open("/outbox").await.expect(200).body.clone();
        assert!(page.contains(NONE) && !page.contains(BANNER), "{page}");
    }
);

on_both!(
    once_a_person_has_decided_no_answer_is_missed,
    near,
    async |app: App| {
        let (mut desk, id) = Desk::of_one(app).await;
        give_up(&desk).await;
        desk.app.serve();
        let (an, lan) = (
            signed_in(&desk.app, "An", "editor").await,
            desk.app.moderator("Lan"),
        );
        assert!(an.open("/numbers").await.expect(200).body.contains(BANNER));
        lan.approve(&lan.card(&id).await).await;
        let page = an.open("/outbox").await.expect(200).body.clone();
        assert!(page.contains(NONE) && !page.contains(BANNER), "{page}");
    }
);

on_both!(
    what_was_never_asked_is_told_so_with_what_went_wrong_before,
    near,
    async |app: App| {
        let mut desk = Desk::of(app, 20).await;
        desk.checker.behave(Manner::status(503));
        desk.round().await;
        // It was away for so long that one is tried, and nobody waits for it any more.
        desk.after(601).await;
        assert_eq!(desk.questions("dead").await, 20);
        let asked = i64::try_from(desk.asked()).expect("a few");
        assert!(asked < 20, "{asked}");
        assert_eq!(desk.counted().await, asked);
        desk.app.serve();
        let an = signed_in(&desk.app, "An", "editor").await;
        let page = an.open("/outbox").await.expect(200).body;
        let own = "<samp>Câu trả lời là 503.</samp>";
        let never = "<samp>Bên đó lỗi nhiều lần liền nên chưa được hỏi về bình luận này. Lỗi gần nhất: Câu trả lời là 503.</samp>";
        let asked_about = page.matches(own).count();
        assert!(asked_about > 0, "{page}");
        assert_eq!(page.matches(never).count(), 20 - asked_about, "{page}");
        assert_eq!(
            page.matches("chưa hỏi lần nào, thôi chờ").count(),
            20 - asked_about,
            "{page}"
        );
        assert!(!page.contains("trouble"), "{page}");
        // By the API in the language that is asked for; what an older version has written, as it is.
        desk.app
            .execute("update outbox set last_error = 'it was answered 500' where attempts = 0")
            .await;
        let by = desk.app.member("Hoa", &["--role", "editor"]);
        for (language, said) in [("en", "The answer was 503."), ("vi", "Câu trả lời là 503.")]
        {
            let request = by
                .request(reqwest::Method::GET, "/api/v1/moderation/outbox")
                .header("accept-language", language);
            let told = by.send(request).await.expect(200).json();
            let entries = told["entries"].as_array().expect("entries");
            let all: Vec<&str> = entries
                .iter()
                .filter_map(|one| one["error"].as_str())
                .collect();
            assert_eq!(all.iter().filter(|one| **one == said).count(), asked_about);
            let older = all.iter().filter(|one| **one == "it was answered 500");
            assert_eq!(older.count(), 20 - asked_about, "{told}");
        }
    }
);
