//! Puts what was counted in the place of what was counted before.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::count::Hours;
use super::mark::hold_on;
use crate::domain::{Day, Hour, Instant, ReplicaId, Sections, SiteId, merge_sections};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::{Error, Result};
use crate::store::schema::{number_days, number_hours};

/// What was counted as it is kept.
fn text(sections: &Sections) -> Result<String> {
    serde_json::to_string(sections).map_err(|error| Error::Broken(error.to_string()))
}

/// What was kept as it was counted.
pub(super) fn sections(text: &str) -> Result<Sections> {
    serde_json::from_str(text).map_err(|error| Error::Broken(error.to_string()))
}

fn put_hour(db: &mut Db, site: SiteId, Hour(hour): Hour, sections: &str) -> Result<()> {
    let target = number_hours::table
        .filter(number_hours::site_id.eq(site))
        .filter(number_hours::hour.eq(hour));
    let change = number_hours::sections.eq(sections);
    if each!(db, |c| diesel::update(target).set(change).execute(c))? == 0 {
        let row = (
            number_hours::site_id.eq(site),
            number_hours::hour.eq(hour),
            number_hours::sections.eq(sections),
        );
        each!(db, |c| diesel::insert_into(number_hours::table)
            .values(row)
            .execute(c))?;
    }
    Ok(())
}

/// Makes a day of its hours.
fn put_day(db: &mut Db, site: SiteId, day: Day) -> Result<()> {
    let hours = number_hours::table
        .filter(number_hours::site_id.eq(site))
        .filter(number_hours::hour.ge(day.first_hour().0))
        .filter(number_hours::hour.lt(day.next().first_hour().0))
        .select(number_hours::sections);
    let hours: Vec<String> = each!(db, |c| hours.load(c))?;
    let mut whole = Sections::new();
    for hour in hours {
        merge_sections(&mut whole, &sections(&hour)?);
    }
    let (number, whole) = (i64::from(day.0), text(&whole)?);
    let target = number_days::table
        .filter(number_days::site_id.eq(site))
        .filter(number_days::day.eq(number));
    let change = number_days::sections.eq(&whole);
    if each!(db, |c| diesel::update(target).set(change).execute(c))? == 0 {
        let row = (
            number_days::site_id.eq(site),
            number_days::day.eq(number),
            number_days::sections.eq(&whole),
        );
        each!(db, |c| diesel::insert_into(number_days::table)
            .values(row)
            .execute(c))?;
    }
    Ok(())
}

impl Store {
    /// Puts counted hours of a site, and their days, in the place of what was there. Only for who holds the counting, which is held on.
    pub async fn put_hours(
        &self,
        site: SiteId,
        hours: Hours,
        holder: ReplicaId,
        until: Instant,
    ) -> Result<()> {
        let days: BTreeSet<Day> = hours.keys().map(|hour| hour.day()).collect();
        let mut texts = Vec::with_capacity(hours.len());
        for (hour, sections) in &hours {
            texts.push((*hour, text(sections)?));
        }
        self.write(move |db| {
            hold_on(db, site, holder, until)?;
            for (hour, sections) in &texts {
                put_hour(db, site, *hour, sections)?;
            }
            days.iter().try_for_each(|day| put_day(db, site, *day))
        })
        .await
    }
}
