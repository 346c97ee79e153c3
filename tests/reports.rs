//! Readers report published comments: taken within limits, seen by moderators as evidence, settled by their decisions alone.

use duyet::domain::{CommentId, Instant, ReportId, ReportReason, SiteId};
use duyet::store::{NewReport, ReportLimits, Reported, Store};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Backend, Card, Moderator, Reader, Setup, comment_on, eventually, hidden,
    mail_files, on_both,
};

/// The tests are the proxy that the service trusts.
fn behind_a_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
}

fn reader(app: &App, number: u8) -> Reader {
    app.reader().behind(&format!("203.0.113.{number}"))
}

async fn published(lan: &Moderator, reader: &Reader, body: &str) -> String {
    let mut new = comment_on(ARTICLE, body);
    new["email"] = json!(format!("{}@thu.example", body.len()));
    let (id, _) = reader.write_all(&new).await;
    lan.approve(&lan.card(&id).await).await;
    id
}

fn reason(reason: &str) -> Value {
    json!({ "reason": reason })
}

async fn reported(by: &Moderator) -> Vec<Card> {
    by.cards(&[("reported", "true"), ("order", "oldest")]).await
}

async fn reported_ids(by: &Moderator) -> Vec<String> {
    let cards = reported(by).await;
    cards.iter().map(|card| card.id().to_owned()).collect()
}

/// How many are open and settled, as a card says.
async fn told(by: &Moderator, id: &str) -> (i64, i64) {
    let reports = &by.card(id).await.0["reports"];
    let number = |name: &str| reports[name].as_i64().expect("a number");
    (number("open"), number("settled"))
}

