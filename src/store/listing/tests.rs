//! How SQLite goes about each page: by an index, whatever is asked.

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::*;
use crate::domain::SiteId;
use crate::store::address::Address;
use crate::store::db::{Connected, Purpose};
use crate::store::{migrate, search};

const SITE: &str = "x'01920000000070008000000000000001'";
const ARTICLE: &str = "x'01920000000070008000000000000002'";
const COMMENT: &str = "x'01920000000070008000000000000003'";

fn id(last: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + last)
}

fn filled(file: &tempfile::NamedTempFile) -> Db {
    let path = file.path().display().to_string();
    let mut db = Db::open(&Address::Sqlite(path), Purpose::Write).expect("opened");
    migrate::apply(&mut db).expect("migrated");
    let rows = format!(
        "INSERT INTO sites (id, key, name, locale, origins, webhook_secret, akismet_key, created_at)
         VALUES ({SITE}, 'bao', 'Báo', 'vi', '[]', '', '', 0);
         INSERT INTO articles (site_id, id, url, state, created_at) VALUES ({SITE}, {ARTICLE}, 'https://bao.example/a', 'open', 0);
         INSERT INTO comments (site_id, id, article_id, name, email, email_key, body, status, lane, score, revision, rules_version, created_at)
         VALUES ({SITE}, {COMMENT}, {ARTICLE}, 'Lan', 'lan@thu.example', 'lan@thu.example', 'Cầu mới đẹp', 'pending', 'look', 0, 1, '', 0);
         INSERT INTO search_marks (site_id, event_id, is_whole) VALUES ({SITE}, {SITE}, 1);"
    );
    db.batch(&rows, "").expect("filled");
    let comment = CommentId(id(3));
    search::index(&mut db, SiteId(id(1)), &[comment]).expect("indexed");
    db
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// What the database is asked while `body` runs, and how it goes about each of it.
fn plans(db: &mut Db, body: impl FnOnce(&mut Db)) -> Vec<(String, Vec<String>)> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let Connected::Sqlite(c) = &mut db.0 else {
        unreachable!("it was opened as SQLite")
    };
    let listener = heard.clone();
    c.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            listener.lock().expect("no panic").push(query.to_string());
        }
    });
    body(db);
    let Connected::Sqlite(c) = &mut db.0 else {
        unreachable!("it was opened as SQLite")
    };
    c.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    let heard = std::mem::take(&mut *heard.lock().expect("no panic"));
    let queries = heard.iter().map(|query| {
        let sql = query.split(" -- binds").next().expect("a query");
        let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
            .load(c.as_mut())
            .expect(sql);
        let steps = steps.into_iter().map(|step| step.detail);
        (sql.to_owned(), steps.collect())
    });
    queries.collect()
}

/// Every filter with and without every other, in all orders.
fn filters() -> Vec<QueueFilter> {
    let mut all = Vec::new();
    for bits in 0..512_u32 {
        let has = |bit: u32| bits & (1 << bit) != 0;
        all.push(QueueFilter {
            status: has(0).then_some(Status::Pending),
            lane: has(1).then_some(Lane::Look),
            sections: has(2).then(|| "Xã hội".to_owned()).into_iter().collect(),
            article: has(3).then(|| "https://bao.example/a".to_owned()),
            rules: has(4).then(|| "vi.rule".to_owned()).into_iter().collect(),
            category: has(5).then_some(Category::Spam),
            author: has(6).then(|| "lan@thu.example".to_owned()),
            phrase: has(7).then(|| Phrase::read("cau mới dep").expect("words")),
            order: has(8).then_some(Order::Oldest),
            reported: false,
            after: has(0).then(|| CommentId(if has(8) { Uuid::nil() } else { Uuid::max() })),
            limit: 25,
            fold: has(0) && has(1),
        });
    }
    all
}

/// How many cards a page has, found without going through a table or sorting one.
fn walked(db: &mut Db, scope: &Scope, filter: &QueueFilter) -> usize {
    let mut found = 0;
    let steps = plans(db, |db| {
        found = page(db, scope, filter).expect("a page").cards.len();
    });
    for (sql, plan) in steps {
        for step in plan {
            let scans = step.starts_with("SCAN") && !step.contains("VIRTUAL TABLE");
            assert!(!scans, "{filter:?}: {step}: {sql}");
            let sorts = step.contains("TEMP B-TREE") && sql.contains("LIMIT");
            assert!(!sorts, "{filter:?}: {step}: {sql}");
        }
    }
    found
}

#[test]
fn no_page_goes_through_all_comments() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut db = filled(&file);
    let scope = Scope::of([SiteId(id(1))]);
    let mut found = 0;
    for filter in filters() {
        found += walked(&mut db, &scope, &filter);
    }
    // Those without section, rule and category name the one that is there.
    assert_eq!(found, 512 / 8);
}

#[test]
fn what_was_reported_is_walked_in_its_own_index() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut db = filled(&file);
    let report = "x'01920000000070008000000000000004'";
    let rows = format!(
        "UPDATE comments SET status = 'approved';
         INSERT INTO reports (site_id, id, comment_id, reason, reporter) VALUES ({SITE}, {report}, {COMMENT}, 'other', 1);
         INSERT INTO reported (site_id, comment_id, first_id, is_open) VALUES ({SITE}, {COMMENT}, {report}, 1);"
    );
    db.batch(&rows, "").expect("reported");
    let scope = Scope::of([SiteId(id(1))]);
    for (order, phrase) in [(Order::Oldest, None), (Order::Newest, Some("cau moi"))] {
        let filter = QueueFilter {
            reported: true,
            order: Some(order),
            phrase: phrase.map(|phrase| Phrase::read(phrase).expect("words")),
            limit: 25,
            ..QueueFilter::default()
        };
        let mut found = 0;
        let mut steps = plans(&mut db, |db| {
            found += page(db, &scope, &filter).expect("a page").cards.len();
        });
        assert_eq!(found, 1);
        steps.extend(plans(&mut db, |db| {
            let waiting = crate::store::waiting::reported_waiting(db, &scope).expect("counted");
            assert_eq!(waiting.count, 1);
        }));
        for (sql, plan) in steps {
            for step in plan {
                assert!(!step.starts_with("SCAN"), "{step}: {sql}");
                let sorts = step.contains("TEMP B-TREE") && sql.contains("LIMIT");
                assert!(!sorts, "{step}: {sql}");
            }
        }
    }
}

#[test]
fn what_waits_is_walked_by_risk_in_an_index_of_its_own() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut db = filled(&file);
    let scope = Scope::of([SiteId(id(1))]);
    let all = filters()
        .into_iter()
        .filter(|filter| filter.order == Some(Order::Oldest));
    let mut found = 0;
    for filter in all {
        // From the beginning, and from a place in it.
        for after in [None, Some(CommentId(Uuid::nil()))] {
            let filter = QueueFilter {
                order: Some(Order::Risk),
                after,
                ..filter.clone()
            };
            found += walked(&mut db, &scope, &filter);
        }
    }
    // From the beginning it is found by all that name what is there.
    assert_eq!(found, 256 / 8);
}
