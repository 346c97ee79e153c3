//! Mail as it lies in a mailbox: taken and delivered by Debian's exim, read by two standard parsers, its signature checked by a
//! third library.

use duyet::text::{defanged, one_line};
use mail_parser::MessageParser;
use serde_json::{Value, json};

use crate::smtp::HEADERS;
use crate::support::{
    App, Backend, Exim, Keys, MailServer, Mode, Setup, comment, comment_on, eventually, python,
};

/// As Python's email package reads it.
fn read(mail: &[u8]) -> Value {
    serde_json::from_str(&python("read_mail.py", &[], mail)).expect("JSON")
}

/// The names of a mail's fields, without what a server on the way has set.
fn fields(read: &Value) -> Vec<String> {
    let fields = read["fields"].as_array().expect("fields");
    let names = fields.iter().filter_map(|field| field[0].as_str());
    let on_the_way = ["received", "return-path", "envelope-to", "delivery-date"];
    let mut names: Vec<String> = names
        .filter(|name| !on_the_way.contains(name))
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

fn field<'a>(read: &'a Value, name: &str) -> &'a str {
    let fields = read["fields"].as_array().expect("fields");
    let found = fields.iter().find(|field| field[0] == name);
    found
        .and_then(|field| field[1].as_str())
        .unwrap_or_default()
}

/// Both parsers read the same, and neither finds a fault.
#[track_caller]
fn is_read_alike(mail: &[u8]) -> Value {
    let read = read(mail);
    assert_eq!(
        read["faults"],
        json!([]),
        "{}",
        String::from_utf8_lossy(mail)
    );
    let other = MessageParser::default().parse(mail).expect("a mail");
    assert_eq!(other.subject(), Some(field(&read, "subject")));
    let alike = |one: &str, other: &str| {
        assert_eq!(
            one.replace("\r\n", "\n").trim_end(),
            other.replace("\r\n", "\n").trim_end()
        );
    };
    alike(
        read["text"].as_str().expect("a text"),
        &other.body_text(0).expect("a text"),
    );
    alike(
        read["html"].as_str().expect("HTML"),
        &other.body_html(0).expect("HTML"),
    );
    read
}

#[tokio::test]
async fn debians_exim_delivers_what_was_meant() {
    let exim = Exim::start();
    let app = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", &exim.url())
        .set("DUYET_MAIL_FROM", "Toà soạn <duyet@bao.example>")
        .start()
        .await;
    app.add_member("Lan", &[]);
    let long = "Dòng dài ".repeat(200);
    let text = format!("Câu đầu\n.\n.. hai chấm\nFrom người khác\n{long}\n😀 hết");
    app.reader().write(&text).await;
    let mail = exim.delivers(1).await.remove(0);
    let read = is_read_alike(&mail);
    assert_eq!(fields(&read), HEADERS);
    assert_eq!(field(&read, "from"), "Toà soạn <duyet@bao.example>");
    assert_eq!(field(&read, "to"), "Lan <lan@bao.example>");
    assert_eq!(
        field(&read, "subject"),
        "1 bình luận chờ duyệt (nặng nhất: Gửi dồn dập) — Báo Ví Dụ"
    );
    assert_eq!(field(&read, "auto-submitted"), "auto-generated");
    assert_eq!(field(&read, "list-id"), "<bao.duyet.bao.example>");
    let thread = field(&read, "in-reply-to");
    assert!(
        thread.starts_with("<a.") && thread.ends_with("@bao.example>"),
        "{thread}"
    );
    assert_eq!(field(&read, "references"), thread);
    let (plain, html) = (
        read["text"].as_str().expect("text"),
        read["html"].as_str().expect("HTML"),
    );
    for line in text.lines().take(4) {
        assert!(plain.contains(&format!("  > {line}")), "{line} in {plain}");
        assert!(html.contains(line), "{line} in {html}");
    }
    let lines = mail.split(|byte| *byte == b'\n');
    assert!(lines.clone().all(|line| line.len() <= 998));
}

/// Header look-alikes, markup, ends of mails, turned letters, long lines.
const HOSTILE: [&str; 10] = [
    "Lan\r\nBcc: moi.nguoi@xau.example",
    "Subject: gì đó\n\nTo: ai@xau.example",
    "</p><script>alert(1)</script><img src=x onerror=alert(1)>",
    "a\r\n.\r\nMAIL FROM:<x@xau.example>\r\nRCPT TO:<y@xau.example>",
    "\u{202e}cba\u{202c} \u{2066}x\u{2069}\u{200f}",
    "=?utf-8?q?Bcc=3A_x?= =?utf-8?b?QmNj?=",
    "--boundary--\r\nContent-Type: text/html\r\n\r\n<b>",
    "\u{7f}\u{85}\u{2028}\u{2029}\u{b}",
    "\"Lan\" <lan@xau.example>, (x) ; @ : \\",
    "'; DROP TABLE comments; --",
];

