//! What we say to people, in Vietnamese and English.
//!
//! The texts are Fluent files in `web/locales`, compiled in. [`Messages`] is the handle that pages,
//! mails and errors carry; it is small and copies freely.

mod mail_trouble;
mod number;
#[cfg(test)]
mod tests;
mod time;
mod trouble;

use std::sync::LazyLock;

pub use fluent_bundle::FluentValue;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::domain::{
    Action, Actor, BanKind, Category, CheckerRule, ClientFault, Cluster, Field, Lane, Locale,
    QueueLane, Reason, ReportOutcome, ReportReason, Status, Urgency,
};

type Bundle = FluentBundle<FluentResource>;

/// The files of a language, by the name of its folder.
macro_rules! files {
    ($locale:literal) => {
        [
            include_str!(concat!("../web/locales/", $locale, "/pages.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/errors.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/mail.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/digest.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/desk.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/search.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/widget.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/authors.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/articles.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/members.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/numbers.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/history.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/rules.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/reports.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/reading.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/settings.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/sending.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/outgoing.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/cms.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/akismet.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/checker.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/hooks.ftl")),
            include_str!(concat!("../web/locales/", $locale, "/learn.ftl")),
        ]
    };
}

const VI: &[&str] = &files!("vi");
const EN: &[&str] = &files!("en");

static VI_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Vi, VI));
static EN_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::En, EN));

/// A broken line costs its own message and nothing else; `tests` refuses to let one through.
fn bundle(locale: Locale, files: &[&str]) -> Bundle {
    let language: LanguageIdentifier = locale.as_str().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The marks that isolate a placeable's direction would show up in mail subjects and in tests.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = match FluentResource::try_new((*file).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                debug_assert!(
                    errors.is_empty(),
                    "a locale file does not parse: {errors:?}"
                );
                resource
            }
        };
        let added = bundle.add_resource(resource);
        debug_assert!(added.is_ok(), "a message is there twice: {added:?}");
    }
    bundle
}

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Messages(Locale);

impl Messages {
    /// The texts of `locale`.
    #[must_use]
    pub const fn of(locale: Locale) -> Self {
        Self(locale)
    }

    /// Who made something, by the name that was kept of them: an operator at the command line has none of their own.
    #[must_use]
    pub fn maker(self, name: &str) -> String {
        if name == Actor::Operator.name() {
            self.get("made-by-operator")
        } else {
            name.to_owned()
        }
    }

    /// The language.
    #[must_use]
    pub const fn locale(self) -> Locale {
        self.0
    }

    /// The language's tag, for `lang` attributes and `Content-Language`.
    #[must_use]
    pub const fn lang(self) -> &'static str {
        self.0.as_str()
    }

    /// The message `id`, which has no variables.
    #[must_use]
    pub fn get(self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The message `id` with its variables filled in.
    ///
    /// Asking for a message that is not there is a mistake of ours: loud in tests, and in service
    /// the id itself, which is better than no page.
    #[must_use]
    pub fn with<'a>(self, id: &str, variables: &[(&'a str, FluentValue<'a>)]) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(id).and_then(|found| found.value()) else {
            debug_assert!(false, "no message `{id}` in `{}`", self.0);
            return id.to_owned();
        };
        let arguments: FluentArgs<'a> = variables.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned();
        debug_assert!(errors.is_empty(), "message `{id}`: {errors:?}");
        text
    }

    /// Whether there is a message `id`; for codes that come from elsewhere.
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        self.bundle().has_message(id)
    }

    /// A number with at most one decimal, as the language writes it: `2,5` or `2.5`.
    #[must_use]
    pub fn decimal(self, number: f32) -> String {
        let text = format!("{number:.1}");
        let text = text.strip_suffix(".0").unwrap_or(&text);
        match self.0 {
            Locale::Vi => text.replace('.', ","),
            Locale::En => text.to_owned(),
        }
    }

    /// A share with two decimals, as the language writes it: `0,93` or `0.93`. Nothing is told as certain.
    #[must_use]
    pub fn share(self, share: f32) -> String {
        let text = format!("{:.2}", share.clamp(0.01, 0.99));
        match self.0 {
            Locale::Vi => text.replace('.', ","),
            Locale::En => text,
        }
    }

    /// The name of a lane.
    #[must_use]
    pub fn lane(self, lane: Lane) -> String {
        self.get(&format!("lane-{lane}"))
    }

    /// The name of a lane of the queue, also of that of reports.
    #[must_use]
    pub fn queue_lane(self, lane: QueueLane) -> String {
        self.get(&format!("lane-{lane}"))
    }

    /// Why a reader reported a comment.
    #[must_use]
    pub fn report_reason(self, reason: ReportReason) -> String {
        self.get(&format!("report-reason-{reason}"))
    }

    /// What a report came to, without a subject.
    #[must_use]
    pub fn report_outcome(self, outcome: ReportOutcome) -> String {
        self.get(&format!("report-outcome-{outcome}"))
    }

    /// The name of a status, as moderators see it.
    #[must_use]
    pub fn status(self, status: Status) -> String {
        self.get(&format!("status-{status}"))
    }

    /// The name of a category of trouble.
    #[must_use]
    pub fn category(self, category: Category) -> String {
        self.get(&format!("category-{category}"))
    }

    /// Why something cannot wait: *lời đe doạ*, *a threat*.
    #[must_use]
    pub fn urgency(self, urgency: Urgency) -> String {
        self.get(&format!("urgency-{urgency}"))
    }

    /// The name of a part of a comment.
    #[must_use]
    pub fn field(self, field: Field) -> String {
        self.get(&format!("part-{field}"))
    }

    /// What somebody did, in the past and without a subject: *đã duyệt*, *approved*.
    #[must_use]
    pub fn done(self, action: Action) -> String {
        self.get(&format!("done-{action}"))
    }

    /// Why a comment is not published, for its reader.
    #[must_use]
    pub fn reason(self, reason: Reason) -> String {
        self.get(&format!("reason-{reason}"))
    }

    /// A ban by its kind, as evidence: *Email bị cấm*.
    #[must_use]
    pub fn ban(self, kind: BanKind) -> String {
        self.get(&format!("ban-by-{kind}"))
    }

    /// What a form of ours would not have taken, as evidence: *Địa chỉ email không hợp lệ*.
    #[must_use]
    pub fn client_fault(self, fault: ClientFault) -> String {
        self.get(&format!("akismet-fault-{fault}"))
    }

    /// What an external checker says, or that it says nothing, as evidence.
    #[must_use]
    pub fn checker(self, rule: CheckerRule<'_>) -> String {
        match rule {
            CheckerRule::Itself => self.get("checker-itself"),
            CheckerRule::Waiting => self.get("checker-waiting"),
            CheckerRule::Absent => self.get("checker-absent"),
            CheckerRule::Said(label) => self.with("checker-said", &[("label", label.into())]),
        }
    }

    /// How many comments say the same, and from where.
    #[must_use]
    pub fn cluster(self, cluster: &Cluster) -> String {
        self.with(
            "queue-cluster",
            &[
                ("comments", cluster.comments.into()),
                ("emails", cluster.emails.into()),
                ("articles", cluster.articles.into()),
            ],
        )
    }

    fn bundle(self) -> &'static Bundle {
        match self.0 {
            Locale::Vi => &VI_BUNDLE,
            Locale::En => &EN_BUNDLE,
        }
    }
}
