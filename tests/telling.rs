//! Mail to readers when their comment is decided: only to who confirmed it, and never a way to mail a stranger.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Backend, Cms, Delivery, MailServer, Mode, Moderator, ONE_CLICK_IN_PARTS,
    Reader, Server, Setup, anew, comment, eventually,
};

/// A site whose readers may ask for mail, and no moderator who gets any.
async fn telling(backend: Backend, server: &MailServer, pause: &str) -> App {
    let mut app = Setup::new(backend)
        .set("DUYET_SMTP_URL", &server.url())
        .set("DUYET_MAIL_FROM", "Toà soạn <duyet@bao.example>")
        .set("DUYET_MAIL_PAUSE", pause)
        .set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
        .prepare()
        .await;
    app.done(&["site", "set", "bao", "tell_decision=true"], "");
    app.serve();
    app
}

/// Makes a test of both databases.
macro_rules! on_both_with_mail {
    ($name:ident, $test:expr) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                $test(Backend::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                $test(Backend::Postgres).await;
            }
        }
    };
}

fn asking(email: &str) -> Value {
    let mut new = comment(&anew("Mong được trả lời."));
    new["name"] = json!("Mua vé số ở đây");
    (new["email"], new["tell"]) = (json!(email), json!(true));
    new
}

async fn mails_waiting(app: &App) -> i64 {
    app.count("select count(*) from outbox where state = 'ready' and kind = 'mail'")
        .await
}

async fn no_mail_waits(app: &App) {
    eventually("no mail waits", async || {
        (mails_waiting(app).await == 0).then_some(())
    })
    .await;
}

/// As if that hour were over.
async fn an_hour_passes(app: &App) {
    let ago = |column: &str| match app.backend {
        Backend::Sqlite => format!("{column} = {column} - 3720000000"),
        Backend::Postgres => format!("{column} = {column} - interval '62 minutes'"),
    };
    let [asked, written, sent, due] = ["asked_at", "created_at", "done_at", "run_at"].map(ago);
    app.execute(&format!("update subscriptions set {asked}"))
        .await;
    app.execute(&format!("update outbox set {written}, {sent}, {due}"))
        .await;
}

/// The mails that wait for the better part of an hour.
async fn mails_waiting_long(app: &App) -> i64 {
    let long = match app.backend {
        Backend::Sqlite => "run_at > created_at + 3480000000",
        Backend::Postgres => "run_at > created_at + interval '58 minutes'",
    };
    app.count(&format!(
        "select count(*) from outbox where kind = 'mail' and state = 'ready' and {long}"
    ))
    .await
}

/// The path of the page behind the mail's links.
fn link(mail: &Delivery) -> String {
    let text = mail.text();
    let (_, rest) = text.split_once("/mail/").expect("a link");
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    format!("/mail/{token}")
}

async fn open(reader: &Reader, path: &str) -> Answer {
    reader.send(reader.request(Method::GET, path)).await
}

async fn press(reader: &Reader, path: &str) -> Answer {
    reader.send(reader.request(Method::POST, path)).await
}

