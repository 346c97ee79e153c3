//! Rules and sections go by the names that people see, typed as people type them.

use serde_json::json;

use crate::search::indexed;
use crate::support::{App, Backend, Browser, comment_on, hidden, on_both};

const ECONOMY: &str = "https://bao.example/kinh-te/gia-lua.html";
const TELL: &str = "Không có quy tắc nào tên như vậy.";

async fn section(app: &App, url: &str, section: &str) {
    let id = "019ab0f23c0070008000000000000001";
    let id = match app.backend {
        Backend::Sqlite => format!("x'{id}'"),
        Backend::Postgres => format!("cast('{id}' as uuid)"),
    };
    app.execute(&format!(
        "insert into articles (site_id, id, url, section, state, created_at)
         select id, {id}, '{url}', '{section}', 'open', created_at from sites where key = 'bao'"
    ))
    .await;
}

/// Whether one of the lanes shows that text, narrowed so.
async fn is_found(browser: &Browser, narrowed: &str, text: &str) -> bool {
    for lane in ["look", "likely_bad", "likely_fine"] {
        let page = browser
            .open(&format!("/queue?lane={lane}&{narrowed}"))
            .await;
        if page.expect(200).body.contains(text) {
            return true;
        }
    }
    false
}

on_both!(
    a_queue_is_narrowed_by_the_names_that_are_shown,
    async |app: App| {
        section(&app, ECONOMY, "Kinh tế").await;
        let reader = app.reader();
        let lan = app.visitor("Lan");
        lan.sign_in("Lan").await.expect(303);
        let mut rude = comment_on("https://bao.example/khac.html", "Cút đi cho khuất mắt tôi");
        rude["email"] = json!("a@thu.example");
        reader.submit(&rude).await.expect(202);
        reader
            .submit(&comment_on(ECONOMY, "Giá lúa năm nay tốt thật"))
            .await
            .expect(202);
        indexed(&app).await;
        for rule in [
            "vi.insult.begone",
            "Đuổi cút",
            "đuổi+cút",
            "DUOI+CUT",
            "told+to+get+lost+(vietnamese)",
        ] {
            let narrowed = format!("rule={rule}");
            assert!(is_found(&lan, &narrowed, "khuất mắt tôi").await, "{rule}");
            assert!(!is_found(&lan, &narrowed, "Giá lúa").await, "{rule}");
            assert!(!is_found(&lan, &narrowed, TELL).await, "{rule}");
        }
        for name in ["Kinh tế", "kinh+tế", "KINH+TE"] {
            let narrowed = format!("section={name}");
            assert!(is_found(&lan, &narrowed, "Giá lúa").await, "{name}");
            assert!(!is_found(&lan, &narrowed, "khuất mắt tôi").await, "{name}");
        }
        // What no rule is called is said, with the way to those there are.
        let page = lan.open("/queue?rule=đuổi+khéo").await.expect(200).body;
        assert!(
            page.contains(TELL) && page.contains("<a href=\"/rules\">Xem các quy tắc</a>"),
            "{page}"
        );
        assert!(!is_found(&lan, "rule=vi.insult.begone.word&q=khongco", TELL).await);
    }
);

on_both!(a_papers_own_word_is_a_rule_by_its_name, async |app: App| {
    app.add_member("Lan", &["--role", "editor", "--password-stdin"]);
    let lan = app.browser();
    lan.sign_in("Lan").await.expect(303);
    let csrf = hidden(&lan.open("/rules/words").await.expect(200), "csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("site", "bao"),
        ("word", "lúa lép"),
        ("kind", "hold"),
        ("category", "insult"),
        ("weight", "1"),
        ("note", ""),
    ];
    let added = lan.post("/rules/words", &fields).await.expect(303);
    let page = lan.follow(&added).await.expect(200);
    let (_, rest) = page
        .body
        .split_once("action=\"/rules/words/")
        .expect("a form");
    let (id, _) = rest.split_once('/').expect("an id");
    let own = [("csrf", csrf.as_str()), ("site", "bao")];
    lan.post(&format!("/rules/words/{id}/live"), &own)
        .await
        .expect(303);
    app.reader().write("Năm nay toàn lúa lép thôi").await;
    indexed(&app).await;
    for rule in ["site.hold:lúa lép", "lua+lep", "Từ riêng của báo: lúa lép"] {
        assert!(
            is_found(&lan, &format!("rule={rule}"), "Năm nay toàn").await,
            "{rule}"
        );
    }
});

on_both!(
    a_member_is_bound_to_a_section_as_its_articles_spell_it,
    async |app: App| {
        section(&app, ECONOMY, "Kinh tế").await;
        app.add_member("Quan", &["--role", "admin", "--password-stdin"]);
        let admin = app.browser();
        admin.sign_in("Quan").await.expect(303);
        let page = admin.open("/members").await.expect(200);
        assert!(
            page.body.contains("Các bài gần đây thuộc: Kinh tế."),
            "{}",
            page.body
        );
        let csrf = hidden(&page, "csrf");
        let invite = async |name: &str, sections: &str| {
            let email = format!("{}@bao.example", name.to_lowercase());
            let fields = [
                ("csrf", csrf.as_str()),
                ("name", name),
                ("email", &email),
                ("role", "moderator"),
                ("site", "bao"),
                ("sections:bao", sections),
            ];
            let invited = admin.post("/members", &fields).await.expect(303);
            admin.follow(&invited).await.expect(200).body
        };
        let told = "Không bài nào gần đây thuộc chuyên mục";
        let page = invite("Hoa", "kinh te").await;
        assert!(
            page.contains("Báo Ví Dụ: Kinh tế") && !page.contains(told),
            "{page}"
        );
        // What fits none is kept, and said: her queue would be empty without a word.
        let page = invite("Mai", "Xa hoi").await;
        assert!(page.contains("Báo Ví Dụ: Xa hoi"), "{page}");
        assert!(
            page.contains(&format!("{told} “Xa hoi” (Báo Ví Dụ), nên Mai chưa thấy")),
            "{page}"
        );
    }
);

on_both!(
    an_account_says_what_its_member_is_bound_to,
    async |app: App| {
        app.add_member(
            "Minh",
            &[
                "--role",
                "editor",
                "--section",
                "bao:Thể thao",
                "--password-stdin",
            ],
        );
        app.add_member("Lan", &["--password-stdin"]);
        for (name, told) in [
            ("Minh", "Vai trò: Biên tập. Phần việc: Báo Ví Dụ: Thể thao."),
            ("Lan", "Vai trò: Người duyệt. Phần việc: Mọi trang."),
        ] {
            let browser = app.browser();
            browser.sign_in(name).await.expect(303);
            let page = browser.open("/account").await.expect(200).body;
            assert!(page.contains(told), "{page}");
        }
    }
);
