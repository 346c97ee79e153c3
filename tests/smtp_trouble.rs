//! A mail server that is away, slow or unwilling: readers and moderators do not notice, and nothing is lost.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;

use crate::support::{
    App, Backend, Card, MailServer, Mode, Moderator, NOT_WANTED, Setup, comment, comment_on,
    eventually,
};

/// The service, and an editor who reads the outbox and gets the mail.
async fn service(server: &MailServer) -> (App, Moderator) {
    service_with_pause(server, "0").await
}

async fn service_with_pause(server: &MailServer, seconds: &str) -> (App, Moderator) {
    let app = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", &server.url())
        .set("DUYET_MAIL_DIGEST", seconds)
        .start()
        .await;
    let lan = app.member("Lan", &["--role", "editor"]);
    (app, lan)
}

/// The mails in a state.
async fn mails(lan: &Moderator, state: &str) -> Vec<Value> {
    let page = lan.outbox(state).await.expect(200).json();
    let mut entries = page["entries"].as_array().expect("entries").clone();
    entries.retain(|entry| entry["kind"] == "mail");
    entries
}

/// Waits until a mail was tried and not taken; what the failure said.
async fn a_failure(lan: &Moderator) -> String {
    eventually("a failed attempt", async || {
        let waiting = mails(lan, "ready").await;
        waiting
            .iter()
            .find_map(|mail| Some(mail["error"].as_str()?.to_owned()))
    })
    .await
}

async fn nothing_waits(lan: &Moderator) {
    eventually("an empty outbox", async || {
        let page = lan.outbox("ready").await.expect(200).json();
        page["entries"]
            .as_array()
            .expect("entries")
            .is_empty()
            .then_some(())
    })
    .await;
}

/// Hands in so many comments and decides on one; none of it takes as long as a mail server may.
async fn nobody_waits(app: &App, lan: &Moderator, comments: usize) -> Vec<String> {
    let texts: Vec<String> = (0..comments)
        .map(|number| format!("Câu số {number}."))
        .collect();
    let slow = Duration::from_secs(5);
    for text in &texts {
        let start = Instant::now();
        app.reader().submit(&comment(text)).await.expect(202);
        assert!(start.elapsed() < slow, "{:?}", start.elapsed());
    }
    let (id, _) = app.reader().write("Câu được duyệt ngay").await;
    let start = Instant::now();
    lan.approve(&lan.card(&id).await).await;
    assert!(start.elapsed() < slow, "{:?}", start.elapsed());
    texts
}

/// Each text in exactly one of the mails that were taken.
async fn each_is_told_once(server: &MailServer, lan: &Moderator, texts: &[String]) {
    let told = |text: &String| {
        let line = format!("  > {text}");
        let mails = server.taken();
        let with = mails.iter().filter(|mail| mail.text().contains(&line));
        with.count()
    };
    eventually("all is told", async || {
        texts.iter().all(|text| told(text) > 0).then_some(())
    })
    .await;
    nothing_waits(lan).await;
    for text in texts {
        assert_eq!(told(text), 1, "{text}");
    }
    assert_eq!(mails_given_up(lan).await, 0);
}

async fn mails_given_up(lan: &Moderator) -> usize {
    mails(lan, "dead").await.len()
}

#[tokio::test]
async fn while_connections_are_refused_all_goes_on_and_the_mail_comes_after() {
    let mut server = MailServer::away();
    let (app, lan) = service(&server).await;
    let texts = nobody_waits(&app, &lan, 12).await;
    let error = a_failure(&lan).await;
    assert!(error.contains("refused"), "{error}");
    assert_eq!(app.count("select count(*) from comments").await, 13);
    server.reopen(Mode::Accept);
    each_is_told_once(&server, &lan, &texts).await;
}

#[tokio::test]
async fn nobody_waits_for_a_mail_server_that_says_nothing() {
    let mut server = MailServer::open(Mode::Silent);
    let (app, lan) = service(&server).await;
    app.reader().write("Câu đi trước").await;
    let is_being_sent = || async {
        let ready = mails(&lan, "ready").await;
        let begun = |mail: &Value| mail["attempts"] == 1 && mail["error"].is_null();
        ready.iter().any(begun).then_some(())
    };
    eventually("a mail on its way", async || is_being_sent().await).await;
    let mut texts = nobody_waits(&app, &lan, 12).await;
    texts.push("Câu đi trước".to_owned());
    assert!(is_being_sent().await.is_some(), "the server has answered");
    server.reopen(Mode::Accept);
    each_is_told_once(&server, &lan, &texts).await;
}

#[tokio::test]
async fn a_server_that_is_closing_is_tried_again() {
    let mut server = MailServer::open(Mode::Closing);
    let (app, lan) = service(&server).await;
    app.reader().write("Máy chủ thư đang khởi động lại").await;
    let error = a_failure(&lan).await;
    assert!(error.contains("421"), "{error}");
    server.reopen(Mode::Accept);
    server.takes(1).await;
    each_is_told_once(
        &server,
        &lan,
        &["Máy chủ thư đang khởi động lại".to_owned()],
    )
    .await;
}

