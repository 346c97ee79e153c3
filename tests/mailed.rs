//! Deciding from a mail: its links open a page, and only the button of whom it was mailed to decides, once.

use std::time::Duration;

use duyet::access::{Deed, DeedKey};
use duyet::store::{Address, Store};
use reqwest::Method;
use serde_json::json;

use crate::support::{
    Answer, App, Browser, ONE_CLICK_IN_PARTS, SECRET, comment, eventually, hidden, mail_files,
    on_both,
};

const ACTIONS: [(&str, &str); 3] = [
    ("Duyệt", "approved"),
    ("Từ chối", "rejected"),
    ("Rác", "spam"),
];

/// The text of the first mail to a member that holds all of that.
async fn mail_to(app: &App, name: &str, holds: &str) -> String {
    let address = format!("{}@bao.example", name.to_lowercase());
    let folder = app.folder().join("mail");
    eventually("a mail", async || {
        let files = mail_files(&folder);
        let texts = files.iter().filter_map(|file| {
            let bytes = std::fs::read(file).expect("a mail");
            let mail = mail_parser::MessageParser::default().parse(&bytes)?;
            let is_theirs = mail.to()?.first()?.address() == Some(&address);
            is_theirs.then(|| mail.body_text(0).map(std::borrow::Cow::into_owned))?
        });
        texts.into_iter().find(|text| text.contains(holds))
    })
    .await
}

/// The same of its HTML.
async fn html_to(app: &App, name: &str, holds: &str) -> String {
    let address = format!("{}@bao.example", name.to_lowercase());
    let folder = app.folder().join("mail");
    eventually("a mail", async || {
        mail_files(&folder).iter().find_map(|file| {
            let bytes = std::fs::read(file).expect("a mail");
            let mail = mail_parser::MessageParser::default().parse(&bytes)?;
            let is_theirs = mail.to()?.first()?.address() == Some(&address);
            let html = mail.body_html(0).filter(|_| is_theirs)?.into_owned();
            html.contains(holds).then_some(html)
        })
    })
    .await
}

/// Where a line of a mail leads: `Duyệt: http://…/decide/TOKEN`.
fn link(mail: &str, label: &str) -> String {
    let begin = format!("   {label}: http://binh-luan.bao.example");
    let line = mail.lines().find_map(|line| line.strip_prefix(&begin));
    line.unwrap_or_else(|| panic!("no {label} in {mail}"))
        .to_owned()
}

/// Where the header of the first mail to a member leads, by which mail programs end it (RFC 8058).
async fn off_link(app: &App, name: &str) -> String {
    let address = format!("{}@bao.example", name.to_lowercase());
    let folder = app.folder().join("mail");
    eventually("a mail", async || {
        mail_files(&folder).iter().find_map(|file| {
            let bytes = std::fs::read(file).expect("a mail");
            let mail = mail_parser::MessageParser::default().parse(&bytes)?;
            let is_theirs = mail.to()?.first()?.address() == Some(&address);
            let link = mail.list_unsubscribe().as_address()?.first()?.address()?;
            let path = link.strip_prefix("http://binh-luan.bao.example")?;
            is_theirs.then(|| path.to_owned())
        })
    })
    .await
}

async fn status(app: &App, text: &str) -> String {
    let query = format!("select status as text from comments where body = '{text}'");
    app.texts(&query).await.remove(0)
}

async fn press(browser: &Browser, page: &Answer, path: &str) -> Answer {
    let csrf = hidden(page, "csrf");
    browser.post(path, &[("csrf", &csrf)]).await
}

