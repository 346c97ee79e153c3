//! The queue narrowed by filters and searched, on what was written a moment ago and on what the index knows by now.

use serde_json::{Value, json};

use crate::support::{
    App, Backend, Card, Moderator, Reader, Setup, comment_on, eventually, on_both,
};

/// Names and values of a query.
type Asked<'a> = Vec<(&'a str, &'a str)>;

const HERE: &str = "https://bao.example/xa-hoi/cau-moi.html";
const THERE: &str = "https://bao.example/the-thao/giai-lang.html";
const OFFER: &str = "Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp. Ai cần xin \
                     liên hệ chị Hương ở chợ Vinh hoặc vào trang của công ty để được tư vấn miễn phí nhé bà con.";

/// A comment by somebody.
fn by(name: &str, email: &str, article: &str, body: &str) -> Value {
    let mut comment = comment_on(article, body);
    (comment["name"], comment["email"]) = (json!(name), json!(email));
    comment
}

async fn write(reader: &Reader, body: &str) -> String {
    reader
        .write_all(&by("Bạn đọc", "ban.doc@thu.example", HERE, body))
        .await
        .0
}

async fn found(lan: &Moderator, query: &[(&str, &str)]) -> Vec<String> {
    let cards = lan.cards(query).await;
    cards.iter().map(|card| card.id().to_owned()).collect()
}

/// How many comments the index has not as they are.
const BEHIND_SQLITE: &str = "
    select count(*) from comments c
    where not exists (select 1 from __searched s where s.comment_id = c.id and s.site_id = c.site_id and s.revision = c.revision)";

/// Waits until the index knows everything.
pub async fn indexed(app: &App) {
    eventually("the index has every comment as it is", async || {
        (app.count(BEHIND_SQLITE).await == 0).then_some(())
    })
    .await;
}

on_both!(
    an_article_is_found_by_its_address_however_written,
    async |app: App| {
        let lan = app.moderator("Lan");
        write(&app.reader(), "Cầu đẹp quá").await;
        for address in [
            HERE,
            "https://BAO.example/xa-hoi/cau-moi.html?utm_source=fb#y-kien",
        ] {
            assert_eq!(
                found(&lan, &[("article", address)]).await.len(),
                1,
                "{address}"
            );
        }
        assert_eq!(found(&lan, &[("article", THERE)]).await.len(), 0);
        let answer = lan.list(&[("article", "nonsense")]).await.expect(422);
        let wrong = ("article".to_owned(), "article-invalid".to_owned());
        assert_eq!(answer.wrong(), [wrong]);
    }
);

on_both!(words_are_found_with_marks_and_without, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    // Both words, and both marks, but not together.
    let apart = write(
        &reader,
        "Viết là dang bo thì không rõ là đảng viên hay bộ đội, nghe hoang mang.",
    )
    .await;
    let party = write(&reader, "Đảng bộ xã đã họp bàn về con đường làng.").await;
    let plain = write(&reader, "dang bo xa da hop, con duong da xong").await;
    let peace = write(&reader, "Chúc quê mình hoà bình và yên vui.").await;
    let other = write(&reader, "Đáng lẽ bỏ quên chuyện này từ lâu rồi.").await;
    let both = vec![plain.clone(), party.clone()];
    let three = vec![plain.clone(), party.clone(), apart.clone()];
    for is_indexed in [false, true] {
        if is_indexed {
            indexed(&app).await;
        }
        for (typed, finds) in [
            ("dang bo", three.clone()),
            ("DANG  BO", three.clone()),
            ("dang bo xa", both.clone()),
            (
                "dang",
                vec![other.clone(), plain.clone(), party.clone(), apart.clone()],
            ),
            ("Đảng bộ", vec![party.clone()]),
            ("Đa\u{309}ng bo\u{323}\u{302}", vec![party.clone()]),
            ("đảng bo", vec![party.clone()]),
            ("dang bộ", vec![party.clone()]),
            ("đáng", vec![other.clone()]),
            ("đang bộ", vec![]),
            ("bo dang", vec![]),
            ("dang xa", vec![]),
            ("hoa binh", vec![peace.clone()]),
            ("hòa bình", vec![peace.clone()]),
            ("HOÀ BÌNH", vec![peace.clone()]),
            ("hoá bình", vec![]),
            // What is a word is not the beginning of another.
            ("hoa", vec![peace.clone()]),
            ("hoan", vec![apart.clone()]),
            // The last word may go on where it was left open and is none.
            ("con duo", both.clone()),
            ("con đườ", vec![party.clone()]),
            ("con duo ", vec![]),
            // No phrase goes from the text into the name.
            ("làng bạn", vec![]),
        ] {
            assert_eq!(
                found(&lan, &[("q", typed)]).await,
                finds,
                "{typed:?}, indexed: {is_indexed}"
            );
        }
    }
});

