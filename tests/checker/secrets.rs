//! The checker has a secret of its own: it cannot speak for the CMS, nor the CMS for it.

use reqwest::Method;
use serde_json::json;

use super::{Desk, NOBODY, first_question, near, nothing, post, receiver, says, set, to};
use crate::support::{App, Cms, Manner, checker_secret_of, hidden, on_both, secret_in, secret_of};

fn news() -> String {
    json!({ "type": "article.published", "timestamp": "2026-11-20T09:00:00Z",
        "data": { "url": "https://bao.example/xa-hoi/cau-moi.html", "title": "Cầu mới" } })
    .to_string()
}

on_both!(
    neither_the_checker_nor_the_cms_speaks_for_the_other,
    near,
    async |app: App| {
        let (mut desk, _) = Desk::of_one(app).await;
        let of_the_cms = secret_of(&desk.app, "bao");
        assert_ne!(checker_secret_of(&desk.app, "bao"), of_the_cms);
        desk.checker.behave(Manner::status(202));
        desk.round().await;
        let check = first_question(&desk.checker).await;
        desk.app.serve();
        let (cms, checker) = (Cms::of(&desk.app), Cms::checker_of(&desk.app));
        checker.deliver("msg_1", &news()).await.expect(401);
        cms.deliver("msg_1", &news()).await.expect(200);
        let answer = to(&check, &nothing());
        post(&cms, &answer).await.expect(401);
        assert_eq!(desk.seen().await, ["checker.waiting"]);
        post(&checker, &answer).await.expect(200);
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(
    without_a_checker_nobody_speaks_for_it,
    near,
    async |app: App| {
        let answer = json!({ "check": "019ab0f2-3c00-7000-8000-000000000007", "evidence": [] });
        // An empty secret, and that of the CMS.
        post(&Cms::with(&app, "bao", ""), &answer).await.expect(401);
        post(&Cms::of(&app), &answer).await.expect(401);
    }
);

on_both!(no_question_goes_out_unsigned, near, async |app: App| {
    let (desk, _) = Desk::of_one(app).await;
    desk.app
        .execute("update sites set checker_secret = ''")
        .await;
    desk.round().await;
    assert_eq!(desk.checker.calls(), 0);
    let why = desk.why().await;
    assert!(why.contains("has no secret yet"), "{why}");
    assert_eq!(desk.counted().await, 0, "nothing was asked");
    checker_secret_of(&desk.app, "bao");
    desk.checker.behave(says(&nothing()));
    desk.after(5).await;
    assert!(desk.seen().await.is_empty());
});

on_both!(
    an_old_secret_of_the_checker_counts_for_a_day,
    near,
    async |app: App| {
        let (mut desk, _) = Desk::of_one(app).await;
        let old = checker_secret_of(&desk.app, "bao");
        let rotate = |app: &App, more: &[&str]| {
            let mut arguments = vec!["site", "secret", "bao", "--checker", "--rotate"];
            arguments.extend(more);
            secret_in(&app.done(&arguments, ""))
        };
        let of_the_cms = secret_of(&desk.app, "bao");
        let new = rotate(&desk.app, &[]);
        assert_ne!(old, new);
        assert_eq!(
            secret_of(&desk.app, "bao"),
            of_the_cms,
            "the CMS keeps its own"
        );
        desk.checker.behave(Manner::status(202));
        desk.round().await;
        // The question is signed with both, the newer first.
        let call = desk.checker.taken().remove(0);
        let body = String::from_utf8(call.body.clone()).expect("text");
        let seconds = call.only("webhook-timestamp").parse().expect("seconds");
        let signed = [&new, &old].map(|secret| {
            let with = Cms::with(&desk.app, "bao", secret);
            let [_, _, (_, signature)] = with.signed(call.only("webhook-id"), seconds, &body);
            signature
        });
        assert_eq!(call.only("webhook-signature"), signed.join(" "));
        // So may be the answer, until the old one ends.
        let newest = rotate(&desk.app, &["--at-once"]);
        desk.app.serve();
        let app = &desk.app;
        let with = |secret: &str| Cms::with(app, "bao", secret);
        let answer = to(&call.json()["data"]["check"], &nothing());
        post(&with(&old), &answer).await.expect(401);
        post(&with(&new), &answer).await.expect(401);
        let after = rotate(app, &[]);
        post(&with(&newest), &answer).await.expect(200);
        post(&with(&after), &answer).await.expect(200);
    }
);

on_both!(
    an_admin_makes_the_checker_a_secret_and_sees_it_once,
    near,
    async |app: App| {
        app.add_member("Lan", &["--role", "admin", "--password-stdin"]);
        let an = ["--role", "editor", "--site", "bao", "--password-stdin"];
        app.add_member("An", &an);
        let (lan, an) = (app.browser(), app.browser());
        lan.sign_in("Lan").await.expect(303);
        an.sign_in("An").await.expect(303);
        let title = "Khoá bí mật của bộ kiểm tra ngoài";
        let page = lan.open("/settings").await.expect(200);
        assert!(!page.body.contains(title), "nobody is asked");
        set(&app, NOBODY);
        let old = checker_secret_of(&app, "bao");
        let page = lan.open("/settings").await.expect(200);
        assert!(page.body.contains(title) && !page.body.contains(&old));
        let of_an = an.open("/settings").await.expect(200);
        let csrf = hidden(&of_an, "csrf");
        let fields = |csrf| [("csrf", csrf), ("site", "bao"), ("of", "checker")];
        an.post("/settings/secret", &fields(csrf.as_str()))
            .await
            .expect(403);
        let csrf = hidden(&page, "csrf");
        let of_the_cms = secret_of(&app, "bao");
        let made = lan.post("/settings/secret", &fields(csrf.as_str())).await;
        let page = lan.follow(&made.expect(303)).await.expect(200);
        let new = checker_secret_of(&app, "bao");
        assert!(new != old && page.body.contains(&new), "{}", page.body);
        assert_eq!(secret_of(&app, "bao"), of_the_cms);
        let page = lan.open("/settings").await.expect(200).body.clone();
        assert!(!page.contains(&new) && page.contains("Khoá cũ còn dùng được đến"));
        let history = an.open("/history").await.expect(200).body.clone();
        assert!(
            history.contains("đã đổi khoá bí mật của bộ kiểm tra ngoài; khoá cũ còn dùng được"),
            "{history}"
        );
        // By the API the same.
        let admin = app.member("Hoa", &["--role", "admin"]);
        let path = "sites/bao/secret";
        let asked = json!({ "of": "checker", "at_once": true });
        let told = admin
            .call(Method::POST, path, &asked)
            .await
            .expect(200)
            .json();
        assert_eq!(told["secret"], checker_secret_of(&app, "bao").as_str());
        let of_the_cms = admin.call(Method::POST, path, &json!({})).await.expect(200);
        assert_eq!(of_the_cms.json()["secret"], secret_of(&app, "bao").as_str());
        let wrong = json!({ "of": "nobody" });
        admin.call(Method::POST, path, &wrong).await.expect(422);
    }
);

on_both!(
    who_sets_a_checker_by_the_api_has_its_secret_made,
    near,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        let path = "sites/bao/settings";
        let now = admin.call(Method::GET, path, &json!(null)).await;
        let mut settings = now.expect(200).json();
        for name in ["site", "name", "locale"] {
            settings.as_object_mut().expect("an object").remove(name);
        }
        let checker = receiver();
        checker.behave(says(&nothing()));
        settings["checker"] = json!({ "url": checker.url("/"), "deadline_ms": 400 });
        admin.call(Method::PUT, path, &settings).await.expect(200);
        let made = "select count(*) from sites where checker_secret like 'whsec_%'";
        assert_eq!(app.count(made).await, 1);
        // One that is there stays.
        let before = checker_secret_of(&app, "bao");
        set(&app, NOBODY);
        assert_eq!(checker_secret_of(&app, "bao"), before);
    }
);
