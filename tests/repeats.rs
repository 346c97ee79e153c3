//! The same text again, or nearly: told with the cluster it belongs to, across readers, addresses and articles.

use serde_json::{Value, json};

use crate::support::{
    ARTICLE, App, Backend, Card, Reader, Server, Setup, Wire, comment, comment_on, eventually,
    on_both,
};

const OFFER: &str = "Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp. Ai cần xin \
                     liên hệ chị Hương ở chợ Vinh hoặc vào trang của công ty để được tư vấn miễn phí nhé bà con.";

fn behind_a_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
}

/// A text by somebody, under the article of that number.
fn by(who: usize, article: usize, text: &str) -> Value {
    let url = format!("https://bao.example/xa-hoi/bai-{article}.html");
    let mut comment = comment_on(&url, text);
    comment["email"] = json!(format!("nguoi-{who}@thu.example"));
    comment
}

async fn send(app: &App, who: usize, article: usize, text: &str) -> String {
    let reader = app.reader().behind(&format!("203.0.113.{who}"));
    reader.write_all(&by(who, article, text)).await.0
}

/// The evidence of that rule.
fn seen<'a>(card: &'a Card, rule: &str) -> Option<&'a Value> {
    let evidence = card.0["evidence"].as_array().expect("evidence");
    evidence.iter().find(|seen| seen["rule"] == rule)
}

fn repeats(card: &Card) -> Vec<&str> {
    let rules = card.rules().into_iter();
    rules
        .filter(|rule| rule.starts_with("spam.repeat."))
        .collect()
}

on_both!(
    the_same_text_from_many_under_many_articles_names_its_cluster,
    behind_a_proxy,
    async |mut app: App| {
        let lan = app.moderator("Lan");
        let first = send(&app, 1, 1, OFFER).await;
        assert_eq!(repeats(&lan.card(&first).await), [""; 0]);
        send(&app, 2, 2, OFFER).await;
        // What a replica knows is what the store holds.
        app.restart();
        let third = send(&app, 3, 3, &OFFER.to_uppercase()).await;
        let card = lan.card(&third).await;
        assert_eq!(
            repeats(&card),
            [
                "spam.repeat.again",
                "spam.repeat.articles",
                "spam.repeat.authors"
            ]
        );
        for rule in repeats(&card) {
            let seen = seen(&card, rule).expect("it is there");
            let cluster = json!({ "first": first, "comments": 3, "emails": 3, "addresses": 3, "articles": 3 });
            assert_eq!(seen["cluster"], cluster, "{rule}");
            assert_eq!(seen["view"], "context");
        }
        // One reader who says it twice weighs less than three who say it once.
        let twice = "Đề nghị các cấp chính quyền sớm quan tâm sửa chữa con đường liên xã.";
        send(&app, 9, 1, twice).await;
        let again = lan.card(&send(&app, 9, 2, twice).await).await;
        assert_eq!(repeats(&again), ["spam.repeat.again"]);
        assert!(again.0["score"].as_f64() < card.0["score"].as_f64());
        let stored = app.count("select count(*) from evidence where cluster is not null");
        assert_eq!(stored.await, 4 + 1);
    }
);

on_both!(
    nearly_the_same_text_is_told_and_another_is_not,
    behind_a_proxy,
    async |mut app: App| {
        let lan = app.moderator("Lan");
        let first = send(&app, 1, 1, OFFER).await;
        let near = OFFER.replace("chị Hương ở chợ Vinh", "anh Nam ở cầu Rầm");
        let second = send(&app, 2, 1, &near).await;
        let card = lan.card(&second).await;
        assert_eq!(repeats(&card), ["spam.repeat.alike"]);
        let cluster = &seen(&card, "spam.repeat.alike").expect("evidence")["cluster"];
        assert_eq!(
            (&cluster["first"], &cluster["comments"]),
            (&json!(first), &json!(2))
        );
        app.restart();
        let third = send(&app, 3, 1, &near.replace("lãi suất thấp", "lãi cực thấp")).await;
        let card = lan.card(&third).await;
        assert_eq!(
            repeats(&card),
            ["spam.repeat.alike", "spam.repeat.alike_authors"]
        );
        let other = "Tôi đã vay vốn ở ngân hàng chính sách, lãi suất thấp, thủ tục cũng nhanh. Bà con nên hỏi hội phụ nữ xã \
                     trước, đừng nghe quảng cáo trên mạng mà mất tiền oan.";
        assert_eq!(
            repeats(&lan.card(&send(&app, 4, 1, other).await).await),
            [""; 0]
        );
    }
);

