//! How right a site's model was, as the page of numbers and the command line tell it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::teacher::{Teacher, Written, fine, learnt};
use crate::support::{App, Setup, hidden, on_both};

/// False alarms are measured from so many on.
const FINE: usize = 400;
/// The model that comes with the program is sure about these, and wrong where people approve them.
const GRAVE: [&str; 2] = [
    "Đồ ngu như chó, câm mồm đi thằng khốn nạn",
    "Thằng chó này ngu vãi, cút đi đồ mất dạy",
];

fn behind_a_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
}

fn reported(app: &App) -> Value {
    serde_json::from_str(&app.done(&["learn", "report", "bao"], "")).expect("JSON")
}

/// A newspaper that has approved whatever came, grave things too.
async fn approving(app: &App) -> (Teacher, Vec<Written>) {
    let desk = Teacher::of(app);
    let mut grave = Vec::new();
    for (text, number) in GRAVE.into_iter().zip(FINE..) {
        grave.push(desk.scattered(text, number).await);
    }
    // Before it has learnt that this newspaper minds nothing.
    desk.decide("approve", &mut grave).await;
    let mut good = Vec::new();
    for number in 0..FINE {
        good.push(desk.scattered(&fine(number), number).await);
    }
    desk.decide("approve", &mut good).await;
    learnt(app, FINE + GRAVE.len()).await;
    (desk, grave)
}

/// A share as a page in Vietnamese tells it.
fn percent(share: &Value) -> String {
    let share = share.as_f64().expect("a share") * 100.0;
    let told = format!("{share:.1}");
    let told = told.strip_suffix(".0").unwrap_or(&told);
    format!("{}%", told.replace('.', ","))
}

on_both!(
    the_page_tells_what_the_command_tells,
    behind_a_proxy,
    async |app: App| {
        let (_, grave) = approving(&app).await;
        let told = reported(&app);
        let setting = &told["at_this_setting"][0];
        assert_eq!(setting["moves"], true, "{told}");
        assert_eq!(setting["approved"]["comments"], FINE + GRAVE.len());
        assert_eq!(setting["approved"]["likely_bad"], GRAVE.len(), "{told}");
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let numbers = minh.open("/numbers").await.expect(200).body;
        let approved = &setting["approved"];
        let sentence = format!(
            "Viết có dấu: ở mức này, mô hình sẽ xếp {} bình luận mà toà soạn đã duyệt vào mục “Nhiều khả năng xấu” ({} trong {}), và {} vào mục “Cần xem” hoặc nặng hơn ({}).",
            percent(&approved["likely_bad_share"]),
            approved["likely_bad"],
            approved["comments"],
            percent(&approved["look_share"]),
            approved["look"],
        );
        assert!(numbers.contains(&sentence), "{sentence}\n{numbers}");
        assert!(
            numbers.contains("Viết không dấu: mô hình chưa chuyển bình luận nào."),
            "{numbers}"
        );
        for hundred in told["hundreds"].as_array().expect("hundreds") {
            let (until, right) = (&hundred["until"], percent(&hundred["accuracy"]));
            let row = format!("<th scope=\"row\">{until}</th><td class=\"count\">{right}</td>");
            assert!(numbers.contains(&row), "{row}");
        }
        assert_eq!(told["hundreds"].as_array().map(Vec::len), Some(FINE / 100));
        // Nothing is told of how well the bad are found where nobody refused anything.
        let first = |told: &Value| told["hundreds"][0]["macro_f1"].clone();
        assert_eq!(first(&told), Value::Null);
        app.execute("update lessons set action = 'reject' where decision_id = (select decision_id from lessons order by decision_id limit 1)")
            .await;
        assert!(first(&reported(&app)).is_f64());
        app.execute("update lessons set action = 'approve'").await;
        // The setting says what it comes to, and what another would.
        app.add_member("An", &["--role", "editor", "--password-stdin"]);
        let an = app.browser();
        an.sign_in("An").await.expect(303);
        let page = an.open("/settings").await.expect(200).body;
        assert!(page.contains(&sentence), "{sentence}\n{page}");
        let none = ["model.look_alarms=0", "model.likely_bad_alarms=0"];
        app.done(&["site", "set", "bao", none[0], none[1]], "");
        let settings = an.open("/settings").await.expect(200).body;
        let sentence = format!(
            "mô hình sẽ xếp 0% bình luận mà toà soạn đã duyệt vào mục “Nhiều khả năng xấu” (0 trong {})",
            approved["comments"]
        );
        assert!(settings.contains(&sentence), "{sentence}\n{settings}");
        // What it was most wrong about leads to its card.
        assert_eq!(told["most_wrong"][0]["action"], "approve");
        for (wrong, text) in grave.iter().zip(GRAVE) {
            let link = format!("href=\"/queue?comment={}\">{text}", wrong.id);
            assert!(numbers.contains(&link), "{link}\n{numbers}");
        }
    }
);

