//! Whoever works for several newspapers sees which one a form concerns, and is told which one it was.

use crate::support::{App, Browser, hidden, on_both};

const OTHER: [&str; 7] = [
    "site",
    "add",
    "nui",
    "--name",
    "Báo Núi",
    "--origin",
    "https://nui.example",
];

async fn editor(app: &App) -> Browser {
    app.add_member("Lan", &["--role", "editor", "--password-stdin"]);
    let browser = app.browser();
    browser.sign_in("Lan").await.expect(303);
    browser
}

on_both!(
    a_ban_names_its_paper_where_there_are_several,
    async |app: App| {
        let lan = editor(&app).await;
        let alone = lan.open("/bans").await.expect(200).body;
        assert!(
            alone.contains(">Cấm</button>") && !alone.contains("Cấm trên"),
            "{alone}"
        );
        app.done(&OTHER, "");
        let page = lan.open("/bans?site=nui").await.expect(200);
        let form = page
            .body
            .split("class=\"ban-form\"")
            .nth(1)
            .expect("the form");
        assert!(
            form.contains("Trang báo: <b class=\"typed-line\">Báo Núi</b>"),
            "{form}"
        );
        assert!(form.contains(">Cấm trên Báo Núi</button>"), "{form}");
        let csrf = hidden(&page, "csrf");
        let fields = [
            ("csrf", csrf.as_str()),
            ("site", "nui"),
            ("kind", "email"),
            ("pattern", "rao@thu.example"),
            ("reason", "rao"),
            ("term", "week"),
        ];
        let banned = lan.post("/bans", &fields).await.expect(303);
        let page = lan.follow(&banned).await.expect(200).body;
        assert!(page.contains("<p>Báo Núi: Đã cấm.</p>"), "{page}");
        // It is lifted by a button behind another one, which says what it lifts.
        let (_, rest) = page
            .split_once("<details class=\"sure\"><summary")
            .expect("asked twice");
        let (summary, rest) = rest.split_once("</summary>").expect("its end");
        assert!(!summary.contains("<button"), "{summary}");
        let (form, _) = rest.split_once("</details>").expect("its end");
        let told = ">Gỡ lệnh cấm “rao@thu.example”</button>";
        assert!(form.contains("/lift\"") && form.contains(told), "{form}");
    }
);

on_both!(
    a_word_names_its_paper_where_there_are_several,
    async |app: App| {
        let lan = editor(&app).await;
        app.done(&OTHER, "");
        let page = lan.open("/rules/words?site=nui").await.expect(200);
        for told in [
            "Trang báo: <b class=\"typed-line\">Báo Núi</b>",
            ">Thêm bản nháp cho Báo Núi</button>",
            ">Bắt đầu thử trên Báo Núi</button>",
        ] {
            assert!(page.body.contains(told), "{told}: {}", page.body);
        }
        let csrf = hidden(&page, "csrf");
        let fields = [
            ("csrf", csrf.as_str()),
            ("site", "nui"),
            ("word", "vay nóng"),
            ("kind", "hold"),
            ("category", "spam"),
            ("weight", "1"),
            ("note", ""),
        ];
        let added = lan.post("/rules/words", &fields).await.expect(303);
        let page = lan.follow(&added).await.expect(200).body;
        assert!(page.contains("<p>Báo Núi: Đã thêm bản nháp."), "{page}");
        let (_, rest) = page
            .split_once("<details class=\"sure\"><summary")
            .expect("asked twice");
        let (form, _) = rest.split_once("</details>").expect("its end");
        assert!(
            form.contains("/delete\"") && form.contains(">Xoá hẳn “vay nóng”</button>"),
            "{form}"
        );
    }
);
