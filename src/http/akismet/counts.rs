//! What came, as the protocol's clients ask for it. Counted are comments that were brought, not calls: who checks one again brings none.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, post};
use jiff::Span;
use serde::Serialize;
use utoipa::ToSchema;

use super::reply;
use crate::clock;
use crate::domain::{Instant, Month};
use crate::http::door::{Client, Stranger};
use crate::store::{self, AkismetUsage};

/// What one site has brought in a month. Numbers are texts, as the protocol has them.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteActivity {
    /// The site's first address.
    #[schema(example = "bao.example")]
    site: String,
    /// Comments brought.
    #[schema(example = "2072")]
    api_calls: String,
    /// Answered `true`.
    #[schema(example = "69")]
    spam: String,
    /// Answered `false`.
    #[schema(example = "2003")]
    ham: String,
    /// Of the latter, reported as spam.
    #[schema(example = "3")]
    missed_spam: String,
    /// Of the former, reported as none.
    #[schema(example = "1")]
    false_positives: String,
    /// Never.
    is_revoked: bool,
}

/// A month's sites, under its name, and how many there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySites {
    /// The month's sites, by its name: `2026-11`.
    #[serde(flatten)]
    months: BTreeMap<String, Vec<SiteActivity>>,
    /// As many as were asked for.
    limit: usize,
    /// After so many.
    offset: usize,
    /// How many there are.
    total: usize,
}

/// How much of what is allowed was used.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageLimit {
    /// `none`.
    #[schema(example = "none")]
    limit: &'static str,
    /// Comments brought this month.
    usage: i64,
    /// Nothing of nothing.
    #[schema(example = "0")]
    percentage: &'static str,
    /// Never.
    throttled: bool,
}

/// Counts of a longer time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    /// Answered `true`.
    spam: i64,
    /// Answered `false`.
    ham: i64,
    /// Of the latter, reported as spam.
    missed_spam: i64,
    /// Of the former, reported as none.
    false_positives: i64,
    /// How much of the rest there is, in percent.
    #[schema(example = "99.87")]
    accuracy: String,
    /// Seconds; nobody knows.
    time_saved: i64,
    /// The same by month, as `2026-11`.
    breakdown: BTreeMap<String, Breakdown>,
}

/// Counts of a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct Breakdown {
    /// The month's name.
    da: String,
    /// Answered `true`.
    spam: i64,
    /// Answered `false`.
    ham: i64,
    /// Of the latter, reported as spam.
    missed_spam: i64,
    /// Of the former, reported as none.
    false_positives: i64,
}

/// The account that a key belongs to, as WordPress asks for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscription {
    /// The site's key.
    #[schema(example = "bao")]
    account_id: String,
    /// The newspaper's name.
    account_name: String,
    /// What serves it.
    #[schema(example = "Duyệt")]
    account_type: &'static str,
    /// `active`.
    #[schema(example = "active")]
    status: &'static str,
    /// Nobody bills anything.
    next_billing_date: Option<i64>,
    /// Never.
    limit_reached: bool,
}