async fn a_stranger_gets_one_mail_and_none_of_the_senders_words(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader().behind("203.0.113.7"), app.moderator("Lan"));
    app.execute("delete from moderator_sites").await;
    for email in [
        "la@mat.example",
        "LA@mat.example",
        "la+1@mat.example",
        "la+2@mat.example",
    ] {
        reader.submit(&asking(email)).await.expect(202);
    }
    let asked = "select count(*) from subscriptions";
    assert_eq!(app.count(asked).await, 1);
    let mail = server.handed_to("la@mat.example").await;
    assert_eq!(mail.to, ["la@mat.example"]);
    let message = mail.message();
    assert_eq!(
        message.subject(),
        Some("Bạn có muốn nhận thư từ Báo Ví Dụ?")
    );
    let to = message.to().and_then(|to| to.first()).expect("To");
    assert_eq!((to.name(), to.address()), (None, Some("la@mat.example")));
    let never = format!("http://binh-luan.bao.example{}/never", link(&mail));
    let headers = String::from_utf8(mail.bytes()).expect("ASCII on the wire");
    let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
    assert!(unfolded.contains(&never), "{headers}");
    assert!(unfolded.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    for part in [mail.text(), mail.html()] {
        for typed in ["Mua vé số", "Mong được", "Cầu mới", ARTICLE] {
            assert!(!part.contains(typed), "{typed}: {part}");
        }
        assert!(part.contains("hãy bỏ qua thư này"), "{part}");
    }
    // Decisions are told to nobody who has not confirmed, and opening the links confirms nothing.
    for path in [link(&mail), format!("{}/never", link(&mail))] {
        let page = open(&reader, &path).await.expect(200);
        assert!(page.body.contains("Đồng ý nhận thư") && !page.body.contains("mat.example"));
        assert_eq!(page.header("x-robots-tag"), "noindex");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
    assert_eq!(
        app.texts("select state as text from subscriptions").await,
        ["asked"]
    );
    for card in lan.queue().await {
        lan.approve(&card).await;
    }
    no_mail_waits(&app).await;
    assert_eq!(server.to("la@mat.example").len(), 1);
    // However long nobody answers, there is no second question.
    let year = match backend {
        Backend::Sqlite => "asked_at - 31536000000000",
        Backend::Postgres => "asked_at - interval '365 days'",
    };
    app.execute(&format!("update subscriptions set asked_at = {year}"))
        .await;
    for _ in 0..3 {
        reader.submit(&asking("la@mat.example")).await.expect(202);
    }
    no_mail_waits(&app).await;
    assert_eq!(server.to("la@mat.example").len(), 1);
}
on_both_with_mail!(
    stranger,
    a_stranger_gets_one_mail_and_none_of_the_senders_words
);

async fn who_confirms_is_told_until_they_leave(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let (first, _) = reader.write_all(&asking(email)).await;
    let path = link(&server.handed_to(email).await);
    let page = press(&reader, &format!("{path}/confirm")).await;
    let page = reader.follow(page).await;
    assert!(page.body.contains("sẽ gửi thư mỗi khi quyết định"));

    lan.approve(&lan.card(&first).await).await;
    no_mail_waits(&app).await;
    let mail = server.to(email).remove(1);
    assert_eq!(
        mail.message().subject(),
        Some("Ý kiến của bạn đã được đăng — Báo Ví Dụ")
    );
    let place = format!("{ARTICLE}#duyet-{first}");
    assert!(mail.text().contains(&place) && !mail.text().contains("Mua vé số"));
    // A title that nobody but a reader's page has told is none of ours.
    assert!(!mail.text().contains("Cầu mới"), "{}", mail.text());
    let told = json!({ "external_id": 4711, "url": ARTICLE, "title": "Cầu mới, theo toà soạn" });
    let cms = Cms::of(&app);
    cms.tell("article.published", "2026-11-23T06:00:00Z", &told)
        .await
        .expect(200);

    let (second, _) = reader.write_all(&asking("BAN@doc.example")).await;
    let decision = json!({
        "action": "reject", "comments": [{ "id": second, "revision": 1 }], "reason": "off_topic", "note": "nội bộ",
    });
    lan.decide_json(&decision).await.expect(200);
    no_mail_waits(&app).await;
    let mail = server.to(email).remove(2);
    let text = mail.text();
    assert!(text.contains("Lý do: Không đúng nội dung bài.") && !text.contains("nội bộ"));
    assert!(
        text.contains("dưới bài “Cầu mới, theo toà soạn”."),
        "{text}"
    );
    assert!(!text.contains("#duyet-"), "it stands nowhere: {text}");

    // Who did not ask for this one, or sends spam, hears nothing.
    let mut quiet = asking(email);
    quiet["tell"] = json!(false);
    let (third, _) = reader.write_all(&quiet).await;
    lan.approve(&lan.card(&third).await).await;
    let (fourth, _) = reader.write_all(&asking(email)).await;
    lan.spam(&lan.card(&fourth).await).await;
    // The mail program's own button.
    let (fifth, _) = reader.write_all(&asking(email)).await;
    let one_click = reader
        .request(Method::POST, &format!("{path}/never"))
        .form(&[("List-Unsubscribe", "One-Click")]);
    let page = reader.send(one_click).await.expect(200);
    assert!(page.body.contains("sẽ không gửi thư cho email này nữa"));
    lan.approve(&lan.card(&fifth).await).await;
    reader.write_all(&asking(email)).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 3);
    for wrong in ["/mail/x", "/mail/x/never"] {
        open(&reader, wrong).await.expect(404);
    }
    press(&reader, "/mail/x/confirm").await.expect(404);
}
on_both_with_mail!(confirmed, who_confirms_is_told_until_they_leave);

