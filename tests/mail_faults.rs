//! Every fault that a mail server may have, by real servers: what is the server's is tried again, what is ours is told and kept,
//! what is the mail's is a dead letter.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use duyet::config::{Config, Smtp, SmtpTls};
use duyet::notify::mail::{Mailer, Transcript, trial};
use duyet::notify::outward::Lookup;
use reqwest::Method;
use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::support::{
    Answer, App, Backend, Browser, Keys, MailServer, Mode, Moderator, Setup, eventually, hidden,
    quiet_config,
};

/// The service with a server at that address, which has a second for each step; and an editor.
async fn service(url: &str, more: &[(&str, &str)]) -> (App, Moderator) {
    let setup = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", url)
        .set("DUYET_SMTP_PATIENCE", "1")
        .set("DUYET_MAIL_PAUSE", "0");
    let set = |setup: Setup, (name, value): &(&str, &str)| setup.set(name, value);
    let app = more.iter().fold(setup, set).start().await;
    let lan = app.member("Lan", &["--role", "editor", "--password-stdin"]);
    (app, lan)
}

/// The mails in a state.
async fn mails(lan: &Moderator, state: &str) -> Vec<Value> {
    let page = lan.outbox(state).await.expect(200).json();
    let mut entries = page["entries"].as_array().expect("entries").clone();
    entries.retain(|entry| entry["kind"] == "mail");
    entries
}

/// What the first failure said, once there was one.
async fn failure(lan: &Moderator, state: &str) -> String {
    eventually("a failed attempt", async || {
        let waiting = mails(lan, state).await;
        waiting
            .iter()
            .find_map(|mail| Some(mail["error"].as_str()?.to_owned()))
    })
    .await
}

async fn banner(browser: &Browser) -> bool {
    let page = browser.open("/numbers").await.expect(200).body;
    page.contains("Thư không gửi đi được")
}

/// Presses the button of the first mail that waits; where that leads.
async fn send_now(browser: &Browser, lan: &Moderator) -> Answer {
    let page = browser.open("/outbox").await.expect(200);
    let waiting = mails(lan, "ready").await;
    let id = waiting[0]["id"].as_str().expect("an id");
    let csrf = hidden(&page, "csrf");
    let path = format!("/outbox/{id}/retry");
    browser.post(&path, &[("csrf", &csrf)]).await.expect(303)
}