on_both!(names_and_emails_are_found, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let text = |number: usize| format!("Ý kiến thứ {number} của tôi về cây cầu.");
    let tran = reader
        .write_all(&by("Trần Thị Lan", "lan.tran@thu.example", HERE, &text(1)))
        .await
        .0;
    let le = reader
        .write_all(&by("Lê Văn Lan", "Le_Lan91@hop.example", HERE, &text(2)))
        .await
        .0;
    for is_indexed in [false, true] {
        if is_indexed {
            indexed(&app).await;
        }
        for (typed, finds) in [
            ("tran thi lan", vec![tran.clone()]),
            ("Lê Văn", vec![le.clone()]),
            ("lan.tran@", vec![tran.clone()]),
            ("LAN.TRAN@thu.example", vec![tran.clone()]),
            ("thu.exa", vec![tran.clone()]),
            ("le_lan91", vec![le.clone()]),
            ("@hop.example", vec![le.clone()]),
            ("lan", vec![le.clone(), tran.clone()]),
        ] {
            assert_eq!(
                found(&lan, &[("q", typed)]).await,
                finds,
                "{typed:?}, indexed: {is_indexed}"
            );
        }
    }
});

on_both!(
    what_is_typed_is_text_and_never_a_question_of_its_own,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let text = "Bài viết \"hay\" lắm, near (gần) 100% không_gian * và NOT tệ OR chán AND buồn.";
        let id = write(&reader, text).await;
        indexed(&app).await;
        for typed in [
            "\"hay\"",
            "hay\" OR \"tệ",
            "near(gần",
            "NEAR(gan",
            "100%",
            "không_gian",
            "* và",
            "NOT tệ",
            "tệ OR chán",
            "chán AND buồn",
            "'hay'",
            "hay:*",
            "lắm : near",
            "^bài",
            "hay\\",
            "hay\0",
            "-hay",
            "(hay)",
            "{hay}",
            "+hay",
            "!hay",
            "hay|",
            "hay & lắm",
            "<->hay",
        ] {
            let found = lan.list(&[("q", typed)]).await.expect(200).json();
            let ids: Vec<&Value> = found["comments"]
                .as_array()
                .expect("comments")
                .iter()
                .map(|one| &one["id"])
                .collect();
            if typed == "hay\" OR \"tệ" {
                assert_eq!(ids, [""; 0], "{typed:?}");
            } else {
                assert_eq!(ids, [&json!(id)], "{typed:?}");
            }
        }
        let long = "hay ".repeat(2_500);
        for (typed, code) in [
            ("😀😀", "search-no-word"),
            ("%", "search-no-word"),
            ("\"\"", "search-no-word"),
            ("*", "search-no-word"),
            ("\0", "search-no-word"),
            (" ", "search-no-word"),
            (long.as_str(), "search-too-long"),
        ] {
            let problem = lan.list(&[("q", typed)]).await.expect(422).json();
            assert_eq!(problem["errors"][0]["field"], "q", "{typed:?}");
            assert_eq!(problem["errors"][0]["code"], code, "{typed:?}");
        }
        let one_word = "x".repeat(10_000);
        assert_eq!(found(&lan, &[("q", &one_word)]).await, [""; 0]);
        lan.list(&[("article", "a\0b")]).await.expect(422);
        for name in ["section", "rule", "author"] {
            lan.list(&[(name, "a\0b")]).await.expect(422);
            assert_eq!(found(&lan, &[(name, "\" OR 1=1 --'")]).await, [""; 0]);
        }
        lan.list(&[("category", "nonsense")]).await.expect(422);
    }
);

on_both!(
    what_a_comment_says_no_more_does_not_find_it,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, receipt) = reader.write("Tôi thấy cây cầu sập xệ quá rồi.").await;
        indexed(&app).await;
        assert_eq!(
            found(&lan, &[("q", "sập xệ")]).await,
            std::slice::from_ref(&id)
        );
        reader
            .edit(
                &receipt,
                &json!({ "body": "Tôi thấy cây cầu còn tốt chán." }),
            )
            .await
            .expect(200);
        // At once, before the index knows of it, and afterwards.
        for is_indexed in [false, true] {
            if is_indexed {
                indexed(&app).await;
            }
            assert_eq!(found(&lan, &[("q", "sap xe")]).await, [""; 0]);
            assert_eq!(
                found(&lan, &[("q", "tot chan")]).await,
                std::slice::from_ref(&id)
            );
        }
        app.execute("update comments set status = 'erased', body = '', name = '', email = '', revision = revision + 1").await;
        for word in ["tot chan", "Buoi", "ban.doc@"] {
            assert_eq!(found(&lan, &[("q", word)]).await, [""; 0], "{word}");
        }
    }
);

