//! Everything of one author on one site.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ARTICLE, Answer, App, Moderator, anew, on_both};

async fn author(by: &Moderator, query: &str) -> Answer {
    let path = format!("/api/v1/moderation/sites/bao/authors?{query}");
    by.send(by.request(Method::GET, &path)).await
}

fn by(name: &str, email: &str) -> Value {
    json!({ "article": { "url": ARTICLE }, "name": name, "email": email, "body": anew("Bài viết rất hay") })
}

on_both!(everything_of_an_author_is_on_one_page, async |app: App| {
    let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
    let mut ids = Vec::new();
    for (name, email) in [
        ("Hoà", "hoa.nguyen@gmail.com"),
        ("Hoà Bình", "hoanguyen+bao@gmail.com"),
        ("Hoà", "HOA.nguyen@googlemail.com"),
        ("Khác", "nguoi.khac@gmail.com"),
        ("Hoà", "hoanguyen@gmail.com"),
    ] {
        ids.push(reader.write_all(&by(name, email)).await.0);
    }
    lan.approve(&lan.card(&ids[0]).await).await;
    lan.reject(&lan.card(&ids[1]).await).await;
    let bans = "/api/v1/moderation/sites/bao/bans";
    for (kind, pattern) in [
        ("name", "hòa b*"),
        ("email", "hoanguyen@gmail.com"),
        ("name", "Minh"),
    ] {
        let ban = json!({ "kind": kind, "pattern": pattern, "reason": "rao" });
        lan.send(lan.request(Method::POST, bans).json(&ban))
            .await
            .expect(201);
    }
    let whole = author(&lan, "email=Hoa.Nguyen%40gmail.com")
        .await
        .expect(200)
        .json();
    assert_eq!(whole["email_key"], "hoanguyen@gmail.com");
    let counts = json!({ "pending": 2, "approved": 1, "rejected": 1, "spam": 0, "withdrawn": 0, "erased": 0 });
    assert_eq!(whole["counts"], counts);
    let names: Vec<_> = whole["names"]
        .as_array()
        .expect("names")
        .iter()
        .map(|one| (&one["name"], &one["count"]))
        .collect();
    assert_eq!(
        names,
        [(&json!("Hoà"), &json!(3)), (&json!("Hoà Bình"), &json!(1))]
    );
    let comments = whole["comments"].as_array().expect("comments");
    let listed: Vec<&str> = comments
        .iter()
        .map(|one| one["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(listed, [&ids[4], &ids[2], &ids[1], &ids[0]]);
    assert_eq!(comments[2]["decisions"][0]["by"], "Lan");
    assert_eq!(
        (&whole["first_seen"], &whole["last_seen"]),
        (&comments[3]["created_at"], &comments[0]["created_at"])
    );
    let bans: Vec<_> = whole["bans"]
        .as_array()
        .expect("bans")
        .iter()
        .map(|ban| &ban["pattern"])
        .collect();
    assert_eq!(bans, [&json!("hoanguyen@gmail.com"), &json!("hòa b*")]);

    // By pages.
    let first = author(&lan, "email=hoanguyen%40gmail.com&limit=3")
        .await
        .expect(200)
        .json();
    let next = first["next"].as_str().expect("a next page");
    let rest = author(
        &lan,
        &format!("email=hoanguyen%40gmail.com&limit=3&after={next}"),
    )
    .await
    .expect(200)
    .json();
    assert_eq!(
        (rest["comments"].as_array().map(Vec::len), &rest["next"]),
        (Some(1), &Value::Null)
    );
    // Who never wrote has an empty page.
    let nobody = author(&lan, "email=ai.do%40bao.vn")
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&nobody["comments"], &nobody["last_seen"]),
        (&json!([]), &Value::Null)
    );
});

on_both!(
    an_author_is_shown_to_the_sites_own_people_and_to_no_log,
    |setup| setup.set("DUYET_LOG", "debug"),
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let (lan, hoa) = (app.moderator("Lan"), app.member("Hoa", &["--site", "khac"]));
        app.reader()
            .write_all(&by("Hoà", "hoa.nguyen@gmail.com"))
            .await;
        author(&lan, "email=hoa.nguyen%40gmail.com")
            .await
            .expect(200);
        author(&hoa, "email=hoa.nguyen%40gmail.com")
            .await
            .expect(404);
        author(&lan, "email=hoa").await.expect(422);
        author(&lan, "").await.expect(422);
        let path = "/api/v1/moderation/sites/bao/authors?email=hoa.nguyen%40gmail.com";
        app.wire().get(path).await.expect(401);
        let log = app.logged("/authors").await;
        assert!(!log.contains("nguyen"), "{log}");
    }
);