async fn one_mailbox_has_one_question_an_hour_whatever_site_asks(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    app.add_site("khac", "https://khac.example");
    app.done(&["site", "set", "khac", "tell_decision=true"], "");
    app.execute("delete from moderator_sites").await;
    let email = "la@mat.example";
    app.reader().submit(&asking(email)).await.expect(202);
    server.handed_to(email).await;
    no_mail_waits(&app).await;
    let mut there = asking(email);
    there["article"] = json!({ "url": "https://khac.example/bai.html" });
    let other = app.reader_of("khac");
    other.submit(&there).await.expect(202);
    let asked = "select count(*) from subscriptions";
    assert_eq!(app.count(asked).await, 2);
    assert_eq!(mails_waiting(&app).await, 1);
    assert_eq!(mails_waiting_long(&app).await, 1);
    assert_eq!(server.to(email).len(), 1);
    an_hour_passes(&app).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 2);
}
on_both_with_mail!(
    several_sites,
    one_mailbox_has_one_question_an_hour_whatever_site_asks
);

async fn what_the_newsroom_has_taken_off_its_site_is_not_told_as_published(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "3").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let id = confirmed_by(&reader, &server, email).await;
    lan.approve(&lan.card(&id).await).await;
    app.execute("update articles set presence = 'unpublished'")
        .await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 1);
}
on_both_with_mail!(
    unpublished,
    what_the_newsroom_has_taken_off_its_site_is_not_told_as_published
);

/// Somebody writes, asks for mail, and says yes to the question; the comment.
async fn confirmed_by(reader: &Reader, server: &MailServer, email: &str) -> String {
    let (id, _) = reader.write_all(&asking(email)).await;
    let path = link(&server.handed_to(email).await);
    press(reader, &format!("{path}/confirm")).await.expect(303);
    id
}

async fn mail_programs_leave_by_either_encoding_and_are_sent_nowhere(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let reader = app.reader();
    for (email, encoding) in [
        ("mot@doc.example", "multipart"),
        ("hai@doc.example", "urlencoded"),
        ("ba@doc.example", "none"),
    ] {
        reader.submit(&asking(email)).await.expect(202);
        let never = format!("{}/never", link(&server.handed_to(email).await));
        let request = reader.request(Method::POST, &never);
        let request = match encoding {
            "multipart" => request
                .header("content-type", ONE_CLICK_IN_PARTS.0)
                .body(ONE_CLICK_IN_PARTS.1),
            "urlencoded" => request.form(&[("List-Unsubscribe", "One-Click")]),
            _ => request,
        };
        let page = reader.send(request).await.expect(200);
        assert!(
            page.body.contains("sẽ không gửi thư cho email này nữa"),
            "{encoding}: {}",
            page.body
        );
    }
    let refused = "select count(*) from subscriptions where state = 'refused'";
    assert_eq!(app.count(refused).await, 3);
    // The page's own button leads back to the page, so that to reload it sends nothing again.
    reader.submit(&asking("bon@doc.example")).await.expect(202);
    let path = link(&server.handed_to("bon@doc.example").await);
    let page = open(&reader, &path).await.expect(200);
    let form = page.body.split("/never\"").nth(1).expect("its form");
    let (form, _) = form.split_once("</form>").expect("its end");
    let named = |what: &str| {
        let (_, rest) = form.split_once(&format!("{what}=\"")).expect("a field");
        rest.split('"').next().expect("its end").to_owned()
    };
    let pressed = reader
        .request(Method::POST, &format!("{path}/never"))
        .form(&[(named("name"), named("value"))]);
    let pressed = reader.send(pressed).await.expect(303);
    assert_eq!(pressed.header("location"), format!("{path}?done"));
    assert_eq!(app.count(refused).await, 4);
}
on_both_with_mail!(
    one_click,
    mail_programs_leave_by_either_encoding_and_are_sent_nowhere
);

