//! Forms of pages as old as the newspaper's: only their action was changed, they are in a charset of their own, or are sent in parts.

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use reqwest::Method;
use serde_json::Value;

use crate::support::{ARTICLE, Answer, App, EMAIL, Reader, hidden, on_both};

/// The form under an article of 2015, which knows a name, an address and a text.
const FIELDS: [(&str, &str); 3] = [
    ("ho_ten", "Trần Thị Bưởi"),
    ("email", EMAIL),
    ("noi_dung", "Bài viết hay, Đảng bộ đã làm được nhiều việc."),
];

/// Posts it to the site's address with that behind it, by a browser that says where it comes from.
async fn post(
    reader: &Reader,
    behind: &str,
    referer: Option<&str>,
    fields: &[(&str, &str)],
) -> Answer {
    let path = format!("{}{behind}", reader.path("comments"));
    let request = reader.request(Method::POST, &path).form(fields);
    let request = match referer {
        Some(referer) => request.header("referer", referer),
        None => request,
    };
    reader.send(request).await
}

/// The articles that comments stand under, and their titles.
async fn articles(app: &App) -> Vec<String> {
    app.texts("select url || ' ' || coalesce(title, '-') as text from articles order by 1")
        .await
}

const OTHER: &str = "https://bao.example/khac.html";

on_both!(
    an_old_form_needs_no_more_than_another_action,
    async |app: App| {
        let reader = app.reader();
        let behind = format!("?article={ARTICLE}&title=C%E1%BA%A7u+m%E1%BB%9Bi&return={ARTICLE}");
        let answer = post(&reader, &behind, None, &FIELDS).await.expect(303);
        assert_eq!(
            answer.header("location"),
            format!("{ARTICLE}?duyet=pending")
        );
        assert_eq!(articles(&app).await, [format!("{ARTICLE} Cầu mới")]);
        // What a field of the form says goes before it.
        let fields = [&FIELDS[..], &[("article", OTHER)]].concat();
        let from = Some("https://bao.example/noi-khac.html");
        post(&reader, &behind, from, &fields).await.expect(303);
        // The title goes with it, though.
        assert_eq!(
            articles(&app).await,
            [format!("{OTHER} Cầu mới"), format!("{ARTICLE} Cầu mới")]
        );
    }
);

on_both!(
    the_page_that_a_form_was_sent_from_is_its_article_at_last,
    async |app: App| {
        let reader = app.reader();
        let from = format!("{ARTICLE}?utm_source=zalo#binh-luan");
        post(&reader, "", Some(&from), &FIELDS).await.expect(200);
        assert_eq!(articles(&app).await, [format!("{ARTICLE} -")]);
        // The front page is no article, and browsers tell no more than that unless they are let.
        for from in [
            "https://bao.example",
            "https://bao.example/",
            "https://bao.example/?utm_source=zalo",
            "https://khac.example/bai.html",
            "bai.html",
        ] {
            let page = post(&reader, "", Some(from), &FIELDS).await.expect(422);
            assert!(page.body.contains("id=\"duyet-article-error\""), "{from}");
        }
        assert_eq!(app.count("select count(*) from comments").await, 1);
        let by_query = "https://bao.example/?p=12";
        post(&reader, "", Some(by_query), &FIELDS).await.expect(200);
        assert_eq!(app.count("select count(*) from articles").await, 2);
    }
);

on_both!(
    a_reader_can_say_which_article_it_is_about,
    async |app: App| {
        for reader in [app.reader(), app.reader().in_english()] {
            for wrong in ["", "cau-moi.html", "https://khac.example/bai.html"] {
                let fields = [&FIELDS[..], &[("article", wrong)]].concat();
                let page = post(&reader, "", None, &fields).await.expect(422);
                assert!(page.body.contains("href=\"#duyet-article\""), "{page:?}");
                let field = format!(
                    "<input id=\"duyet-article\" name=\"article\" type=\"url\" value=\"{wrong}\""
                );
                assert!(page.body.contains(&field), "{page:?}");
                assert!(!page.body.contains("type=\"hidden\" name=\"article\""));
                for (_, typed) in FIELDS {
                    assert!(page.body.contains(typed), "{typed} is lost");
                }
            }
        }
        // Any other mistake leaves the article be.
        let wrong = [("article", ARTICLE), ("email", "x")];
        let page = post(&app.reader(), "", None, &wrong).await.expect(422);
        assert_eq!(hidden(&page, "article"), ARTICLE);
        assert!(!page.body.contains("duyet-article"));
        let mended = [&FIELDS[..], &[("article", ARTICLE)]].concat();
        post(&app.reader(), "", None, &mended).await.expect(200);
        assert_eq!(articles(&app).await, [format!("{ARTICLE} -")]);
    }
);

