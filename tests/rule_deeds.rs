//! What a rule did, and how that is taken back.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, App, Backend, HOUSE_RULES, Moderator, Setup, eventually, hidden, on_both,
};

const RULE: &str = "house.trash";

fn house(setup: Setup) -> Setup {
    setup.rules(HOUSE_RULES)
}

async fn trash(app: &App, number: &str) -> String {
    let (id, _) = app
        .reader()
        .write(&format!("Mua ngay kẻo lỡ, bà con {number} ơi"))
        .await;
    id
}

async fn undo(by: &Moderator, rule: &str, days: u32) -> Answer {
    let asked = json!({ "rule": rule, "days": days });
    by.call(Method::POST, "sites/bao/rules/undo", &asked).await
}

async fn deeds(by: &Moderator) -> Value {
    let path = format!("/api/v1/moderation/sites/bao/rules/deeds?rule={RULE}&limit=2");
    by.send(by.request(Method::GET, &path))
        .await
        .expect(200)
        .json()
}

on_both!(
    what_a_rule_settled_comes_back_and_what_people_decided_stays,
    house,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let (one, two, three) = (
            trash(&app, "một").await,
            trash(&app, "hai").await,
            trash(&app, "ba").await,
        );
        let (other, _) = app.reader().write("Đúng là đồ óc bã đậu").await;
        let four = trash(&app, "bốn").await;
        // A person looked at the third: spam it is.
        let batch = lan
            .decide("requeue", &[&lan.card(&three).await])
            .await
            .expect(200)
            .text("batch");
        lan.spam(&lan.card(&three).await).await;
        // And undid the fourth's requeue, which leaves it where the rule put it, but touched.
        let back = lan
            .decide("requeue", &[&lan.card(&four).await])
            .await
            .expect(200)
            .text("batch");
        lan.undo(&back).await.expect(200);
        let told = deeds(&lan).await;
        assert_eq!(told["settled"], json!([two, one]), "newest first: {told}");
        assert_eq!(told["next"], Value::Null);
        eventually("the index has all four", async || {
            (deeds(&lan).await["seen"] == 4).then_some(())
        })
        .await;

        let asked = undo(&lan, RULE, 7).await.expect(200).json();
        assert_eq!(
            (&asked["requeued"], &asked["more"]),
            (&json!(2), &json!(false))
        );
        for (id, status) in [
            (&one, "pending"),
            (&two, "pending"),
            (&three, "spam"),
            (&four, "spam"),
            (&other, "rejected"),
        ] {
            assert_eq!(lan.card(id).await.status(), status);
        }
        let events = "select count(*) as number from events where kind = 'comment.requeued' and actor_name = 'Lan'";
        assert_eq!(app.count(events).await, 4);
        let nothing = undo(&lan, RULE, 7).await.expect(200).json();
        assert_eq!(
            (&nothing["requeued"], &nothing["batch"]),
            (&json!(0), &Value::Null)
        );

        // As one it is undone; but what was decided meanwhile stays.
        lan.approve(&lan.card(&one).await).await;
        lan.undo(asked["batch"].as_str().expect("a batch")).await;
        assert_eq!(lan.card(&one).await.status(), "approved");
        assert_eq!(lan.card(&two).await.status(), "spam");
        let _ = batch;
    }
);

on_both!(
    who_may_not_decide_there_takes_nothing_back,
    house,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let id = trash(&app, "một").await;
        let minh = app.moderator("Minh");
        let hoa = app.member("Hoa", &["--role", "editor", "--site", "khac"]);
        let oanh = app.member("Oanh", &["--role", "editor", "--section", "bao:Thể thao"]);
        assert_eq!(undo(&minh, RULE, 7).await.status, 403);
        assert_eq!(undo(&hoa, RULE, 7).await.status, 404);
        // The article has no section, so it is not of theirs.
        assert_eq!(undo(&oanh, RULE, 7).await.expect(200).json()["requeued"], 0);
        assert_eq!(deeds(&oanh).await["settled"], json!([]));
        assert_eq!(deeds(&minh).await["settled"], json!([id]));
        assert_eq!(
            undo(&oanh, RULE, 0).await.expect(422).wrong()[0].1,
            "days-range"
        );
        app.execute("update articles set section = 'Thể thao'")
            .await;
        assert_eq!(undo(&oanh, RULE, 7).await.expect(200).json()["requeued"], 1);
        assert_eq!(minh.card(&id).await.status(), "pending");
    }
);