/// When a comment was sent, as people at the newspaper write it.
async fn sent_at(lan: &Moderator, id: &str) -> String {
    let card = lan.show(id).await.expect(200).json();
    let at = card["created_at"].as_str().expect("a time");
    let at: jiff::Timestamp = at.parse().expect("a time");
    let here = at.in_tz("Asia/Ho_Chi_Minh").expect("a zone");
    here.strftime("%H:%M, %d/%m/%Y").to_string()
}

async fn a_reader_is_told_which_comment_it_is_about(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let first = confirmed_by(&reader, &server, email).await;
    let (second, _) = reader.write_all(&asking(email)).await;
    // Two days apart, so that a day is told rather than the present one.
    let ago = match backend {
        Backend::Sqlite => "created_at - 172800000000",
        Backend::Postgres => "created_at - interval '48 hours'",
    };
    app.execute(&format!("update comments set created_at = {ago}"))
        .await;
    lan.approve(&lan.card(&first).await).await;
    lan.reject(&lan.card(&second).await).await;
    let mut answer = comment("Đúng thế bác ạ.");
    answer["parent"] = json!(first);
    let (answer, _) = app.reader().write_all(&answer).await;
    lan.approve(&lan.card(&answer).await).await;
    no_mail_waits(&app).await;
    let texts: Vec<String> = server.to(email).iter().map(Delivery::text).collect();
    assert_eq!(texts.len(), 4, "{texts:?}");
    let (published, refused) = (sent_at(&lan, &first).await, sent_at(&lan, &second).await);
    for said in [
        format!("Báo Ví Dụ đã đăng ý kiến bạn gửi lúc {published} dưới bài báo này."),
        format!("Báo Ví Dụ không đăng ý kiến bạn gửi lúc {refused} dưới bài báo này."),
        format!(
            "Ý kiến bạn gửi lúc {published} dưới bài báo này của Báo Ví Dụ vừa có người trả lời."
        ),
    ] {
        assert!(
            texts.iter().any(|text| text.contains(&said)),
            "{said}: {texts:?}"
        );
    }
    // What decides may be a person or the model: nothing says that it was read.
    assert!(
        !texts.iter().any(|text| text.contains("đã đọc")),
        "{texts:?}"
    );
}
on_both_with_mail!(which_comment, a_reader_is_told_which_comment_it_is_about);

async fn an_undone_decision_is_not_told(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "3").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let id = confirmed_by(&reader, &server, email).await;
    let batch = lan.approve(&lan.card(&id).await).await;
    lan.undo(&batch).await.expect(200);
    lan.reject(&lan.card(&id).await).await;
    no_mail_waits(&app).await;
    let mails = server.to(email);
    assert_eq!(mails.len(), 2);
    let subject = mails[1].message().subject().map(str::to_owned);
    assert_eq!(
        subject.as_deref(),
        Some("Ý kiến của bạn không được đăng — Báo Ví Dụ")
    );
}
on_both_with_mail!(undone, an_undone_decision_is_not_told);

