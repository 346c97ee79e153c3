//! Links that are mailed to members: an invitation, or the way to a new password. A link is signed and stored nowhere; its row
//! says until when it counts, and that it was used.

use std::time::Duration;

use diesel::prelude::*;

use super::attempts::{self, Settlement};
use super::db::{Db, each};
use super::error::Result;
use super::outbox::{self, NewOutbox};
use super::schema::{member_links, moderators};
use super::{Store, member_events, moderators as members, sessions};
use crate::domain::{Actor, Instant, LinkId, LinkKind, ModeratorId, SiteId, Trace, Via};

const HOUR: Duration = Duration::from_secs(3600);

/// A link to be mailed.
#[derive(Debug, Clone, Copy)]
pub struct NewLink {
    /// Which.
    pub id: LinkId,
    /// To whom.
    pub member: ModeratorId,
    /// What for.
    pub kind: LinkKind,
    /// Written when.
    pub at: Instant,
    /// Until when it counts.
    pub until: Instant,
    /// In whose outbox the mail lies.
    pub site: SiteId,
}

/// A link that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberLink {
    /// Whose.
    pub member: ModeratorId,
    /// What for.
    pub kind: LinkKind,
    /// Until when.
    pub until: Instant,
}

/// What whoever uses a link is given.
#[derive(Debug, Clone)]
pub struct Welcome {
    /// Their name, where they say another.
    pub name: Option<String>,
    /// The hash of their password.
    pub password_hash: String,
    /// What was counted against them.
    pub settlement: Settlement,
    /// From which network address.
    pub address: Option<String>,
    /// By what browser.
    pub browser: Option<String>,
}

/// As many mails with such a link as one account is sent within an hour. Anybody may ask for a new password, so one, which counts
/// for that hour; invitations are sent by admins.
const fn most_in_an_hour(kind: LinkKind) -> i64 {
    match kind {
        LinkKind::Reset => 1,
        LinkKind::Invitation => 3,
    }
}

/// Writes a link and the mail that brings it; false where the account was sent enough of them in the last hour.
pub(super) fn add(db: &mut Db, new: &NewLink) -> Result<bool> {
    let lately = member_links::table
        .filter(member_links::moderator_id.eq(new.member))
        .filter(member_links::kind.eq(new.kind))
        .filter(member_links::created_at.gt(new.at.before(HOUR)))
        .count();
    let sent: i64 = each!(db, |c| lately.get_result(c))?;
    if sent >= most_in_an_hour(new.kind) {
        return Ok(false);
    }
    let row = (
        member_links::id.eq(new.id),
        member_links::moderator_id.eq(new.member),
        member_links::kind.eq(new.kind),
        member_links::created_at.eq(new.at),
        member_links::expires_at.eq(new.until),
        member_links::used_at.eq(None::<Instant>),
    );
    each!(db, |c| diesel::insert_into(member_links::table)
        .values(row)
        .execute(c))?;
    let order = serde_json::json!({ "link": new.id });
    let mail = NewOutbox::mail(new.site, &order, new.at);
    outbox::insert(db, std::iter::once(mail))?;
    Ok(true)
}

fn counting(db: &mut Db, id: LinkId, now: Instant) -> Result<Option<MemberLink>> {
    let query = member_links::table
        .inner_join(moderators::table.on(moderators::id.eq(member_links::moderator_id)))
        .filter(member_links::id.eq(id))
        .filter(member_links::used_at.is_null())
        .filter(member_links::expires_at.gt(now))
        .filter(moderators::disabled_at.is_null())
        .select((
            member_links::moderator_id,
            member_links::kind,
            member_links::expires_at,
        ));
    let found: Option<(ModeratorId, LinkKind, Instant)> = each!(db, |c| query.first(c).optional())?;
    Ok(found.map(|(member, kind, until)| MemberLink {
        member,
        kind,
        until,
    }))
}

/// No link of that member counts any more.
pub(super) fn void(db: &mut Db, member: ModeratorId, now: Instant) -> Result<()> {
    let open = member_links::table
        .filter(member_links::moderator_id.eq(member))
        .filter(member_links::used_at.is_null());
    each!(db, |c| diesel::update(open)
        .set(member_links::used_at.eq(Some(now)))
        .execute(c))?;
    Ok(())
}

fn take(db: &mut Db, id: LinkId, welcome: &Welcome, now: Instant) -> Result<bool> {
    let Some(link) = counting(db, id, now)? else {
        return Ok(false);
    };
    let target = member_links::table
        .filter(member_links::id.eq(id))
        .filter(member_links::used_at.is_null());
    let taken = each!(db, |c| diesel::update(target)
        .set(member_links::used_at.eq(Some(now)))
        .execute(c))?;
    // Of two that press at once one was first.
    if taken == 0 {
        return Ok(false);
    }
    members::set_password(db, link.member, &welcome.password_hash)?;
    if let Some(name) = &welcome.name {
        members::set_name(db, link.member, name)?;
    }
    void(db, link.member, now)?;
    sessions::end_others(db, link.member, None)?;
    attempts::settle(db, &welcome.settlement)?;
    came(db, link, welcome, now)?;
    Ok(true)
}

/// Records that a member came by their link.
fn came(db: &mut Db, link: MemberLink, welcome: &Welcome, at: Instant) -> Result<()> {
    let name = members::name_of(db, link.member)?.unwrap_or_default();
    let trace = Trace {
        by: Actor::Moderator {
            id: link.member,
            name,
            via: Via::Link,
        },
        address: welcome.address.clone(),
        browser: welcome.browser.clone(),
        at,
    };
    let kind = match link.kind {
        LinkKind::Invitation => "member.joined",
        LinkKind::Reset => "password.reset",
    };
    member_events::note(db, kind, link.member, &trace)
}

impl Store {
    /// Has a link mailed; false where the account was sent enough of them in the last hour.
    pub async fn add_link(&self, new: NewLink, trace: Trace) -> Result<bool> {
        self.write(move |db| {
            let is_sent = add(db, &new)?;
            if is_sent {
                let kind = match new.kind {
                    LinkKind::Invitation => "member.invited_again",
                    LinkKind::Reset => "password.asked",
                };
                member_events::note(db, kind, new.member, &trace)?;
            }
            Ok(is_sent)
        })
        .await
    }

    /// A link that counts: unused, in time, of a member who may come in.
    pub async fn member_link(&self, id: LinkId, now: Instant) -> Result<Option<MemberLink>> {
        self.read(move |db| counting(db, id, now)).await
    }

    /// Uses a link, once: sets name and password, ends the member's sessions and every other link of theirs. False where the link
    /// counts no more.
    pub async fn take_link(&self, id: LinkId, welcome: Welcome, now: Instant) -> Result<bool> {
        self.write(move |db| take(db, id, &welcome, now)).await
    }

    /// Forgets links that ended before `before`; how many that were. That somebody was invited is known until they come.
    pub async fn forget_links(&self, before: Instant) -> Result<usize> {
        self.write(move |db| {
            let joined = moderators::table
                .filter(moderators::password_hash.is_not_null())
                .select(moderators::id);
            let old = member_links::table
                .filter(member_links::expires_at.lt(before))
                .filter(
                    member_links::kind
                        .ne(LinkKind::Invitation)
                        .or(member_links::moderator_id.eq_any(joined)),
                );
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}