/// The mail has come, and there was never another.
async fn one_arrives(server: &MailServer, lan: &Moderator) {
    server.takes(1).await;
    eventually("nothing waits", async || {
        mails(lan, "ready").await.is_empty().then_some(())
    })
    .await;
    assert_eq!(server.taken().len(), 1);
    assert!(mails(lan, "dead").await.is_empty());
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left_and_tried_again() {
    let mut server = MailServer::open(Mode::Silent);
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Máy chủ thư im lặng").await;
    let error = failure(&lan, "ready").await;
    assert!(
        error.starts_with("Máy chủ không trả lời 127.0.0.1:")
            && error.contains(" trong 1 giây — hãy xem tường lửa có chặn máy này tới 127.0.0.1:"),
        "{error}"
    );
    server.reopen(Mode::Accept);
    one_arrives(&server, &lan).await;
}

#[tokio::test]
async fn thirty_seconds_for_an_answer_are_too_many() {
    let mut server = MailServer::open(Mode::Slow(30));
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Máy chủ thư chậm").await;
    let error = failure(&lan, "ready").await;
    assert!(
        error.contains("Máy chủ không trả lời") && error.contains("trong 1 giây"),
        "{error}"
    );
    server.reopen(Mode::Accept);
    one_arrives(&server, &lan).await;
}

#[tokio::test]
async fn a_slow_server_has_its_time() {
    let server = MailServer::open(Mode::Slow(1));
    let (app, lan) = service(&server.url(), &[("DUYET_SMTP_PATIENCE", "8")]).await;
    app.reader().write("Máy chủ thư hơi chậm").await;
    one_arrives(&server, &lan).await;
}

#[tokio::test]
async fn a_full_mailbox_is_a_dead_letter_with_a_button() {
    let mut server = MailServer::open(Mode::Full);
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Hộp thư đầy").await;
    let error = failure(&lan, "dead").await;
    assert!(
        error.contains("552") && error.contains("the mailbox is full"),
        "{error}"
    );
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    let page = browser.open("/outbox").await.expect(200);
    assert!(page.body.contains("the mailbox is full"), "{}", page.body);
    assert!(!banner(&browser).await, "that is no fault of ours");
    let elsewhere = browser.open("/numbers").await.expect(200).body;
    assert!(
        elsewhere.contains("<b class=\"stuck\">(1)</b>"),
        "{elsewhere}"
    );
    // What it is and whom it is for; of a colleague's address no more than tells whose it is.
    let told = "Báo bình luận chờ duyệt, gửi Lan &#60;l…@bao.example&#62;";
    assert!(page.body.contains(told), "{}", page.body);
    assert!(!page.body.contains("lan@bao.example"), "{}", page.body);
    let first = server.handed().remove(0).id();

    server.reopen(Mode::Accept);
    let id = mails(&lan, "dead").await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/outbox/{id}/retry");
    browser.post(&path, &[("csrf", "x")]).await.expect(403);
    let form = [("csrf", hidden(&page, "csrf"))];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = browser.post(&path, &form).await.expect(303);
    let page = browser.follow(&answer).await;
    assert!(page.body.contains("Đang được gửi lại."), "{}", page.body);
    one_arrives(&server, &lan).await;
    assert_eq!(server.taken()[0].id(), first);
    let answer = browser.post(&path, &form).await.expect(303);
    let page = browser.follow(&answer).await;
    assert!(
        page.body.contains("đã được gửi lại trước đó"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn what_has_not_left_for_long_is_told_on_every_page_and_sent_now() {
    let mut server = MailServer::away();
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Máy chủ thư đã tắt").await;
    assert!(failure(&lan, "ready").await.contains("refused"));
    let late = |page: &str| page.contains("1 thư đã hơn mười phút chưa gửi đi được.");
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    let page = browser.open("/numbers").await.expect(200).body;
    assert!(!late(&page) && !page.contains("class=\"stuck\""), "{page}");
    app.execute("update outbox set created_at = created_at - 660000000, run_at = run_at + 3600000000 where kind = 'mail'")
        .await;
    let page = browser.open("/numbers").await.expect(200).body;
    assert!(
        late(&page) && page.contains("<b class=\"stuck\">(1)</b>"),
        "{page}"
    );
    assert!(
        page.contains("Không kết nối được: ")
            && page.contains(" — không có máy chủ thư nào ở 127.0.0.1:"),
        "{page}"
    );
    let in_english = browser
        .request(Method::GET, "/numbers")
        .header("accept-language", "en");
    let page = browser.send(in_english).await.expect(200).body;
    assert!(
        page.contains("Connection error: ") && page.contains(" — nothing listens at 127.0.0.1:"),
        "{page}"
    );
    let moderator = app.visitor("Minh");
    moderator.sign_in("Minh").await.expect(303);
    let page = moderator.open("/numbers").await.expect(200).body;
    assert!(!late(&page) && !page.contains("class=\"stuck\""), "{page}");

    server.reopen(Mode::Accept);
    let page = browser.open("/outbox").await.expect(200);
    assert!(page.body.contains("Gửi ngay"), "{}", page.body);
    send_now(&browser, &lan).await;
    server.handed_to("lan@bao.example").await;
    eventually("nothing waits", async || {
        mails(&lan, "ready").await.is_empty().then_some(())
    })
    .await;
    let taken = server.taken();
    let to_lan = taken.iter().filter(|mail| mail.to == ["lan@bao.example"]);
    assert_eq!(to_lan.count(), 1);
}

/// Who presses it again and again loses nothing by that.
#[tokio::test]
async fn a_mail_that_is_sent_now_has_all_its_attempts_again() {
    let server = MailServer::away();
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Bấm mãi không đi").await;
    failure(&lan, "ready").await;
    app.execute(
        "update outbox set attempts = 12, run_at = run_at + 3600000000 where kind = 'mail'",
    )
    .await;
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    send_now(&browser, &lan).await;
    eventually("another attempt", async || {
        let mail = mails(&lan, "ready").await.remove(0);
        (mail["attempts"] == 1).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_waits_leaves_as_soon_as_the_server_takes_mails_again() {
    let mut server = MailServer::away();
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Chờ máy chủ thư").await;
    failure(&lan, "ready").await;
    app.execute("update outbox set run_at = run_at + 36000000000 where kind = 'mail'")
        .await;
    server.reopen(Mode::Accept);
    // Another member's is tried at its time.
    app.add_member("Hoa", &[]);
    app.reader().write("Câu sau").await;
    server.handed_to("hoa@bao.example").await;
    server.handed_to("lan@bao.example").await;
    eventually("nothing waits", async || {
        mails(&lan, "ready").await.is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_refused_sender_keeps_all_mail_and_is_told() {
    let mut server = MailServer::open(Mode::Stranger);
    let (app, lan) = service(&server.url(), &[]).await;
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    app.reader().write("Sai địa chỉ gửi").await;
    let error = failure(&lan, "ready").await;
    assert!(error.contains("DUYET_MAIL_FROM"), "{error}");
    eventually("a banner", async || banner(&browser).await.then_some(())).await;
    server.reopen(Mode::Accept);
    one_arrives(&server, &lan).await;
    assert!(!banner(&browser).await);
}

/// What may be on its way is not sent a second time for a button.
#[tokio::test]
async fn a_mail_that_may_be_on_its_way_is_not_sent_twice() {
    let server = MailServer::away();
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Đang được gửi").await;
    failure(&lan, "ready").await;
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    let due = "select cast(run_at as text) as text from outbox where kind = 'mail'";
    let moved = async |tried: i64, due_in: i64| {
        let now = duyet::clock::now().as_micros();
        let [tried, due_in] = [tried, due_in].map(|seconds| now + seconds * 1_000_000);
        app.execute(&format!(
            "update outbox set tried_at = {tried}, run_at = {due_in} where kind = 'mail'"
        ))
        .await;
    };
    // As who sends it has moved its time: by our clock, and by one that is half a minute ahead of it.
    for (tried, due_in) in [(-40, 20), (30, 90)] {
        moved(tried, due_in).await;
        let before = app.texts(due).await;
        let answer = send_now(&browser, &lan).await;
        let page = browser.follow(&answer).await;
        assert!(page.body.contains("trong vòng hai phút"), "{}", page.body);
        assert_eq!(app.texts(due).await, before);
    }
    // What only waits is sent, however soon its time comes.
    moved(-40, 90).await;
    let answer = send_now(&browser, &lan).await;
    let page = browser.follow(&answer).await;
    assert!(page.body.contains("Đang được gửi lại."), "{}", page.body);
}

#[tokio::test]
async fn a_wrong_password_keeps_all_mail_and_is_told() {
    let mut server = MailServer::open(Mode::SignIn("other"));
    let url = server.url_of("smtp", "duyet:m%E1%BA%ADt@", "?tls=none");
    let (app, lan) = service(&url, &[]).await;
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    assert!(!banner(&browser).await);
    for number in 0..5 {
        app.reader().write(&format!("Sai mật khẩu {number}")).await;
    }
    let error = failure(&lan, "ready").await;
    assert!(error.contains("535"), "{error}");
    eventually("a banner", async || banner(&browser).await.then_some(())).await;
    let moderator = app.visitor("Minh");
    moderator.sign_in("Minh").await.expect(303);
    assert!(!banner(&moderator).await, "who cannot mend it is not told");
    assert!(mails(&lan, "dead").await.is_empty());
    // Who signs in wrongly again and again is locked out.
    let tries = server.tries();
    assert!(tries <= 8, "{tries}");
    server.reopen(Mode::SignIn("mật"));
    eventually("nothing waits", async || {
        mails(&lan, "ready").await.is_empty().then_some(())
    })
    .await;
    assert!(!banner(&browser).await);
    assert!(server.taken().iter().all(|mail| mail.signed_in));
}

#[tokio::test]
async fn nothing_is_said_in_clear_where_it_must_be_private() {
    let keys = Keys::of_a_server();
    let mut server = MailServer::open_with(Mode::NoTls, &keys);
    let url = server.url_of("smtp", "duyet:mat@", "?tls=required");
    let ca = keys.setting("ca.pem");
    let (app, lan) = service(&url, &[("DUYET_SMTP_CA", &ca)]).await;
    app.reader().write("Phải được bảo mật").await;
    let error = failure(&lan, "ready").await;
    assert!(error.contains("454"), "{error}");
    server.reopen(Mode::Accept);
    eventually("a server without STARTTLS is refused", async || {
        let error = failure(&lan, "ready").await;
        error
            .starts_with("Máy chủ thư không có STARTTLS")
            .then_some(())
    })
    .await;
    assert!(server.handed().is_empty(), "a mail went in clear");
}

/// Whoever stands between may write in clear what the server would say behind TLS (as CVE-2011-0411 has it).
#[tokio::test]
async fn what_was_said_in_clear_answers_nothing_that_is_private() {
    let keys = Keys::of_a_server();
    let mut server = MailServer::open_with(Mode::Lies, &keys);
    let url = server.url_of("smtp", "", "?tls=required");
    let ca = keys.setting("ca.pem");
    let (app, lan) = service(&url, &[("DUYET_SMTP_CA", &ca)]).await;
    app.reader().write("Kẻ đứng giữa nói thay máy chủ").await;
    eventually("an attempt", async || {
        let [done, ready] = [mails(&lan, "done").await, mails(&lan, "ready").await];
        assert!(done.is_empty(), "a mail was lost: {done:?}");
        let tried = ready.iter().any(|mail| !mail["error"].is_null());
        tried.then_some(())
    })
    .await;
    let error = failure(&lan, "ready").await;
    assert!(error.contains("STARTTLS"), "{error}");
    server.reopen(Mode::Tls);
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    assert!(banner(&browser).await);
    one_arrives(&server, &lan).await;
}

#[tokio::test]
async fn an_answer_without_end_is_left() {
    let keys = Keys::of_a_server();
    for (scheme, end) in [("smtp", "?tls=none"), ("smtps", "")] {
        let mut server = if scheme == "smtps" {
            MailServer::open_with(Mode::Endless, &keys)
        } else {
            MailServer::open(Mode::Endless)
        };
        let ca = keys.setting("ca.pem");
        let url = server.url_of(scheme, "", end);
        let (app, lan) = service(&url, &[("DUYET_SMTP_CA", &ca)]).await;
        app.reader().write("Máy chủ thư nói mãi").await;
        let error = failure(&lan, "ready").await;
        assert!(error.contains("64 KiB"), "{scheme}: {error}");
        server.reopen(if scheme == "smtps" {
            Mode::Smtps
        } else {
            Mode::Accept
        });
        one_arrives(&server, &lan).await;
    }
}

/// An address where connections are neither taken nor refused, for as long as that is kept: its queue is full.
async fn black_hole(address: SocketAddr) -> (TcpListener, Vec<TcpStream>) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(address).expect("the same port");
    let (listener, mut queued) = (socket.listen(0).expect("a queue"), Vec::new());
    while let Ok(stream) = timeout(Duration::from_secs(1), TcpStream::connect(address)).await {
        queued.push(stream.expect("in the queue"));
    }
    (listener, queued)
}

#[tokio::test]
async fn an_address_where_nobody_answers_keeps_no_mail_from_the_next() {
    const HOLE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
    let server = MailServer::open(Mode::Accept);
    let port = server.address().port();
    let _kept = black_hole(SocketAddr::from((HOLE, port))).await;
    let try_out = async |addresses: &'static [Ipv4Addr]| {
        let config = Config {
            smtp: Some(Smtp {
                host: "mail.bao.example".to_owned(),
                port,
                tls: SmtpTls::None,
                sign_in: None,
                hello: None,
                ca: None,
                patience: Duration::from_secs(4),
            }),
            ..quiet_config()
        };
        let lookup: Lookup = Arc::new(move |_| {
            let addresses = addresses.iter().copied().map(IpAddr::from).collect();
            Box::pin(async { Ok(addresses) })
        });
        let mailer = Mailer::asking(&config, lookup).expect("a mailer");
        let to = "lan@bao.example".parse().expect("an address");
        let letter = trial::letter(&config, to).expect("a letter");
        let message = letter.into_message().expect("a message");
        mailer.try_out(message, &mut Transcript::default()).await
    };
    let taken = try_out(&[HOLE, Ipv4Addr::LOCALHOST]).await;
    assert_eq!(taken, Ok("250 2.0.0 taken".to_owned()));
    server.takes(1).await;
    let error = try_out(&[HOLE]).await;
    let said = error.expect_err("nobody is there").to_string();
    let told = format!("no answer to mail.bao.example:{port} within 4 s");
    assert!(said.starts_with(&told), "{said}");
}

/// Servers whose words are in an old charset mean what their code says.
#[tokio::test]
async fn words_that_are_no_utf_8_are_answers_all_the_same() {
    let keys = Keys::of_a_server();
    let ca = keys.setting("ca.pem");
    for (scheme, end) in [("smtp", "?tls=none"), ("smtps", "")] {
        let mode = Mode::OldWords(250);
        let mut server = if scheme == "smtp" {
            MailServer::open(mode)
        } else {
            MailServer::open_with(mode, &keys)
        };
        let url = server.url_of(scheme, "", end);
        let (app, lan) = service(&url, &[("DUYET_SMTP_CA", &ca)]).await;
        app.reader().write("Bảng mã cũ nhận thư").await;
        one_arrives(&server, &lan).await;
        let done = mails(&lan, "done").await;
        assert_eq!(done[0]["attempts"], 1, "{done:?}");

        server.reopen(Mode::OldWords(550));
        app.reader().write("Bảng mã cũ từ chối thư").await;
        let error = failure(&lan, "dead").await;
        assert!(error.starts_with("550 th"), "{error}");
    }
}

#[tokio::test]
async fn a_private_connection_is_to_whom_it_should_be() {
    let (keys, others) = (Keys::of_a_server(), Keys::of_a_server());
    for (scheme, end, mode) in [
        ("smtp", "?tls=required", Mode::Tls),
        ("smtps", "", Mode::Smtps),
    ] {
        let server = MailServer::open_with(mode, &keys);
        let url = server.url_of(scheme, "", end);
        let ca = others.setting("ca.pem");
        let (app, lan) = service(&url, &[("DUYET_SMTP_CA", &ca)]).await;
        let browser = app.browser();
        browser.sign_in("Lan").await.expect(303);
        app.reader().write("Không phải máy chủ của ta").await;
        let error = failure(&lan, "ready").await;
        assert!(error.contains("certificate"), "{error}");
        assert!(banner(&browser).await);
        assert!(server.handed().is_empty());
        drop(app);

        let ca = keys.setting("ca.pem");
        let (app, lan) = service(&url, &[("DUYET_SMTP_CA", &ca)]).await;
        app.reader().write("Đúng máy chủ của ta").await;
        one_arrives(&server, &lan).await;
        assert!(server.taken()[0].private);
    }
}

/// On this machine TLS is used where it is offered, and clear text where it is not.
#[tokio::test]
async fn a_server_on_this_machine_is_spoken_to_as_it_can() {
    // As that of a Debian server, which is for the machine's own name.
    let keys = Keys::of_a_server_named("DNS:may-chu.bao.example");
    for (mode, is_private) in [(Mode::Tls, true), (Mode::Accept, false)] {
        let server = MailServer::open_with(mode, &keys);
        let (app, lan) = service(&server.url_of("smtp", "", ""), &[]).await;
        app.reader().write("Máy chủ thư cùng máy").await;
        one_arrives(&server, &lan).await;
        assert_eq!(server.taken()[0].private, is_private, "{mode:?}");
    }
}

/// The server has taken it and we cannot know: it comes once more, and mail programs see that it is the same.
#[tokio::test]
async fn a_mail_whose_yes_was_lost_comes_twice_at_the_most_and_under_one_name() {
    let server = MailServer::open(Mode::Drops(1));
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Mất câu trả lời cuối").await;
    server.takes(2).await;
    eventually("nothing waits", async || {
        mails(&lan, "ready").await.is_empty().then_some(())
    })
    .await;
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].id(), taken[1].id());
    assert!(mails(&lan, "dead").await.is_empty());
}

/// Several mails go over one connection, and one that went away is not missed.
#[tokio::test]
async fn connections_are_kept_and_their_loss_costs_no_attempt() {
    let mut server = MailServer::open(Mode::Accept);
    let (app, lan) = service(&server.url(), &[]).await;
    app.reader().write("Thư thứ nhất").await;
    one_arrives(&server, &lan).await;
    server.reopen(Mode::Accept);
    app.reader().write("Thư thứ hai").await;
    server.takes(2).await;
    eventually("both are done", async || {
        (mails(&lan, "done").await.len() == 2).then_some(())
    })
    .await;
    let attempts = mails(&lan, "done").await;
    assert!(
        attempts.iter().all(|mail| mail["attempts"] == 1),
        "{attempts:?}"
    );
}

/// `duyet mail test`, as an operator types it.
async fn tried(url: &str, more: &[(&str, &str)]) -> (bool, String, String) {
    let setup = Setup::new(Backend::Sqlite)
        .set("DUYET_SMTP_URL", url)
        .set("DUYET_SMTP_PATIENCE", "1");
    let set = |setup: Setup, (name, value): &(&str, &str)| setup.set(name, value);
    let app = more.iter().fold(setup, set).prepare().await;
    let done = app.command(&["mail", "test", "lan@bao.example"], "");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (done.status.success(), text(done.stdout), text(done.stderr))
}

#[tokio::test]
async fn the_settings_are_proved_by_a_command() {
    let mut server = MailServer::open(Mode::Accept);
    let (well, printed, _) = tried(&server.url(), &[]).await;
    assert!(well && printed.contains("250 2.0.0 taken"), "{printed}");
    let mail = server.takes(1).await.remove(0);
    assert_eq!(mail.to, ["lan@bao.example"]);
    let message = mail.message();
    let [text, html] = [message.body_text(0), message.body_html(0)].map(Option::unwrap_or_default);
    let whole = format!(
        "{}\n\n{text}\n{html}",
        message.subject().expect("a subject")
    );
    insta::assert_snapshot!("trial_mail", whole);

    server.reopen(Mode::SignIn("khac"));
    let url = server.url_of("smtp", "duyet:rat-bi-mat@", "?tls=none");
    let (well, printed, told) = tried(&url, &[]).await;
    assert!(
        !well && told.lines().count() == 1 && told.contains("535"),
        "{told}"
    );
    for line in ["> EHLO", "> AUTH", "< "] {
        assert!(printed.contains(line), "{line} in {printed}");
    }
    let encoded = ["rat-bi-mat", "cmF0LWJpLW1hd", "AGR1eWV0AH"];
    for secret in encoded {
        assert!(
            !format!("{printed}{told}").contains(secret),
            "{printed}{told}"
        );
    }

    server.reopen(Mode::Never);
    let (well, printed, told) = tried(&server.url(), &[]).await;
    assert!(!well && told.contains("550"), "{told}");
    for line in [
        "> MAIL FROM:",
        "> RCPT TO:<lan@bao.example>",
        "> DATA",
        "< 354",
        "550",
    ] {
        assert!(printed.contains(line), "{line} in {printed}");
    }

    server.reopen(Mode::Slow(30));
    let (well, printed, told) = tried(&server.url(), &[]).await;
    assert!(
        !well && told.contains("timed out") && printed.contains("no answer to"),
        "{told}{printed}"
    );
    server.close();
    let (well, printed, told) = tried(&server.url(), &[]).await;
    assert!(
        !well && told.contains("refused") && printed.contains("connecting to"),
        "{told}"
    );
}

#[tokio::test]
async fn the_command_says_what_it_waits_for_while_it_waits() {
    let mut server = MailServer::open(Mode::Silent);
    for (mode, waits_for) in [
        (Mode::Silent, "* connecting to 127.0.0.1:"),
        (Mode::Hangs, "> ."),
    ] {
        server.reopen(mode);
        // Nobody waits for so long.
        let app = Setup::new(Backend::Sqlite)
            .set("DUYET_SMTP_URL", &server.url())
            .set("DUYET_SMTP_PATIENCE", "300");
        let app = app.prepare().await;
        let printed = app.prints(&["mail", "test", "lan@bao.example"], waits_for);
        let last = printed.lines().last().unwrap_or_default();
        assert!(last.starts_with(waits_for), "{mode:?}: {printed}");
        let patience = "which has 300 s for each answer and 3000 s for that to the whole mail";
        assert!(printed.contains(patience), "{printed}");
    }
}

/// A server that does so, and what the command says of it.
async fn advises(mode: Mode, keys: &Keys, (scheme, who, end): (&str, &str, &str), advice: &str) {
    let server = MailServer::open_with(mode, keys);
    let (well, printed, told) = tried(&server.url_of(scheme, who, end), &[]).await;
    assert!(!well && told.contains(advice), "{mode:?}: {told}{printed}");
    assert_eq!(told.lines().count(), 1, "{told}");
    if scheme == "smtp" && !matches!(mode, Mode::Smtps | Mode::Silent) {
        for line in [
            "< 220 mail.test ",
            "> EHLO ",
            "< 250-mail.test",
            "< 250 HELP",
        ] {
            assert!(printed.contains(line), "{mode:?}: {line} in {printed}");
        }
    }
}

#[tokio::test]
async fn the_command_says_what_to_do_and_what_the_server_said() {
    let keys = Keys::of_a_server();
    for (mode, scheme, who, end, advice) in [
        (
            Mode::Accept,
            "smtps",
            "",
            "",
            "write smtp:// in DUYET_SMTP_URL",
        ),
        (Mode::Smtps, "smtp", "", "", "write smtps:// if that port"),
        (Mode::Smtps, "smtps", "", "", "in DUYET_SMTP_CA"),
        (Mode::Tls, "smtp", "", "?tls=none", "take `tls=none` out of"),
        (Mode::Accept, "smtp", "", "?tls=required", "offer STARTTLS"),
        (
            Mode::SignIn("a"),
            "smtp",
            "duyet:b@",
            "?tls=none",
            "# as %23",
        ),
        (
            Mode::SignIn("a"),
            "smtp",
            "",
            "?tls=none",
            "smtp://user:password@host",
        ),
        (
            Mode::Drops(1),
            "smtp",
            "",
            "?tls=none",
            "the server ended the connection",
        ),
        (Mode::Silent, "smtp", "", "?tls=none", "DUYET_SMTP_PATIENCE"),
        (
            Mode::Stranger,
            "smtp",
            "",
            "?tls=none",
            "set DUYET_MAIL_FROM",
        ),
        (
            Mode::NoRelay,
            "smtp",
            "",
            "?tls=none",
            "only for whom it knows",
        ),
        (
            Mode::Later(1),
            "smtp",
            "",
            "?tls=none",
            "tried again by itself",
        ),
        (
            Mode::Never,
            "smtp",
            "",
            "?tls=none",
            "does not want this mail",
        ),
    ] {
        advises(mode, &keys, (scheme, who, end), advice).await;
    }
    let server = MailServer::away();
    let (_, _, told) = tried(&server.url(), &[]).await;
    assert!(told.contains("nothing listens at 127.0.0.1:"), "{told}");
    // What it can once the line is private is told in its own words, too.
    let server = MailServer::open_with(Mode::Tls, &keys);
    let (_, printed, _) = tried(&server.url_of("smtp", "a:b@", ""), &[]).await;
    let (_, private) = printed.split_once("private now").expect("it is");
    assert!(private.contains("< 250-mail.test"), "{printed}");
}

#[tokio::test]
async fn the_command_understands_what_large_servers_say() {
    let keys = Keys::of_a_server();
    // Microsoft 365, Zoho, cPanel; and Postfix, for as long as the sender's domain is not found.
    for (mode, advice) in [
        (
            Mode::Message(
                "554 5.2.252 SendAsDenied; duyet@bao.example not allowed to send as info@bao.example",
            ),
            "set DUYET_MAIL_FROM",
        ),
        (
            Mode::Message("553 Relaying disallowed as duyet@bao.example"),
            "set DUYET_MAIL_FROM",
        ),
        (
            Mode::Recipient(
                "550 host.example is not permitted to relay through this server without authentication.",
            ),
            "only for whom it knows",
        ),
        (
            Mode::Recipient(
                "450 4.1.8 <duyet@bao.example>: Sender address rejected: Domain not found",
            ),
            "set DUYET_MAIL_FROM",
        ),
        (Mode::Hangs, "it may arrive and come once more"),
    ] {
        advises(mode, &keys, ("smtp", "", "?tls=none"), advice).await;
    }
}

#[tokio::test]
async fn without_a_server_the_command_says_so() {
    let app = Setup::new(Backend::Sqlite).prepare().await;
    let done = app.command(&["mail", "test", "lan@bao.example"], "");
    assert!(crate::support::refusal(&done).contains("DUYET_SMTP_URL is not set"));
}