on_both!(
    a_report_is_evidence_that_a_decision_settles,
    behind_a_proxy,
    async |mut app: App| {
        let lan = app.moderator("Lan");
        let [one, two, three] = [1, 2, 3].map(|number| reader(&app, number));
        // Nothing is told of what is not public.
        let (waiting, _) = one.write("Cây cầu này bao giờ xong").await;
        one.report(&waiting, &reason("other")).await.expect(404);
        one.report("khong-co", &reason("other")).await.expect(404);

        let [first, second] = [
            published(&lan, &one, "Ông ấy là đồ tham lam").await,
            published(&lan, &one, "Số nhà của bà ấy là 12 phố Huế").await,
        ];
        assert!(reported(&lan).await.is_empty());
        let revision = lan.card(&second).await.revision();
        let mut line = lan.watch("").await;
        line.until("counts").await;
        let note = "<script>alert(1)</script> nhà \u{202e}tôi";
        let taken = json!({ "reason": "personal_data", "note": note });
        let answer = one.report(&second, &taken).await.expect(202);
        assert_eq!(answer.json(), json!({}));
        let news = loop {
            let data = line.until("comment").await;
            if data["kind"] == "comment.reported" {
                break data;
            }
        };
        assert_eq!(
            (&news["id"], &news["status"]),
            (&json!(second), &json!("approved"))
        );
        two.report(&second, &reason("insulting")).await.expect(202);
        three.report(&first, &reason("untrue")).await.expect(202);

        // It stays public as it is, and waits in a lane of its own, the first reported first.
        assert_eq!(one.published().await.len(), 2);
        assert_eq!(reported_ids(&lan).await, [second.as_str(), first.as_str()]);
        let card = lan.card(&second).await;
        assert_eq!((card.status(), card.revision()), ("approved", revision));
        let reports = &card.0["reports"];
        assert_eq!(reports["open"], 2);
        assert_eq!(
            reports["reasons"],
            json!([{ "reason": "insulting", "count": 1 }, { "reason": "personal_data", "count": 1 }])
        );
        assert_eq!(reports["latest"][1]["note"], note);
        assert!(!reports.to_string().contains("203.0.113"), "{reports}");
        // The page of the list goes on, and filters hold there too.
        let page = lan
            .list(&[("reported", "true"), ("order", "oldest"), ("limit", "1")])
            .await
            .json();
        assert_eq!(page["next"], second.as_str());
        let next = [
            ("reported", "true"),
            ("order", "oldest"),
            ("after", &second),
        ];
        assert_eq!(lan.cards(&next).await[0].id(), first);
        let found = lan.cards(&[("reported", "true"), ("q", "so nha")]).await;
        assert_eq!(found.len(), 1);
        assert!(
            lan.cards(&[("reported", "true"), ("status", "pending")])
                .await
                .is_empty()
        );

        // A repeat says nothing new.
        one.report(&second, &reason("other")).await.expect(202);
        assert_eq!(told(&lan, &second).await, (2, 0));

        // Kept: what the same addresses say of it is known, another opens it again.
        let batch = lan.approve(&lan.card(&second).await).await;
        assert_eq!(reported_ids(&lan).await, [first.as_str()]);
        assert_eq!(told(&lan, &second).await, (0, 2));
        let stale = Card(json!({ "id": second, "revision": revision }));
        lan.decide("reject", &[&stale]).await.expect(409);
        lan.decide("approve", &[&lan.card(&second).await])
            .await
            .expect(409);
        old_reports(&app).await;
        one.report(&second, &reason("unlawful")).await.expect(202);
        assert_eq!(told(&lan, &second).await, (0, 2));
        three.report(&second, &reason("unlawful")).await.expect(202);
        assert_eq!(told(&lan, &second).await, (1, 2));
        lan.undo(&batch).await.expect(200);
        assert_eq!(told(&lan, &second).await, (3, 0));
        assert_eq!(one.published().await.len(), 2);

        // Taken down, and back.
        let batch = lan.reject(&lan.card(&second).await).await;
        assert_eq!(reported_ids(&lan).await, [first.as_str()]);
        assert_eq!(
            (told(&lan, &second).await, one.published().await.len()),
            ((0, 3), 1)
        );
        one.report(&second, &reason("other")).await.expect(404);
        lan.undo(&batch).await.expect(200);
        assert_eq!(
            (told(&lan, &second).await, one.published().await.len()),
            ((3, 0), 2)
        );
        // Put back into the queue it waits there, its reports beside it.
        lan.decide("requeue", &[&lan.card(&second).await])
            .await
            .expect(200);
        assert_eq!(told(&lan, &second).await, (3, 0));
        assert_eq!(reported_ids(&lan).await, [first.as_str()]);
        lan.approve(&lan.card(&second).await).await;
        assert_eq!(told(&lan, &second).await, (0, 3));
        // The next report of one whose reports came to nothing says so.
        one.report(&first, &reason("other")).await.expect(202);
        let latest = &lan.card(&first).await.0["reports"]["latest"];
        assert_eq!(
            (&latest[0]["kept_before"], &latest[1]["kept_before"]),
            (&json!(1), &json!(1))
        );

        let history = lan
            .send(lan.request(
                Method::GET,
                &format!("/api/v1/moderation/history?comment={second}"),
            ))
            .await
            .expect(200)
            .body;
        for kind in ["comment.reported", "comment.kept", "comment.undone"] {
            assert!(history.contains(kind), "{kind}: {history}");
        }

        // What tells senders apart goes in time; the reports stay.
        app.restart();
        eventually("no sender is known of old reports", async || {
            let old = "select count(*) from reports where reporter is not null and id < ";
            let known = app
                .count(&format!("{old}{}", literal(app.backend, BOUND)))
                .await;
            (known == 0).then_some(())
        })
        .await;
        let lan = Moderator::new(app.wire(), &lan.token);
        assert_eq!(told(&lan, &second).await, (0, 3));
        assert!(
            app.count("select count(*) from reports where reporter is not null")
                .await
                > 0
        );
    }
);

/// The highest id of old reports.
const BOUND: &str = "01000000000070008000ffffffffffff";

fn literal(backend: Backend, id: &str) -> String {
    match backend {
        Backend::Sqlite => format!("x'{id}'"),
        Backend::Postgres => format!("cast('{id}' as uuid)"),
    }
}

/// Makes the reports of today years old.
async fn old_reports(app: &App) {
    let id = match app.backend {
        Backend::Sqlite => "unhex('01000000000070008000' || substr(hex(id), 21))",
        Backend::Postgres => {
            "cast('01000000000070008000' || right(replace(cast(id as text), '-', ''), 12) as uuid)"
        }
    };
    app.execute(&format!("update reports set id = {id}")).await;
}

