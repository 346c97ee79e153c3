//! The mail that a moderator gets: what it says, to whom, and how often.

use std::collections::BTreeSet;

use mail_parser::{Message, MessageParser, MimeHeaders};

use crate::support::{
    App, Backend, Delivery, MailServer, Mode, Reader, Server, Setup, Wire, comment, comment_on,
    eventually, mail_files,
};

const HOUSE: &str = r#"
id = "house"

[[rule]]
id = "house.loan"
title = { vi = "Mời vay tiền", en = "Offers a loan" }
category = "scam"
weight = 2.0
words = ["vay nhanh"]
[rule.examples]
hit = ["Cho vay nhanh"]
miss = ["vay mượn"]
"#;

/// All that a mail about one article has.
pub const HEADERS: [&str; 14] = [
    "auto-submitted",
    "content-type",
    "date",
    "from",
    "in-reply-to",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "mime-version",
    "references",
    "subject",
    "to",
    "x-auto-response-suppress",
];

fn mailing(backend: Backend, server: &MailServer) -> Setup {
    Setup::new(backend)
        .set("DUYET_SMTP_URL", &server.url())
        .set("DUYET_MAIL_FROM", "Toà soạn <duyet@bao.example>")
        .rules(HOUSE)
}

fn header_names(message: &Message) -> Vec<String> {
    let names = message.headers().iter();
    let mut names: Vec<String> = names.map(|header| header.name().to_lowercase()).collect();
    names.sort();
    names
}

async fn nothing_waits(app: &App) {
    eventually("an empty outbox", async || {
        let waiting = "select count(*) from outbox where state = 'ready'";
        (app.count(waiting).await == 0).then_some(())
    })
    .await;
}

async fn a_held_comment_is_told(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = mailing(backend, &server).start().await;
    app.add_member("Lan", &[]);
    let text = "Ai cần vay nhanh thì nhắn.\nLãi thấp & không thế chấp.";
    let (id, _) = app.reader().write(text).await;

    let mail = server.takes(1).await.remove(0);
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        (
            "duyet@bao.example",
            ["lan@bao.example".to_owned()].as_slice()
        )
    );
    let message = mail.message();
    assert_eq!(header_names(&message), HEADERS);
    let from = message.from().and_then(|from| from.first()).expect("From");
    assert_eq!(
        (from.name(), from.address()),
        (Some("Toà soạn"), Some("duyet@bao.example"))
    );
    let to = message.to().expect("To");
    let first = to.first().expect("a recipient");
    assert_eq!(to.iter().count(), 1);
    assert_eq!(
        (first.name(), first.address()),
        (Some("Lan"), Some("lan@bao.example"))
    );
    assert_eq!(
        message.subject(),
        Some("1 bình luận chờ duyệt (nặng nhất: Lừa đảo) — Báo Ví Dụ")
    );
    assert!(mail.id().ends_with("@bao.example"), "{}", mail.id());
    assert_eq!(
        message.header_raw("Auto-Submitted").map(str::trim),
        Some("auto-generated")
    );
    let kind = message.content_type().expect("Content-Type");
    assert_eq!(
        (kind.ctype(), kind.subtype()),
        ("multipart", Some("alternative"))
    );

    let (plain, html) = (mail.text(), mail.html());
    for expected in ["Mời vay tiền", "vay nhanh", "Trần Thị Bưởi", "Cầu mới", &id] {
        assert!(plain.contains(expected), "{expected} in {plain}");
        assert!(html.contains(expected), "{expected} in {html}");
    }
    for line in text.lines() {
        assert!(plain.contains(&format!("  > {line}")), "{plain}");
        let unmarked = without_marks(&html);
        assert!(unmarked.contains(&line.replace('&', "&#38;")), "{html}");
    }
    nothing_waits(&app).await;
    server.takes(1).await;
}

