//! What a newspaper chose for its site.

use serde::{Deserialize, Serialize};

use super::{
    CheckerFault, CheckerSettings, CmsFault, CmsSettings, ModelFault, ModelSettings, words,
};

words! {
    /// When a reader's browser has to work before a comment is taken (the challenge's proof).
    ProofOfWork {
        /// Never.
        Off = "off",
        /// Only while the site is under pressure.
        Adaptive = "adaptive",
        /// With each comment.
        Always = "always",
    }
}

/// What readers are asked to agree to before they send (Luật 91/2025/QH15): by a box that they tick themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Names this text, so that what a reader agreed to is known when the text has changed.
    pub version: String,
    /// The text beside the box: plain, in the language of the site's readers.
    pub text: String,
}

/// The settings of a site. Each has a default, and a name that is none of these is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteSettings {
    /// When readers' browsers have to work.
    pub proof_of_work: ProofOfWork,
    /// How long readers may edit what they sent, in seconds; with 0 they may not.
    pub edit_window: u32,
    /// Whether readers may ask for a mail when their comment is decided.
    pub tell_decision: bool,
    /// What readers must agree to, if anything.
    pub consent: Option<Consent>,
    /// Names that no reader should go by, besides the site's own, its moderators' and those of any editorial office.
    pub reserved_names: Vec<String>,
    /// For how many days a comment keeps the network that it came from; with 0 it keeps none.
    pub network_days: u16,
    /// Within how many minutes readers are promised that somebody looks at their comment; moderators are reminded of what waits longer.
    /// With 0 nothing is promised.
    pub promised_minutes: u16,
    /// How the site's CMS speaks to us.
    pub cms: CmsSettings,
    /// Which program of the newspaper's is asked about each comment.
    pub checker: CheckerSettings,
    /// How often the model that learns from its decisions may be wrong.
    pub model: ModelSettings,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            proof_of_work: ProofOfWork::Off,
            edit_window: 900,
            tell_decision: false,
            consent: None,
            reserved_names: Vec::new(),
            network_days: 30,
            promised_minutes: 240,
            cms: CmsSettings::default(),
            checker: CheckerSettings::default(),
            model: ModelSettings::default(),
        }
    }
}