on_both!(
    members_see_reports_of_their_own_sites_and_sections,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let lan = app.moderator("Lan");
        let hoa = app.member("Hoa", &["--site", "khac"]);
        let minh = app.member("Minh", &["--section", "bao:Thể thao"]);
        let id = published(&lan, &app.reader(), "Trận này trọng tài sai").await;
        // Whose address nobody knows counts once for a comment.
        app.reader()
            .report(&id, &reason("untrue"))
            .await
            .expect(202);
        app.reader().report(&id, &reason("other")).await.expect(202);
        app.reader_of("khac")
            .report(&id, &reason("other"))
            .await
            .expect(404);
        assert_eq!(told(&lan, &id).await, (1, 0));
        for by in [&hoa, &minh] {
            assert!(reported(by).await.is_empty());
            by.show(&id).await.expect(404);
            let target = json!({ "action": "approve", "comments": [{ "id": id, "revision": 2 }] });
            by.decide_json(&target).await.expect(404);
            let counts = by.watch("").await.until("counts").await;
            assert_eq!(
                (&counts[3]["lane"], &counts[3]["count"]),
                (&json!("reported"), &json!(0))
            );
        }
        app.execute("update articles set section = 'Thể thao'")
            .await;
        assert_eq!(reported_ids(&minh).await, [id.as_str()]);
        let counts = minh.watch("").await.until("counts").await;
        assert_eq!(counts[3]["count"], 1);
        let claimed = minh
            .call(Method::POST, "claims", &json!({ "comments": [id] }))
            .await
            .expect(200)
            .json();
        assert_eq!(claimed["claims"][0]["id"], id.as_str());
        minh.approve(&minh.card(&id).await).await;
        assert!(reported(&lan).await.is_empty());
        // Whoever wrote it takes it back: nothing is left to decide.
        let (own, receipt) = app.reader().write("Tôi xin rút lại ý này").await;
        lan.approve(&lan.card(&own).await).await;
        app.reader()
            .report(&own, &reason("other"))
            .await
            .expect(202);
        app.reader().withdraw(&receipt).await.expect(200);
        assert_eq!(told(&lan, &own).await, (0, 1));
    }
);

on_both!(reports_have_limits, behind_a_proxy, async |app: App| {
    let lan = app.moderator("Lan");
    let (one, two) = (reader(&app, 1), reader(&app, 2));
    let mut ids = Vec::new();
    for number in 0..21 {
        let mut new = comment_on(ARTICLE, &format!("Ý kiến số {number} về cây cầu"));
        new["email"] = json!(format!("ban-{number}@thu.example"));
        let writer = reader(&app, 100 + number);
        ids.push(writer.write_all(&new).await.0);
    }
    let cards = lan.cards(&[("limit", "50")]).await;
    lan.decide("approve", &cards.iter().collect::<Vec<_>>())
        .await
        .expect(200);
    for id in &ids[..20] {
        one.report(id, &reason("other")).await.expect(202);
    }
    let refused = one.report(&ids[20], &reason("other")).await.expect(429);
    assert_eq!(refused.json()["type"], "/docs#problem-too-many-reports");
    let wait: u32 = refused.header("retry-after").parse().expect("seconds");
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    // A repeat is still none, and by the form everything typed is kept.
    one.report(&ids[0], &reason("other")).await.expect(202);
    let fields = [("reason", "untrue"), ("note", "Không đúng đâu")];
    let page = one.report_by_form(&ids[20], &fields).await.expect(429);
    assert!(
        page.body.contains("Quá nhiều báo cáo") && page.body.contains("Không đúng đâu</textarea>")
    );
    two.report(&ids[20], &reason("other")).await.expect(202);
    // What is urgent is not kept out by what is not.
    one.report(&ids[20], &reason("personal_data"))
        .await
        .expect(202);
    assert_eq!(app.count("select count(*) from reports").await, 22);
    assert_eq!(one.published().await.len(), 21);

    // The site's own bound, whoever sends.
    let store = Store::open(app.settings()["DATABASE_URL"].parse().expect("an address"))
        .await
        .expect("opened");
    let site = app
        .texts(match app.backend {
            Backend::Sqlite => "select lower(hex(id)) as text from sites",
            Backend::Postgres => "select cast(id as text) as text from sites",
        })
        .await;
    let site: SiteId = site[0].parse().expect("an id");
    let comment: CommentId = ids[0].parse().expect("an id");
    let report = async |reason: ReportReason, reporter: i64, on_site: i64| {
        let new = NewReport {
            site,
            comment,
            id: ReportId(uuid::Uuid::now_v7()),
            reason,
            note: None,
            reporter,
            limits: ReportLimits {
                from_one: None,
                on_site,
            },
            at: now(),
        };
        store.report(new).await.expect("answered")
    };
    let (other, urgent) = (ReportReason::Other, ReportReason::PersonalData);
    assert!(matches!(report(other, 7, 21).await, Reported::TooMany(_)));
    assert_eq!(report(other, 7, 22).await, Reported::Done);
    assert_eq!(report(other, 7, 22).await, Reported::Repeated);
    // The urgent ones fill a measure of their own.
    assert!(matches!(report(urgent, 8, 1).await, Reported::TooMany(_)));
    assert_eq!(report(urgent, 8, 2).await, Reported::Done);
});

