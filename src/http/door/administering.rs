//! An admin of the paper: invites members, binds them to sites and sections, gives them a role, and lets them in or not.
//!
//! Who is bound to sites themselves manages members who are bound to no others. Who is bound to sections manages nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{House, Moderating};
use crate::clock;
use crate::domain::{LinkId, LinkKind, Moderator, ModeratorId, Role, Site, SiteId, Trace};
use crate::http::problem::{Code, Problem};
use crate::intake::{Email, FieldError, Fields, Name, fitting};
use crate::store::{Changed, Error, MemberChange, MemberEntry, NewLink};

/// As long as an invitation counts, and the way to another password.
const INVITED_FOR: Duration = Duration::from_secs(3 * 24 * 3600);
const RESET_WITHIN: Duration = Duration::from_secs(3600);

/// As many sections as a member may be bound to, and characters of one's name.
const MOST_SECTIONS: usize = 100;
const SECTION_CHARS: usize = 200;

/// What a member is bound to: sites by their keys, each with its sections; none of them for the whole site. No site means all.
pub type Bound = Vec<(String, Vec<String>)>;

/// A member to be invited.
pub struct Invitation {
    /// Where the mail goes, and what they sign in with.
    pub email: String,
    /// Shown to colleagues; they may change it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What they are bound to.
    pub bound: Bound,
}

/// A request of an admin.
pub struct Administering {
    pub(super) by: Moderating,
}

impl FromRequest for Administering {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = Moderating::from_request(request, payload);
        Box::pin(async move { by.await?.administering() })
    }
}

impl Moderating {
    /// The same as an admin, where they are one.
    pub fn administering(self) -> Result<Administering, Problem> {
        let by = self.at_least(Role::Admin)?;
        if by.moderator().sections.is_empty() {
            Ok(Administering { by })
        } else {
            Err(Problem::new(Code::Forbidden))
        }
    }
}

impl Administering {
    /// The key of a site of theirs.
    pub fn site_key(&self, id: SiteId) -> Option<&str> {
        self.by.site(id).map(|site| site.key.as_str())
    }

    /// Their sites.
    pub fn own_sites(&self) -> &[Site] {
        &self.by.principal.sites
    }

    /// The keys and names of their sites.
    pub fn sites(&self) -> Vec<(String, String)> {
        let sites = self.by.principal.sites.iter();
        sites
            .map(|site| (site.key.clone(), site.name.clone()))
            .collect()
    }

    /// The members they manage, in the order they were added.
    pub async fn members(&self) -> Result<Vec<MemberEntry>, Problem> {
        let mut members = self.by.house.store.members().await?;
        members.retain(|entry| self.manages(&entry.member));
        Ok(members)
    }

    /// One of them.
    pub async fn member(&self, id: ModeratorId) -> Result<MemberEntry, Problem> {
        let found = self.by.house.store.member(id).await?;
        found
            .filter(|entry| self.manages(&entry.member))
            .ok_or(Problem::new(Code::NotFound))
    }

    pub(super) fn manages(&self, member: &Moderator) -> bool {
        let own = self.by.moderator();
        let within = !member.covers_all() && member.sites.iter().all(|site| own.covers(*site));
        own.covers_all() || within
    }

    /// Adds a member and has them mailed a link to join.
    pub async fn invite(&self, new: Invitation) -> Result<MemberEntry, Problem> {
        let mut wrong = Fields::default();
        let email = wrong.take(Email::parse(&new.email));
        let name = wrong.take(Name::parse(&new.name));
        let bound = self.read(&self.as_known(&new.bound).await?, &mut wrong);
        let errors = wrong.into_errors();
        let (Some(email), Some(name), true) = (email, name, errors.is_empty()) else {
            return Err(Problem::fields(errors));
        };
        let (trace, id) = (self.by.trace(), ModeratorId(Uuid::now_v7()));
        let member = Moderator {
            id,
            email: email.as_str().to_owned(),
            name: name.into_string(),
            role: new.role,
            sites: bound.0,
            sections: bound.1,
            locale: None,
            disabled_at: None,
        };
        let link = self.by.house.link(&member, LinkKind::Invitation).await?;
        let store = &self.by.house.store;
        match store.invite(member, email.identity(), link, trace).await {
            Ok(()) => {}
            Err(Error::Conflict(_)) => return Err(Problem::field("email", "email-taken")),
            Err(error) => return Err(error.into()),
        }
        self.by.house.wake.notify_one();
        tracing::info!(member = %id, by = %self.by.moderator().id, "a member was invited");
        self.member(id).await
    }

    /// Has an invited member mailed another link to join.
    pub async fn invite_again(&self, id: ModeratorId) -> Result<(), Problem> {
        let entry = self.member(id).await?;
        if entry.has_joined || entry.member.disabled_at.is_some() {
            return Err(Problem::new(Code::Stale));
        }
        let house = &self.by.house;
        let trace = self.by.trace();
        let kind = LinkKind::Invitation;
        if house.mail_link(&entry.member, kind, trace).await? {
            Ok(())
        } else {
            Err(Problem::too_often(RESET_WITHIN))
        }
    }

