//! What comments came to, by API.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{ArticleId, Locale, RuleTally, Tally, Waits};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::language;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::Numbers;

/// How many days are told unless one says, and at the most.
const DAYS: u16 = 30;
const MOST_DAYS: u16 = 366;

/// How long it took people to decide: from a comment's arrival to its first decision that was not undone, where a person made that.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionTimes {
    /// How many a person decided first.
    comments: u64,
    /// The half of them took no longer; off by no more than 5 %. Null where there is none.
    median_seconds: Option<u64>,
    /// 95 of a hundred took no longer; off by no more than 5 %.
    p95_seconds: Option<u64>,
}

/// The comments that arrived on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayNumbers {
    /// The day, in Vietnam.
    #[schema(example = "2026-11-23")]
    date: String,
    /// How many stand where now.
    statuses: BTreeMap<&'static str, u64>,
    /// How long it took people to decide.
    decision_times: DecisionTimes,
}

/// How often people had another mind than a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleNumbers {
    /// The rule's id.
    #[schema(example = "vi.profanity.core")]
    rule: String,
    /// What it looks for.
    title: String,
    /// Texts that it settled by itself.
    settled: u64,
    /// Of those, such as a person published or put back into the queue, and nobody rejected after all.
    overturned: u64,
    /// Texts in the lane `likely_bad` that it spoke against and that a person decided on.
    suspected: u64,
    /// Of those, such as the person published.
    approved: u64,
    /// The share of all these in which people had another mind, from 0 to 1.
    wrong: f64,
    /// What that share is at the least, with 95 % confidence (Wilson's lower bound); the list is ordered by it.
    wrong_at_least: f64,
}

/// An article, and how many comments arrived under it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BusyArticle {
    /// The article.
    id: ArticleId,
    /// The site's key.
    site: String,
    /// Its title, where it is known.
    title: Option<String>,
    /// Its address.
    url: String,
    /// How many comments.
    comments: u64,
}

/// What the comments of some days came to, as they stand now. It is some seconds behind.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumbersBody {
    /// False while comments from before the service counted are still to be counted.
    is_whole: bool,
    /// How many arrived.
    comments: u64,
    /// How many stand where now.
    statuses: BTreeMap<&'static str, u64>,
    /// Who has decided as they stand: `people`, `rules`, `model`, `bans`, `nobody` where they wait, `reader` where they were taken back first.
    decided_by: BTreeMap<&'static str, u64>,
    /// How long it took people to decide.
    decision_times: DecisionTimes,
    /// Each day, oldest first.
    days: Vec<DayNumbers>,
    /// The rules that people had another mind than, those first of which that is surest.
    rules: Vec<RuleNumbers>,
    /// The articles with the most comments, ten at the most.
    busiest: Vec<BusyArticle>,
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds that comments waited"
)]
fn times(waits: &Waits) -> DecisionTimes {
    let seconds = |percent| Some(waits.percentile(percent)?.round() as u64);
    DecisionTimes {
        comments: waits.count(),
        median_seconds: seconds(50),
        p95_seconds: seconds(95),
    }
}

fn statuses(tally: &Tally) -> BTreeMap<&'static str, u64> {
    let counts = tally.statuses.iter();
    counts
        .map(|(status, count)| (status.as_str(), *count))
        .collect()
}

fn rule(rule: &str, tally: RuleTally, by: &Moderating, locale: Locale) -> RuleNumbers {
    RuleNumbers {
        rule: rule.to_owned(),
        title: by.rule_title(rule, locale),
        settled: tally.settled,
        overturned: tally.overturned,
        suspected: tally.suspected,
        approved: tally.approved,
        wrong: tally.wrong().rate(),
        wrong_at_least: tally.wrong().at_least(),
    }
}

impl NumbersBody {
    fn new(numbers: Numbers, by: &Moderating, locale: Locale) -> Self {
        let all = &numbers.all;
        let site = |id| by.site(id).map(|site| site.key.clone()).unwrap_or_default();
        let rules = all.wrong_rules().into_iter();
        let days = numbers.days.iter().map(|(day, tally)| DayNumbers {
            date: day.to_string(),
            statuses: statuses(tally),
            decision_times: times(&tally.waits),
        });
        let busiest = numbers
            .busiest
            .into_iter()
            .map(|(article, comments)| BusyArticle {
                id: article.id,
                site: site(article.site),
                title: article.title,
                url: article.url,
                comments,
            });
        Self {
            is_whole: numbers.is_whole,
            comments: all.comments(),
            statuses: statuses(all),
            decided_by: all
                .decided
                .iter()
                .map(|(by, count)| (by.as_str(), *count))
                .collect(),
            decision_times: times(&all.waits),
            days: days.collect(),
            rules: rules
                .map(|(id, tally)| rule(id, tally, by, locale))
                .collect(),
            busiest: busiest.collect(),
        }
    }
}

/// What the comments of the last days came to
///
/// Comments by day and status, how long people took to decide, who decides, which rules people overturn, and the busiest articles: of one's own
/// sites and sections. Days are those of Vietnam.
#[utoipa::path(
    operation_id = "show_numbers",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = Option<String>, Query, description = "Only those of the site of that key"),
        ("days" = Option<u16>, Query, description = "Of so many days with today; 30 unless said", minimum = 1, maximum = 366),
    ),
    responses(
        (status = 200, description = "The numbers", body = NumbersBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/numbers")]
pub async fn show(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let (site, days) = (query.text("site"), query.read("days")?.unwrap_or(DAYS));
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Problem::field("days", "field-type"));
    }
    query.end()?;
    let numbers = by.numbers(site.as_deref(), days).await?;
    let locale = language::of(request.headers());
    Ok(private(&NumbersBody::new(numbers, &by, locale)))
}
