//! A card as it stands on a page, or comes by itself where a script asks for it.

use askama::Template;

use super::brief::query;
use super::card::{Moves, QueueCard};
use super::desk::QueueFilter;
use super::reports::ReportsPart;
use super::rules::RulePage;
use crate::domain::{Action, BanKind, CheckerRule, ClientFault, CommentId, Instant, Reason};
use crate::messages::Messages;
use crate::store::Alike;

/// One card.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/queue_card.html")]
pub struct CardPart<'a> {
    /// The moderator's language.
    pub t: Messages,
    /// What waiting times are measured against.
    pub now: Instant,
    /// Guards the forms against posts from elsewhere.
    pub csrf: &'a str,
    /// The list that the card stands on, as forms name it.
    pub view: &'a str,
    /// The page of that list: from after that comment.
    pub after: Option<CommentId>,
    /// The comment.
    pub card: &'a QueueCard,
}

impl CardPart<'_> {
    fn with_text(&self, id: &str, variable: &str, text: &str) -> String {
        self.t.with(id, &[(variable, text.into())])
    }

    fn with_number(&self, id: &str, variable: &str, number: f32) -> String {
        self.with_text(id, variable, &self.t.decimal(number))
    }

    /// Where a rule is explained. A ban is none, nor is what an external checker says, nor what came from elsewhere otherwise than a form would
    /// have taken it.
    fn rule_address(&self, rule: &str) -> Option<String> {
        let is_none = BanKind::of_rule(rule).is_some()
            || ClientFault::of_rule(rule).is_some()
            || CheckerRule::of_rule(rule).is_some();
        (!is_none).then(|| RulePage::address(&self.card.site_key, rule, &[]))
    }

    fn waited(&self) -> String {
        let wait = self.t.wait(self.card.created_at, self.now);
        self.with_text("queue-waited", "wait", &wait)
    }

    /// *bị báo cáo 3 giờ*
    fn reported(&self) -> Option<(Instant, String)> {
        let since = self.card.reports.as_ref()?.since?;
        let wait = self.t.wait(since, self.now);
        Some((since, self.with_text("queue-reported-since", "wait", &wait)))
    }

    fn moves(&self) -> Moves {
        Moves {
            status: self.card.status,
            reported: self.card.is_reported(),
            on_decided: self.view.starts_with("status="),
        }
    }

    /// The same list with that alone, where it is not narrowed so already.
    fn only(&self, name: &str, value: &str) -> Option<String> {
        let narrowed = |name: &str| self.view.contains(&format!("&{name}="));
        let is_narrow = narrowed(name) || narrowed("alike");
        (!is_narrow).then(|| format!("/queue?{}&{}", self.view, query(&[(name, value)])))
    }

    /// What readers reported.
    fn reports(&self) -> Option<ReportsPart<'_>> {
        ReportsPart::of(self.card, self.t, self.now)
    }

    /// By which the list is in order, for the script that puts cards back.
    fn place(&self) -> String {
        let first = self.card.reports.as_ref().and_then(|all| all.first);
        match first {
            Some(first) if self.view.starts_with(&QueueFilter::Reported.query()) => {
                first.to_string()
            }
            _ => self.card.id.to_string(),
        }
    }

    fn sent(&self) -> String {
        let when = self.t.when_near(self.card.created_at, self.now);
        self.with_text("queue-sent", "when", &when)
    }

    /// That it waits so that the model stays measured, and what that would have done.
    fn sample_line(&self) -> Option<String> {
        let action = self.card.sample.filter(|_| self.card.is_waiting())?;
        Some(self.t.get(match action {
            Action::Approve => "queue-sample-approve",
            Action::Spam => "queue-sample-spam",
            _ => "queue-sample-reject",
        }))
    }

    fn decided_line(&self) -> Option<String> {
        Some(self.card.decided.as_ref()?.line(self.t, self.now))
    }

    fn decided_reason(&self) -> Option<String> {
        let reason = self.card.decided.as_ref()?.reason.as_ref()?;
        Some(self.with_text("queue-decided-reason", "reason", reason))
    }

    /// The name and the value of the form's field that says what is decided.
    fn target(&self) -> (&'static str, String) {
        match self.many() {
            Some(alike) => {
                let (seen, shown) = (self.now.as_micros(), self.card.target());
                let Alike { first, count, .. } = alike;
                let signs = &self.card.signs;
                ("alike", format!("{first}:{seen}:{signs}:{count}:{shown}"))
            }
            None => ("comment", self.card.target()),
        }
    }

    /// What it stands for, where that is more than itself.
    fn many(&self) -> Option<Alike> {
        self.card.alike.filter(|alike| alike.count > 1)
    }

    /// As many comments as are decided by its buttons; of more than are counted, those that are.
    fn stands_for(&self) -> usize {
        self.card.alike.map_or(1, |alike| alike.count)
    }

    /// *17 bình luận gần giống nhau, từ 12 email và 9 mạng*, and where they are listed.
    fn alike(&self) -> Option<(String, String)> {
        let alike = self.many()?;
        let id = if alike.more {
            "queue-alike-more"
        } else {
            "queue-alike"
        };
        let told = self.t.with(
            id,
            &[
                ("count", alike.count.into()),
                ("authors", alike.authors.into()),
                ("addresses", alike.addresses.into()),
            ],
        );
        Some((told, self.all_alike(&alike)))
    }

    /// *3 bình luận gần giống nữa có dấu hiệu khác*, and where they are listed.
    fn alike_besides(&self) -> Option<(String, String)> {
        let alike = self.card.alike.filter(|alike| alike.others > 0)?;
        let count = [("count", alike.others.into())];
        let told = self.t.with("queue-alike-others", &count);
        Some((told, self.all_alike(&alike)))
    }

    fn all_alike(&self, alike: &Alike) -> String {
        let tab = QueueFilter::Lane(self.card.lane).query();
        format!("/queue?{tab}&alike={}", alike.first)
    }

    /// *Đã gửi 12 bình luận: 9 đã đăng, 2 không đăng, 1 rác. Lần trước 3 ngày trước.*
    fn history(&self) -> Option<String> {
        let known = self.card.history?;
        if known.sent == 0 {
            return Some(self.t.get("queue-history-none"));
        }
        let more = if known.more { "+" } else { "" };
        let mut told = self.t.with(
            "queue-history",
            &[
                ("sent", known.sent.into()),
                ("more", more.into()),
                ("approved", known.approved.into()),
                ("rejected", known.rejected.into()),
                ("spam", known.spam.into()),
            ],
        );
        if let Some(last) = known.last_seen {
            let when = self.t.when_near(last, self.now);
            told = format!(
                "{told} {}",
                self.with_text("queue-history-last", "when", &when)
            );
        }
        Some(told)
    }

    /// Everything of the author on the site.
    fn author_path(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("site", &self.card.site_key);
        query.append_pair("email", &self.card.email);
        format!("/authors?{}", query.finish())
    }

    /// The form that bans a network.
    fn ban_path(&self, network: &str) -> String {
        let kind = BanKind::Address.as_str();
        let pairs = [
            ("site", self.card.site_key.as_str()),
            ("kind", kind),
            ("pattern", network),
        ];
        format!("/bans?{}", query(&pairs))
    }

    fn noted(&self, by: &str, at: Instant) -> String {
        let when = self.t.when_near(at, self.now);
        self.t
            .with("note-by", &[("name", by.into()), ("when", when.into())])
    }
}