    /// Gives a member another role or binds them to something else.
    pub async fn change(
        &self,
        id: ModeratorId,
        role: Option<Role>,
        bound: Option<&Bound>,
    ) -> Result<MemberEntry, Problem> {
        self.member(id).await?;
        let mut wrong = Fields::default();
        let bound = match bound {
            Some(bound) => Some(self.read(&self.as_known(bound).await?, &mut wrong)),
            None => None,
        };
        let errors = wrong.into_errors();
        if !errors.is_empty() {
            return Err(Problem::fields(errors));
        }
        let wanted = MemberChange {
            role,
            bound,
            disabled: None,
        };
        self.apply(id, wanted).await
    }

    /// Lets a member in no more, or again.
    pub async fn set_disabled(
        &self,
        id: ModeratorId,
        disabled: bool,
    ) -> Result<MemberEntry, Problem> {
        self.member(id).await?;
        let wanted = MemberChange {
            disabled: Some(disabled),
            ..MemberChange::default()
        };
        self.apply(id, wanted).await
    }

    async fn apply(&self, id: ModeratorId, wanted: MemberChange) -> Result<MemberEntry, Problem> {
        let store = &self.by.house.store;
        let changed = store
            .change_member(id, wanted.clone(), self.by.trace())
            .await?;
        match changed {
            Changed::Done(entry) => {
                tracing::info!(member = %id, by = %self.by.moderator().id, ?wanted, "a member was changed");
                Ok(*entry)
            }
            Changed::LastAdmin => Err(Problem::new(Code::LastAdmin)),
            Changed::Missing => Err(Problem::new(Code::NotFound)),
        }
    }

    /// The sections that articles of a site of theirs stand in, of the newest articles.
    pub async fn sections(&self, site: SiteId) -> Result<Vec<String>, Problem> {
        let scope = self.by.principal.scope().only(site);
        Ok(self.by.house.store.sections(scope).await?)
    }

    /// Sections as their articles spell them, whoever leaves tones or capitals out. What fits none stays as it was typed: its first
    /// article may come tomorrow.
    async fn as_known(&self, bound: &Bound) -> Result<Bound, Problem> {
        let mut all = Bound::new();
        for (key, names) in bound {
            let site = self.by.principal.sites.iter().find(|site| site.key == *key);
            let known = match site {
                Some(site) if !names.is_empty() => self.sections(site.id).await?,
                _ => Vec::new(),
            };
            let spelled = names.iter().flat_map(|name| {
                let fitting = fitting(&known, name);
                let is_known = known.contains(name) || fitting.is_empty();
                if is_known {
                    vec![name.clone()]
                } else {
                    fitting
                }
            });
            all.push((key.clone(), spelled.collect()));
        }
        Ok(all)
    }

    /// Sites and sections as the store takes them. Who is bound themselves can bind to no more than that.
    fn read(
        &self,
        bound: &Bound,
        wrong: &mut Fields,
    ) -> (Vec<SiteId>, BTreeMap<SiteId, BTreeSet<String>>) {
        let (mut sites, mut sections) = (Vec::new(), BTreeMap::new());
        if bound.is_empty() && !self.by.moderator().covers_all() {
            wrong.push(FieldError::new("sites", "member-sites"));
        }
        let mut count = 0;
        for (key, names) in bound {
            let own = self.by.principal.sites.iter();
            let Some(site) = own.clone().find(|site| site.key == *key) else {
                wrong.push(FieldError::new("sites", "member-site").quoting("site", key.clone()));
                continue;
            };
            if !sites.contains(&site.id) {
                sites.push(site.id);
            }
            for name in names.iter().map(|name| name.trim()) {
                count += 1;
                let well = (1..=SECTION_CHARS).contains(&name.chars().count())
                    && !name.contains(char::is_control);
                if well {
                    let here: &mut BTreeSet<String> = sections.entry(site.id).or_default();
                    here.insert(name.to_owned());
                } else {
                    wrong.push(
                        FieldError::new("sections", "member-section").with("max", SECTION_CHARS),
                    );
                }
            }
        }
        if count > MOST_SECTIONS {
            wrong.push(FieldError::new("sections", "list-long").with("max", MOST_SECTIONS));
        }
        (sites, sections)
    }
}

impl House {
    /// A link for a member, whose mail lies in the outbox of their first site.
    async fn link(&self, member: &Moderator, kind: LinkKind) -> Result<NewLink, Problem> {
        let sites = self.store.sites().await?;
        let site = sites.into_iter().find(|site| member.covers(site.id));
        let site = site.ok_or(Problem::new(Code::SiteUnknown))?.id;
        let now = clock::now();
        let lifetime = match kind {
            LinkKind::Invitation => INVITED_FOR,
            LinkKind::Reset => RESET_WITHIN,
        };
        Ok(NewLink {
            id: LinkId(Uuid::now_v7()),
            member: member.id,
            kind,
            at: now,
            until: now.after(lifetime),
            site,
        })
    }

    /// Has a link mailed; false where the account was sent enough of them in the last hour.
    pub(super) async fn mail_link(
        &self,
        member: &Moderator,
        kind: LinkKind,
        trace: Trace,
    ) -> Result<bool, Problem> {
        let link = self.link(member, kind).await?;
        let is_sent = self.store.add_link(link, trace).await?;
        self.wake.notify_one();
        Ok(is_sent)
    }
}