async fn who_confirms_late_is_told_what_was_decided(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let (first, _) = reader.write_all(&asking(email)).await;
    let (spam, _) = reader.write_all(&asking(email)).await;
    reader.write_all(&asking(email)).await;
    let path = link(&server.handed_to(email).await);
    lan.approve(&lan.card(&first).await).await;
    lan.spam(&lan.card(&spam).await).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 1);
    for _ in 0..2 {
        press(&reader, &format!("{path}/confirm")).await.expect(303);
    }
    no_mail_waits(&app).await;
    let mails = server.to(email);
    assert_eq!(mails.len(), 2);
    assert_eq!(
        mails[1].message().subject(),
        Some("Ý kiến của bạn đã được đăng — Báo Ví Dụ")
    );
}
on_both_with_mail!(late, who_confirms_late_is_told_what_was_decided);

async fn who_was_answered_is_told_once_the_answer_is_published(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let first = confirmed_by(&reader, &server, email).await;
    lan.approve(&lan.card(&first).await).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 2);
    let answer = async |email: &str| {
        let mut new = comment(&anew("Tôi nghĩ khác."));
        (new["email"], new["parent"]) = (json!(email), json!(first));
        new["name"] = json!("Mua vé số ở đây");
        reader.write_all(&new).await.0
    };
    let (rejected, published) = (
        answer("khac@doc.example").await,
        answer("khac@doc.example").await,
    );
    let own = answer("Ban+1@doc.example").await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 2, "before anybody has looked");
    lan.reject(&lan.card(&rejected).await).await;
    lan.approve(&lan.card(&own).await).await;
    no_mail_waits(&app).await;
    assert_eq!(
        server.to(email).len(),
        2,
        "told of what is no answer of others"
    );

    let batch = lan.approve(&lan.card(&published).await).await;
    no_mail_waits(&app).await;
    let mail = server.to(email).remove(2);
    let message = mail.message();
    assert_eq!(
        message.subject(),
        Some("Ý kiến của bạn có người trả lời — Báo Ví Dụ")
    );
    for part in [mail.text(), mail.html()] {
        assert!(part.contains(ARTICLE), "{part}");
        for typed in ["Mua vé số", "nghĩ khác", "khac@doc"] {
            assert!(!part.contains(typed), "{typed}: {part}");
        }
    }
    // Taken down and published again, it is the same answer.
    lan.undo(&batch).await.expect(200);
    lan.approve(&lan.card(&published).await).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 3);

    let one_click = reader
        .request(Method::POST, &format!("{}/never", link(&mail)))
        .form(&[("List-Unsubscribe", "One-Click")]);
    reader.send(one_click).await.expect(200);
    let last = answer("khac@doc.example").await;
    lan.approve(&lan.card(&last).await).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 3);
}
on_both_with_mail!(
    answered,
    who_was_answered_is_told_once_the_answer_is_published
);

async fn one_yes_sends_one_mail_an_hour(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    for _ in 0..3 {
        let (id, _) = reader.write_all(&asking(email)).await;
        lan.approve(&lan.card(&id).await).await;
    }
    let path = link(&server.handed_to(email).await);
    press(&reader, &format!("{path}/confirm")).await.expect(303);
    eventually("the first is told", async || {
        (server.to(email).len() == 2).then_some(())
    })
    .await;
    // The server has it a moment before it is off the list.
    eventually("two wait", async || {
        (mails_waiting(&app).await == 2).then_some(())
    })
    .await;
    let spread = match backend {
        Backend::Sqlite => "run_at - created_at >= 3600000000",
        Backend::Postgres => "run_at - created_at >= interval '1 hour'",
    };
    let later =
        format!("select count(*) from outbox where kind = 'mail' and state = 'ready' and {spread}");
    assert_eq!(app.count(&later).await, 2);
    // The next hours have come, in which one leaves, however many are due.
    let ago = match backend {
        Backend::Sqlite => "done_at - 3600000000",
        Backend::Postgres => "done_at - interval '1 hour'",
    };
    for waiting in [1, 0] {
        app.execute(&format!(
            "update outbox set done_at = {ago} where state = 'done'"
        ))
        .await;
        app.execute("update outbox set run_at = created_at where state = 'ready'")
            .await;
        eventually("one is told", async || {
            (mails_waiting(&app).await == waiting).then_some(())
        })
        .await;
        eventually("no other is due", async || {
            (app.count(&later).await == waiting).then_some(())
        })
        .await;
        assert_eq!(
            server.to(email).len(),
            usize::try_from(4 - waiting).expect("few")
        );
    }
}
on_both_with_mail!(spread, one_yes_sends_one_mail_an_hour);