on_both!(
    the_pages_show_the_rules_and_take_back_what_one_did,
    house,
    async |app: App| {
        let id = trash(&app, "một").await;
        let lan = app.moderator("Lan");
        app.add_member("An", &["--role", "editor", "--password-stdin"]);
        let an = app.browser();
        an.sign_in("An").await;
        let page = an.open("/rules?q=ba+dau").await.expect(200);
        assert!(
            page.body.contains("house.refused") && !page.body.contains("house.trash"),
            "{}",
            page.body
        );
        let page = an.open("/rules?category=spam").await.expect(200);
        assert!(page.body.contains("Tự chuyển vào rác") && page.body.contains("mua ngay kẻo lỡ"));
        assert!(page.body.contains("Mua ngay kẻo lỡ") && page.body.contains("mua sau"));
        let page = an.open("/rules?pack=khong-co").await.expect(200);
        assert!(page.body.contains("Không có quy tắc nào khớp."));
        let page = an.open("/rules/one?rule=house.trash").await.expect(200);
        assert!(
            page.body.contains("Bình luận của Trần Thị Bưởi"),
            "{}",
            page.body
        );
        let (csrf, site) = (hidden(&page, "csrf"), "bao");
        let fields = [
            ("csrf", csrf.as_str()),
            ("site", site),
            ("rule", RULE),
            ("days", "7"),
        ];
        let undone = an.post("/rules/undo", &fields).await.expect(303);
        let page = an.follow(&undone).await.expect(200);
        assert!(
            page.body.contains("Đã đưa 1 bình luận trở lại hàng chờ."),
            "{}",
            page.body
        );
        assert_eq!(lan.card(&id).await.status(), "pending");
        let batch = hidden(&page, "batch");
        let fields = [
            ("csrf", csrf.as_str()),
            ("batch", batch.as_str()),
            ("view", "lane=look"),
        ];
        an.post("/queue/undo", &fields).await.expect(303);
        assert_eq!(lan.card(&id).await.status(), "spam");
        let gone = an.open("/rules/one?rule=house.khong-co").await.expect(200);
        assert!(gone.body.contains("không còn trong bộ quy tắc"));
    }
);

on_both!(
    the_rules_are_listed_for_programs,
    house,
    async |app: App| {
        let lan = app.moderator("Lan");
        let listed = lan
            .send(lan.request(Method::GET, "/api/v1/moderation/rules"))
            .await
            .expect(200)
            .json();
        let rules = listed["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), 2);
        let trash = &rules[1];
        for (field, meant) in [
            ("id", json!(RULE)),
            ("pack", json!("house")),
            ("title_vi", json!("Rác")),
            ("category", json!("spam")),
            ("action", json!("spam")),
            ("kind", json!("words")),
            ("looks_for", json!(["mua ngay kẻo lỡ"])),
            ("hits", json!(["Mua ngay kẻo lỡ"])),
            ("misses", json!(["mua sau"])),
        ] {
            assert_eq!(trash[field], meant, "{trash}");
        }
    }
);

/// So many later decisions of the rule on what is gone, as people leave them who put them back by hand.
async fn touched(app: &App, many: u32) {
    let (id, numbers) = match app.backend {
        Backend::Sqlite => (
            "unhex(substr(hex(id), 1, 12) || 'FFFF' || printf('%016X', n))",
            format!(
                "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {many})"
            ),
        ),
        Backend::Postgres => (
            "cast(substr(replace(cast(id as text), '-', ''), 1, 12) || 'ffff' || lpad(to_hex(n), 16, '0') as uuid)",
            format!("with numbers(n) as (select generate_series(1, {many}))"),
        ),
    };
    app.execute(&format!(
        "{numbers} insert into decisions
           (site_id, id, batch_id, comment_id, action, from_status, to_status, revision, actor_kind, actor_name, created_at)
         select site_id, {id}, batch_id, batch_id, action, from_status, to_status, revision, actor_kind, actor_name, created_at
           from decisions, numbers where actor_name = '{RULE}'"
    ))
    .await;
}

on_both!(
    what_lies_behind_thousands_that_people_have_moved_is_found,
    house,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let id = trash(&app, "một").await;
        touched(&app, 10_500).await;
        assert_eq!(deeds(&lan).await["settled"], json!([id]));
        let told = undo(&lan, RULE, 7).await.expect(200).json();
        assert_eq!(
            (&told["requeued"], &told["more"]),
            (&json!(1), &json!(false))
        );
        assert_eq!(lan.card(&id).await.status(), "pending");
        let nothing = undo(&lan, RULE, 7).await.expect(200).json();
        assert_eq!(
            (&nothing["requeued"], &nothing["more"]),
            (&json!(0), &json!(false))
        );
    }
);

on_both!(
    where_there_was_too_much_to_look_through_it_goes_on,
    house,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let older = trash(&app, "một").await;
        touched(&app, 10_500).await;
        let newer = trash(&app, "hai").await;
        let told = deeds(&lan).await;
        assert_eq!(told["settled"], json!([newer]), "{told}");
        let after = told["next"].as_str().expect("there is more");
        let path = format!("/api/v1/moderation/sites/bao/rules/deeds?rule={RULE}&after={after}");
        let rest = lan
            .send(lan.request(Method::GET, &path))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&rest["settled"], &rest["next"]),
            (&json!([older]), &Value::Null)
        );
        let told = undo(&lan, RULE, 7).await.expect(200).json();
        assert_eq!(
            (&told["requeued"], &told["more"]),
            (&json!(1), &json!(true))
        );
        let told = undo(&lan, RULE, 7).await.expect(200).json();
        assert_eq!(
            (&told["requeued"], &told["more"]),
            (&json!(1), &json!(false))
        );
        assert_eq!(lan.card(&older).await.status(), "pending");
    }
);
