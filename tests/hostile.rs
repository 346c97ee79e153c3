//! Whatever is typed is text: never a fault of ours, the same when it comes back, and never markup.

use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use crate::support::{ARTICLE, Answer, App, comment, hidden, hostile, on_both};

/// As a text is kept: NFC, lines ended by `\n`, ends trimmed.
fn kept(typed: &str) -> String {
    let lines = typed.trim().replace("\r\n", "\n");
    let lines = lines.replace(
        ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'],
        "\n",
    );
    lines.nfc().collect()
}

/// Nothing of ours has scripts, styles or handlers inside, so nothing may be found that looks like one: only the dashboard's
/// own files are left out.
#[track_caller]
fn is_harmless(page: &Answer) {
    let ours = regex::Regex::new(
        r#"<script (type="module" )?src="/(assets/[a-z.]+|widget.js)"( defer| data-site="demo")?></script>"#,
    );
    let lower = page.body.to_lowercase();
    let lower = ours.expect("a pattern").replace_all(&lower, "");
    for markup in [
        "<script",
        "<img src=x",
        "<svg",
        "<style",
        " onerror=alert(1)>",
        "<meta http-equiv",
        "href=\"javascript:",
    ] {
        assert!(!lower.contains(markup), "{markup} in {}", page.body);
    }
}

on_both!(
    whatever_is_typed_as_json_is_refused_or_comes_back_the_same,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let mut accepted = 0;
        for text in hostile::texts() {
            for pointer in ["/body", "/name", "/email", "/article/title", "/article/url"] {
                let mut submission = comment("Một ý kiến có gì đó lạ");
                let value = if pointer == "/article/url" {
                    format!("{ARTICLE}?{text}")
                } else {
                    text.clone()
                };
                *submission.pointer_mut(pointer).expect("a part") = json!(value);
                let answer = reader.submit(&submission).await;
                assert!(
                    matches!(answer.status, 202 | 422),
                    "{pointer} {text:?}: {answer:?}"
                );
                if answer.status == 422 {
                    let field = pointer.trim_start_matches('/').replace('/', ".");
                    assert!(
                        answer.wrong().iter().all(|(wrong, _)| *wrong == field),
                        "{pointer} {text:?}: {answer:?}"
                    );
                    continue;
                }
                accepted += 1;
                let card = lan.card(&answer.text("id")).await;
                match pointer {
                    "/body" => assert_eq!(card.body(), kept(&text)),
                    "/name" => {
                        let name: String = text
                            .split_whitespace()
                            .collect::<Vec<_>>()
                            .join(" ")
                            .nfc()
                            .collect();
                        assert_eq!(card.0["name"], name);
                    }
                    "/email" => assert_eq!(card.0["email"], text.trim()),
                    _ => {}
                }
            }
        }
        assert!(accepted > 150, "only {accepted} were accepted");
    }
);

on_both!(
    whatever_is_typed_into_the_form_is_kept_or_refused_and_harmless,
    async |app: App| {
        let reader = app.reader();
        for text in hostile::texts() {
            for field in [
                "body",
                "name",
                "email",
                "article",
                "title",
                "parent",
                "return",
                text.as_str(),
            ] {
                let mut fields = vec![
                    ("article", ARTICLE),
                    ("name", "Lan"),
                    ("email", "lan@thu.example"),
                    ("body", "Ý kiến lạ"),
                ];
                fields.retain(|(name, _)| *name != field);
                fields.push((field, &text));
                let answer = reader.post_form(&fields).await;
                assert!(
                    matches!(answer.status, 200 | 303 | 422),
                    "{field} {text:?}: {answer:?}"
                );
                is_harmless(&answer);
                assert!(
                    !answer.header("location").contains("thu.example"),
                    "{answer:?}"
                );
                assert!(answer.headers.get("set-cookie").is_none());
            }
        }
        assert_eq!(
            app.count("select count(*) from comments where name <> 'Lan' and name like '%<%'")
                .await,
            0
        );
    }
);

on_both!(
    whatever_was_typed_is_harmless_at_the_dashboard_and_on_the_receipt,
    async |app: App| {
        let (reader, browser) = (app.reader(), app.visitor("Lan"));
        browser.sign_in("Lan").await.expect(303);
        let mut stored = 0;
        for text in hostile::texts() {
            let mut submission = comment(&text);
            submission["article"] = json!({ "url": ARTICLE, "title": text });
            let answer = reader.submit(&submission).await;
            if answer.status == 202 {
                stored += 1;
                is_harmless(
                    &reader
                        .receipt_page(&answer.text("receipt"))
                        .await
                        .expect(200),
                );
            }
        }
        let mut seen = 0;
        for lane in ["likely_fine", "look", "likely_bad"] {
            let mut path = format!("/queue?lane={lane}");
            loop {
                let page = browser.open(&path).await.expect(200);
                is_harmless(&page);
                seen += page.body.matches("<article class=\"card").count();
                let Some((_, rest)) = page.body.split_once("rel=\"next\" href=\"") else {
                    break;
                };
                path = rest
                    .split('"')
                    .next()
                    .expect("an address")
                    .replace("&#38;", "&")
                    .replace("&amp;", "&");
            }
        }
        assert_eq!(seen, stored);
        assert!(stored > 50, "only {stored} were stored");
        assert_eq!(hidden(&browser.open("/queue").await, "csrf").len(), 38);
    }
);

on_both!(
    whatever_is_put_into_an_address_is_no_fault_of_ours,
    async |app: App| {
        let (reader, lan, browser) = (app.reader(), app.moderator("Lan"), app.visitor("Minh"));
        browser.sign_in("Minh").await.expect(303);
        for text in hostile::texts()
            .into_iter()
            .filter(|text| text.len() < 2_000)
        {
            let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
            for path in [
                format!("/receipts/{encoded}"),
                format!("/assets/{encoded}"),
                format!("/sign-in?next={encoded}"),
                format!(
                    "/queue?lane={encoded}&notice={encoded}&comment={encoded}&action={encoded}&batch={encoded}"
                ),
                format!("/{encoded}"),
            ] {
                is_harmless(&browser.open(&path).await);
            }
            for name in ["status", "site", "article", "after", "limit", "q"] {
                lan.list(&[(name, &text)]).await;
            }
            reader
                .list_with(&[("article", ARTICLE), ("after", &text)])
                .await;
            reader.list(&text).await;
            reader.counts(&[&text]).await;
        }
    }
);
