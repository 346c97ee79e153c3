//! What the database was asked, and how it goes about it.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::cases::Row;

static HEARS: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn listener() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if HEARS.load(Ordering::Relaxed)
            && let InstrumentationEvent::StartQuery { query, .. } = event
            && let Ok(mut heard) = HEARD.lock()
        {
            heard.push(query.to_string());
        }
    }))
}

/// Hears the queries of connections that are opened from now on.
pub fn listen() {
    set_default_instrumentation(listener).expect("no other thread panicked");
}

pub fn begin() {
    HEARS.store(true, Ordering::Relaxed);
}

pub fn end() -> Vec<String> {
    HEARS.store(false, Ordering::Relaxed);
    HEARD
        .lock()
        .map(|mut heard| std::mem::take(&mut *heard))
        .unwrap_or_default()
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Prints each plan once, with the pages that need it.
pub fn print(url: &str, rows: &[Row]) -> Result<()> {
    let mut told = BTreeSet::new();
    println!("```text");
    for row in rows {
        for query in &row.queries {
            let (sql, binds) = query.split_once(" -- binds: ").unwrap_or((query, "[]"));
            let shape = sql.split_whitespace().collect::<Vec<_>>().join(" ");
            if shape.starts_with("BEGIN") || !told.insert(one_of_many(&shape)) {
                continue;
            }
            println!("-- {}: {}", row.name, short(&shape));
            for line in plan(url, &shape, binds)? {
                println!("   {line}");
            }
        }
    }
    println!("```");
    Ok(())
}

/// Lists of any length are one.
fn one_of_many(shape: &str) -> String {
    let mut one = shape.replace("?, ", "").replace("  ", " ");
    one.truncate(one.find("-- binds").unwrap_or(one.len()));
    one
}

/// Without the columns.
fn short(shape: &str) -> String {
    let from = shape.find(" FROM ").unwrap_or(0);
    let start = if shape.starts_with("SELECT `") || shape.starts_with("SELECT \"") {
        "SELECT …"
    } else {
        ""
    };
    let rest = if start.is_empty() {
        shape
    } else {
        &shape[from..]
    };
    let mut text: String = format!("{start}{rest}").chars().take(400).collect();
    text = text.replace(['`', '"'], "");
    text
}

fn plan(url: &str, sql: &str, binds: &str) -> Result<Vec<String>> {
    let Some(file) = url.strip_prefix("sqlite:") else {
        return postgres(url, sql, binds);
    };
    let mut connection = SqliteConnection::establish(file)?;
    let steps: Vec<Step> =
        diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(&mut connection)?;
    Ok(steps.into_iter().map(|step| step.detail).collect())
}

/// With the values as they were: the plan depends on them.
fn postgres(url: &str, sql: &str, binds: &str) -> Result<Vec<String>> {
    let mut sql = sql.to_owned();
    for (place, value) in values(binds).iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", place + 1), value);
    }
    let url = url.to_owned();
    let asked = std::thread::spawn(move || -> Result<Vec<String>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
            tokio::spawn(connection);
            let rows = client
                .query(
                    &format!("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {sql}"),
                    &[],
                )
                .await;
            Ok(match rows {
                Ok(rows) => rows.iter().map(|row| row.get(0)).collect(),
                Err(error) => vec![format!("(no plan: {error:?})")],
            })
        })
    });
    asked.join().expect("no panic")
}

/// The values of `[SiteId(…), Pending, "…", 26]` as SQL.
fn values(binds: &str) -> Vec<String> {
    let inner = binds.trim().trim_start_matches('[').trim_end_matches(']');
    let (mut values, mut value, mut depth, mut quoted, mut escaped) =
        (Vec::new(), String::new(), 0, false, false);
    for c in inner.chars() {
        match c {
            '"' if !escaped => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                values.push(std::mem::take(&mut value));
                continue;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        value.push(c);
    }
    values.push(value);
    values.iter().map(|value| literal(value.trim())).collect()
}

fn literal(value: &str) -> String {
    if let Some(text) = value.strip_prefix('"') {
        return format!(
            "'{}'",
            unescaped(text.trim_end_matches('"')).replace('\'', "''")
        );
    }
    if let Some(list) = value.strip_prefix('[') {
        let list = values(&format!("[{list}")).join(", ");
        return format!("ARRAY[{list}]");
    }
    if let Some((_, inner)) = value.split_once('(') {
        return literal_of_id(inner.trim_end_matches(')'));
    }
    if value.parse::<f64>().is_ok() {
        return value.to_owned();
    }
    let mut word = String::new();
    for c in value.chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(c.to_ascii_lowercase());
    }
    format!("'{word}'")
}

fn literal_of_id(id: &str) -> String {
    format!("'{id}'::uuid")
}

/// What Rust's `Debug` has escaped.
fn unescaped(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let code = after
            .strip_prefix("u{")
            .and_then(|code| code.split_once('}'));
        let read = code.and_then(|(code, rest)| {
            let c = u32::from_str_radix(code, 16)
                .ok()
                .and_then(char::from_u32)?;
            Some((c, rest))
        });
        rest = if let Some((c, rest)) = read {
            out.push(c);
            rest
        } else {
            let mut chars = after.chars();
            out.extend(chars.next());
            chars.as_str()
        };
    }
    out.push_str(rest);
    out
}