/// Six comments: two articles, two authors, one offer with links and numbers to call.
async fn assorted(app: &App) -> Vec<String> {
    let reader = app.reader();
    let mut ids = Vec::new();
    for (name, email, article, body) in [
        (
            "Minh",
            "minh@thu.example",
            HERE,
            "Cầu mới đẹp lắm, bà con đi lại dễ dàng.",
        ),
        (
            "Hoa",
            "hoa@thu.example",
            HERE,
            "Mong xã sớm làm nốt đoạn đường còn lại.",
        ),
        (
            "Minh",
            "Minh@Thu.example",
            THERE,
            "Đội làng mình đá hay quá, chúc mừng các em.",
        ),
        (
            "Hoa",
            "hoa@thu.example",
            THERE,
            "Sân bóng nên trồng thêm cây cho mát.",
        ),
        (
            "Bán hàng",
            "ban@hang.example",
            HERE,
            "Vay nhanh gọi 0912 345 678 hoặc https://vay.example/a",
        ),
        (
            "Bán hàng",
            "ban@hang.example",
            THERE,
            "Ai cần vay gọi ngay 0987 654 321 nhé bà con",
        ),
    ] {
        ids.push(reader.write_all(&by(name, email, article, body)).await.0);
    }
    app.execute(&format!(
        "update articles set section = 'Thể thao' where url = '{THERE}'"
    ))
    .await;
    app.execute(&format!(
        "update articles set section = 'Xã hội' where url = '{HERE}'"
    ))
    .await;
    ids
}

/// The pages of a query, two cards each, put together.
async fn paged(lan: &Moderator, query: &[(&str, &str)]) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None::<String>);
    loop {
        let mut query = query.to_vec();
        query.push(("limit", "2"));
        query.extend(after.as_deref().map(|after| ("after", after)));
        let page = lan.list(&query).await.expect(200).json();
        let cards = page["comments"].as_array().expect("comments");
        assert!(cards.len() <= 2);
        ids.extend(
            cards
                .iter()
                .map(|card| card["id"].as_str().expect("an id").to_owned()),
        );
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            return ids;
        }
    }
}

on_both!(each_filter_narrows_the_list, async |mut app: App| {
    let lan = app.moderator("Lan");
    let ids = assorted(&app).await;
    // Sections are facts of the index, and nothing has told it of these: it is made anew.
    app.server().kill();
    app.execute("delete from search_marks").await;
    app.execute("delete from __searched").await;
    if app.backend == Backend::Sqlite {
        app.execute("insert into __search(__search) values ('delete-all')")
            .await;
    }
    app.serve();
    indexed(&app).await;
    let some =
        |numbers: &[usize]| -> Vec<String> { numbers.iter().map(|n| ids[*n].clone()).collect() };
    let cards = lan.cards(&[]).await;
    let of_article = |id: &str| {
        cards
            .iter()
            .find(|card| card.id() == id)
            .map(|card: &Card| card.0.clone())
    };
    let minh = of_article(&ids[0]).expect("a card")["author_key"].clone();
    let contact = cards
        .iter()
        .find(|card| card.id() == ids[4])
        .expect("a card")
        .rules()[0]
        .to_owned();
    let with_contact: Vec<usize> = (0..6)
        .filter(|n| {
            let card = cards
                .iter()
                .find(|card| card.id() == ids[*n])
                .expect("a card");
            card.rules().contains(&contact.as_str())
        })
        .collect();
    lan.approve(
        cards
            .iter()
            .find(|card| card.id() == ids[1])
            .expect("a card"),
    )
    .await;
    let asks: Vec<(Asked<'_>, Vec<usize>)> = vec![
        (vec![("section", "Thể thao")], vec![2, 3, 5]),
        (vec![("section", "Không có")], vec![]),
        (vec![("article", HERE)], vec![0, 1, 4]),
        (vec![("author", minh.as_str().expect("a key"))], vec![0, 2]),
        (vec![("rule", &contact)], with_contact),
        (vec![("rule", "no.such.rule")], vec![]),
        (vec![("category", "contact")], vec![4, 5]),
        (
            vec![("category", "contact"), ("section", "Xã hội")],
            vec![4],
        ),
        (vec![("category", "contact"), ("q", "bà con")], vec![5]),
        (vec![("q", "ba con")], vec![0, 5]),
        (vec![("q", "ba con"), ("article", HERE)], vec![0]),
        (vec![("status", "pending"), ("article", HERE)], vec![0, 4]),
        (vec![("status", "approved"), ("article", HERE)], vec![1]),
        (
            vec![("status", "approved"), ("section", "Thể thao")],
            vec![],
        ),
        (
            vec![
                ("status", "pending"),
                ("lane", "likely_fine"),
                ("section", "Thể thao"),
            ],
            vec![2, 3],
        ),
        (vec![("status", "pending")], vec![0, 2, 3, 4, 5]),
        (vec![("lane", "likely_fine")], vec![0, 1, 2, 3]),
    ];
    // The decision is not a second old: the index may or may not know of it.
    for is_indexed in [false, true] {
        if is_indexed {
            indexed(&app).await;
        }
        for (query, expected) in &asks {
            let mut oldest = query.clone();
            oldest.push(("order", "oldest"));
            assert_eq!(found(&lan, &oldest).await, some(expected), "{query:?}");
            assert_eq!(paged(&lan, &oldest).await, some(expected), "{query:?}");
            let mut newest = some(expected);
            newest.reverse();
            assert_eq!(found(&lan, query).await, newest, "{query:?}");
            assert_eq!(paged(&lan, query).await, newest, "{query:?}");
        }
    }
    let nobody = app.member("Minh", &["--site", "bao"]);
    assert_eq!(found(&nobody, &[("q", "bà con")]).await.len(), 2);
});