async fn one_mailbox_has_one_mail_an_hour_whatever_sites_send(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    for site in ["khac", "nua"] {
        app.add_site(site, &format!("https://{site}.example"));
        app.done(&["site", "set", site, "tell_decision=true"], "");
    }
    let lan = app.moderator("Lan");
    let email = "ban@doc.example";
    let at = async |site: &str| {
        let mut new = asking(email);
        if site != "bao" {
            new["article"] = json!({ "url": format!("https://{site}.example/bai.html") });
        }
        app.reader_of(site).write_all(&new).await.0
    };
    let reaches = async |count: usize| {
        eventually("a mail", async || {
            (server.to(email).len() >= count).then_some(())
        })
        .await;
        no_mail_waits(&app).await;
        assert_eq!(server.to(email).len(), count);
    };
    let first = at("bao").await;
    reaches(1).await;
    let other = at("khac").await;
    for id in [first, other] {
        lan.approve(&lan.card(&id).await).await;
    }
    assert_eq!(mails_waiting_long(&app).await, 1);
    an_hour_passes(&app).await;
    reaches(2).await;
    let asked: Vec<String> = server.to(email).iter().map(link).collect();
    let says_yes = async |path: &str| {
        let yes = format!("{path}/confirm");
        press(&app.reader(), &yes).await.expect(303);
    };
    // The other site has asked just now.
    says_yes(&asked[0]).await;
    assert_eq!(mails_waiting_long(&app).await, 1);
    an_hour_passes(&app).await;
    reaches(3).await;
    // The other site has told something just now.
    says_yes(&asked[1]).await;
    assert_eq!(mails_waiting_long(&app).await, 1);
    // Even where it is due, as after an outage.
    app.execute("update outbox set run_at = created_at where state = 'ready'")
        .await;
    eventually("it is put off", async || {
        (mails_waiting_long(&app).await == 1).then_some(())
    })
    .await;
    assert_eq!(server.to(email).len(), 3);
    an_hour_passes(&app).await;
    reaches(4).await;
    // Nor does a third one ask meanwhile.
    at("nua").await;
    assert_eq!(mails_waiting_long(&app).await, 1);
    an_hour_passes(&app).await;
    reaches(5).await;
}
on_both_with_mail!(
    hour_of_all_sites,
    one_mailbox_has_one_mail_an_hour_whatever_sites_send
);

async fn of_what_is_due_to_one_mailbox_two_replicas_send_one(backend: Backend) {
    let mut server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let _second = Server::start(app.folder(), &settings, "serve");
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    // One takes eight at once, and the other the rest while these are on their way.
    for _ in 0..10 {
        let (id, _) = reader.write_all(&asking(email)).await;
        lan.approve(&lan.card(&id).await).await;
    }
    let path = link(&server.handed_to(email).await);
    press(&reader, &format!("{path}/confirm")).await.expect(303);
    eventually("the first is told", async || {
        (mails_waiting(&app).await == 9).then_some(())
    })
    .await;
    server.reopen(Mode::Slow(1));
    let ago = match backend {
        Backend::Sqlite => "done_at - 3600000000",
        Backend::Postgres => "done_at - interval '1 hour'",
    };
    app.execute(&format!(
        "update outbox set done_at = {ago} where state = 'done'"
    ))
    .await;
    app.execute("update outbox set run_at = created_at where state = 'ready'")
        .await;
    eventually("no other is due", async || {
        let waiting = mails_waiting(&app).await;
        (waiting < 9 && mails_waiting_long(&app).await == waiting).then_some(())
    })
    .await;
    assert_eq!(server.to(email).len(), 3);
    assert_eq!(mails_waiting(&app).await, 8);
}
on_both_with_mail!(
    replicas,
    of_what_is_due_to_one_mailbox_two_replicas_send_one
);

