//! The members of the paper, as an admin sees them.

use askama::Template;

use super::FieldError;
use super::frame::Desk;
use crate::domain::{Instant, Role};
use crate::messages::Messages;

/// A line of the list.
#[derive(Debug, Clone)]
pub struct MemberRow {
    /// Names them in addresses.
    pub id: String,
    /// Who.
    pub name: String,
    /// Where their mail goes.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// What they are bound to, site by site; none means all.
    pub bound: Vec<String>,
    /// The message of how they stand: invited, active or disabled.
    pub state: &'static str,
    /// Whether they sign in with a second step.
    pub has_second_step: bool,
    /// When they were seen last.
    pub seen: Option<Instant>,
}

/// A site in the form.
#[derive(Debug, Clone)]
pub struct SiteBinding {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether the member is bound to it.
    pub is_bound: bool,
    /// The sections they are bound to, one a line.
    pub sections: String,
    /// The sections that its newest articles stand in.
    pub known: Vec<String>,
}

/// What both forms ask for: a role, sites and sections.
#[derive(Debug, Clone)]
pub struct MemberForm {
    /// The role.
    pub role: Role,
    /// The sites of the admin who asks.
    pub sites: Vec<SiteBinding>,
}

/// The list, with the form to invite somebody.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/members.html")]
pub struct MembersPage {
    /// The admin's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// Now, for telling when somebody was seen.
    pub now: Instant,
    /// The members.
    pub members: Vec<MemberRow>,
    /// The email in the form.
    pub email: String,
    /// The name in the form.
    pub name: String,
    /// The rest of the form.
    pub form: MemberForm,
    /// What was done a moment ago.
    pub notice: Option<String>,
    /// That nothing comes to somebody from where they are bound to.
    pub warning: Option<String>,
    /// What must be mended, by field.
    pub errors: Vec<FieldError>,
}

/// One member.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/member.html")]
pub struct MemberPage {
    /// The admin's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// Now, for telling when they were seen.
    pub now: Instant,
    /// Who.
    pub member: MemberRow,
    /// Their role and what they are bound to.
    pub form: MemberForm,
    /// What was done a moment ago.
    pub notice: Option<String>,
    /// That nothing comes to somebody from where they are bound to.
    pub warning: Option<String>,
    /// What must be mended, by field.
    pub errors: Vec<FieldError>,
}

impl MemberRow {
    fn seen_line(&self, t: Messages, now: Instant) -> String {
        match self.seen {
            Some(seen) => {
                let when = t.when_near(seen, now);
                t.with("members-seen", &[("when", when.into())])
            }
            None => t.get("members-never-seen"),
        }
    }

    fn state_line(&self, t: Messages) -> String {
        t.get(&format!("members-state-{}", self.state))
    }

    fn role_line(&self, t: Messages) -> String {
        role_name(t, self.role)
    }

    fn is_disabled(&self) -> bool {
        self.state == "disabled"
    }

    fn is_invited(&self) -> bool {
        self.state == "invited"
    }

    fn edit_label(&self, t: Messages) -> String {
        t.with("members-edit-label", &[("name", self.name.as_str().into())])
    }
}

impl MemberForm {
    /// Each role with its name and what it adds, and whether it is the one that is chosen.
    fn roles(&self, t: Messages) -> Vec<(Role, String, String, bool)> {
        let told = |role: &Role| {
            let hint = t.get(&format!("role-{role}-hint"));
            (*role, role_name(t, *role), hint, *role == self.role)
        };
        Role::ALL.iter().map(told).collect()
    }
}

impl SiteBinding {
    fn sections_label(&self, t: Messages) -> String {
        t.with("members-sections", &[("site", self.name.as_str().into())])
    }

    fn known_line(&self, t: Messages) -> String {
        let known = self.known.join(", ");
        t.with("members-sections-known", &[("sections", known.into())])
    }
}

pub(super) fn role_name(t: Messages, role: Role) -> String {
    t.get(&format!("role-{role}"))
}
