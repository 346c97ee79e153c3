//! The packs, and one rule with what it did.

use std::collections::HashMap;

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::{ROWS, briefs, choices, chosen};
use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{
    BanKind, BatchId, Category, CheckerRule, ClientFault, CommentId, DecisionId, Lane, Role,
};
use crate::http::door::{MOST_COUNTED, MOST_DAYS};
use crate::http::input::Query;
use crate::http::page::{BansPage, PackView, Place, RuleNotice, RulePage, RuleView, RulesPage};
use crate::http::problem::Problem;
use crate::http::respond::{desk, see_other};
use crate::intake::folded;
use crate::messages::Messages;
use crate::rules::{LooksFor, ReadableRule, RuleSet, site_word_of};
use crate::store::WordFilter;

/// As far back as a rule's page looks unless asked.
const DAYS: u32 = 7;

fn view(rule: ReadableRule<'_>, set: &RuleSet, t: Messages) -> RuleView {
    let lanes = set.policy().lanes;
    let info = rule.info;
    let alone = if info.weight >= lanes.likely_bad {
        Lane::LikelyBad
    } else if info.weight >= lanes.look {
        Lane::Look
    } else {
        Lane::LikelyFine
    };
    RuleView {
        id: info.id.clone(),
        title: info.title.get(t.locale()).to_owned(),
        category: info.category,
        fields: info.fields.clone(),
        weight: info.weight,
        action: info.action,
        alone,
        looks_for: rule.looks_for.clone(),
        hits: rule.hits.to_vec(),
        misses: rule.misses.to_vec(),
    }
}

/// Whether a rule has all the words that are sought, anywhere: marks and case make no difference.
fn has(rule: &ReadableRule<'_>, sought: &[String]) -> bool {
    if sought.is_empty() {
        return true;
    }
    let info = rule.info;
    let mut all = vec![
        info.id.as_str(),
        info.title.vi.as_str(),
        info.title.en.as_str(),
    ];
    match rule.looks_for {
        LooksFor::Words { words, .. } => all.extend(words.iter().map(String::as_str)),
        LooksFor::Pattern { pattern, .. } => all.push(pattern),
        LooksFor::Feature { name, .. } => all.push(name),
        LooksFor::Others { terms } => all.extend(terms.iter().map(String::as_str)),
    }
    all.extend(rule.hits.iter().chain(rule.misses).map(String::as_str));
    let text = folded(&all.join(" "));
    sought.iter().all(|word| text.contains(word.as_str()))
}

/// The packs.
pub async fn list(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let pack = query.text("pack").unwrap_or_default();
    let category: Option<Category> = query.read("category").unwrap_or_default();
    let sought: String = query.text("q").unwrap_or_default();
    let sought: String = sought.chars().take(200).collect();
    let words: Vec<String> = folded(&sought)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let set = by.rules();
    let (mut all, mut packs): (Vec<String>, Vec<PackView>) = (Vec::new(), Vec::new());
    for rule in set.readable() {
        let id = &rule.info.pack;
        if !all.contains(id) {
            all.push(id.clone());
        }
        let fits = (pack.is_empty() || pack == *id)
            && category.is_none_or(|category| category == rule.info.category)
            && has(&rule, &words);
        if !fits {
            continue;
        }
        let place = packs.iter().position(|pack| pack.id == *id);
        let place = place.unwrap_or_else(|| {
            packs.push(PackView {
                id: id.clone(),
                rules: Vec::new(),
            });
            packs.len() - 1
        });
        packs[place].rules.push(view(rule, &set, by.t));
    }
    let page = RulesPage {
        t: by.t,
        desk: by.desk(Place::Rules),
        sites: choices(&by),
        site,
        all,
        pack,
        category,
        sought,
        packs,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// What came of the last move, by the address that it led to.
fn notice(query: &mut Query) -> Option<RuleNotice> {
    let batch: Option<BatchId> = query.read("batch").unwrap_or_default();
    let count: Option<usize> = query.read("count").unwrap_or_default();
    let more = query.text("more").is_some();
    match (query.text("notice").as_deref(), batch, count) {
        (Some("undone"), Some(batch), Some(count)) => {
            Some(RuleNotice::Undone { count, more, batch })
        }
        (Some("nothing"), ..) => Some(RuleNotice::Nothing),
        _ => None,
    }
}

/// One rule.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let id = query.text("rule").unwrap_or_default();
    let days: Option<u32> = query.read("days").unwrap_or_default();
    let days = days.unwrap_or(DAYS).clamp(1, MOST_DAYS);
    let after: Option<DecisionId> = query.read("after").unwrap_or_default();
    let set = by.rules();
    let found = set.readable().find(|rule| rule.info.id == id);
    let rule = found.map(|rule| view(rule, &set, by.t));
    let words = by.words_of(&site, WordFilter::default()).await?;
    let is_own = site_word_of(&id).is_some_and(|own| words.iter().any(|one| one.word == own));
    let is_ban = BanKind::of_rule(&id).is_some();
    let is_foreign = ClientFault::of_rule(&id).is_some() || CheckerRule::of_rule(&id).is_some();
    let deeds = by.deeds(&site, &id, days, (after, ROWS)).await?;
    let next = deeds.next.map(|decision| {
        let (days, after) = (days.to_string(), decision.to_string());
        RulePage::address(&site, &id, &[("days", &days), ("after", &after)])
    });
    let ids: Vec<CommentId> = deeds.settled;
    let mut cards = by.cards_of(ids.clone()).await?;
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.comment.id));
    let now = clock::now();
    let seen = by.count_seen(&site, &id, days).await?;
    let page = RulePage {
        t: by.t,
        desk: by.desk(Place::Rules),
        now,
        sites: choices(&by),
        title: by.rule_title(&id, by.t.locale()),
        is_gone: rule.is_none() && !is_own && !is_ban && !is_foreign,
        bans: is_ban.then(|| BansPage::address(&site, &[])),
        rule,
        days,
        seen: (seen, seen >= MOST_COUNTED),
        may_undo: by.moderator().role >= Role::Editor,
        settled: briefs(&by, cards, HashMap::new(), now).await?,
        notice: notice(&mut query),
        next,
        is_first: after.is_none(),
        site,
        id,
    };
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The button of a rule's page.
pub async fn undo(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let (site, rule) = (form.text("site"), form.text("rule"));
    let days: u32 = form.field("days")?;
    let done = by.undo_rule(site, rule, days).await?;
    let days = days.to_string();
    let Some(batch) = done.batch else {
        let told = [("days", days.as_str()), ("notice", "nothing")];
        return Ok(see_other(&RulePage::address(site, rule, &told)));
    };
    let (count, batch) = (done.requeued.to_string(), batch.to_string());
    let told = [
        ("days", days.as_str()),
        ("notice", "undone"),
        ("count", &count),
        ("batch", &batch),
        ("more", if done.more { "1" } else { "" }),
    ];
    Ok(see_other(&RulePage::address(site, rule, &told)))
}
