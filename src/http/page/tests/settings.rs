//! What a site chose, with hostile values in every field.

use askama::Template;

use super::super::*;
use super::lists::sites;
use super::numbers::lessons;
use super::sample::{HOSTILE_BODY, HOSTILE_NAME, at, desk};
use crate::domain::{CmsFormat, Lane, ModelSettings, ProofOfWork, Role, SecretOf};
use crate::learn::Report;
use crate::messages::Messages;

fn settings(t: Messages) -> SettingsPage {
    let error = |field: &str, code: &str| FieldError {
        field: field.to_owned(),
        message: t.get(code),
    };
    let mut desk = desk(Place::Settings, Role::Admin);
    desk.stopped_models = vec![("bao".to_owned(), HOSTILE_NAME.to_owned(), Lane::LikelyFine)];
    SettingsPage {
        t,
        desk,
        sites: sites(),
        site: "bao".to_owned(),
        name: HOSTILE_NAME.to_owned(),
        model: Report::of(1_240, &lessons(), &ModelSettings::default()),
        form: SettingsForm {
            seen: "9f2d4c1b0a7e6358".to_owned(),
            origins: "https://bao.example\n\"><script>alert(1)</script>".to_owned(),
            proof_of_work: ProofOfWork::Adaptive,
            edit_minutes: HOSTILE_NAME.to_owned(),
            tells_decision: true,
            asks_consent: true,
            consent_version: HOSTILE_NAME.to_owned(),
            consent_text: format!("</textarea>{HOSTILE_BODY}"),
            reserved_names: "Bạn đọc\nChuyện làng".to_owned(),
            network_days: "30".to_owned(),
            promised_minutes: "240".to_owned(),
            cms: CmsForm {
                format: CmsFormat::Strapi,
                header: HOSTILE_NAME.to_owned(),
                prefix: "sha256=".to_owned(),
                time_header: String::new(),
                url: "https://bao.example/{entry.slug}\"><script>alert(1)</script>".to_owned(),
                fields: "section: entry.chuyen_muc.ten\n</textarea><script>alert(1)</script>"
                    .to_owned(),
                only: "model: article".to_owned(),
            },
            checker_url: "https://kiem-tra.bao.example/\"><script>alert(1)</script>".to_owned(),
            checker_deadline: HOSTILE_NAME.to_owned(),
            look_alarms: "3".to_owned(),
            likely_bad_alarms: HOSTILE_NAME.to_owned(),
            by_itself: ByItselfForm {
                approves_likely_fine: true,
                settles_likely_bad: false,
                shown_every: HOSTILE_NAME.to_owned(),
            },
            errors: vec![
                error("edit_window", "settings-edit-window"),
                error("consent.text", "settings-consent-text"),
                error("cms.prefix", "settings-cms-prefix-wrong"),
                error("model.settles_likely_bad", "settings-model-too-wrong"),
            ],
        },
        notice: Some(SettingsNotice::Wrong),
        public_url: "https://binh-luan.bao.example".to_owned(),
        secrets: vec![
            SecretView {
                of: SecretOf::Cms,
                may_change: true,
                seen: "5d41402abc4b2a76".to_owned(),
                is_at_once: false,
                shown: Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()),
                former_until: Some(at("2026-11-24T09:00:00Z")),
            },
            SecretView {
                of: SecretOf::Checker,
                may_change: true,
                seen: "b9719d911017c592".to_owned(),
                is_at_once: false,
                shown: None,
                former_until: None,
            },
            SecretView {
                of: SecretOf::Akismet,
                may_change: true,
                seen: "7d793037a0760186".to_owned(),
                is_at_once: false,
                shown: None,
                former_until: Some(at("2026-11-24T09:00:00Z")),
            },
        ],
    }
}

/// As an editor sees it, who may change less.
fn settings_of_an_editor(t: Messages) -> SettingsPage {
    let mut page = settings(t);
    page.desk = desk(Place::Settings, Role::Editor);
    page.notice = Some(SettingsNotice::Saved);
    page.form.errors = Vec::new();
    for secret in &mut page.secrets {
        (secret.may_change, secret.shown) = (false, None);
    }
    page
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    vec![
        ("settings", settings(t).render()),
        ("settings_of_an_editor", settings_of_an_editor(t).render()),
    ]
}