on_both!(another_sites_comments_are_not_found, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    write(&reader, "Chuyện này chỉ có ở tỉnh nhà.").await;
    app.add_site("khac", "https://khac.example");
    let other = app.reader_of("khac");
    other
        .write_all(&by(
            "Tâm",
            "tam@thu.example",
            "https://khac.example/a.html",
            "Chuyện này cũng có ở tỉnh khác.",
        ))
        .await;
    indexed(&app).await;
    assert_eq!(found(&lan, &[("q", "chuyen nay")]).await.len(), 2);
    assert_eq!(
        found(&lan, &[("q", "chuyen nay"), ("site", "khac")])
            .await
            .len(),
        1
    );
    let minh = app.member("Minh", &["--site", "bao"]);
    assert_eq!(found(&minh, &[("q", "chuyen nay")]).await.len(), 1);
    assert_eq!(found(&minh, &[("q", "tam@")]).await, [""; 0]);
});

on_both!(
    what_was_there_before_the_index_is_taken_in,
    async |mut app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        for number in 0..230 {
            write(&reader, &format!("Lời góp ý mang số {number} gửi toà soạn")).await;
        }
        app.server().kill();
        // As it is where an older version ran until now.
        app.execute("delete from search_marks").await;
        app.execute("delete from __searched").await;
        if app.backend == Backend::Sqlite {
            app.execute("insert into __search(__search) values ('delete-all')")
                .await;
        }
        app.serve();
        indexed(&app).await;
        assert_eq!(found(&lan, &[("q", "mang số 7")]).await.len(), 1);
        assert_eq!(paged(&lan, &[("q", "gop y mang")]).await.len(), 230);
        let marks = app.count("select count(*) from search_marks");
        assert_eq!(marks.await, 1);
    }
);

on_both!(
    the_index_of_what_waits_has_that_and_nothing_else,
    async |app: App| {
        if app.backend == Backend::Sqlite {
            return;
        }
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(write(&reader, &format!("Lời góp ý mang số {number} gửi toà soạn")).await);
        }
        indexed(&app).await;
        for id in &ids[..4] {
            lan.approve(&lan.card(id).await).await;
        }
        let card = lan.card(&ids[0]).await;
        lan.decide("requeue", &[&card]).await.expect(200);
        indexed(&app).await;
        let of = |condition: &str| {
            format!(
                "select count(distinct c.id) from comments c join __waiting w on w.site_id = c.site_id and w.comment_id = c.id where {condition}"
            )
        };
        assert_eq!(
            app.count(&of("c.status = 'pending' and c.revision = w.revision"))
                .await,
            3
        );
        assert_eq!(
            app.count(&of("c.status <> 'pending' or c.revision <> w.revision"))
                .await,
            0
        );
    }
);