/// What is wrong with a site's settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingFault {
    /// The window is too long.
    #[error("edit_window: {0} seconds are too many; {max} (a week) are the most", max = SiteSettings::MAX_EDIT_WINDOW)]
    EditWindow(u32),
    /// The version of the text cannot name it.
    #[error(
        "consent.version: `{0}` is not 1 to 40 characters without spaces, such as 2026-01, or is what a form sends for a mere tick"
    )]
    ConsentVersion(String),
    /// There is no text, or it is too long or has line ends or other control characters.
    #[error("consent.text: a text of 1 to 2000 characters on one line is needed")]
    ConsentText,
    /// The version names another text already.
    #[error(
        "consent.text: version `{0}` names another text already; give this one a consent.version of its own"
    )]
    ConsentReused(String),
    /// It is kept for too long.
    #[error("network_days: {0} days are too many; {max} are the most", max = SiteSettings::MAX_NETWORK_DAYS)]
    NetworkDays(u16),
    /// It is no promise.
    #[error("promised_minutes: {0} minutes are too many; {max} (a week) are the most", max = SiteSettings::MAX_PROMISED_MINUTES)]
    Promised(u16),
    /// There are too many names.
    #[error("reserved_names: {0} are too many; {max} are the most", max = SiteSettings::MAX_RESERVED)]
    Reserved(usize),
    /// Nothing can be like this name.
    #[error("reserved_names: `{0}` is not a name of 2 to 80 characters with letters in it")]
    ReservedName(String),
    /// Nothing can be taken from a CMS like that.
    #[error(transparent)]
    Cms(#[from] CmsFault),
    /// Nobody can be asked like that.
    #[error(transparent)]
    Checker(#[from] CheckerFault),
    /// The model cannot keep to that.
    #[error(transparent)]
    Model(#[from] ModelFault),
}

impl SiteSettings {
    /// The longest edit window, in seconds: a week.
    pub const MAX_EDIT_WINDOW: u32 = 7 * 24 * 3600;
    /// The longest that networks are kept, in days.
    pub const MAX_NETWORK_DAYS: u16 = 365;
    /// The longest that readers may be promised to wait, in minutes: a week.
    pub const MAX_PROMISED_MINUTES: u16 = 7 * 24 * 60;
    /// As many names as a site may reserve.
    pub const MAX_RESERVED: usize = 200;

    /// Whether all of it can be worked with in the place of `before`; the first that cannot.
    pub fn check_after(&self, before: &Self) -> Result<(), SettingFault> {
        self.faults_after(before)
            .into_iter()
            .next()
            .map_or(Ok(()), Err)
    }

    /// All that is wrong with it in the place of others: a version of the consent names one text for ever, since what readers agreed to
    /// yesterday must not read otherwise today.
    #[must_use]
    pub fn faults_after(&self, before: &Self) -> Vec<SettingFault> {
        let mut faults = self.faults();
        if let (Some(before), Some(now)) = (&before.consent, &self.consent)
            && before.version == now.version
            && before.text != now.text
        {
            faults.push(SettingFault::ConsentReused(now.version.clone()));
        }
        faults
    }

    /// Each value that the service cannot work with.
    fn faults(&self) -> Vec<SettingFault> {
        let bound = |is_within: bool, fault: SettingFault| (!is_within).then_some(fault);
        let mut names = self.reserved_names.iter();
        let unfit = names.find(|name| !can_be_reserved(name));
        let consent = self.consent.as_ref().map_or(Ok(()), Consent::check);
        [
            bound(
                self.edit_window <= Self::MAX_EDIT_WINDOW,
                SettingFault::EditWindow(self.edit_window),
            ),
            bound(
                self.network_days <= Self::MAX_NETWORK_DAYS,
                SettingFault::NetworkDays(self.network_days),
            ),
            bound(
                self.promised_minutes <= Self::MAX_PROMISED_MINUTES,
                SettingFault::Promised(self.promised_minutes),
            ),
            consent.err(),
            self.checker.check().err().map(SettingFault::from),
            self.model.check().err().map(SettingFault::from),
            bound(
                self.reserved_names.len() <= Self::MAX_RESERVED,
                SettingFault::Reserved(self.reserved_names.len()),
            ),
            unfit.cloned().map(SettingFault::ReservedName),
        ]
        .into_iter()
        .flatten()
        .chain(self.cms.faults().into_iter().map(SettingFault::from))
        .collect()
    }
}

impl Consent {
    /// What forms send for a ticked box that names no version.
    pub const TICKED: [&str; 4] = ["1", "on", "true", "yes"];
    /// What some send for one that is not ticked; browsers send nothing.
    pub const NOT_TICKED: [&str; 4] = ["0", "false", "no", "off"];

    fn check(&self) -> Result<(), SettingFault> {
        let names = |c: char| !c.is_whitespace() && !c.is_control();
        let version = self.version.to_lowercase();
        let is_mere_tick = Self::TICKED.contains(&version.as_str())
            || Self::NOT_TICKED.contains(&version.as_str());
        if !(1..=40).contains(&version.chars().count())
            || !version.chars().all(names)
            || is_mere_tick
        {
            return Err(SettingFault::ConsentVersion(self.version.clone()));
        }
        let length = self.text.trim().chars().count();
        if !(1..=2000).contains(&length) || self.text.contains(char::is_control) {
            return Err(SettingFault::ConsentText);
        }
        Ok(())
    }
}

fn can_be_reserved(name: &str) -> bool {
    (2..=80).contains(&name.chars().count())
        && name.contains(char::is_alphabetic)
        && !name.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<SiteSettings, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn what_is_not_said_is_the_default() {
        assert_eq!(read("{}").expect("settings"), SiteSettings::default());
        let read = read(r#"{"edit_window":0,"consent":{"version":"v1","text":"Tôi đồng ý."}}"#);
        let read = read.expect("settings");
        assert_eq!(
            (read.edit_window, read.proof_of_work),
            (0, ProofOfWork::Off)
        );
        assert_eq!(
            read.consent
                .as_ref()
                .map(|consent| consent.version.as_str()),
            Some("v1")
        );
        assert_eq!(read.faults(), []);
    }

    #[test]
    fn unknown_names_and_values_are_refused() {
        for json in [
            r#"{"edit_windw":0}"#,
            r#"{"edit_window":-1}"#,
            r#"{"proof_of_work":"sometimes"}"#,
            r#"{"consent":{"version":"1"}}"#,
            r#"{"consent":{"version":"1","text":"x","ticked":true}}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn values_have_bounds() {
        let settings = SiteSettings::default;
        let consent = |version: &str, text: &str| {
            let consent = Consent {
                version: version.to_owned(),
                text: text.to_owned(),
            };
            SiteSettings {
                consent: Some(consent),
                ..settings()
            }
        };
        let reserved = |name: &str| SiteSettings {
            reserved_names: vec![name.to_owned()],
            ..settings()
        };
        for (wrong, named) in [
            (
                SiteSettings {
                    edit_window: 604_801,
                    ..settings()
                },
                "edit_window",
            ),
            (
                SiteSettings {
                    network_days: 366,
                    ..settings()
                },
                "network_days",
            ),
            (
                SiteSettings {
                    promised_minutes: 10_081,
                    ..settings()
                },
                "promised_minutes",
            ),
            (consent("", "x"), "consent.version"),
            (consent("a b", "x"), "consent.version"),
            (consent("1", "x"), "consent.version"),
            (consent("Yes", "x"), "consent.version"),
            (consent("v1", " "), "consent.text"),
            (consent("v1", "a\nb"), "consent.text"),
            (consent("v1", &"a".repeat(2001)), "consent.text"),
            (reserved("A"), "reserved_names"),
            (reserved("12 34"), "reserved_names"),
            (reserved("Ban\tđọc"), "reserved_names"),
            (
                SiteSettings {
                    reserved_names: vec!["Bạn đọc".to_owned(); 201],
                    ..settings()
                },
                "reserved_names",
            ),
        ] {
            let faults = wrong.faults();
            let told = faults[0].to_string();
            assert!(told.starts_with(named), "{told}");
            assert_eq!(faults.len(), 1, "{faults:?}");
        }
        let fine = SiteSettings {
            edit_window: 604_800,
            ..consent("2026-01", "Tôi đồng ý.")
        };
        assert_eq!(fine.faults(), []);
        let wrong = SiteSettings {
            network_days: 366,
            edit_window: 604_801,
            ..consent("v1", " ")
        };
        assert_eq!(wrong.faults().len(), 3);
    }
}