fn now() -> Instant {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    Instant::from_micros(i64::try_from(since.as_micros()).expect("a moment"))
}

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location")
}

on_both!(
    readers_report_and_moderators_decide_without_a_script,
    behind_a_proxy,
    async |app: App| {
        let lan = app.moderator("Lan");
        let quan = app.visitor("Quan");
        let [one, two, three] = [1, 2, 3].map(|number| reader(&app, number));
        let hostile = "<img src=x onerror=alert(1)> ông ấy tham lam";
        let id = published(&lan, &one, hostile).await;
        let path = format!("/sites/bao/comments/{id}/report");
        let page = one.send(one.request(Method::GET, &path)).await.expect(200);
        assert!(
            page.body.contains("&#60;img src=x") && !page.body.contains("<img"),
            "{}",
            page.body
        );
        assert!(
            page.body
                .contains(&format!("href=\"{ARTICLE}#duyet-{id}\"")),
            "{}",
            page.body
        );
        assert!(page.header("x-robots-tag").contains("noindex"));
        // The title is what some reader said it is.
        assert!(!page.body.contains("Cầu mới"), "{}", page.body);
        let action = format!("action=\"{}\"", one.path(&format!("comments/{id}/reports")));
        assert!(page.body.contains(&action), "{}", page.body);

        let long = "a".repeat(501);
        let wrong = one
            .report_by_form(&id, &[("note", &long)])
            .await
            .expect(422);
        assert!(wrong.body.contains("Hãy chọn một lý do.") && wrong.body.contains(&long));
        let wrong = one
            .report(&id, &json!({ "reason": "insulting", "note": long }))
            .await;
        assert_eq!(
            wrong.expect(422).wrong(),
            [("note".to_owned(), "text-too-long".to_owned())]
        );
        one.report(&id, &json!({ "reason": "rude" }))
            .await
            .expect(422);
        one.report(&id, &json!({ "reason": "other", "by": "x" }))
            .await
            .expect(422);
        let foreign = one.clone().at("https://thu.example");
        foreign.report(&id, &reason("other")).await.expect(403);

        let note = "</q><script>alert(1)</script> Lan\r\nBcc: x@thu.example";
        let fields = [("ly_do", "insulting"), ("ghi_chu", note)];
        let thanks = one.report_by_form(&id, &fields).await.expect(200);
        assert!(thanks.body.contains("Đã nhận báo cáo"));
        let back = [("reason", "other"), ("return", "https://bao.example/a?b=c")];
        let answer = two.report_by_form(&id, &back).await;
        assert_eq!(
            leads_to(&answer),
            "https://bao.example/a?b=c&duyet=reported"
        );
        let away = [("reason", "other"), ("return", "https://thu.example/")];
        three.report_by_form(&id, &away).await.expect(200);
        let welcome = three
            .at("https://bao.example")
            .report(&id, &reason("other"))
            .await;
        assert_eq!(
            welcome.header("access-control-allow-origin"),
            "https://bao.example"
        );

        // At the desk: the first lane with work is this one.
        quan.sign_in("Quan").await.expect(303);
        let queue = quan.open("/queue").await.expect(200);
        assert!(queue.body.contains("<h1>Bị báo cáo</h1>"), "{}", queue.body);
        assert!(queue.body.contains("3 báo cáo của bạn đọc"));
        assert!(!queue.body.contains("<script>alert"));
        assert!(
            queue
                .body
                .contains("&#60;script&#62;alert(1)&#60;/script&#62; Lan")
        );
        let card = quan.open(&format!("/queue?comment={id}")).await.expect(200);
        assert!(card.body.contains("<h1>Bị báo cáo</h1>"));
        let csrf = hidden(&queue, "csrf");
        let target = hidden(&queue, "comment");
        let fields = [
            ("csrf", csrf.as_str()),
            ("view", "lane=reported"),
            ("comment", &target),
            ("action", "approve"),
        ];
        let kept = quan.post("/queue/decisions", &fields).await.expect(303);
        let after = quan.follow(&kept).await.expect(200);
        assert!(
            after.body.contains("Đã giữ lại 1 bình luận."),
            "{}",
            after.body
        );
        assert!(after.body.contains("Hàng này trống"));
        assert_eq!(one.published().await.len(), 1);
        let batch = hidden(&after, "batch");
        let fields = [
            ("csrf", csrf.as_str()),
            ("view", "lane=reported"),
            ("batch", &batch),
        ];
        quan.post("/queue/undo", &fields).await.expect(303);
        assert_eq!(told(&lan, &id).await, (3, 0));
        let history = quan.open("/history").await.expect(200).body;
        assert!(history.contains("đã giữ lại bình luận bị báo cáo"));
        assert!(history.contains("đã báo cáo bình luận: Xúc phạm"));
    }
);

