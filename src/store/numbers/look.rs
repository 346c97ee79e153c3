//! The numbers of a scope, as they were counted.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::mark::{day, mark};
use super::put::sections;
use crate::domain::{Article, Day, SiteId, Tally};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::number_days;
use crate::store::{Part, Scope, Store, articles};

/// What comments came to in some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// Each day, and the comments that arrived on it; also those without any.
    pub days: BTreeMap<Day, Tally>,
    /// All of them together.
    pub all: Tally,
    /// The articles under which the most were written.
    pub busiest: Vec<(Article, u64)>,
    /// Whether all of these days are counted; else those of before the service counted are not, yet.
    pub is_whole: bool,
}

/// What of a site is in the scope, day by day.
fn of_part(db: &mut Db, part: &Part, from: Day, to: Day) -> Result<BTreeMap<Day, Tally>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let query = number_days::table
        .filter(number_days::site_id.eq(site))
        .filter(number_days::day.between(i64::from(from.0), i64::from(to.0)))
        .select((number_days::day, number_days::sections));
    let rows: Vec<(i64, String)> = each!(db, |c| query.load(c))?;
    let mut days: BTreeMap<Day, Tally> = BTreeMap::new();
    for (number, text) in rows {
        let tally = days.entry(day(number)).or_default();
        for (section, more) in sections(&text)? {
            // What stands under no section is in none of them.
            if part.holds((!section.is_empty()).then_some(section.as_str())) {
                tally.merge(&more);
            }
        }
    }
    Ok(days)
}

fn is_counted(db: &mut Db, site: SiteId, from: Day) -> Result<bool> {
    let mark = mark(db, site)?;
    Ok(mark.is_some_and(|mark| mark.is_whole || mark.filled_to.is_some_and(|day| day <= from)))
}

fn look(db: &mut Db, scope: &Scope, (from, to): (Day, Day), busiest: usize) -> Result<Numbers> {
    let mut numbers = Numbers {
        days: (from.0..=to.0)
            .map(|day| (Day(day), Tally::default()))
            .collect(),
        all: Tally::default(),
        busiest: Vec::new(),
        is_whole: true,
    };
    for part in scope.parts() {
        let (Part::Whole(site) | Part::Sections(site, _)) = part;
        numbers.is_whole &= is_counted(db, *site, from)?;
        let mut here = Tally::default();
        for (day, tally) in of_part(db, part, from, to)? {
            here.merge(&tally);
            numbers.days.entry(day).or_default().merge(&tally);
        }
        let most = here.busiest(busiest);
        let ids: Vec<_> = most.iter().map(|(id, _)| *id).collect();
        let mut articles = articles::by_ids(db, *site, &ids)?;
        let most = most.into_iter();
        numbers
            .busiest
            .extend(most.filter_map(|(id, count)| Some((articles.remove(&id)?, count))));
        numbers.all.merge(&here);
    }
    numbers
        .busiest
        .sort_by_key(|(article, count)| (std::cmp::Reverse(*count), article.id));
    numbers.busiest.truncate(busiest);
    Ok(numbers)
}

impl Store {
    /// What the comments came to that arrived from one day to another, with as many of the busiest articles as `busiest`.
    pub async fn numbers(&self, scope: Scope, days: (Day, Day), busiest: usize) -> Result<Numbers> {
        self.read(move |db| look(db, &scope, days, busiest)).await
    }
}