#[tokio::test]
async fn a_held_comment_is_told_on_sqlite() {
    a_held_comment_is_told(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_held_comment_is_told_on_postgres() {
    a_held_comment_is_told(Backend::Postgres).await;
}

/// The HTML without what marks the places that rules saw.
fn without_marks(html: &str) -> String {
    let mut rest = html;
    let mut text = String::new();
    while let Some((before, mark)) = rest.split_once("<mark title=\"") {
        text.push_str(before);
        let (_, seen) = mark.split_once("\">").expect("a mark");
        let (seen, after) = seen.split_once("</mark><sup>").expect("its end");
        text.push_str(seen);
        (_, rest) = after.split_once("</sup>").expect("its number");
    }
    text + rest
}

/// Names that no call of ours lets in, for whoever finds another way into the database.
#[tokio::test]
async fn whatever_was_typed_is_text_in_the_mail() {
    let mut server = MailServer::away();
    let app = mailing(Backend::Sqlite, &server).start().await;
    app.add_member("Lan", &[]);
    let typed = "Câu đầu\r\n.\r\nQUIT\r\nBcc: moi.nguoi@xau.example\r\n\r\n--x--\r\n<script>alert(1)</script>\u{1f600}";
    app.reader().write(typed).await;
    for (table, name) in [
        ("comments", "<img src=x>\r\nBcc: mot@xau.example"),
        ("moderators", "Lan\r\nBcc: hai@xau.example\r\n\r\n<b>"),
    ] {
        app.execute(&format!("update {table} set name = '{name}'"))
            .await;
    }
    server.reopen(Mode::Accept);

    let mail = server.takes(1).await.remove(0);
    assert_eq!(mail.to, ["lan@bao.example"]);
    let message = mail.message();
    assert_eq!(header_names(&message), HEADERS);
    assert_eq!(message.to().map(|to| to.iter().count()), Some(1));
    let lines = String::from_utf8(mail.bytes()).expect("ASCII on the wire");
    assert!(
        !lines.lines().any(|line| line.starts_with("Bcc")),
        "{lines}"
    );
    let (plain, html) = (mail.text(), mail.html());
    for line in typed.lines().filter(|line| !line.is_empty()) {
        // What a mail program would make a link of is written apart.
        let line = line
            .replace("nguoi@xau.", "nguoi[@]xau[.]")
            .replace("moi.nguoi", "moi[.]nguoi");
        assert!(plain.contains(&format!("  > {line}")), "{line} in {plain}");
    }
    assert!(
        plain.contains("<img src=x> Bcc: mot[@]xau[.]example"),
        "{plain}"
    );
    let lower = html.to_lowercase();
    assert!(
        !lower.contains("<script") && !lower.contains("<img"),
        "{html}"
    );
    assert!(html.contains("alert(1)") && html.contains("mot[@]xau[.]example"));
}

#[tokio::test]
async fn each_moderator_of_the_site_gets_a_mail_of_their_own() {
    let server = MailServer::open(Mode::Accept);
    let app = mailing(Backend::Sqlite, &server).start().await;
    app.add_site("khac", "https://khac.example");
    app.add_member("Lan", &[]);
    app.add_member("Minh", &["--site", "bao"]);
    app.add_member("Hoa", &["--site", "khac"]);
    app.reader().write("Ý kiến ở báo này").await;
    server.takes(2).await;
    nothing_waits(&app).await;
    is_for(
        server.takes(2).await,
        ["lan@bao.example", "minh@bao.example"],
    );

    let elsewhere = comment_on("https://khac.example/x", "Ý kiến ở báo kia");
    app.reader_of("khac").write_all(&elsewhere).await;
    server.takes(4).await;
    nothing_waits(&app).await;
    let second = server.takes(4).await.split_off(2);
    is_for(second, ["hoa@bao.example", "lan@bao.example"]);
}

/// One mail for each of them, in which the others do not appear.
#[track_caller]
fn is_for(mails: Vec<Delivery>, people: [&str; 2]) {
    let mut reached = BTreeSet::new();
    for mail in mails {
        let wire = String::from_utf8(mail.bytes()).expect("ASCII on the wire");
        let whole = format!("{wire}{}{}", mail.text(), mail.html());
        let named = people.iter().filter(|person| whole.contains(**person));
        assert_eq!(
            named.collect::<Vec<_>>(),
            mail.to.iter().collect::<Vec<_>>()
        );
        reached.extend(mail.to);
    }
    assert_eq!(reached, people.map(str::to_owned).into());
}

#[tokio::test]
async fn without_a_mail_server_mails_are_files() {
    let app = App::start(Backend::Sqlite).await;
    app.add_member("Lan", &[]);
    app.reader().write("Không có máy chủ thư").await;
    nothing_waits(&app).await;
    let files = mail_files(&app.folder().join("mail"));
    assert_eq!(files.len(), 1);
    let bytes = std::fs::read(&files[0]).expect("a file");
    let message = MessageParser::default().parse(&bytes).expect("a mail");
    assert_eq!(header_names(&message), HEADERS);
    let text = message.body_text(0).expect("a text");
    assert!(text.contains("Không có máy chủ thư"), "{text}");
}

async fn two_replicas_tell_each_comment_once(backend: Backend) {
    const BURSTS: usize = 8;
    let server = MailServer::open(Mode::Accept);
    let app = mailing(backend, &server).start().await;
    app.add_member("Lan", &[]);
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let readers = [app.base(), &second.base]
        .map(Wire::new)
        .map(|wire| Reader::new(wire, "bao"));
    for burst in 0..BURSTS {
        // Fewer than a mail shows, so that each text is to be found.
        let sent = (0..10).map(|number| {
            let reader = readers[number % 2].clone();
            let comment = comment(&format!("Câu số {burst}-{number}."));
            tokio::spawn(async move { reader.submit(&comment).await.expect(202) })
        });
        for answer in sent.collect::<Vec<_>>() {
            answer.await.expect("an answer");
        }
        nothing_waits(&app).await;
    }
    let mails = server.taken();
    let ids: BTreeSet<String> = mails.iter().map(Delivery::id).collect();
    assert_eq!(ids.len(), mails.len(), "a mail was sent twice");
    let texts: Vec<String> = mails.iter().map(Delivery::text).collect();
    for number in 0..BURSTS * 10 {
        let text = format!("  > Câu số {}-{}.", number / 10, number % 10);
        let told = texts.iter().filter(|mail| mail.contains(&text)).count();
        assert_eq!(told, 1, "{text}");
    }
}

#[tokio::test]
async fn two_replicas_tell_each_comment_once_on_sqlite() {
    two_replicas_tell_each_comment_once(Backend::Sqlite).await;
}

#[tokio::test]
async fn two_replicas_tell_each_comment_once_on_postgres() {
    two_replicas_tell_each_comment_once(Backend::Postgres).await;
}