async fn as_many_wait_of_what_was_decided_before_the_yes_as_of_anything(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let lan = app.moderator("Lan");
    let email = "ban@doc.example";
    for number in 0..26 {
        let reader = app.reader().behind(&format!("203.0.113.{number}"));
        let (id, _) = reader.write_all(&asking(email)).await;
        lan.approve(&lan.card(&id).await).await;
    }
    let path = link(&server.handed_to(email).await);
    press(&app.reader(), &format!("{path}/confirm"))
        .await
        .expect(303);
    let told = "select count(*) from outbox where payload like '%\"tell\":%'";
    assert_eq!(app.count(told).await, 24);
}
on_both_with_mail!(
    decided_before,
    as_many_wait_of_what_was_decided_before_the_yes_as_of_anything
);

async fn a_yes_pressed_twice_tells_once(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    // The provider knows the mailbox without the dot.
    let email = "ban.doc@gmail.com";
    let (id, _) = reader.write_all(&asking(email)).await;
    lan.approve(&lan.card(&id).await).await;
    let yes = format!("{}/confirm", link(&server.handed_to(email).await));
    let presses = (0..8).map(|_| press(&reader, &yes));
    for answer in futures_util::future::join_all(presses).await {
        answer.expect(303);
    }
    eventually("it is told", async || {
        (server.to(email).len() >= 2).then_some(())
    })
    .await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 2);
}
on_both_with_mail!(twice, a_yes_pressed_twice_tells_once);

async fn robots_have_nobody_asked_until_a_person_publishes(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let mut sent = Vec::new();
    for email in ["mot@doc.example", "hai@doc.example"] {
        let mut new = asking(email);
        new["website"] = json!("http://x.example");
        sent.push(reader.write_all(&new).await.0);
    }
    let asked = "select count(*) from subscriptions";
    assert_eq!(app.count(asked).await, 0);
    lan.reject(&lan.card(&sent[0]).await).await;
    assert_eq!(app.count(asked).await, 0);
    lan.approve(&lan.card(&sent[1]).await).await;
    let path = link(&server.handed_to("hai@doc.example").await);
    press(&reader, &format!("{path}/confirm")).await.expect(303);
    no_mail_waits(&app).await;
    assert_eq!(server.to("hai@doc.example").len(), 2);
    assert_eq!(server.to("mot@doc.example").len(), 0);
}
on_both_with_mail!(robots, robots_have_nobody_asked_until_a_person_publishes);

async fn nobody_can_flood_who_confirmed(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let email = "ban@doc.example";
    let first = confirmed_by(&reader, &server, email).await;
    lan.approve(&lan.card(&first).await).await;
    let mut sent = Vec::new();
    for number in 0..12 {
        let mut new = asking(&format!("ban+{number}@doc.example"));
        new["article"]["url"] = json!(format!("{ARTICLE}?mua={number}"));
        sent.push(reader.write_all(&new).await.0);
    }
    for id in &sent {
        lan.approve(&lan.card(id).await).await;
    }
    no_mail_waits(&app).await;
    let mails = server.to(email);
    assert_eq!(mails.len(), 11, "one question, ten decisions");
    assert!(mails.iter().all(|mail| !mail.text().contains("mua=")));
    // Where the site tells no more, nothing is told.
    let (last, _) = reader.write_all(&asking(email)).await;
    app.execute("delete from outbox").await;
    app.done(&["site", "set", "bao", "tell_decision=false"], "");
    lan.approve(&lan.card(&last).await).await;
    no_mail_waits(&app).await;
    assert_eq!(server.to(email).len(), 11);
}
on_both_with_mail!(flood, nobody_can_flood_who_confirmed);

