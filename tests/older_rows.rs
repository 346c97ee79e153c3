//! Rows that an older version wrote get the keys that this one makes.

use crate::support::{App, comment, eventually, on_both};

/// Forgets the keys, as an older version did not know them.
const FORGET: &str = "update comments set name_key = null, email_key = 'lan.nguyen+bao@gmail.com'";
const KEYS: &str =
    "select distinct name_key || ' ' || email_key as text from comments where name_key is not null";

async fn write(app: &App, count: usize) {
    let mut new = comment("Bài viết rất hay và bổ ích.");
    (new["name"], new["email"]) = ("Đặng  HÒA".into(), "Lan.Nguyen+bao@gmail.com".into());
    for number in 0..count {
        new["body"] = format!("Bài viết số {number} rất hay và bổ ích.").into();
        app.reader().write_all(&new).await;
    }
}

on_both!(comments_have_their_keys_from_the_start, async |app: App| {
    write(&app, 1).await;
    assert_eq!(app.texts(KEYS).await, ["dang hoa lannguyen@gmail.com"]);
});

on_both!(
    the_migration_gives_old_comments_their_keys,
    async |app: App| {
        // More than a batch.
        write(&app, 210).await;
        app.execute(FORGET).await;
        assert_eq!(app.texts(KEYS).await, Vec::<String>::new());
        let printed = app.done(&["migrate"], "");
        assert!(printed.contains("210 comments"), "{printed}");
        assert_eq!(app.texts(KEYS).await, ["dang hoa lannguyen@gmail.com"]);
        assert_eq!(
            app.count("select count(*) from comments where name_key is null")
                .await,
            0
        );
        assert!(!app.done(&["migrate"], "").contains("comments"));
    }
);

on_both!(
    a_service_gives_old_comments_their_keys_when_it_starts,
    async |mut app: App| {
        write(&app, 3).await;
        app.execute(FORGET).await;
        // What has no address any more keeps the key that it had.
        app.execute("update comments set email = '', name = '' where id in (select id from comments order by id limit 1)").await;
        app.restart();
        eventually("every comment has its keys", async || {
            (app.count("select count(*) from comments where name_key is null")
                .await
                == 0)
                .then_some(())
        })
        .await;
        let mut keys = app.texts(KEYS).await;
        keys.sort();
        assert_eq!(
            keys,
            [" lan.nguyen+bao@gmail.com", "dang hoa lannguyen@gmail.com"]
        );
    }
);