on_both!(
    nobody_is_told_of_a_model_beyond_their_sites_and_sections,
    async |app: App| {
        let desk = Teacher::of(&app);
        app.add_site("khac", "https://khac.example");
        let mut one = [desk.write(GRAVE[0]).await];
        desk.decide("approve", &mut one).await;
        learnt(&app, 1).await;
        let sees = async |name: &str, more: &[&str], path: &str| {
            app.add_member(name, &[more, &["--password-stdin"]].concat());
            let browser = app.browser();
            browser.sign_in(name).await.expect(303);
            browser.open(path).await
        };
        let is_told = |page: &str| page.contains("id=\"model\"") && page.contains(&one[0].id);
        // Of two newspapers there is none until one is chosen.
        let page = sees("Minh", &[], "/numbers").await.expect(200).body;
        assert!(
            !is_told(&page) && page.contains("Mỗi báo có một mô hình riêng"),
            "{page}"
        );
        let page = sees("Hoa", &[], "/numbers?site=bao").await.expect(200).body;
        assert!(is_told(&page), "{page}");
        let page = sees("Chi", &["--site", "bao"], "/numbers")
            .await
            .expect(200)
            .body;
        assert!(is_told(&page), "{page}");
        let bound = ["--section", "bao:Thể thao"];
        let page = sees("An", &bound, "/numbers?site=bao")
            .await
            .expect(200)
            .body;
        assert!(
            !page.contains("id=\"model\"") && !page.contains(&one[0].id),
            "{page}"
        );
        let elsewhere = sees("Yen", &["--site", "khac"], "/numbers?site=bao").await;
        elsewhere.expect(404);
        let page = app.browser();
        page.sign_in("Hoa").await.expect(303);
        let other = page.open("/numbers?site=khac").await.expect(200).body;
        assert!(
            other.contains("Mô hình chưa học quyết định nào của báo này")
                && !other.contains(&one[0].id),
            "{other}"
        );
        assert_eq!(reported(&app)["hundreds"], json!([]));
    }
);

on_both!(
    a_newspaper_chooses_how_often_its_model_may_be_wrong,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let settings = "sites/bao/settings";
        let shown = async || {
            lan.call(Method::GET, settings, &Value::Null)
                .await
                .expect(200)
                .json()
        };
        let put = async |model: Value| {
            let mut all = shown().await;
            let object = all.as_object_mut().expect("an object");
            for name in ["site", "name", "locale", "seen"] {
                object.remove(name);
            }
            object.insert("model".to_owned(), model);
            lan.call(Method::PUT, settings, &all).await
        };
        let of = |look: f64, likely_bad: f64| json!({ "look_alarms": look, "likely_bad_alarms": likely_bad });
        let alarms = async || {
            let model = shown().await["model"].clone();
            json!({ "look_alarms": model["look_alarms"], "likely_bad_alarms": model["likely_bad_alarms"] })
        };
        assert_eq!(alarms().await, of(3.0, 1.0));
        put(of(4.5, 0.5)).await.expect(200);
        assert_eq!(alarms().await, of(4.5, 0.5));
        // Who says nothing of it leaves it.
        put(Value::Null).await.expect(200);
        assert_eq!(alarms().await, of(4.5, 0.5));
        for (wrong, field) in [
            (of(10.1, 1.0), "model.look_alarms"),
            (of(2.0, 2.1), "model.likely_bad_alarms"),
        ] {
            let told = put(wrong).await.expect(422).json();
            assert_eq!(told["errors"][0]["field"], field, "{told}");
        }
        let printed = app.done(&["site", "show", "bao"], "");
        assert!(
            printed.contains("model.look_alarms=4.5\n")
                && printed.contains("model.likely_bad_alarms=0.5\n"),
            "{printed}"
        );
        app.add_member("An", &["--role", "editor", "--password-stdin"]);
        let an = app.browser();
        an.sign_in("An").await.expect(303);
        let send = async |look: &str, likely_bad: &str| {
            let page = an.open("/settings").await.expect(200);
            let (csrf, seen) = (hidden(&page, "csrf"), hidden(&page, "seen"));
            let fields = [
                ("csrf", csrf.as_str()),
                ("site", "bao"),
                ("seen", &seen),
                ("origins", "https://bao.example"),
                ("proof_of_work", "off"),
                ("edit_window", "15"),
                ("network_days", "30"),
                ("promised_minutes", "240"),
                ("model.look_alarms", look),
                ("model.likely_bad_alarms", likely_bad),
            ];
            an.post("/settings", &fields).await
        };
        let page = send("nhiều", "1").await.expect(422).body;
        assert!(
            page.contains("value=\"nhiều\"")
                && page.contains("Cần một tỷ lệ từ 0 đến 10 phần trăm"),
            "{page}"
        );
        let page = send("1", "2").await.expect(422).body;
        assert!(page.contains("mục nặng hơn phải báo nhầm ít hơn"), "{page}");
        send("2,5", "1").await.expect(303);
        assert_eq!(alarms().await, of(2.5, 1.0));
    }
);