/// The form as a browser sends it from a page in that charset, without saying which.
fn in_charset(charset: &'static encoding_rs::Encoding, fields: &[(&str, &str)]) -> Vec<u8> {
    let encoded = |text| percent_encode(&charset.encode(text).0, NON_ALPHANUMERIC).to_string();
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", name, encoded(value)));
    pairs.collect::<Vec<_>>().join("&").into_bytes()
}

const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The names and texts that wait, as a moderator sees them.
async fn waiting(app: &App) -> Vec<(String, String)> {
    let cards = app.moderator("Lan").queue().await;
    let text = |card: &Value, field: &str| card[field].as_str().expect("a text").to_owned();
    let mut all: Vec<_> = cards
        .iter()
        .map(|card| (text(&card.0, "name"), text(&card.0, "body")))
        .collect();
    all.sort();
    all
}

on_both!(
    a_page_of_an_old_charset_is_read_as_it_is,
    async |app: App| {
        const NAME: &str = "Nguyễn Thị Đượm";
        const TEXT: &str = "Đường về xã Ý Yên ngã ba nào cũng tắc, ì ạch cả buổi; “mở rộng” đi!";
        let reader = app.reader();
        let (old, western) = (encoding_rs::WINDOWS_1258, encoding_rs::WINDOWS_1252);
        let mut expected = Vec::new();
        for (number, (charset, label, media_type)) in [
            (old, None, URLENCODED.to_owned()),
            (western, None, URLENCODED.to_owned()),
            (western, Some("windows-1252"), URLENCODED.to_owned()),
            (old, None, format!("{URLENCODED}; charset=windows-1258")),
            (encoding_rs::UTF_8, Some("UTF-8"), URLENCODED.to_owned()),
            // Whatever it says, it is UTF-8.
            (
                encoding_rs::UTF_8,
                Some("windows-1258"),
                URLENCODED.to_owned(),
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let text = format!("{number}. {TEXT}");
            let mut fields = vec![
                ("article", ARTICLE),
                ("ho_ten", NAME),
                ("email", EMAIL),
                ("noi_dung", text.as_str()),
            ];
            fields.extend(label.map(|label| ("_charset_", label)));
            let form = in_charset(charset, &fields);
            reader.submit_bytes(&media_type, form).await.expect(200);
            expected.push((NAME.to_owned(), text));
        }
        assert_eq!(waiting(&app).await, expected);
    }
);

on_both!(
    what_a_reader_types_in_utf_8_stays_to_the_letter,
    async |app: App| {
        let reader = app.reader();
        let texts = [
            "1. gõ &#7871; thì ra ế",
            "2. &#7871;",
            "3. dấu \u{fffd} ở đây",
        ];
        for text in texts {
            let fields = [
                ("article", ARTICLE),
                ("ho_ten", "Lê Văn Cũ"),
                ("email", EMAIL),
                ("noi_dung", text),
            ];
            reader.post_form(&fields).await.expect(200);
        }
        let read: Vec<_> = waiting(&app).await.into_iter().map(|one| one.1).collect();
        assert_eq!(read, texts);
    }
);

on_both!(
    letters_that_an_old_page_lacks_are_letters_where_nothing_else_has_marks,
    async |app: App| {
        let reader = app.reader();
        let form = |name: &str, body: &str, more: &str| {
            let encoded =
                |text: &str| percent_encode(text.as_bytes(), NON_ALPHANUMERIC).to_string();
            format!(
                "article={}&ho_ten={}&email={}&noi_dung={}{more}",
                encoded(ARTICLE),
                encoded(name),
                encoded(EMAIL),
                encoded(body)
            )
        };
        // As browsers send them from a page in iso-8859-1, and from one in windows-1258.
        for (name, body) in [
            (
                "Nguy&#7877;n Th&#7883; Thu&#7927;",
                "&#7910;ng h&#7897;! &#128077;",
            ),
            ("L&#227; B&#253;", "Xa l&#7855;m, go &#233; & &#38;"),
        ] {
            reader
                .submit_bytes(URLENCODED, form(name, body, ""))
                .await
                .expect(200);
        }
        // Whoever says UTF-8 has every letter: there it was typed so.
        let typed = "go &#7871; thi ra e";
        for (media_type, more) in [
            (URLENCODED.to_owned(), "&_charset_=UTF-8"),
            (format!("{URLENCODED}; charset=utf-8"), "&x=1"),
        ] {
            let form = form("Nam", &format!("{typed} {}", more.len()), more);
            reader.submit_bytes(&media_type, form).await.expect(200);
        }
        let expected = [
            ("Lã Bý", "Xa lắm, go &#233; & &#38;"),
            ("Nam", "go &#7871; thi ra e 16"),
            ("Nam", "go &#7871; thi ra e 4"),
            ("Nguyễn Thị Thuỷ", "Ủng hộ! 👍"),
        ];
        let expected = expected.map(|(name, body)| (name.to_owned(), body.to_owned()));
        assert_eq!(waiting(&app).await, expected);
    }
);

/// The form in parts, as a browser sends it.
fn in_parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, value) in parts {
        let head = format!("--ranh\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend([head.as_bytes(), value, b"\r\n"].concat());
    }
    body.extend(b"--ranh--\r\n");
    body
}