/// Show what a key's site has brought
///
/// `month` (as `2026-11`; this one by default), `filter` (part of the site's address), `format` (`json` or `csv`), `limit`, `offset`. A key has
/// one site.
#[utoipa::path(
    operation_id = "akismet_key_sites",
    tag = "Akismet",
    responses(
        (status = 200, description = "The counts, or `invalid` as text", body = KeySites),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[get("/1.2/key-sites")]
pub async fn key_sites(client: Result<Client, Stranger>) -> HttpResponse {
    sites(client).await
}

/// Show what a key's site has brought, by a form
#[utoipa::path(
    operation_id = "akismet_key_sites_by_form",
    tag = "Akismet",
    responses(
        (status = 200, description = "The counts, or `invalid` as text", body = KeySites),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.2/key-sites")]
pub async fn key_sites_by_form(client: Result<Client, Stranger>) -> HttpResponse {
    sites(client).await
}

/// Show how much of what is allowed was used
#[utoipa::path(
    operation_id = "akismet_usage_limit",
    tag = "Akismet",
    responses(
        (status = 200, description = "There is no limit; or `invalid` as text", body = UsageLimit),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[get("/1.2/usage-limit")]
pub async fn usage_limit(client: Result<Client, Stranger>) -> HttpResponse {
    limit(client).await
}

/// Show how much of what is allowed was used, by a form
#[utoipa::path(
    operation_id = "akismet_usage_limit_by_form",
    tag = "Akismet",
    responses(
        (status = 200, description = "There is no limit; or `invalid` as text", body = UsageLimit),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.2/usage-limit")]
pub async fn usage_limit_by_form(client: Result<Client, Stranger>) -> HttpResponse {
    limit(client).await
}

/// Show the counts of WordPress's own page
///
/// `from`: `60-days`, `6-months` or `all`, which is two years here.
#[utoipa::path(
    operation_id = "akismet_get_stats",
    tag = "Akismet",
    responses(
        (status = 200, description = "The counts, or `invalid` as text", body = Stats),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/get-stats")]
pub async fn get_stats(client: Result<Client, Stranger>) -> HttpResponse {
    let client = match client {
        Ok(client) => client,
        Err(stranger) => return reply::stranger(stranger),
    };
    let months = match client.form.from.trim() {
        "60-days" => 2,
        "6-months" => 6,
        _ => 24,
    };
    match stats(&client, months).await {
        Ok(stats) => reply::json(&stats),
        Err(error) => reply::failed(&error),
    }
}

/// Show the account that a key belongs to
#[utoipa::path(
    operation_id = "akismet_get_subscription",
    tag = "Akismet",
    responses(
        (status = 200, description = "The account, or `invalid` as text", body = Subscription),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/get-subscription")]
pub async fn get_subscription(client: Result<Client, Stranger>) -> HttpResponse {
    match client {
        Ok(client) => reply::json(&Subscription {
            account_id: client.site().key.clone(),
            account_name: client.site().name.clone(),
            account_type: "Duyệt",
            status: "active",
            next_billing_date: None,
            limit_reached: false,
        }),
        Err(stranger) => reply::stranger(stranger),
    }
}

async fn of_month(client: &Client, month: Month) -> store::Result<AkismetUsage> {
    client.usage(month.begin(), month.end()).await
}

async fn sites(client: Result<Client, Stranger>) -> HttpResponse {
    let client = match client {
        Ok(client) => client,
        Err(stranger) => return reply::stranger(stranger),
    };
    let month = match client.form.month.trim() {
        "" => Ok(Month::of(clock::now())),
        month => month.parse(),
    };
    let Ok(month) = month else {
        return reply::wrong("invalid", "Write the month as 2026-11");
    };
    match of_month(&client, month).await {
        Ok(usage) => activity(&client, month, usage),
        Err(error) => reply::failed(&error),
    }
}

fn activity(client: &Client, month: Month, usage: AkismetUsage) -> HttpResponse {
    const MOST: usize = 500;
    let form = &client.form;
    let number = |text: &str, default| text.trim().parse().unwrap_or(default);
    let (limit, offset) = (number(&form.limit, MOST), number(&form.offset, 0));
    let origin = client.site().origins.first().map_or("", String::as_str);
    let site = origin.split_once("://").map_or(origin, |(_, host)| host);
    let calls = usage.spam + usage.ham;
    let is_asked_for = calls > 0 && site.contains(form.filter.trim());
    let total = usize::from(is_asked_for);
    let shown = is_asked_for && limit > 0 && offset == 0;
    let rows: Vec<SiteActivity> = shown
        .then(|| SiteActivity {
            site: site.to_owned(),
            api_calls: calls.to_string(),
            spam: usage.spam.to_string(),
            ham: usage.ham.to_string(),
            missed_spam: usage.missed_spam.to_string(),
            false_positives: usage.false_positives.to_string(),
            is_revoked: false,
        })
        .into_iter()
        .collect();
    if form.format.trim() == "csv" {
        return reply::table(as_table(month, &rows, (limit, offset, total)));
    }
    reply::json(&KeySites {
        months: [(month.to_string(), rows)].into(),
        limit,
        offset,
        total,
    })
}

/// The table as the protocol has it, with a line above its head and no newline at its end. A site's address holds neither comma nor quotation mark.
fn as_table(
    month: Month,
    rows: &[SiteActivity],
    (limit, offset, total): (usize, usize, usize),
) -> String {
    let mut table = format!(
        "Active sites during {month} (limit:{limit}, offset: {offset}, total: {total})\n\
         Site,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked"
    );
    for row in rows {
        let fields = [
            &row.site,
            &row.api_calls,
            &row.spam,
            &row.ham,
            &row.missed_spam,
            &row.false_positives,
        ];
        let fields: Vec<&str> = fields.into_iter().map(String::as_str).collect();
        table.push('\n');
        table.push_str(&fields.join(","));
        table.push_str(if row.is_revoked { ",true" } else { ",false" });
    }
    table
}

async fn limit(client: Result<Client, Stranger>) -> HttpResponse {
    let client = match client {
        Ok(client) => client,
        Err(stranger) => return reply::stranger(stranger),
    };
    match of_month(&client, Month::of(clock::now())).await {
        Ok(usage) => reply::json(&UsageLimit {
            limit: "none",
            usage: usage.spam + usage.ham,
            percentage: "0",
            throttled: false,
        }),
        Err(error) => reply::failed(&error),
    }
}

async fn stats(client: &Client, months: u32) -> store::Result<Stats> {
    let (mut total, mut breakdown) = (AkismetUsage::default(), BTreeMap::new());
    let mut month = Month::of(clock::now());
    for _ in 0..months {
        let usage = of_month(client, month).await?;
        total.spam += usage.spam;
        total.ham += usage.ham;
        total.missed_spam += usage.missed_spam;
        total.false_positives += usage.false_positives;
        let of = Breakdown {
            da: month.to_string(),
            spam: usage.spam,
            ham: usage.ham,
            missed_spam: usage.missed_spam,
            false_positives: usage.false_positives,
        };
        breakdown.insert(month.to_string(), of);
        month = Month::of(before(month.begin()));
    }
    Ok(Stats {
        spam: total.spam,
        ham: total.ham,
        missed_spam: total.missed_spam,
        false_positives: total.false_positives,
        accuracy: accuracy(total),
        time_saved: 0,
        breakdown,
    })
}

fn before(at: Instant) -> Instant {
    at.timestamp()
        .checked_sub(Span::new().hours(1))
        .map_or(at, Instant::from)
}

/// How many answers nobody had another mind about, in percent.
#[allow(clippy::cast_precision_loss)] // counts of comments
fn accuracy(of: AkismetUsage) -> String {
    let calls = of.spam + of.ham;
    let wrong = of.missed_spam + of.false_positives;
    let share = if calls == 0 {
        100.0
    } else {
        100.0 * (calls - wrong) as f64 / calls as f64
    };
    format!("{share:.2}")
}