on_both!(
    a_mails_buttons_open_a_page_whose_button_decides,
    async |app: App| {
        let lan = app.visitor("Lan");
        for (number, (label, told)) in ACTIONS.into_iter().enumerate() {
            let text = format!("Ý kiến thứ {number} về cây cầu.");
            app.reader().submit(&comment(&text)).await.expect(202);
            let path = link(&mail_to(&app, "Lan", &text).await, label);
            if number == 0 {
                // Who is not signed in is asked to, and comes back to it.
                let led = lan.open(&path).await.expect(303);
                assert!(
                    led.header("location")
                        .starts_with("/sign-in?next=%2Fdecide%2F"),
                    "{led:?}"
                );
                let fields = [
                    ("email", "lan@bao.example"),
                    ("password", crate::support::PASSWORD),
                    ("next", path.as_str()),
                ];
                let signed_in = lan.post("/sign-in", &fields).await.expect(303);
                assert_eq!(signed_in.header("location"), path);
            }
            let page = lan.open(&path).await.expect(200);
            assert!(page.body.contains(&text) && page.body.contains("Chưa có gì được quyết định"));
            assert_eq!(page.header("x-robots-tag"), "noindex");
            let pressed = press(&lan, &page, &path).await.expect(303);
            assert_eq!(status(&app, &text).await, told);
            let after = lan.follow(&pressed).await.expect(200);
            assert!(after.body.contains("Bạn đã"), "{}", after.body);
            assert!(!after.body.contains("class=\"decide\""), "{}", after.body);
            // It waits no more, so nothing counts on; and it is her own decision however often she looks.
            assert!(after.body.contains("Gửi lúc") && !after.body.contains("<span>chờ"));
            let later = lan.open(&path).await.expect(200);
            assert!(later.body.contains("Bạn đã"), "{}", later.body);
            // It can be undone there; the link decides no second time.
            let fields = [
                ("csrf", hidden(&after, "csrf")),
                ("undo", hidden(&after, "undo")),
            ];
            let fields = fields
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let undone = lan.post(&path, &fields).await.expect(303);
            assert_eq!(status(&app, &text).await, "pending");
            let page = lan.follow(&undone).await.expect(200);
            assert!(page.body.contains("đã được hoàn tác"), "{}", page.body);
            press(&lan, &page, &path).await.expect(303);
            assert_eq!(status(&app, &text).await, "pending");
        }
    }
);

on_both!(
    nothing_but_the_button_of_whose_mail_it_is_decides,
    async |app: App| {
        let (lan, minh) = (app.visitor("Lan"), app.visitor("Minh"));
        let text = "Ý kiến để thử mọi đường.";
        app.reader().submit(&comment(text)).await.expect(202);
        let mail = mail_to(&app, "Lan", text).await;
        let guard = app.browser();
        minh.sign_in("Minh").await.expect(303);
        lan.sign_in("Lan").await.expect(303);
        let own = hidden(&minh.open("/account").await.expect(200), "csrf");
        for (label, _) in ACTIONS {
            let path = link(&mail, label);
            for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
                for browser in [&guard, &lan, &minh] {
                    let request = browser
                        .request(method.clone(), &path)
                        .header("sec-purpose", "prefetch");
                    browser.send(request).await;
                }
            }
            // Whoever has no session presses what they like; a colleague's session opens no mail of somebody else.
            assert_eq!(guard.post(&path, &[]).await.status, 303);
            assert_eq!(guard.post(&path, &[("csrf", &own)]).await.status, 303);
            let other = minh.open(&path).await.expect(404);
            assert!(other.body.contains("không dành cho tài khoản") && !other.body.contains(text));
            assert_eq!(minh.post(&path, &[("csrf", &own)]).await.status, 404);
            // Nor does her own session without the page's token, or from another page.
            assert_eq!(lan.post(&path, &[]).await.status, 403);
            assert_eq!(lan.post(&path, &[("csrf", &own)]).await.status, 403);
            let csrf = hidden(&lan.open(&path).await.expect(200), "csrf");
            let from = [("sec-fetch-site", "cross-site")];
            assert_eq!(
                lan.post_from(&from, &path, &[("csrf", &csrf)]).await.status,
                403
            );
            let broken = format!("{}A", &path[..path.len() - 1]);
            if broken != path {
                assert_eq!(lan.open(&broken).await.status, 404);
            }
        }
        assert_eq!(status(&app, text).await, "pending");
        assert_eq!(app.count("select count(*) from decisions").await, 0);
    }
);