on_both!(
    what_is_urgent_is_mailed_at_once_and_the_rest_with_the_others,
    |setup| behind_a_proxy(setup).set("DUYET_MAIL_DIGEST", "3600"),
    async |app: App| {
        let lan = app.moderator("Lan");
        let [one, two, three] = [1, 2, 3].map(|number| reader(&app, number));
        let (id, _) = one.write("Nhà bà ấy ở số 12 phố Huế").await;
        let mails = app.folder().join("mail");
        let mails = || {
            let files = mail_files(&mails);
            let read = files
                .iter()
                .map(|file| std::fs::read(file).expect("a mail"));
            read.map(|bytes| {
                let mail = mail_parser::MessageParser::default()
                    .parse(&bytes)
                    .expect("a mail");
                let subject = mail.subject().unwrap_or_default().to_owned();
                (subject, mail.body_text(0).unwrap_or_default().into_owned())
            })
            .collect::<Vec<_>>()
        };
        let waits = async |kind: &str| {
            let query = "select count(*) from outbox where state = 'ready' and kind";
            app.count(&format!("{query} = '{kind}'")).await
        };
        // The comment itself takes the hour's turn, before it is published.
        eventually("the turn is taken", async || {
            let is_sent = mails().len() == 1 && waits("mail").await == 0;
            is_sent.then_some(())
        })
        .await;
        lan.approve(&lan.card(&id).await).await;
        let before = mails().len();
        one.report(&id, &reason("insulting")).await.expect(202);
        two.report(
            &id,
            &json!({ "reason": "personal_data", "note": "Nhà tôi\nBcc: x@thu.example" }),
        )
        .await
        .expect(202);
        let told = eventually("a mail about it", async || {
            (mails().len() > before).then(|| {
                let all = mails();
                all.into_iter()
                    .find(|(subject, _)| subject.contains("báo cáo"))
            })?
        })
        .await;
        assert_eq!(
            told.0,
            "Khẩn: lộ thông tin riêng — 1 bình luận đã đăng bị báo cáo — Báo Ví Dụ"
        );
        assert!(told.1.contains("Lộ thông tin cá nhân"), "{}", told.1);
        assert!(
            told.1.contains("“Nhà tôi Bcc: x[@]thu[.]example”"),
            "{}",
            told.1
        );
        assert!(told.1.contains("Xúc phạm"), "{}", told.1);
        // The other waits for the hour, and nobody is told again of what is open.
        let untold = async || {
            let told = "select ordinary_to from tellings";
            let query =
                format!("select count(*) from gathered where not IS_URGENT and seq > ({told})");
            let name = match app.backend {
                Backend::Sqlite => "(is_urgent = 1)",
                Backend::Postgres => "is_urgent",
            };
            app.count(&query.replace("IS_URGENT", name)).await
        };
        assert_eq!(untold().await, 1);
        three.report(&id, &reason("unlawful")).await.expect(202);
        let left = [
            waits("notice").await,
            waits("alert").await,
            waits("mail").await,
        ];
        assert_eq!((left, untold().await), ([0, 0, 0], 1));
        assert_eq!(mails().len(), before + 1);
    }
);