on_both!(
    moderators_are_told_in_words_how_many_say_the_same,
    async |app: App| {
        let browser = app.visitor("Lan");
        browser.sign_in("Lan").await;
        for who in 0..2 {
            send(&app, who, who, OFFER).await;
        }
        let page = browser.open("/queue?lane=look").await.expect(200).body;
        assert!(
            page.contains("2 bình luận như thế, từ 2 email, dưới 2 bài"),
            "{page}"
        );
    }
);

on_both!(
    what_its_reader_took_back_is_repeated_by_nobody,
    async |mut app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (_, receipt) = reader.write(OFFER).await;
        reader.withdraw(&receipt).await.expect(200);
        let mut corrected = comment(OFFER);
        corrected["email"] = json!("dung.dia.chi@thu.example");
        let (second, receipt) = reader.write_all(&corrected).await;
        assert_eq!(repeats(&lan.card(&second).await), [""; 0]);
        reader.withdraw(&receipt).await.expect(200);
        app.restart();
        let (third, _) = reader.write(&format!("{OFFER}!")).await;
        assert_eq!(repeats(&lan.card(&third).await), [""; 0]);
    }
);

on_both!(
    a_members_own_answers_are_exempt_and_an_email_proves_nothing,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let thanks =
            "Toà soạn cảm ơn bạn đọc đã góp ý và sẽ chuyển tới cơ quan có trách nhiệm trả lời.";
        let post = async |token: &str| {
            let request = reader
                .request(reqwest::Method::POST, &reader.path("comments"))
                .bearer_auth(token);
            reader.send(request.json(&comment(thanks))).await
        };
        let ids = [
            post(&lan.token).await.expect(202).text("id"),
            post(&lan.token).await.expect(202).text("id"),
        ];
        assert_ne!(ids[0], ids[1]);
        assert_eq!(repeats(&lan.card(&ids[1]).await), [""; 0]);
        // Nor is a reader who says it then held to repeat the paper.
        let (id, _) = reader.write(thanks).await;
        assert_eq!(repeats(&lan.card(&id).await), [""; 0]);
        post("khong-phai-ma").await.expect(401);
        // Who only reads is asked for no name.
        let path = reader.path(&format!("comments?article={ARTICLE}"));
        let list = reader.request(reqwest::Method::GET, &path);
        let list = list.bearer_auth("khong-phai-ma");
        reader.send(list).await.expect(200);
        // Another site's member is nobody here.
        app.add_site("khac", "https://khac.example");
        let hoa = app.member("Hoa", &["--site", "khac"]);
        let ids = [
            post(&hoa.token).await.expect(202).text("id"),
            post(&hoa.token).await.expect(202).text("id"),
        ];
        assert_eq!(ids, [id.clone(), id]);
        let mut claimed = comment(&format!("{thanks}!"));
        claimed["email"] = json!("lan@bao.example");
        let (id, _) = reader.write_all(&claimed).await;
        assert_eq!(repeats(&lan.card(&id).await), ["spam.repeat.again"]);
    }
);

#[tokio::test]
async fn replicas_learn_from_each_other() {
    let app = Setup::new(Backend::Postgres).start().await;
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let there = Reader::new(Wire::new(&second.base), "bao");
    let (here, lan) = (app.reader(), app.moderator("Lan"));
    let (_, receipt) = here.write(OFFER).await;
    let mut number = 0;
    // What the other replica has itself taken in of the text says nothing, so each try takes that back.
    let mut again_there = async || {
        number += 1;
        let mut again = comment_on(ARTICLE, &format!("{OFFER}{}", ".".repeat(number)));
        again["email"] = json!(format!("nguoi-{number}@thu.example"));
        let (id, own) = there.write_all(&again).await;
        let card = lan.card(&id).await;
        there.withdraw(&own).await.expect(200);
        seen(&card, "spam.repeat.again").map(|seen| seen["cluster"]["comments"].clone())
    };
    eventually("the other replica knows the text", async || {
        let together = again_there().await?;
        assert_eq!(together, json!(2));
        Some(())
    })
    .await;
    here.withdraw(&receipt).await.expect(200);
    eventually("the other replica has forgotten it", async || {
        again_there().await.is_none().then_some(())
    })
    .await;
}

on_both!(
    short_offers_are_one_whatever_number_they_name,
    behind_a_proxy,
    async |app: App| {
        let lan = app.moderator("Lan");
        let offer = |number: &str| format!("Vay tiền nhanh không thế chấp gọi Mai {number}");
        send(&app, 1, 1, &offer("0355 000 111")).await;
        let second = send(&app, 2, 1, &offer("0987.222.333")).await;
        assert_eq!(repeats(&lan.card(&second).await), ["spam.repeat.alike"]);
        let other = send(&app, 3, 1, "Năm 2019 cầu Mai đã xây xong 90 %").await;
        assert_eq!(repeats(&lan.card(&other).await), [""; 0]);
    }
);