on_both!(who_comes_too_late_reads_who_was_faster, async |app: App| {
    let lan = app.visitor("Lan");
    let minh = app.moderator("Minh");
    let text = "Ý kiến mà hai người cùng đọc.";
    app.reader().submit(&comment(text)).await.expect(202);
    let path = link(&mail_to(&app, "Lan", text).await, "Duyệt");
    lan.sign_in("Lan").await.expect(303);
    let before = lan.open(&path).await.expect(200);
    let card = minh.queue().await.remove(0);
    minh.approve(&card).await;
    let pressed = press(&lan, &before, &path).await.expect(303);
    let page = lan.follow(&pressed).await.expect(200);
    assert!(page.body.contains("Minh đã duyệt lúc"), "{}", page.body);
    assert_eq!(app.count("select count(*) from decisions").await, 1);
    // What she may undo in the queue she may undo here.
    let fields = [
        ("csrf", hidden(&page, "csrf")),
        ("undo", hidden(&page, "undo")),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    lan.post(&path, &fields).await.expect(303);
    assert_eq!(status(&app, text).await, "pending");
});

on_both!(
    what_its_reader_changed_is_shown_and_decided_elsewhere,
    async |app: App| {
        let lan = app.visitor("Lan");
        let reader = app.reader();
        let text = "Ý kiến sẽ được sửa.";
        let sent = reader.submit(&comment(text)).await.expect(202);
        let path = link(&mail_to(&app, "Lan", text).await, "Duyệt");
        lan.sign_in("Lan").await.expect(303);
        let before = lan.open(&path).await.expect(200);
        let receipt = format!("/api/v1/receipts/{}", sent.text("receipt"));
        let edit = reader
            .request(Method::PATCH, &receipt)
            .json(&json!({ "body": "Bản đã sửa xong." }));
        reader.send(edit).await.expect(200);
        let pressed = press(&lan, &before, &path).await.expect(303);
        assert_eq!(status(&app, "Bản đã sửa xong.").await, "pending");
        let page = lan.follow(&pressed).await.expect(200);
        assert!(
            page.body.contains("Bản đã sửa xong.")
                && page.body.contains("đã sửa bình luận sau khi thư"),
            "{}",
            page.body
        );
        reader
            .send(reader.request(Method::DELETE, &receipt))
            .await
            .expect(200);
        let gone = lan.open(&path).await.expect(200);
        assert!(
            gone.body.contains("Không còn gì để quyết định") && !gone.body.contains("Bản đã sửa"),
            "{}",
            gone.body
        );
    }
);

on_both!(
    what_readers_reported_is_shown_and_kept_or_taken_down,
    async |app: App| {
        let (lan, minh) = (app.visitor("Lan"), app.moderator("Minh"));
        let text = "Bà ấy ở số 12 phố Huế đấy.";
        let (id, _) = app.reader().write(text).await;
        minh.approve(&minh.card(&id).await).await;
        let report = json!({ "reason": "personal_data", "note": "Đó là nhà tôi" });
        app.reader().report(&id, &report).await.expect(202);
        let mail = mail_to(&app, "Lan", "Giữ lại").await;
        assert!(mail.contains("Khẩn: lộ thông tin riêng."), "{mail}");
        assert!(!mail.contains("Vì sao bị giữ"), "{mail}");
        lan.sign_in("Lan").await.expect(303);
        let keep = lan.open(&link(&mail, "Giữ lại")).await.expect(200).body;
        assert!(keep.contains("Giữ lại bình luận này?") && keep.contains(">Giữ lại</button>"));
        let path = link(&mail, "Gỡ xuống");
        let page = lan.open(&path).await.expect(200);
        for said in [
            "Gỡ bình luận này?",
            ">Gỡ xuống</button>",
            "đang được đăng và bị bạn đọc báo cáo",
            "Lộ thông tin cá nhân",
            "Đó là nhà tôi",
            "bị báo cáo",
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        let pressed = press(&lan, &page, &path).await.expect(303);
        assert_eq!(status(&app, text).await, "rejected");
        let after = lan.follow(&pressed).await.expect(200);
        assert!(after.body.contains("Bạn đã"), "{}", after.body);
    }
);

on_both!(an_answer_is_shown_with_what_it_answers, async |app: App| {
    let (lan, minh) = (app.visitor("Lan"), app.moderator("Minh"));
    let (id, _) = app.reader().write("Cầu nào cũng tắc.").await;
    minh.approve(&minh.card(&id).await).await;
    let mut answer = comment("Không đúng đâu bác ạ.");
    answer["parent"] = json!(id);
    app.reader().submit(&answer).await.expect(202);
    let mail = mail_to(&app, "Lan", "Không đúng đâu bác ạ.").await;
    let told = "Trả lời Trần Thị Bưởi: “Cầu nào cũng tắc.”";
    assert!(mail.contains(told), "{mail}");
    lan.sign_in("Lan").await.expect(303);
    let page = lan.open(&link(&mail, "Duyệt")).await.expect(200).body;
    assert!(
        page.contains("Trả lời Trần Thị Bưởi") && page.contains("Cầu nào cũng tắc."),
        "{page}"
    );
});

on_both!(
    what_is_urgent_and_waits_again_is_told_once_more,
    async |app: App| {
        let (lan, minh) = (app.moderator("Lan"), app.moderator("Minh"));
        let text = "Tao sẽ đánh chết mày, cứ chờ đấy.";
        let (id, _) = app.reader().write(text).await;
        let told = async |times: usize| {
            eventually("an urgent mail", async || {
                let files = mail_files(&app.folder().join("mail"));
                let urgent = files.iter().filter(|file| {
                    let bytes = std::fs::read(file).expect("a mail");
                    let mail = mail_parser::MessageParser::default().parse(&bytes);
                    let mail = mail.expect("a mail");
                    let is_lans =
                        mail.to().and_then(|to| to.first()?.address()) == Some("lan@bao.example");
                    is_lans
                        && mail
                            .subject()
                            .is_some_and(|line| line.starts_with("Khẩn: lời đe doạ"))
                });
                (urgent.count() == times).then_some(())
            })
            .await;
        };
        told(1).await;
        let alerts = async || {
            app.count("select count(*) from outbox where kind = 'alert'")
                .await
        };
        assert_eq!(alerts().await, 1);
        // Who takes their own word back is at it.
        let batch = minh.reject(&minh.card(&id).await).await;
        minh.undo(&batch).await.expect(200);
        assert_eq!(alerts().await, 1);
        let batch = minh.reject(&minh.card(&id).await).await;
        lan.undo(&batch).await.expect(200);
        assert_eq!(alerts().await, 2);
        told(2).await;
        // What is not urgent is not told again.
        let (calm, _) = app.reader().write("Bài viết hay.").await;
        let batch = minh.reject(&minh.card(&calm).await).await;
        lan.undo(&batch).await.expect(200);
        assert_eq!(alerts().await, 2);
        lan.reject(&lan.card(&id).await).await;
        minh.decide("requeue", &[&minh.card(&id).await])
            .await
            .expect(200);
        assert_eq!(alerts().await, 3);
        told(3).await;
    }
);

on_both!(
    what_makes_a_mail_urgent_is_among_the_reasons_that_it_lists,
    async |app: App| {
        app.add_member("Lan", &[]);
        let insults =
            "Đồ ngu, đồ chó, thằng khốn nạn, đồ mất dạy, đồ súc vật, đồ óc lợn, thằng ngu.";
        let text = format!("{insults} Tao sẽ giết chết cả nhà mày. {insults} Vào xau.example đi.");
        app.reader().submit(&comment(&text)).await.expect(202);
        let mail = mail_to(&app, "Lan", "Khẩn: lời đe doạ").await;
        let (_, reasons) = mail.split_once("Vì sao bị giữ:").expect("reasons");
        let reasons: Vec<&str> = reasons
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty())
            .collect();
        let (more, listed) = reasons.split_last().expect("reasons");
        assert!(more.starts_with("   - và "), "{reasons:?}");
        assert_eq!(listed.len(), 6, "{reasons:?}");
        let threat = |line: &&str| line.starts_with("   - ") && line.contains("giết chết");
        assert!(listed.iter().any(threat), "{reasons:?}");
        // The text itself stands as it was written.
        assert!(mail.contains("Tao sẽ giết chết cả nhà mày."), "{mail}");
        let html = html_to(&app, "Lan", "giết chết").await;
        let marks: Vec<&str> = html
            .split("<sup>")
            .skip(1)
            .filter_map(|rest| rest.split("</sup>").next())
            .collect();
        let numbers = marks.iter().flat_map(|mark| mark.split(','));
        let most = numbers.map(|number| number.parse::<usize>().expect("a number"));
        assert!(most.max() <= Some(6) && marks.len() > 1, "{marks:?}");
        assert_eq!(html.matches("<li>").count(), 6, "{html}");
    }
);

on_both!(
    who_signed_in_again_meanwhile_is_offered_the_page_anew,
    async |app: App| {
        let lan = app.visitor("Lan");
        let text = "Ý kiến đọc ở hai thẻ.";
        app.reader().submit(&comment(text)).await.expect(202);
        let path = link(&mail_to(&app, "Lan", text).await, "Duyệt");
        lan.sign_in("Lan").await.expect(303);
        let old = lan.open(&path).await.expect(200);
        // In another tab she signs out; what she presses here leads her back to it.
        let csrf = hidden(&lan.open("/queue").await.expect(200), "csrf");
        lan.post("/sign-out", &[("csrf", &csrf)]).await.expect(303);
        let led = press(&lan, &old, &path).await.expect(303);
        let back = format!("/sign-in?next={}", path.replace('/', "%2F"));
        assert_eq!(led.header("location"), back);
        lan.sign_in("Lan").await.expect(303);
        let told = press(&lan, &old, &path).await.expect(403);
        for said in ["Bạn đã đăng nhập lại", text, ">Duyệt</button>"] {
            assert!(told.body.contains(said), "{said}: {}", told.body);
        }
        assert_eq!(status(&app, text).await, "pending");
        press(&lan, &told, &path).await.expect(303);
        assert_eq!(status(&app, text).await, "approved");
    }
);

on_both!(a_link_decides_for_three_days, async |app: App| {
    let lan = app.visitor("Lan");
    let text = "Ý kiến của tuần trước.";
    // A mail that was ordered three days ago and has found a server only now, or was sent again.
    app.add_site("khac", "https://khac.example");
    app.reader().submit(&comment(text)).await.expect(202);
    let fresh = link(&mail_to(&app, "Lan", text).await, "Duyệt");
    lan.sign_in("Lan").await.expect(303);
    let page = lan.open(&fresh).await.expect(200);
    let ago = match app.backend {
        crate::support::Backend::Sqlite => "created_at - 259200000000",
        crate::support::Backend::Postgres => "created_at - interval '72 hours'",
    };
    std::fs::remove_dir_all(app.folder().join("mail")).expect("removed");
    app.execute(&format!(
        "update outbox set created_at = {ago}, state = 'ready' where kind = 'mail'"
    ))
    .await;
    let late = link(&mail_to(&app, "Lan", text).await, "Duyệt");
    lan.open(&late).await.expect(200);
    // Three days after that mail has left.
    let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
    let store = Store::open(address).await.expect("opened");
    let member = store.moderators().await.expect("members").remove(0).id;
    let key = DeedKey::derive(SECRET.as_bytes());
    let token = late.strip_prefix("/decide/").expect("a token");
    let deed = key.open(member, token).expect("hers");
    let left = duyet::clock::now();
    assert!(deed.until > left.after(Duration::from_secs(71 * 3600)));
    assert!(deed.until <= left.after(Duration::from_secs(72 * 3600)));
    let until = left.before(Duration::from_secs(1));
    let stale = key.seal(member, &Deed { until, ..deed }).expect("a token");
    let stale = format!("/decide/{stale}");
    let told = lan.open(&stale).await.expect(200);
    assert!(
        told.body.contains("đã hết hạn sau ba ngày"),
        "{}",
        told.body
    );
    press(&lan, &page, &stale).await.expect(303);
    assert_eq!(status(&app, text).await, "pending");
    press(&lan, &page, &late).await.expect(303);
    assert_eq!(status(&app, text).await, "approved");
});

on_both!(
    mail_is_turned_off_by_one_button_and_on_again,
    async |app: App| {
        let lan = app.visitor("Lan");
        let text = "Ý kiến đầu tiên.";
        app.reader().submit(&comment(text)).await.expect(202);
        let mail = mail_to(&app, "Lan", text).await;
        assert!(
            !mail.contains("/notices/off/"),
            "a guard follows links: {mail}"
        );
        let path = off_link(&app, "Lan").await;
        let program = app.browser();
        let page = program.open(&path).await.expect(200);
        assert!(page.body.contains("Mở trang này chưa thay đổi gì") && !page.body.contains("lan@"));
        assert_eq!(
            (page.header("x-robots-tag"), page.header("cache-control")),
            ("noindex", "no-store")
        );
        let paces = async || app.texts("select pace as text from mail_habits").await;
        assert!(paces().await.is_empty());
        // As mail programs do: without a session, from anywhere, and as often as they like.
        for _ in 0..2 {
            let request = program
                .request(Method::POST, &path)
                .form(&[("List-Unsubscribe", "One-Click")]);
            let done = program.send(request).await.expect(200);
            assert!(
                done.body.contains("Đã tắt") && done.body.contains("Muốn nhận lại"),
                "{}",
                done.body
            );
            assert_eq!(paces().await, ["off"]);
        }
        // RFC 8058 leaves them the choice of how to encode the form.
        let request = program
            .request(Method::POST, &path)
            .header("content-type", ONE_CLICK_IN_PARTS.0)
            .body(ONE_CLICK_IN_PARTS.1);
        let done = program.send(request).await.expect(200);
        assert!(done.body.contains("Đã tắt"), "{}", done.body);
        let unsigned = path.replace("/notices/off/", "/decide/");
        assert_eq!(program.open(&unsigned).await.status, 303);
        app.reader()
            .submit(&comment("Ý kiến trong lúc tắt."))
            .await
            .expect(202);
        lan.sign_in("Lan").await.expect(303);
        let account = lan.open("/account").await.expect(200);
        assert!(
            account.body.contains("<option value=\"off\" selected>"),
            "{}",
            account.body
        );
        let csrf = hidden(&account, "csrf");
        let set = async |pace: &str, zone: &str, from: &str, to: &str| {
            let fields = [
                ("csrf", csrf.as_str()),
                ("pace", pace),
                ("zone", zone),
                ("quiet_from", from),
                ("quiet_to", to),
            ];
            lan.post("/account/mail", &fields).await
        };
        for (zone, from, to, told) in [
            ("Hà Nội", "", "", "Không có múi giờ nào tên như vậy"),
            (
                "Asia/Ho_Chi_Minh",
                "22:00",
                "",
                "cần cả giờ bắt đầu và giờ kết thúc",
            ),
        ] {
            let wrong = set("digest", zone, from, to).await.expect(422);
            assert!(
                wrong.body.contains(told) && wrong.body.contains(zone),
                "{}",
                wrong.body
            );
        }
        assert_eq!(paces().await, ["off"]);
        let done = set("at_once", "Europe/Berlin", "", "").await.expect(303);
        let page = lan.follow(&done).await.expect(200);
        assert!(
            page.body.contains("Đã lưu cách nhận thư")
                && page.body.contains("value=\"Europe/Berlin\"")
        );
        mail_to(&app, "Lan", "Ý kiến trong lúc tắt.").await;
        let history = app
            .texts("select kind as text from member_events where kind = 'member.mail'")
            .await;
        assert_eq!(history.len(), 2);
    }
);

on_both!(an_admin_says_when_a_member_is_mailed, async |app: App| {
    let boss = app.member("Lan", &["--role", "admin"]);
    app.add_member("Minh", &["--site", "bao"]);
    let list = boss
        .call(Method::GET, "members", &json!(null))
        .await
        .expect(200)
        .json();
    let minh = list["members"][1].clone();
    assert_eq!(
        minh["mail"],
        json!({ "pace": "digest", "quiet_from": null, "quiet_to": null, "zone": "Asia/Ho_Chi_Minh", "urgent_in_quiet": false })
    );
    let path = format!("members/{}", minh["id"].as_str().expect("an id"));
    let wanted = json!({ "pace": "hourly", "quiet_from": "22:00", "quiet_to": "06:30", "zone": "Asia/Ho_Chi_Minh", "urgent_in_quiet": true });
    let changed = boss
        .call(Method::PATCH, &path, &json!({ "mail": wanted }))
        .await
        .expect(200)
        .json();
    assert_eq!(changed["mail"], wanted);
    for wrong in [
        json!({ "pace": "hourly", "zone": "Hà Nội" }),
        json!({ "pace": "hourly", "quiet_from": "22:00" }),
    ] {
        boss.call(
            Method::PATCH,
            &path,
            &json!({ "role": "admin", "mail": wrong }),
        )
        .await
        .expect(422);
    }
    let after = boss
        .call(Method::GET, "members", &json!(null))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&after["members"][1]["mail"], &after["members"][1]["role"]),
        (&wanted, &json!("moderator"))
    );
});