on_both!(a_crash_leaves_no_hole_in_the_index, async |mut app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    for round in 0..3 {
        for number in 0..20 {
            write(
                &reader,
                &format!("Trước lúc đứt điện lần {round}, câu {number}"),
            )
            .await;
        }
        app.restart();
    }
    indexed(&app).await;
    assert_eq!(paged(&lan, &[("q", "trước lúc đứt điện")]).await.len(), 60);
    let twice = "select count(*) from (select comment_id from __searched group by site_id, comment_id having count(*) > 1) t";
    assert_eq!(app.count(twice).await, 0);
});

on_both!(
    an_author_has_a_history_before_the_index_and_after,
    async |app: App| {
        let lan = app.moderator("Lan");
        let ids = assorted(&app).await;
        for is_indexed in [false, true] {
            if is_indexed {
                indexed(&app).await;
            }
            let author = lan.show(&ids[2]).await.expect(200).json()["author"].clone();
            assert_eq!(
                (&author["sent"], &author["more"]),
                (&json!(1), &json!(false))
            );
            assert!(author["last_seen"].is_string());
        }
        lan.reject(&lan.card(&ids[0]).await).await;
        let author = lan.show(&ids[2]).await.expect(200).json()["author"].clone();
        assert_eq!(
            (&author["sent"], &author["rejected"]),
            (&json!(1), &json!(1))
        );
    }
);

fn behind_a_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
}

on_both!(
    comments_that_say_the_same_are_one_card,
    behind_a_proxy,
    async |app: App| {
        let lan = app.moderator("Lan");
        let mut campaign = Vec::new();
        let quiet = write(&app.reader(), "Trời hôm nay đẹp quá bà con ạ.").await;
        for who in 1..=5 {
            let reader = app.reader().behind(&format!("203.0.113.{who}"));
            let article = if who % 2 == 0 { HERE } else { THERE };
            let comment = by("Hương", &format!("huong{who}@thu.example"), article, OFFER);
            campaign.push(reader.write_all(&comment).await.0);
        }
        for is_indexed in [false, true] {
            if is_indexed {
                indexed(&app).await;
            }
            let query = [("status", "pending"), ("order", "oldest"), ("fold", "true")];
            let cards = lan.cards(&query).await;
            let ids: Vec<&str> = cards.iter().map(Card::id).collect();
            assert_eq!(
                ids,
                [quiet.as_str(), campaign[0].as_str()],
                "indexed: {is_indexed}"
            );
            assert_eq!(cards[0].0["alike"], Value::Null);
            let alike = json!({ "first": campaign[0], "count": 5, "authors": 5, "addresses": 5, "more": false, "others": 0 });
            assert_eq!(cards[1].0["alike"], alike, "indexed: {is_indexed}");
            assert_eq!(lan.queue().await.len(), 6);
            assert_eq!(alike_of(&lan, &campaign[0]).await, campaign);
        }
        // Once the first is decided the next stands for them, and the name stays.
        lan.spam(&lan.card(&campaign[0]).await).await;
        let cards = lan
            .cards(&[("status", "pending"), ("fold", "true"), ("order", "oldest")])
            .await;
        assert_eq!(cards[1].id(), campaign[1]);
        assert_eq!(cards[1].0["alike"]["count"], 4);
        assert_eq!(cards[1].0["alike"]["first"], json!(campaign[0]));
        assert_eq!(alike_of(&lan, &campaign[0]).await, campaign[1..]);
        // Under one article the first that is there stands for all.
        let under = lan
            .cards(&[
                ("status", "pending"),
                ("fold", "true"),
                ("order", "oldest"),
                ("article", THERE),
            ])
            .await;
        assert_eq!(
            under.iter().map(Card::id).collect::<Vec<_>>(),
            [&campaign[2]]
        );
        assert_eq!(under[0].0["alike"]["count"], 4);
    }
);

async fn alike_of(lan: &Moderator, first: &str) -> Vec<String> {
    let path = format!("/api/v1/moderation/comments/{first}/alike?limit=3");
    let (mut ids, mut next) = (Vec::new(), Some(path.clone()));
    while let Some(path_now) = next {
        let page = lan
            .send(lan.request(reqwest::Method::GET, &path_now))
            .await
            .expect(200)
            .json();
        ids.extend(
            page["comments"]
                .as_array()
                .expect("comments")
                .iter()
                .map(|one| one["id"].as_str().expect("an id").to_owned()),
        );
        next = page["next"]
            .as_str()
            .map(|after| format!("{path}&after={after}"));
    }
    ids
}
