//! Names at the front door: those that look like the newspaper's are held for somebody to see, people's are not.

use serde_json::Value;

use crate::support::{App, Moderator, anew, comment, eventually, on_both};

/// What the rules see in a comment by that name.
async fn seen(app: &App, by: &Moderator, name: &str) -> Vec<Value> {
    let mut new = comment(&anew("Bài viết rất hay và bổ ích."));
    new["name"] = name.into();
    let (id, _) = app.reader().write_all(&new).await;
    let card = by.card(&id).await;
    assert_eq!(card.status(), "pending");
    assert_eq!(card.0["name"], name);
    let evidence = card.0["evidence"].as_array().expect("evidence").clone();
    evidence
        .into_iter()
        .filter(|seen| seen["field"] == "name")
        .collect()
}

/// Whether the name is held as somebody else's.
async fn poses(app: &App, by: &Moderator, name: &str) -> bool {
    let seen = seen(app, by, name).await;
    seen.iter().any(|seen| {
        assert_eq!(seen["excerpt"], name);
        seen["rule"] == "names.reserved" && seen["category"] == "impersonation"
    })
}

on_both!(
    names_of_the_newspaper_are_held_in_any_dress,
    async |app: App| {
        let lan = app.moderator("Kiem");
        for name in [
            "Аdmin", // a Cyrillic А
            "Ban biên tâp",
            "Toa soan",
            "Lan (Toà soạn)",
            "Quản trị viên",
            "Báo Ví Dụ",
            "Bao Vi Du",
            "Phóng viên Báo Ví Dụ",
            "Lan (BBT)",
        ] {
            assert!(poses(&app, &lan, name).await, "{name}");
        }
        // Together with its mixed letters it waits among the worst.
        let both = seen(&app, &lan, "Аdmin").await;
        assert_eq!(both.len(), 2, "{both:?}");
        let waiting = lan.cards(&[("lane", "likely_bad")]).await;
        assert!(waiting.iter().any(|card| card.0["name"] == "Аdmin"));
        // Nobody is told.
        assert!(
            !app.reader()
                .submit(&comment("Hay"))
                .await
                .body
                .contains("names.")
        );
    }
);

on_both!(people_are_not_taken_for_the_newspaper, async |app: App| {
    let lan = app.moderator("Kiem");
    for name in [
        "Nguyễn Văn A",
        "Ý",
        "H'Hen Niê",
        "K'Sor",
        "Jean-Luc",
        "Hồng Quản",
        "Tri",
        "Quân Trí",
        "Nguyễn Văn Ban",
        "Toàn",
        "Bạn đọc Ví Dụ",
        "Иван Петров",
        "李小龙",
    ] {
        let seen = seen(&app, &lan, name).await;
        assert_eq!(seen, Vec::<Value>::new(), "{name}");
    }
});

on_both!(
    names_of_moderators_and_of_the_sites_choice_count_while_the_service_runs,
    async |app: App| {
        let lan = app.moderator("Kiem");
        assert!(!poses(&app, &lan, "Phan Thị Ngọc Hà").await);
        app.done(
            &[
                "moderator",
                "add",
                "ha@bao.example",
                "--name",
                "Phan Thị Ngọc Hà",
                "--site",
                "bao",
            ],
            "",
        );
        app.done(
            &["site", "set", "bao", "reserved_names=Chuyên mục Bạn đọc"],
            "",
        );
        for name in [
            "Phan Thị Ngọc Hà",
            "phan thi ngoc ha",
            "Phan Thị Ngọc Hoà",
            "Phóng viên Phan Thị Ngọc Hà",
            "Lan - chuyên mục bạn đọc",
        ] {
            eventually("the name is held", async || {
                poses(&app, &lan, name).await.then_some(())
            })
            .await;
        }
        // A moderator of another site is nobody here.
        app.add_site("khac", "https://khac.example");
        app.done(
            &[
                "moderator",
                "add",
                "vu@bao.example",
                "--name",
                "Hoàng Minh Vũ",
                "--site",
                "khac",
            ],
            "",
        );
        let khac = app.reader_of("khac");
        let mut new = comment("Bài viết rất hay và bổ ích.");
        new["name"] = "Hoàng Minh Vũ".into();
        new["article"]["url"] = "https://khac.example/a.html".into();
        eventually("the name is held on its site", async || {
            new["body"] = anew("Bài viết rất hay và bổ ích.").into();
            let (id, _) = khac.write_all(&new).await;
            lan.card(&id)
                .await
                .rules()
                .contains(&"names.reserved")
                .then_some(())
        })
        .await;
        assert!(!poses(&app, &lan, "Hoàng Minh Vũ").await);
    }
);

on_both!(mixed_letters_are_seen, async |app: App| {
    let lan = app.moderator("Kiem");
    for name in ["Lаn", "Nguyễn Vаn An"] {
        let seen = seen(&app, &lan, name).await;
        assert_eq!(seen[0]["rule"], "names.scripts", "{name}: {seen:?}");
        assert_eq!(seen[0]["category"], "impersonation");
    }
});

on_both!(the_papers_own_people_speak_in_its_name, async |app: App| {
    let lan = app.moderator("Kiem");
    app.add_site("khac", "https://khac.example");
    let hoa = app.member("Hoa", &["--site", "khac"]);
    let reader = app.reader();
    for (token, rules) in [(&lan.token, &[][..]), (&hoa.token, &["names.reserved"][..])] {
        let mut new = comment(&anew("Toà soạn xin tiếp thu ý kiến của bạn đọc."));
        new["name"] = "Toà soạn".into();
        let request = reader
            .request(reqwest::Method::POST, &reader.path("comments"))
            .bearer_auth(token);
        let id = reader.send(request.json(&new)).await.expect(202).text("id");
        assert_eq!(lan.card(&id).await.rules(), rules);
    }
});
