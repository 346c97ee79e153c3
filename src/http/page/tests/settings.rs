//! What a site chose, with hostile values in every field.

use askama::Template;

use super::super::*;
use super::lists::sites;
use super::sample::{HOSTILE_BODY, HOSTILE_NAME, desk};
use crate::domain::{ProofOfWork, Role};
use crate::messages::Messages;

fn settings(t: Messages) -> SettingsPage {
    let error = |field: &str, code: &str| FieldError {
        field: field.to_owned(),
        message: t.get(code),
    };
    SettingsPage {
        t,
        desk: desk(Place::Settings, Role::Editor),
        sites: sites(),
        site: "bao".to_owned(),
        name: HOSTILE_NAME.to_owned(),
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
            errors: vec![
                error("edit_window", "settings-edit-window"),
                error("consent.text", "settings-consent-text"),
            ],
        },
        notice: Some(SettingsNotice::Wrong),
    }
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    vec![("settings", settings(t).render())]
}
