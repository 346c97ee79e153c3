//! What a site chose, as its editors change it.

use askama::Template;

use super::brief::SiteChoice;
use super::form::FieldError;
use super::frame::Desk;
use super::numbers_model::{by_itself, setting};
use crate::domain::{
    CmsFormat, CmsSettings, Instant, Lane, ModelSettings, ProofOfWork, Role, SecretOf, Site, words,
};
use crate::learn::{Leave, Moved, Report};
use crate::messages::Messages;

words! {
    /// What is told above the form.
    SettingsNotice {
        /// It is so now.
        Saved = "saved",
        /// Something must be corrected; nothing was changed.
        Wrong = "wrong",
        /// Somebody else was faster; nothing was changed.
        Stale = "stale",
        /// The site has another secret.
        Renewed = "renewed",
        /// The secret was changed since the form was shown; nothing was changed.
        SecretChanged = "secret_changed",
        /// The new secret is shown no longer.
        SecretGone = "secret_gone",
    }
}

/// The form, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsForm {
    /// Names what the site was when the form was shown.
    pub seen: String,
    /// Where its pages live, one a line.
    pub origins: String,
    /// When readers' browsers have to work.
    pub proof_of_work: ProofOfWork,
    /// How long readers may edit what they sent, in minutes.
    pub edit_minutes: String,
    /// Whether readers may ask for a mail when their comment is decided.
    pub tells_decision: bool,
    /// Whether readers must agree to something.
    pub asks_consent: bool,
    /// Names the text.
    pub consent_version: String,
    /// The text.
    pub consent_text: String,
    /// Names that no reader should go by, one a line.
    pub reserved_names: String,
    /// For how many days networks are kept.
    pub network_days: String,
    /// Within how many minutes somebody looks at what waits.
    pub promised_minutes: String,
    /// How the CMS speaks to us.
    pub cms: CmsForm,
    /// The address of the external checker.
    pub checker_url: String,
    /// How long it is waited for, in milliseconds.
    pub checker_deadline: String,
    /// How often the model may be wrong where somebody should look, in percent.
    pub look_alarms: String,
    /// The same where much speaks against a comment.
    pub likely_bad_alarms: String,
    /// What the model decides by itself.
    pub by_itself: ByItselfForm,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

/// What the model decides by itself, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByItselfForm {
    /// Whether it publishes what is surely fine.
    pub approves_likely_fine: bool,
    /// Whether it refuses what is surely bad.
    pub settles_likely_bad: bool,
    /// Of all that one in so many is left to a person.
    pub shown_every: String,
}

impl ByItselfForm {
    /// The form of settings as they are.
    #[must_use]
    pub fn of(model: &ModelSettings) -> Self {
        Self {
            approves_likely_fine: model.approves_likely_fine,
            settles_likely_bad: model.settles_likely_bad,
            shown_every: model.shown_every.to_string(),
        }
    }
}

/// How the CMS speaks to us, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CmsForm {
    /// Who sends.
    pub format: CmsFormat,
    /// The header that proves.
    pub header: String,
    /// What stands before the value there.
    pub prefix: String,
    /// The header with the time.
    pub time_header: String,
    /// How an article's address is made.
    pub url: String,
    /// Where our fields stand, `field: place`, one a line.
    pub fields: String,
    /// Which messages are about articles, `place: value`, one a line.
    pub only: String,
}

impl CmsForm {
    /// The form of settings as they are.
    #[must_use]
    pub fn of(cms: &CmsSettings) -> Self {
        Self {
            format: cms.format,
            header: cms.header.clone(),
            prefix: cms.prefix.clone(),
            time_header: cms.time_header.clone(),
            url: cms.url.clone(),
            fields: CmsSettings::typed_pairs(&cms.fields, "\n"),
            only: CmsSettings::typed_pairs(&cms.only, "\n"),
        }
    }

    /// The same, read; and of each field that cannot be read its name and the part of it that is no pair.
    #[must_use]
    pub fn read(&self) -> (CmsSettings, Vec<(&'static str, String)>) {
        let mut unread = Vec::new();
        let mut pairs = |field: &'static str, typed: &str| {
            let read = CmsSettings::read_pairs(typed);
            read.map_err(|part| unread.push((field, part)))
                .unwrap_or_default()
        };
        let settings = CmsSettings {
            format: self.format,
            header: self.header.trim().to_owned(),
            prefix: self.prefix.trim().to_owned(),
            time_header: self.time_header.trim().to_owned(),
            fields: pairs("cms.fields", &self.fields),
            only: pairs("cms.only", &self.only),
            url: self.url.trim().to_owned(),
        };
        (settings, unread)
    }

    fn formats(&self, t: Messages) -> Vec<(CmsFormat, String, bool)> {
        let all = CmsFormat::ALL.iter().copied();
        let name = |format| t.get(&format!("settings-cms-format-{format}"));
        all.map(|format| (format, name(format), format == self.format))
            .collect()
    }
}

impl SettingsForm {
    /// How an article's address may be made.
    pub const ADDRESS: &'static str = "https://bao.example/{entry.slug}.html";

    /// The form of a site as it is; `seen` names that.
    #[must_use]
    pub fn of(site: &Site, seen: String) -> Self {
        let settings = &site.settings;
        let consent = settings.consent.as_ref();
        Self {
            seen,
            origins: site.origins.join("\n"),
            proof_of_work: settings.proof_of_work,
            edit_minutes: (f64::from(settings.edit_window) / 60.0).to_string(),
            tells_decision: settings.tell_decision,
            asks_consent: consent.is_some(),
            consent_version: consent.map(|is| is.version.clone()).unwrap_or_default(),
            consent_text: consent.map(|is| is.text.clone()).unwrap_or_default(),
            reserved_names: settings.reserved_names.join("\n"),
            network_days: settings.network_days.to_string(),
            promised_minutes: settings.promised_minutes.to_string(),
            cms: CmsForm::of(&settings.cms),
            checker_url: settings.checker.url.clone(),
            checker_deadline: settings.checker.deadline_ms.to_string(),
            look_alarms: settings.model.look_alarms.to_string(),
            likely_bad_alarms: settings.model.likely_bad_alarms.to_string(),
            by_itself: ByItselfForm::of(&settings.model),
            errors: Vec::new(),
        }
    }

    fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.field == field);
        error.map(|error| error.message.as_str())
    }

    fn proofs(&self, t: Messages) -> Vec<(ProofOfWork, String, bool)> {
        let all = ProofOfWork::ALL.iter().copied();
        let name = |proof| t.get(&format!("settings-proof-{proof}"));
        all.map(|proof| (proof, name(proof), proof == self.proof_of_work))
            .collect()
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings.html")]
pub struct SettingsPage {
    /// The editor's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The one that was chosen, by its key.
    pub site: String,
    /// The newspaper's name.
    pub name: String,
    /// The form.
    pub form: SettingsForm,
    /// What is told above it.
    pub notice: Option<SettingsNotice>,
    /// How right the model was at the setting that is in force.
    pub model: Report,
    /// How readers and the CMS reach the service.
    pub public_url: String,
    /// The site's secrets, as far as whoever looks may see to them.
    pub secrets: Vec<SecretView>,
}

impl SettingsPage {
    /// What the setting in force would have held, a sentence for each way of writing.
    fn held(&self) -> Vec<String> {
        let writings = self.model.writings.iter();
        writings.map(|writing| setting(self.t, writing)).collect()
    }

    /// What other settings come to: the setting, what of the approved it would have held, what of the refused it would have found.
    fn choices(&self) -> Vec<[String; 3]> {
        let of = |moved: Moved| {
            let variables = [
                ("share", self.t.percent(moved.look_share()).into()),
                ("part", self.t.number(moved.look.into()).into()),
                ("of", self.t.number(moved.all.into()).into()),
            ];
            self.t.with("numbers-rules-bar", &variables)
        };
        let choices = self.model.choices.iter();
        choices
            .map(|choice| {
                let alarms = self.t.percent(choice.alarms.share());
                [alarms, of(choice.approved), of(choice.refused)]
            })
            .collect()
    }

    /// What the model would have decided by itself on one lane, a sentence for each way of writing.
    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn by_itself(&self, lane: &Lane) -> Vec<String> {
        let trials = self.model.writings.iter().flat_map(|writing| {
            let of_lane = writing.trials.iter().filter(|trial| trial.lane == *lane);
            of_lane.map(|trial| by_itself(self.t, writing, trial))
        });
        trials.collect()
    }

    /// Whether it may be let decide on that lane: where people's decisions tell that it is seldom enough wrong. What is on can be
    /// turned off in any case.
    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn may_decide(&self, lane: &Lane, is_on: &bool) -> bool {
        let mut trials = self.model.writings.iter().flat_map(|one| one.trials);
        *is_on || trials.any(|trial| trial.lane == *lane && trial.leave == Leave::Granted)
    }

    /// The lanes on which it may decide, each with its field, whether it does, and what the switch is called.
    fn switches(&self) -> [(Lane, &'static str, bool, &'static str); 2] {
        let form = &self.form.by_itself;
        [
            (
                Lane::LikelyFine,
                "model.approves_likely_fine",
                form.approves_likely_fine,
                "settings-model-approves",
            ),
            (
                Lane::LikelyBad,
                "model.settles_likely_bad",
                form.settles_likely_bad,
                "settings-model-settles",
            ),
        ]
    }

    /// Who is asked about comments, and whether anything is published by itself, is for admins to say.
    fn is_for_admin(&self) -> bool {
        self.desk.role >= Role::Admin
    }

    fn look_label(&self) -> String {
        self.alarms("settings-model-look-label", Lane::Look)
    }

    fn likely_bad_label(&self) -> String {
        self.alarms("settings-model-bad-label", Lane::LikelyBad)
    }

    fn alarms(&self, id: &str, lane: Lane) -> String {
        self.t.with(id, &[("lane", self.t.lane(lane).into())])
    }
}

/// What of a secret is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretView {
    /// Whose it is.
    pub of: SecretOf,
    /// Whether whoever looks may change it.
    pub may_change: bool,
    /// Its name, as the form says which one it would change.
    pub seen: String,
    /// Whether they have ticked that the one before is to end at once.
    pub is_at_once: bool,
    /// The new one, to whoever has just made it.
    pub shown: Option<String>,
    /// Until when the one before counts, too.
    pub former_until: Option<Instant>,
}

impl SecretView {
    /// The place on the page.
    #[must_use]
    pub const fn place(of: SecretOf) -> &'static str {
        match of {
            SecretOf::Cms => "settings-secret",
            SecretOf::Checker => "settings-secret-checker",
            SecretOf::Akismet => "settings-secret-akismet",
        }
    }

    const fn heading(&self) -> &'static str {
        Self::place(self.of)
    }

    const fn lead(&self) -> &'static str {
        match self.of {
            SecretOf::Cms => "settings-secret-lead",
            SecretOf::Checker => "settings-secret-checker-lead",
            SecretOf::Akismet => "settings-secret-akismet-lead",
        }
    }

    const fn renew(&self) -> &'static str {
        match self.of {
            SecretOf::Cms => "settings-secret-renew",
            SecretOf::Checker => "settings-secret-checker-renew",
            SecretOf::Akismet => "settings-secret-akismet-renew",
        }
    }
}
