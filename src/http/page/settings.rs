//! What a site chose, as its editors change it.

use askama::Template;

use super::brief::SiteChoice;
use super::form::FieldError;
use super::frame::Desk;
use crate::domain::{ProofOfWork, Site};
use crate::messages::Messages;

/// What is told above the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsNotice {
    /// It is so now.
    Saved,
    /// Something must be corrected; nothing was changed.
    Wrong,
    /// Somebody else was faster; nothing was changed.
    Stale,
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
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl SettingsForm {
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
}
