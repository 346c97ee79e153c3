//! What moderators are shown of it, and what not.

use serde_json::json;

use super::{NOBODY, near, nothing, once_seen, receiver, saw, says, set};
use crate::support::{App, on_both};

on_both!(
    the_history_tells_what_it_saw_and_not_that_it_saw_nothing,
    near,
    async |app: App| {
        let checker = receiver();
        checker.behave(says(&nothing()));
        set(&app, &checker.url("/"));
        let lan = app.moderator("Lan");
        let (fine, _) = app.reader().write("Cầu mới đẹp quá, cảm ơn báo.").await;
        once_seen(&lan, &fine, &[]).await;
        checker.behave(says(&saw("toxicity", "insult", 3.5)));
        let (bad, _) = app
            .reader()
            .write("Mong báo viết tiếp về cây cầu này.")
            .await;
        once_seen(&lan, &bad, &["checker.toxicity"]).await;
        // Open pages are told of both.
        let told = "select kind as text from events where kind in ('comment.checked', 'comment.passed') order by id";
        assert_eq!(app.texts(told).await, ["comment.passed", "comment.checked"]);
        let an = app.visitor("An");
        an.sign_in("An").await.expect(303);
        let saw = "đã nêu: toxicity; bình luận xếp vào “Nhiều khả năng xấu”";
        for (page, is_told) in [
            ("/history".to_owned(), true),
            ("/history?kind=decisions".to_owned(), true),
            (format!("/history?comment={bad}"), true),
            (format!("/history?comment={fine}"), false),
        ] {
            let shown = an.open(&page).await.expect(200).body.clone();
            let lines = shown.matches("Bộ kiểm tra ngoài").count();
            assert_eq!(
                shown.matches(saw).count(),
                usize::from(is_told),
                "{page}: {shown}"
            );
            assert_eq!(lines, usize::from(is_told), "{page}: {shown}");
        }
        let page = an
            .open("/queue?lane=likely_bad")
            .await
            .expect(200)
            .body
            .clone();
        assert!(page.contains("Bộ kiểm tra ngoài: toxicity"), "{page}");
    }
);

on_both!(
    that_it_has_not_answered_is_no_sign_of_anything_and_its_words_are_not_quoted,
    near,
    async |app: App| {
        set(&app, NOBODY);
        let an = app.visitor("An");
        an.sign_in("An").await.expect(303);
        let _ = app.reader().write("Cầu mới đẹp quá, cảm ơn báo.").await;
        let page = an.open("/queue?lane=look").await.expect(200).body.clone();
        assert!(
            page.contains("Chưa có kết quả của bộ kiểm tra ngoài"),
            "{page}"
        );
        assert!(page.contains("Không có dấu hiệu nào"), "{page}");
        assert!(!page.contains("<span class=\"category\">"), "{page}");

        let checker = receiver();
        checker.behave(says(&json!({ "evidence": [
            { "label": "tin-gia", "category": "scam", "weight": 1.0, "message": "Xem lại nguồn" },
        ] })));
        set(&app, &checker.url("/"));
        let (id, _) = app
            .reader()
            .write("Mong báo viết tiếp về cây cầu này.")
            .await;
        once_seen(&app.moderator("Lan"), &id, &["checker.tin-gia"]).await;
        let page = an
            .open(&format!("/queue?comment={id}"))
            .await
            .expect(200)
            .body
            .clone();
        assert!(
            page.contains("<span class=\"typed-line\">Xem lại nguồn</span>"),
            "{page}"
        );
    }
);