const PARTS: &str = "multipart/form-data; boundary=ranh";

on_both!(a_form_may_come_in_parts, async |app: App| {
    let reader = app.reader();
    let (name, text) = ("Trần Thị Bưởi", "Cầu mới\r\nđẹp & rộng");
    let good = in_parts(&[
        ("name=\"article\"", ARTICLE.as_bytes()),
        ("name=\"ho_ten\"", name.as_bytes()),
        ("name=\"email\"", EMAIL.as_bytes()),
        (
            "name=\"anh\"; filename=\"\"\r\nContent-Type: application/octet-stream",
            b"",
        ),
        // A file is no field, whatever it is called.
        (
            "name=\"noi_dung\"; filename=\"a.txt\"\r\nContent-Type: text/plain",
            b"t\xe1\xba\xadp tin",
        ),
        ("name=\"noi_dung\"", text.as_bytes()),
    ]);
    reader.submit_bytes(PARTS, good.clone()).await.expect(200);
    let read = waiting(&app).await;
    assert_eq!(read, [(name.to_owned(), "Cầu mới\nđẹp & rộng".to_owned())]);

    // What is wrong comes back with everything typed; an old charset is read here, too.
    let wrong = in_parts(&[
        ("name=\"ho_ten\"", b"V\xf5 V\xe3n &#272;&#7863;ng"),
        ("name=\"noi_dung\"", b"b\xe0i hay"),
        ("name=\"_charset_\"", b"windows-1252"),
    ]);
    let page = reader.submit_bytes(PARTS, wrong).await.expect(422);
    for typed in ["Võ Vãn Đặng", "bài hay", "id=\"duyet-article-error\""] {
        assert!(page.body.contains(typed), "{typed}: {}", page.body);
    }

    // Half a text is not taken for the whole.
    let cut = good[..good.len() - 20].to_vec();
    reader.submit_bytes(PARTS, cut).await.expect(400);
    reader
        .submit_bytes("multipart/form-data", good)
        .await
        .expect(400);
    let long = in_parts(&[("name=\"noi_dung\"", &vec![b'a'; 1_100_000])]);
    reader.submit_bytes(PARTS, long).await.expect(413);
    assert_eq!(app.count("select count(*) from comments").await, 1);
});