#[tokio::test]
async fn a_mail_put_off_is_the_same_mail_when_it_comes_again() {
    let server = MailServer::open(Mode::Later(1));
    let (app, lan) = service(&server).await;
    app.reader().write("Đĩa của máy chủ thư đầy").await;
    server.takes(1).await;
    nothing_waits(&lan).await;
    let handed = server.handed();
    let taken: Vec<bool> = handed.iter().map(|mail| mail.taken).collect();
    assert_eq!(taken, [false, true]);
    assert_eq!(handed[0].id(), handed[1].id());
    let done = mails(&lan, "done").await;
    assert_eq!((done.len(), &done[0]["attempts"]), (1, &Value::from(2)));
}

#[tokio::test]
async fn a_mail_refused_for_good_is_listed_and_can_be_sent_again() {
    let mut server = MailServer::open(Mode::Never);
    let (app, lan) = service(&server).await;
    app.reader().write("Thư bị từ chối").await;
    let dead = eventually("a dead letter", async || mails(&lan, "dead").await.pop()).await;
    let error = dead["error"].as_str().expect("the server's words");
    assert!(
        error.contains("550") && error.contains(NOT_WANTED),
        "{error}"
    );
    assert_eq!(dead["attempts"], 1, "it was tried again");
    assert_eq!(server.handed().len(), 1);

    let id = dead["id"].as_str().expect("an id");
    let path = format!("/api/v1/moderation/outbox/{id}/retry");
    server.reopen(Mode::Accept);
    lan.send(lan.request(Method::POST, &path)).await.expect(204);
    server.takes(1).await;
    each_is_told_once(&server, &lan, &["Thư bị từ chối".to_owned()]).await;
    lan.send(lan.request(Method::POST, &path)).await.expect(404);
}

#[tokio::test]
async fn nobody_is_told_of_what_was_decided_before_the_mail_could_leave() {
    let mut server = MailServer::away();
    let (app, lan) = service(&server).await;
    let (id, _) = app.reader().write("Duyệt trước khi thư đi").await;
    a_failure(&lan).await;
    lan.approve(&lan.card(&id).await).await;
    server.reopen(Mode::Accept);
    nothing_waits(&lan).await;
    assert_eq!(server.handed().len(), 0);
    let done = mails(&lan, "done").await;
    assert_eq!(done.len(), 1);
    // The way to the server was open: the next comment is told.
    app.reader().write("Câu sau thì còn chờ").await;
    let mail = server.takes(1).await.remove(0);
    assert!(!mail.text().contains("Duyệt trước"), "{}", mail.text());
}

/// A mail shows twenty comments and counts the others. Those are not forgotten with the twenty.
#[tokio::test]
async fn what_waits_behind_twenty_that_were_decided_is_told() {
    let mut server = MailServer::open(Mode::Accept);
    let (app, lan) = service_with_pause(&server, "3").await;
    // The first is told at once, and the pause gathers all others in a second mail.
    app.reader().write("Câu số 0.").await;
    server.takes(1).await;
    server.close();
    for number in 1..26 {
        app.reader().write(&format!("Câu số {number}.")).await;
    }
    a_failure(&lan).await;
    let mut cards = lan.queue().await;
    cards.sort_by(|one, other| one.id().cmp(other.id()));
    let decided: Vec<&Card> = cards[..21].iter().collect();
    lan.decide("approve", &decided).await.expect(200);
    server.reopen(Mode::Accept);

    let mail = server.takes(2).await.remove(1);
    nothing_waits(&lan).await;
    assert_eq!(server.handed().len(), 2);
    assert_eq!(
        mail.message().subject(),
        Some("5 bình luận chờ duyệt (nặng nhất: Gửi dồn dập) — Báo Ví Dụ")
    );
    for (number, card) in cards.iter().enumerate() {
        let told = mail.text().contains(&format!("  > {}", card.body()));
        assert_eq!(told, number >= 21, "{}", card.body());
    }
}

/// A server may think about a whole mail for minutes.
#[tokio::test]
async fn a_mail_that_the_server_thinks_about_keeps_no_other_waiting() {
    let server = MailServer::open(Mode::Ponders("lan@bao.example"));
    let (app, _lan) = service(&server).await;
    app.add_site("khac", "https://khac.example");
    app.add_member("Hoa", &["--site", "khac"]);
    app.reader().write("Máy chủ thư còn nghĩ").await;
    eventually("a mail to Lan is with the server", async || {
        (server.handed().len() == 1).then_some(())
    })
    .await;
    // To another of the same site, and of another site.
    app.add_member("Minh", &["--site", "bao"]);
    app.reader().write("Thư sau không chờ thư trước").await;
    server.handed_to("minh@bao.example").await;
    let elsewhere = comment_on("https://khac.example/x", "Trang khác không chờ trang này");
    app.reader_of("khac").write_all(&elsewhere).await;
    server.handed_to("hoa@bao.example").await;
}
