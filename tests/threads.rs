//! What a newspaper's page lists in threads.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ARTICLE, App, EMAIL, Moderator, Reader, anew, comment, on_both};

/// Comments that answer one another, and their names by the text they have.
struct Talk {
    reader: Reader,
    lan: Moderator,
}

impl Talk {
    fn new(app: &App) -> Self {
        Self {
            reader: app.reader(),
            lan: app.moderator("Lan"),
        }
    }

    /// A comment that is published, by its id.
    async fn say(&self, answers: Option<&str>) -> String {
        let mut comment = comment(&anew("Ý kiến về cây cầu mới"));
        comment["parent"] = answers.into();
        let id = self.reader.write_all(&comment).await.0;
        self.lan.approve(&self.lan.card(&id).await).await;
        id
    }

    async fn threads(&self, query: &[(&str, &str)]) -> Value {
        let mut all = vec![("article", ARTICLE)];
        all.extend(query);
        self.reader.list_with(&all).await.expect(200).json()
    }
}

fn ids(page: &Value) -> Vec<&str> {
    let comments = page["comments"].as_array().expect("comments");
    comments
        .iter()
        .map(|comment| comment["id"].as_str().expect("an id"))
        .collect()
}

on_both!(
    threads_are_read_in_the_order_asked_for_and_a_page_at_a_time,
    async |app: App| {
        let talk = Talk::new(&app);
        let one = talk.say(None).await;
        let two = talk.say(None).await;
        let answer = talk.say(Some(&one)).await;
        let deeper = talk.say(Some(&answer)).await;
        let three = talk.say(None).await;

        let newest = talk.threads(&[("order", "newest")]).await;
        assert_eq!(ids(&newest), [&three, &two, &one, &answer, &deeper]);
        assert_eq!(newest["next"], Value::Null);
        assert_eq!(
            newest["article"],
            json!({ "id": newest["article"]["id"], "url": ARTICLE, "open": true, "closes_at": null, "count": 5 })
        );
        assert_eq!(
            newest["site"],
            json!({
                "name": "Báo Ví Dụ", "locale": "vi", "consent": null, "tell": false,
                "proof_of_work": "off", "body_max": 5000,
            })
        );
        let (first, last) = (&newest["comments"][2], &newest["comments"][4]);
        assert_eq!(
            (&first["replies"], &first["thread"], &first["parent"]),
            (&json!(2), &json!(one), &Value::Null)
        );
        assert_eq!(
            (&last["replies"], &last["thread"], &last["parent"]),
            (&json!(0), &json!(one), &json!(answer))
        );
        assert_eq!(last["newsroom"], json!(false));
        assert!(!newest.to_string().contains(EMAIL));

        let oldest = talk.threads(&[("order", "oldest")]).await;
        assert_eq!(ids(&oldest), [&one, &answer, &deeper, &two, &three]);
        let replies = talk.threads(&[("order", "replies")]).await;
        assert_eq!(ids(&replies), [&one, &answer, &deeper, &three, &two]);

        let page = talk.threads(&[("order", "newest"), ("limit", "2")]).await;
        assert_eq!(ids(&page), [&three, &two]);
        let next = page["next"].as_str().expect("more").to_owned();
        let page = talk
            .threads(&[("order", "newest"), ("limit", "2"), ("after", &next)])
            .await;
        assert_eq!(ids(&page), [&one, &answer, &deeper]);

        let around = talk
            .threads(&[("order", "newest"), ("limit", "2"), ("around", &deeper)])
            .await;
        assert_eq!(ids(&around), [&one, &answer, &deeper]);
        let more = talk.threads(&[("thread", &one), ("after", &answer)]).await;
        assert_eq!(ids(&more), [&deeper]);

        // What answered a comment that is taken down stands for itself, and links to the one that is gone lead to the first page.
        let card = talk.lan.card(&one).await;
        talk.lan.decide("reject", &[&card]).await.expect(200);
        let left = talk
            .threads(&[("order", "oldest"), ("limit", "1"), ("around", &one)])
            .await;
        assert_eq!(ids(&left), [&two]);
        let left = talk.threads(&[("order", "oldest")]).await;
        assert_eq!(ids(&left), [&two, &answer, &deeper, &three]);
        assert_eq!(left["comments"][1]["parent"], Value::Null);
        assert_eq!(left["article"]["count"], json!(4));
    }
);

on_both!(
    who_writes_with_a_members_token_speaks_for_the_newspaper,
    async |app: App| {
        let talk = Talk::new(&app);
        let request = talk
            .lan
            .request(Method::POST, &talk.reader.path("comments"))
            .json(&comment("Toà soạn xin cảm ơn bạn đọc"));
        let ours = talk.lan.send(request).await.expect(202).text("id");
        talk.lan.approve(&talk.lan.card(&ours).await).await;
        let theirs = talk.say(None).await;
        for query in [&[][..], &[("order", "oldest")]] {
            let listed = talk.threads(query).await;
            assert_eq!(ids(&listed), [&ours, &theirs]);
            assert_eq!(listed["comments"][0]["newsroom"], json!(true));
            assert_eq!(listed["comments"][1]["newsroom"], json!(false));
        }
    }
);

on_both!(
    a_wrong_question_for_threads_is_told_by_its_parameter,
    async |app: App| {
        let reader = app.reader();
        for (name, value) in [
            ("order", "best"),
            ("after", "x"),
            ("around", "x"),
            ("thread", "1"),
        ] {
            let query = [("article", ARTICLE), ("order", "oldest"), (name, value)];
            let query = if name == "order" {
                &query[..1]
                    .iter()
                    .chain(&query[2..])
                    .copied()
                    .collect::<Vec<_>>()[..]
            } else {
                &query[..]
            };
            let wrong = reader.list_with(query).await.expect(422).wrong();
            assert_eq!(wrong[0].0, name, "{name}={value}");
        }
        let nothing = reader
            .list_with(&[("article", ARTICLE), ("order", "oldest")])
            .await;
        let nothing = nothing.expect(200).json();
        assert_eq!(
            (ids(&nothing).len(), &nothing["article"]["count"]),
            (0, &json!(0))
        );
    }
);