/// Written where no call of ours lets it in, for whoever finds another way into the database.
#[tokio::test]
async fn whatever_a_reader_wrote_the_mail_has_its_fields_and_no_others() {
    let mut server = MailServer::away();
    let app = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", &server.url())
        .set("DUYET_MAIL_PAUSE", "0")
        .start()
        .await;
    let long = ["dài".repeat(1_200), "dài ".repeat(900), "x".repeat(2_000)];
    let hostile: Vec<String> = HOSTILE.map(str::to_owned).into_iter().chain(long).collect();
    for number in 0..hostile.len() {
        app.add_member(&format!("Lan{number}"), &[]);
    }
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    // Each article with its own comment, since one mail tells of all.
    for (number, text) in hostile.iter().enumerate() {
        let url = format!("https://bao.example/bai-{number}.html");
        let (id, _) = app
            .reader()
            .write_all(&comment_on(&url, &format!("Câu số {number}")))
            .await;
        let id = id.replace('-', "");
        let text = quoted(text);
        app.execute(&format!(
            "update comments set name = {text}, body = {text} where lower(hex(id)) = '{id}'"
        ))
        .await;
        app.execute(&format!(
            "update articles set title = {text}, section = {text} where url like '%bai-{number}.html'"
        ))
        .await;
        app.execute(&format!(
            "update moderators set name = {text} where name = 'Lan{number}'"
        ))
        .await;
    }
    let name = quoted(&hostile.concat());
    app.execute(&format!("update sites set name = {name}"))
        .await;
    server.reopen(Mode::Accept);
    all_is_told(&app).await;
    let mails = server.taken();
    let mut reached: Vec<&str> = mails.iter().map(|mail| mail.to[0].as_str()).collect();
    reached.sort_unstable();
    reached.dedup();
    assert_eq!(reached.len(), hostile.len());
    let (mut texts, mut htmls) = (String::new(), String::new());
    for mail in &mails {
        assert_eq!(mail.to.len(), 1);
        let read = is_read_alike(&mail.bytes());
        let expected = HEADERS.iter().filter(|name| {
            !field(&read, "references").is_empty() || !["in-reply-to", "references"].contains(name)
        });
        assert_eq!(fields(&read), expected.copied().collect::<Vec<_>>());
        assert!(field(&read, "subject").chars().count() <= 120);
        for each in read["fields"].as_array().expect("fields") {
            let value = each[1].as_str().expect("a value");
            let strange = |c: char| {
                c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!value.contains(strange), "{each}");
        }
        let html = read["html"].as_str().expect("HTML").to_lowercase();
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        texts.push_str(read["text"].as_str().expect("a text"));
        htmls.push_str(&unescaped(read["html"].as_str().expect("HTML")));
    }
    // What it was is there to read in both parts, as text that is no address.
    for text in HOSTILE {
        let name = defanged(&one_line(text));
        assert!(texts.contains(&format!("Người gửi: {name}")), "{name}");
        assert!(texts.contains(&format!("== {name} ==")), "{name}");
        assert!(htmls.contains(&format!(". {name}</b>")), "{name}");
        for line in defanged(text).lines() {
            assert!(texts.contains(&format!("  > {line}")), "{line}");
            assert!(htmls.contains(line), "{line}");
        }
    }
}

/// What an HTML text says, as far as our templates write it.
fn unescaped(html: &str) -> String {
    let entities = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    entities
        .iter()
        .fold(html.to_owned(), |text, (entity, letter)| {
            text.replace(entity, letter)
        })
}

