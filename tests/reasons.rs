//! Why a comment is not published, as far as a moderator shares it.

use serde_json::{Value, json};

use crate::support::{App, Card, Moderator, hidden, on_both};

async fn reject(by: &Moderator, card: &Card, action: &str, reason: &str) {
    let decision = json!({
        "action": action, "comments": [{ "id": card.id(), "revision": card.revision() }],
        "reason": reason, "note": "chỉ nói với đồng nghiệp",
    });
    by.decide_json(&decision).await.expect(200);
}

on_both!(
    a_reader_is_told_why_in_a_code_and_in_words,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Số của ông ấy là …").await;
        reject(&lan, &lan.card(&id).await, "reject", "personal_data").await;
        let own = reader.look_up(&receipt).await.expect(200);
        assert_eq!(own.text("reason"), "personal_data");
        let page = reader.receipt_page(&receipt).await.expect(200).body;
        assert!(page.contains("Có thông tin riêng tư của người khác"));
        let page = app.reader().in_english().receipt_page(&receipt).await.body;
        assert!(page.contains("It tells private things of others"), "{page}");
        for told in [own.body, page] {
            assert!(!told.contains("đồng nghiệp") && !told.contains("Lan"));
        }
        // What is put back or undone has no reason any more.
        lan.decide("requeue", &[&lan.card(&id).await])
            .await
            .expect(200);
        let own = reader.look_up(&receipt).await.json();
        assert_eq!(
            (&own["status"], &own["reason"]),
            (&json!("pending"), &Value::Null)
        );
        lan.reject(&lan.card(&id).await).await;
        assert_eq!(reader.look_up(&receipt).await.json()["reason"], Value::Null);
    }
);

on_both!(who_writes_spam_is_told_no_reason, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (id, receipt) = reader.write("Mua ngay kẻo hết").await;
    reject(&lan, &lan.card(&id).await, "spam", "advertising").await;
    let own = reader.look_up(&receipt).await.json();
    assert_eq!(
        (&own["status"], &own["reason"]),
        (&json!("rejected"), &Value::Null)
    );
    let page = reader.receipt_page(&receipt).await.body;
    assert!(!page.contains("quảng cáo") && page.contains("Không được đăng"));
    assert_eq!(
        lan.show(&id).await.json()["decisions"][0]["reason"],
        "advertising"
    );
});

on_both!(the_queue_asks_for_a_reason, async |app: App| {
    let (reader, browser) = (app.reader(), app.visitor("Lan"));
    browser.sign_in("Lan").await;
    let (rejected, receipt) = reader.write("Lạc đề mất rồi").await;
    let (approved, _) = reader.write("Đúng đề").await;
    let page = browser.open("/queue").await.expect(200);
    assert!(
        page.body
            .contains("<option value=\"off_topic\">Không đúng nội dung bài</option>")
    );
    let csrf = hidden(&page, "csrf");
    let press = async |id: &str, action: &str, reason: &str| {
        let target = format!("{id}:1");
        let fields = [
            ("csrf", csrf.as_str()),
            ("comment", target.as_str()),
            ("action", action),
            ("reason", reason),
        ];
        browser.post("/queue/decisions", &fields).await
    };
    press(&rejected, "reject", "khong-co").await.expect(422);
    press(&rejected, "reject", "off_topic").await.expect(303);
    press(&approved, "approve", "off_topic").await.expect(303);
    assert_eq!(reader.look_up(&receipt).await.text("reason"), "off_topic");
    let page = browser
        .open("/queue?status=rejected")
        .await
        .expect(200)
        .body;
    assert!(page.contains("Lý do: Không đúng nội dung bài"), "{page}");
    assert_eq!(
        app.count("select count(*) from decisions where reason is not null")
            .await,
        1
    );
});
