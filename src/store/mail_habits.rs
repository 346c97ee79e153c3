//! When members want to be mailed about what waits.

use std::collections::HashMap;

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::schema::mail_habits;
use super::{Store, mail_server, member_events};
use crate::domain::{MailHabits, ModeratorId, Pace, QuietHours, Trace, Zone};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mail_habits, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct HabitsRow {
    moderator_id: ModeratorId,
    pace: Pace,
    quiet_from: Option<i32>,
    quiet_to: Option<i32>,
    zone: String,
    urgent_in_quiet: bool,
}

impl HabitsRow {
    fn new(moderator_id: ModeratorId, habits: &MailHabits) -> Self {
        let (quiet_from, quiet_to) = habits.quiet.map(QuietHours::minutes).unzip();
        Self {
            moderator_id,
            pace: habits.pace,
            quiet_from,
            quiet_to,
            zone: habits.zone.name().to_owned(),
            urgent_in_quiet: habits.urgent_in_quiet,
        }
    }
}

impl From<HabitsRow> for MailHabits {
    fn from(row: HabitsRow) -> Self {
        let quiet = row.quiet_from.zip(row.quiet_to);
        Self {
            pace: row.pace,
            quiet: quiet.and_then(|(from, to)| QuietHours::of_minutes(from, to)),
            // A zone that the database of zones has no more is read as home.
            zone: Zone::named(&row.zone).unwrap_or_default(),
            urgent_in_quiet: row.urgent_in_quiet,
        }
    }
}

/// What everybody wants who has said so.
pub(super) fn all(db: &mut Db) -> Result<HashMap<ModeratorId, MailHabits>> {
    let rows: Vec<HabitsRow> = each!(db, |c| mail_habits::table
        .select(HabitsRow::as_select())
        .load(c))?;
    Ok(rows
        .into_iter()
        .map(|row| (row.moderator_id, row.into()))
        .collect())
}

pub(super) fn of(db: &mut Db, member: ModeratorId) -> Result<MailHabits> {
    let query = mail_habits::table.find(member);
    let row: Option<HabitsRow> = each!(db, |c| query
        .select(HabitsRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(MailHabits::from).unwrap_or_default())
}

fn set(db: &mut Db, member: ModeratorId, habits: &MailHabits, trace: &Trace) -> Result<()> {
    if of(db, member)? == *habits {
        return Ok(());
    }
    let row = HabitsRow::new(member, habits);
    each!(db, |c| diesel::insert_into(mail_habits::table)
        .values(&row)
        .on_conflict(mail_habits::moderator_id)
        .do_update()
        .set(&row)
        .execute(c))?;
    mail_server::look_at_habits_again(db, member, trace.at)?;
    let detail = serde_json::json!({ "pace": habits.pace });
    member_events::record(db, "member.mail", member, trace, &detail)
}

impl Store {
    /// When that member wants to be mailed.
    pub async fn mail_habits(&self, member: ModeratorId) -> Result<MailHabits> {
        self.read(move |db| of(db, member)).await
    }

    /// When members want to be mailed who have said so.
    pub async fn all_mail_habits(&self) -> Result<HashMap<ModeratorId, MailHabits>> {
        self.read(all).await
    }

    /// Sets when a member wants to be mailed.
    pub async fn set_mail_habits(
        &self,
        member: ModeratorId,
        habits: MailHabits,
        trace: Trace,
    ) -> Result<()> {
        self.write(move |db| set(db, member, &habits, &trace)).await
    }

    /// Mails a member no more until they say otherwise. Their other habits stay.
    pub async fn stop_mail(&self, member: ModeratorId, trace: Trace) -> Result<()> {
        self.write(move |db| {
            let habits = MailHabits {
                pace: Pace::Off,
                ..of(db, member)?
            };
            set(db, member, &habits, &trace)
        })
        .await
    }
}
