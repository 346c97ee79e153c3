//! Email addresses at the front door: slips are asked about, throwaway ones are seen, and one mailbox has one key.

use serde_json::{Value, json};

use crate::support::{ARTICLE, App, anew, comment, on_both};

fn from(email: &str) -> Value {
    let mut new = comment(&anew("Bài viết rất hay và bổ ích."));
    new["email"] = email.into();
    new
}

on_both!(a_slip_is_taken_and_asked_about, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Kiem"));
    let answer = reader.submit(&from("Lan.1@gmial.com")).await.expect(202);
    assert_eq!(answer.json()["suggestion"], "Lan.1@gmail.com");
    // Mail goes to what was typed.
    assert_eq!(
        lan.card(&answer.text("id")).await.0["email"],
        "Lan.1@gmial.com"
    );
    // The same submission again has the same answer.
    let new = from("lan@vietel.com.vn");
    let first = reader.submit_once("k", &new).await.expect(202).json();
    assert_eq!(first["suggestion"], "lan@viettel.com.vn");
    assert_eq!(
        reader.submit_once("k", &new).await.expect(202).json(),
        first
    );
    let well = reader
        .submit(&from("lan@gmail.com"))
        .await
        .expect(202)
        .json();
    assert!(well.get("suggestion").is_none(), "{well}");

    // Refused for something else, it is asked about all the same.
    let mut wrong = from("lan@gmial.com");
    wrong["name"] = "".into();
    let problem = reader.submit(&wrong).await.expect(422).json();
    assert_eq!(problem["suggestion"], "lan@gmail.com");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1));
    // An address that is none is told with what was meant.
    let problem = reader
        .submit(&from("lan@gmail,com"))
        .await
        .expect(422)
        .json();
    assert_eq!(problem["errors"][0]["suggestion"], "lan@gmail.com");
});

on_both!(pages_ask_about_a_slip, async |app: App| {
    let form = |name: &'static str, email: &'static str| {
        [
            ("article", ARTICLE),
            ("ho_ten", name),
            ("email", email),
            ("noi_dung", "Hay quá"),
        ]
    };
    let asked = "Bạn định ghi lan@gmail.com phải không?";
    let reader = app.reader();
    let thanks = reader
        .post_form(&form("Lan", "lan@gmial.com"))
        .await
        .expect(200);
    assert!(thanks.body.contains(asked), "{}", thanks.body);
    let again = reader
        .post_form(&form("", "lan@gmial.com"))
        .await
        .expect(422);
    assert!(again.body.contains(asked), "{}", again.body);
    let well = reader
        .post_form(&form("Lan", "lan@gmail.com"))
        .await
        .expect(200);
    assert!(!well.body.contains("phải không"), "{}", well.body);
});

on_both!(a_throwaway_mailbox_is_seen_and_taken, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Kiem"));
    let score = async |email: &str| {
        let (id, _) = reader.write_all(&from(email)).await;
        let card = lan.card(&id).await.0;
        let evidence = card["evidence"].as_array().expect("evidence").clone();
        let seen = evidence.into_iter().find(|seen| seen["field"] == "email");
        seen.map(|seen| {
            (
                seen["rule"].clone(),
                seen["excerpt"].clone(),
                seen["start"].clone(),
            )
        })
    };
    assert_eq!(
        score("a@Hop.Mailinator.com").await,
        Some((
            json!("email.disposable"),
            json!("Hop.Mailinator.com"),
            json!(2)
        ))
    );
    assert_eq!(score("lan@gmail.com").await, None);
});

on_both!(all_spellings_of_a_mailbox_count_as_one, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Kiem"));
    for email in [
        "lan.nguyen@gmail.com",
        "LanNguyen+bao@googlemail.com",
        "lannguyen@GMAIL.com",
        "lan.nguyen@bao.vn",
    ] {
        reader.write_all(&from(email)).await;
    }
    let (id, _) = reader.write_all(&from("l.annguyen@gmail.com")).await;
    assert_eq!(lan.show(&id).await.json()["author"]["sent"], 3);
});

on_both!(
    letters_of_any_script_are_refused_unless_the_setting_says_otherwise,
    async |app: App| {
        let problem = app
            .reader()
            .submit(&from("hoà@thu.example"))
            .await
            .expect(422)
            .json();
        assert_eq!(problem["errors"][0]["code"], "email-unicode");
        assert_eq!(problem["errors"][0]["suggestion"], "hoa@thu.example");
    }
);

on_both!(
    letters_of_any_script_are_taken_where_the_setting_says_so,
    |setup| setup.set("DUYET_UNICODE_EMAIL", "true"),
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Kiem"));
        let (id, _) = reader.write_all(&from("hoà@thu.example")).await;
        assert_eq!(lan.card(&id).await.0["email"], "hoà@thu.example");
        reader
            .submit(&from("ho\u{202e}a@thu.example"))
            .await
            .expect(422);
    }
);
