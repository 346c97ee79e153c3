//! What comments came to: the page of numbers.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::choices;
use super::signed_in::SignedIn;
use crate::http::input::Query;
use crate::http::page::{BusyArticle, ModelNumbers, NumbersPage, Place, RuleRow, WrongRow};
use crate::http::problem::Problem;
use crate::http::respond::desk;
use crate::learn;

/// As many rules are shown.
const RULES: usize = 15;
/// As many letters of a comment are shown.
const LETTERS: usize = 90;

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = query.text("site");
    let asked: Option<u16> = query.read("days").unwrap_or_default();
    let days = asked.filter(|days| NumbersPage::RANGES.contains(days));
    let days = days.unwrap_or(NumbersPage::RANGES[0]);
    let numbers = by.numbers(site.as_deref(), days).await?;
    let rules = numbers.all.wrong_rules().into_iter().take(RULES);
    let rules = rules.map(|(rule, tally)| RuleRow {
        id: rule.to_owned(),
        title: by.rule_title(rule, by.t.locale()),
        tally,
    });
    let busiest = numbers
        .busiest
        .into_iter()
        .map(|(article, comments)| BusyArticle {
            id: article.id,
            name: article.title.unwrap_or(article.url),
            comments,
        });
    let model = match &site {
        Some(site) => model(&by, site).await?,
        None if by.sites().len() == 1 => model(&by, &by.sites()[0].key).await?,
        None => None,
    };
    let page = NumbersPage {
        t: by.t,
        desk: by.desk(Place::Numbers),
        sites: choices(&by),
        site: site.unwrap_or_default(),
        range: days,
        rules: rules.collect(),
        busiest: busiest.collect(),
        days: numbers.days,
        all: numbers.all,
        is_whole: numbers.is_whole,
        model,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// How right the model of one newspaper is, where whoever looks may know.
async fn model(by: &SignedIn, site: &str) -> Result<Option<ModelNumbers>, Problem> {
    let Some(found) = by.model_report(site).await? else {
        return Ok(None);
    };
    let rows = found.wrong.into_iter().map(|(lesson, card)| WrongRow {
        id: lesson.comment,
        text: begin(&card.comment.body),
        action: lesson.action,
        said: learn::told(&lesson).1,
    });
    Ok(Some(ModelNumbers {
        t: by.t,
        name: found.name,
        wrong: rows.collect(),
        settings: by
            .editing(site)
            .is_ok()
            .then(|| format!("/settings?site={site}#settings-model")),
        report: found.report,
        learns_again: found.learns_again,
    }))
}

fn begin(body: &str) -> String {
    let mut letters = body.chars();
    let begin: String = letters.by_ref().take(LETTERS).collect();
    match letters.next() {
        None => begin,
        Some(_) => format!("{}…", begin.trim_end()),
    }
}
