//! The schema: the same on both databases, and taken back as well as applied.

use std::collections::BTreeSet;

use duyet::store::{Address, Store, migration_names};

use crate::support::{App, Backend, Setup, on_both};

const SQLITE_COLUMNS: &str = "
    select m.name || '.' || c.name || case when c.\"notnull\" = 1 then '' else '?' end as text
    from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '!_!_%' escape '!'";
const POSTGRES_COLUMNS: &str = "
    select table_name || '.' || column_name || case when is_nullable = 'NO' then '' else '?' end as text
    from information_schema.columns
    where table_schema = 'public' and table_name not like '!_!_%' escape '!'";

/// Each index and key with its columns in their order; names that a database made up itself are left out.
const SQLITE_INDEXES: &str = "
    select m.name || '(' || (select group_concat(name, ',') from
        (select c.name from pragma_index_info(i.name) c order by c.seqno)) || ')' || case when i.\"unique\" = 1 then '!' else '' end as text
    from sqlite_master m join pragma_index_list(m.name) i
    where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '!_!_%' escape '!'";
const POSTGRES_INDEXES: &str = "
    select t.relname || '(' || (select string_agg(a.attname, ',' order by k.place) from
        unnest(x.indkey::int2[]) with ordinality k(number, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number) || ')' || case when x.indisunique then '!' else '' end as text
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = 'public' and t.relname not like '!_!_%' escape '!'";

/// Tables that are about sites or members themselves, or found by a secret before any site is known.
const OF_NO_SITE: [&str; 12] = [
    "sites",
    "moderators",
    "moderator_sites",
    "moderator_sections",
    "tokens",
    "sessions",
    "sign_in_attempts",
    "second_factors",
    "recovery_codes",
    "member_links",
    "member_events",
    "mail_habits",
];

async fn seen(app: &App, sqlite: &str, postgres: &str) -> BTreeSet<String> {
    let query = if app.backend == Backend::Sqlite {
        sqlite
    } else {
        postgres
    };
    app.texts(query).await.into_iter().collect()
}

async fn columns(app: &App) -> BTreeSet<String> {
    seen(app, SQLITE_COLUMNS, POSTGRES_COLUMNS).await
}

async fn indexes(app: &App) -> BTreeSet<String> {
    seen(app, SQLITE_INDEXES, POSTGRES_INDEXES).await
}

#[test]
fn both_trees_have_the_same_steps() {
    let (sqlite, postgres) = migration_names().expect("the names");
    assert_eq!(sqlite, postgres);
    assert!(!sqlite.is_empty());
    let mut sorted = sqlite.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sqlite, sorted);
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let sqlite = Setup::new(Backend::Sqlite).prepare().await;
    let postgres = Setup::new(Backend::Postgres).prepare().await;
    assert_eq!(columns(&sqlite).await, columns(&postgres).await);
    assert_eq!(indexes(&sqlite).await, indexes(&postgres).await);
    assert!(columns(&sqlite).await.contains("comments.parent_id?"));
    assert!(indexes(&sqlite).await.contains("articles(site_id,url)!"));
}

on_both!(a_site_leads_every_key, async |app: App| {
    let of_a_site =
        |index: &&String| !OF_NO_SITE.contains(&index.split('(').next().expect("a table"));
    let indexes = indexes(&app).await;
    let keys: Vec<&String> = indexes.iter().filter(of_a_site).collect();
    assert!(keys.len() > 10, "{keys:?}");
    for index in keys {
        assert!(
            index.contains("(site_id,") || index.contains("(site_id)"),
            "{index} does not begin with site_id"
        );
    }
});

on_both!(
    every_step_can_be_taken_back_and_applied_again,
    Setup::bare,
    async |app: App| {
        let applied = columns(&app).await;
        let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
        Store::revert(address.clone()).await.expect("reverted");
        assert_eq!(columns(&app).await, BTreeSet::new());
        assert_eq!(app.wire().get("/readyz").await.status, 503);
        let store = Store::open(address).await.expect("applied again");
        assert!(store.is_ready().await.expect("an answer"));
        drop(store);
        assert_eq!(columns(&app).await, applied);
        assert_eq!(app.wire().get("/readyz").await.status, 200);
    }
);

on_both!(
    replicas_that_start_together_migrate_once,
    Setup::bare,
    async |app: App| {
        let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
        Store::revert(address.clone()).await.expect("reverted");
        let starts: Vec<_> = (0..4)
            .map(|_| tokio::spawn(Store::open(address.clone())))
            .collect();
        for start in starts {
            let store = start.await.expect("no panic").expect("opened");
            assert!(store.is_ready().await.expect("an answer"));
        }
        let names = migration_names().expect("the names").0.len();
        let rows = app
            .count("select count(*) from __diesel_schema_migrations")
            .await;
        assert_eq!(usize::try_from(rows).expect("small"), names);
    }
);
