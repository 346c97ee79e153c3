//! Asking changes nothing: a link in a mail, a preview, a crawler, a second look.

use crate::support::{ARTICLE, App, on_both};

/// All that a call could change. Sessions and the outbox have clocks and workers of their own.
const STATE: [&str; 9] = [
    "select count(*) from comments",
    "select coalesce(sum(revision), 0) from comments",
    "select count(*) from comments where status = 'approved'",
    "select count(*) from decisions",
    "select count(*) from decisions where undone_at is not null",
    "select count(*) from events",
    "select count(*) from articles",
    "select count(*) from idempotency_keys",
    "select count(*) from sessions",
];

async fn state(app: &App) -> Vec<i64> {
    let mut state = Vec::new();
    for query in STATE {
        state.push(app.count(query).await);
    }
    state
}

on_both!(a_get_changes_nothing_wherever_it_goes, async |app: App| {
    let (reader, lan, browser) = (
        app.reader(),
        app.member("Lan", &["--role", "admin"]),
        app.visitor("Minh"),
    );
    let (id, receipt) = reader.write("Đang chờ, gọi 0912 345 678").await;
    let (other, _) = reader.write("Đã được duyệt").await;
    let batch = lan.approve(&lan.card(&other).await).await;
    browser.sign_in("Minh").await.expect(303);
    let csrf = crate::support::hidden(&browser.open("/queue").await, "csrf");
    let before = state(&app).await;
    assert_eq!(before[..4], [2, 3, 1, 1]);

    let paths = [
        format!("/api/v1/sites/bao/comments?article={ARTICLE}"),
        format!("/api/v1/sites/bao/counts?article={ARTICLE}&article=https://bao.example/chua-co"),
        format!("/api/v1/receipts/{receipt}"),
        format!("/receipts/{receipt}"),
        format!("/receipts/{receipt}?withdraw=1"),
        "/api/v1/moderation/comments".to_owned(),
        format!("/api/v1/moderation/comments/{id}"),
        format!("/api/v1/moderation/decisions/{batch}"),
        format!("/api/v1/moderation/decisions?action=reject&id={id}&revision=1"),
        "/api/v1/moderation/outbox?state=done".to_owned(),
        "/".to_owned(),
        "/queue".to_owned(),
        format!("/queue?comment={id}&action=approve&revision=1&csrf={csrf}"),
        format!("/queue?notice=done&action=approve&count=1&batch={batch}"),
        format!("/queue/decisions?csrf={csrf}&id={id}&revision=1&action=approve"),
        format!("/queue/undo?csrf={csrf}&batch={batch}"),
        "/sign-in".to_owned(),
        "/sign-in?email=lan@bao.example&password=x".to_owned(),
        format!("/sign-out?csrf={csrf}"),
        "/docs".to_owned(),
        "/openapi.json".to_owned(),
        "/metrics".to_owned(),
        "/livez".to_owned(),
        "/readyz".to_owned(),
    ];
    for path in &paths {
        for method in [
            reqwest::Method::GET,
            reqwest::Method::HEAD,
            reqwest::Method::OPTIONS,
        ] {
            let _ = browser
                .request(method.clone(), path)
                .send()
                .await
                .expect("an answer");
            let _ = lan.request(method, path).send().await.expect("an answer");
        }
        assert_eq!(state(&app).await, before, "{path}");
    }
    browser.open("/queue").await.expect(200);
});