async fn a_signature_holds(algorithm: &str, kind: &str) {
    let keys = Keys::of_a_signer(algorithm);
    let server = MailServer::open(Mode::Accept);
    let mut app = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", &server.url())
        .set("DUYET_MAIL_FROM", "Toà soạn <duyet@tin.bao.example>")
        .set("DUYET_MAIL_REPLY_TO", "Bạn đọc <ban-doc@bao.example>")
        .set("DUYET_DKIM_KEY", &keys.setting("key.pem"))
        .set("DUYET_DKIM_SELECTOR", "duyet2026")
        .set("DUYET_DKIM_DOMAIN", "bao.example")
        .set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
        .prepare()
        .await;
    app.done(&["site", "set", "bao", "tell_decision=true"], "");
    app.serve();
    let mut new = comment("Thư phải được ký");
    (new["email"], new["tell"]) = (json!("ban@doc.example"), json!(true));
    app.reader().submit(&new).await.expect(202);
    let mail = server.handed_to("ban@doc.example").await.bytes();
    let record = keys.record(kind);
    let check = |mail: &[u8]| -> Value {
        serde_json::from_str(&python("verify_dkim.py", &[&record], mail)).expect("JSON")
    };
    let checked = check(&mail);
    assert_eq!(checked["holds"], true, "{}", String::from_utf8_lossy(&mail));
    assert_eq!(
        checked["asked"],
        json!(["duyet2026._domainkey.bao.example."])
    );
    // RFC 8058, 4.
    for name in [
        "from",
        "subject",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "list-id",
        "reply-to",
    ] {
        let fields = checked["fields"].as_array().expect("fields");
        assert!(
            fields.iter().any(|field| field == name),
            "{name} in {fields:?}"
        );
    }
    assert_eq!(
        field(&is_read_alike(&mail), "reply-to"),
        "Bạn đọc <ban-doc@bao.example>"
    );
    let text = String::from_utf8(mail).expect("ASCII");
    for (part, other) in [
        ("List-Unsubscribe: <http", "List-Unsubscribe: <https"),
        ("Subject: ", "Subject: x"),
        ("From: ", "From: x@xau.example\r\nFrom: "),
        (
            "Content-Transfer-Encoding: base64\r\n\r\n",
            "Content-Transfer-Encoding: base64\r\n\r\nAAAA",
        ),
        ("To: ", "Cc: x@xau.example\r\nTo: "),
    ] {
        assert!(text.contains(part), "{part} in {text}");
        let forged = text.replacen(part, other, 1);
        assert_eq!(check(forged.as_bytes())["holds"], false, "{other}");
    }
}

#[tokio::test]
async fn a_signature_by_rsa_holds() {
    a_signature_holds("RSA", "rsa").await;
}

#[tokio::test]
async fn a_signature_by_ed25519_holds() {
    a_signature_holds("ED25519", "ed25519").await;
}

/// A thousand comments while the server is away: none fails, all are told afterwards, each once.
#[tokio::test]
async fn a_thousand_comments_while_the_server_is_away() {
    const ALL: usize = 1_000;
    let mut server = MailServer::away();
    let app = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", &server.url())
        .set("DUYET_ADDRESS_CEILING", "0")
        .start()
        .await;
    app.add_member("Lan", &[]);
    let sent = (0..20).map(|part| {
        let reader = app.reader();
        tokio::spawn(async move {
            for number in 0..ALL / 20 {
                let mut new = comment(&format!("Câu số {part}-{number}."));
                new["email"] = json!(format!("ban{part}-{number}@doc.example"));
                reader.submit(&new).await.expect(202);
            }
        })
    });
    for part in sent.collect::<Vec<_>>() {
        part.await.expect("each is taken");
    }
    assert_eq!(app.count("select count(*) from comments").await, 1_000);
    server.reopen(Mode::Accept);
    all_is_told(&app).await;
    assert_eq!(
        app.count("select count(*) from outbox where state = 'dead'")
            .await,
        0
    );
    let mails = server.taken();
    let mut ids: Vec<String> = mails.iter().map(crate::support::Delivery::id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), mails.len(), "one mail came twice");
    let told = mails.iter().map(told_in).sum::<usize>();
    assert_eq!(told, ALL, "by the mails' own count");
}

/// Nothing is to be sent, and nobody is still to be told of anything.
async fn all_is_told(app: &App) {
    eventually("all is told", async || {
        // At one moment: what is told is in the outbox from then on.
        let open = "select (select count(*) from outbox where state = 'ready')
            + (select count(*) from gathered join tellings on gathered.site_id = tellings.site_id
            where seq > case when is_urgent then urgent_to else ordinary_to end)";
        (app.count(open).await == 0).then_some(())
    })
    .await;
}

/// How many comments a mail tells of, by its subject.
fn told_in(mail: &crate::support::Delivery) -> usize {
    let message = mail.message();
    let subject = message.subject().unwrap_or_default();
    let number = subject.split(' ').next().unwrap_or_default();
    number.replace('.', "").parse().expect("a number")
}