async fn beyond_the_ceiling_questions_leave_later(backend: Backend) {
    let server = MailServer::open(Mode::Accept);
    let app = telling(backend, &server, "0").await;
    let send = async |from: &str, email: &str| {
        let reader = app.reader().behind(from);
        reader.submit(&asking(email)).await.expect(202);
    };
    send("203.0.113.7", "dau@mat.example").await;
    // As if many others of the same address had been asked at the same time.
    let fill = |many: usize, mark: &str| {
        match backend {
        Backend::Sqlite => format!(
            "insert into subscriptions (site_id, id, mailbox, email, state, asked_at, address_mark)
             with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {many})
             select site_id, randomblob(16), hex(randomblob(16)), 'x', 'asked', asked_at, {mark}
             from subscriptions, numbers where mailbox = 'dau@mat.example'"
        ),
        Backend::Postgres => format!(
            "insert into subscriptions (site_id, id, mailbox, email, state, asked_at, address_mark)
             select site_id, gen_random_uuid(), gen_random_uuid()::text, 'x', 'asked', asked_at, {mark}
             from subscriptions, generate_series(1, {many}) where mailbox = 'dau@mat.example'"
        ),
    }
    };
    app.execute(&fill(59, "address_mark")).await;
    let later = async |email: &str| {
        let hour = match backend {
            Backend::Sqlite => "3600000000",
            Backend::Postgres => "interval '3600 seconds'",
        };
        let first = "(select min(asked_at) from subscriptions)";
        let query = format!(
            "select count(*) from subscriptions where mailbox = '{email}' and asked_at >= {first} + {hour}"
        );
        app.count(&query).await == 1
    };
    send("203.0.113.7", "sau@mat.example").await;
    assert!(later("sau@mat.example").await);
    send("203.0.113.8", "khac@mat.example").await;
    assert!(!later("khac@mat.example").await);
    server.handed_to("khac@mat.example").await;
    app.execute(&fill(200, "null")).await;
    send("203.0.113.9", "ba@mat.example").await;
    assert!(later("ba@mat.example").await);
    // Two wait for their turn, written now.
    eventually("what was handed over is done with", async || {
        (mails_waiting(&app).await == 2).then_some(())
    })
    .await;
    let ahead = "select count(*) from outbox where kind = 'mail' and run_at > created_at and state = 'ready'";
    assert_eq!(app.count(ahead).await, 2);
}
on_both_with_mail!(ceilings, beyond_the_ceiling_questions_leave_later);

#[tokio::test]
async fn where_the_site_offers_none_nobody_is_asked() {
    let app = App::start(Backend::Sqlite).await;
    app.reader()
        .submit(&asking("la@mat.example"))
        .await
        .expect(202);
    let form = [("article", ARTICLE), ("body", "Thiếu tên"), ("tell", "on")];
    let page = app.reader().post_form(&form).await.expect(422);
    assert!(!page.body.contains("name=\"tell\""));
    assert_eq!(app.count("select count(*) from subscriptions").await, 0);
    assert_eq!(
        app.count("select count(*) from comments where tell").await,
        0
    );
}

#[tokio::test]
async fn the_form_has_a_box_that_nobody_ticks_but_the_reader() {
    let server = MailServer::open(Mode::Accept);
    let app = telling(Backend::Sqlite, &server, "0").await;
    let reader = app.reader();
    let box_of = async |fields: &[(&str, &str)]| {
        let page = reader.post_form(fields).await.expect(422).body;
        let (_, rest) = page.split_once("id=\"duyet-tell\"").expect("a box");
        rest.split('>').next().expect("its end").to_owned()
    };
    let base = [("article", ARTICLE), ("body", "Thiếu tên")];
    assert!(!box_of(&base).await.contains("checked"));
    let ticked = [&base[..], &[("bao_tin", "on")]].concat();
    assert!(box_of(&ticked).await.contains("checked"));
    let whole = [
        &ticked[..],
        &[("name", "Lan"), ("email", "lan@doc.example")],
    ]
    .concat();
    let thanks = reader.post_form(&whole).await.expect(200).body;
    assert!(thanks.contains("bạn sẽ nhận một thư hỏi lại"));
    server.handed_to("lan@doc.example").await;
}
