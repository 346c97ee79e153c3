//! A site's settings as `name=value`, the way an operator types and reads them.

mod cms;

use anyhow::{Context, bail};
use duyet::domain::{Consent, Percent, SiteSettings};

/// The names that may stand before the equals sign.
const NAMES: &str = "proof_of_work, edit_window, tell_decision, consent, consent.version, consent.text, reserved_names, network_days, promised_minutes, cms.format, cms.header, cms.prefix, cms.time_header, cms.fields, cms.only, cms.url, checker.url, checker.deadline_ms, model.look_alarms, model.likely_bad_alarms, model.approves_likely_fine, model.settles_likely_bad, model.shown_every";

/// The settings after all `changes`, each `name=value`; what they come to must hold together.
pub fn changed(before: &SiteSettings, changes: &[String]) -> anyhow::Result<SiteSettings> {
    let mut settings = before.clone();
    let mut consent = Asked::from(before.consent.as_ref());
    for change in changes {
        let Some((name, value)) = change.split_once('=') else {
            bail!("`{change}` is not NAME=VALUE; the names are {NAMES}");
        };
        let value = value.trim();
        let name = name.trim();
        match name {
            "proof_of_work" => settings.proof_of_work = value.parse().context("proof_of_work")?,
            "edit_window" => {
                settings.edit_window = value.parse().ok().with_context(|| {
                    format!("edit_window: `{value}` is not a whole number of seconds")
                })?;
            }
            "tell_decision" => settings.tell_decision = whether(name, value)?,
            "consent" if value == "none" => consent = Asked::default(),
            "consent" => bail!(
                "consent: `{value}` is not `none`; to ask for consent, set consent.version and consent.text"
            ),
            "consent.version" => consent.version = Some(value.to_owned()),
            "consent.text" => consent.text = Some(value.to_owned()),
            "reserved_names" => settings.reserved_names = names(value),
            "network_days" => {
                settings.network_days = value.parse().ok().with_context(|| {
                    format!("network_days: `{value}` is not a whole number of days")
                })?;
            }
            "promised_minutes" => {
                settings.promised_minutes = value.parse().ok().with_context(|| {
                    format!("promised_minutes: `{value}` is not a whole number of minutes")
                })?;
            }
            name if name.starts_with("cms.") => cms::set(&mut settings.cms, name, value)?,
            "checker.url" => value.clone_into(&mut settings.checker.url),
            "checker.deadline_ms" => {
                settings.checker.deadline_ms = value.parse().ok().with_context(|| {
                    format!("checker.deadline_ms: `{value}` is not a whole number of milliseconds")
                })?;
            }
            "model.look_alarms" => settings.model.look_alarms = percent(name, value)?,
            "model.likely_bad_alarms" => settings.model.likely_bad_alarms = percent(name, value)?,
            "model.approves_likely_fine" => {
                settings.model.approves_likely_fine = whether(name, value)?;
            }
            "model.settles_likely_bad" => {
                settings.model.settles_likely_bad = whether(name, value)?;
            }
            "model.shown_every" => {
                settings.model.shown_every = value
                    .parse()
                    .ok()
                    .with_context(|| format!("{name}: `{value}` is not a whole number"))?;
            }
            other => bail!("`{other}` is no setting of a site; the names are {NAMES}"),
        }
    }
    settings.consent = consent.whole()?;
    settings.check_after(before)?;
    Ok(settings)
}

/// The settings as lines that [`changed`] would take.
pub fn lines(settings: &SiteSettings) -> Vec<String> {
    let SiteSettings {
        proof_of_work,
        edit_window,
        tell_decision,
        consent,
        reserved_names,
        network_days,
        promised_minutes,
        cms,
        checker,
        model,
    } = settings;
    let mut lines = vec![
        format!("proof_of_work={proof_of_work}"),
        format!("edit_window={edit_window}"),
        format!("tell_decision={tell_decision}"),
    ];
    match consent {
        None => lines.push("consent=none".to_owned()),
        Some(Consent { version, text }) => {
            lines.push(format!("consent.version={version}"));
            lines.push(format!("consent.text={text}"));
        }
    }
    lines.push(format!("reserved_names={}", reserved_names.join("; ")));
    lines.push(format!("network_days={network_days}"));
    lines.push(format!("promised_minutes={promised_minutes}"));
    lines.extend(cms::lines(cms));
    lines.push(format!("checker.url={}", checker.url));
    lines.push(format!("checker.deadline_ms={}", checker.deadline_ms));
    lines.push(format!("model.look_alarms={}", model.look_alarms));
    lines.push(format!(
        "model.likely_bad_alarms={}",
        model.likely_bad_alarms
    ));
    for (name, is_on) in [
        ("approves_likely_fine", model.approves_likely_fine),
        ("settles_likely_bad", model.settles_likely_bad),
    ] {
        lines.push(format!("model.{name}={is_on}"));
    }
    lines.push(format!("model.shown_every={}", model.shown_every));
    lines
}

/// Yes or no.
fn whether(name: &str, value: &str) -> anyhow::Result<bool> {
    let read = value.parse().ok();
    read.with_context(|| format!("{name}: `{value}` is neither `true` nor `false`"))
}

/// A share in percent.
fn percent(name: &str, value: &str) -> anyhow::Result<Percent> {
    let read = value.parse().ok();
    read.with_context(|| {
        format!("{name}: `{value}` is not a percentage from 0 to 10 with at most one decimal, such as 1.5")
    })
}

/// Names between semicolons, each once.
fn names(list: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in list.split(';') {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What readers are asked for, while its two parts are typed.
#[derive(Default)]
struct Asked {
    version: Option<String>,
    text: Option<String>,
}

impl From<Option<&Consent>> for Asked {
    fn from(consent: Option<&Consent>) -> Self {
        Self {
            version: consent.map(|consent| consent.version.clone()),
            text: consent.map(|consent| consent.text.clone()),
        }
    }
}

impl Asked {
    /// Both parts or none.
    fn whole(self) -> anyhow::Result<Option<Consent>> {
        match (self.version, self.text) {
            (None, None) => Ok(None),
            (Some(version), Some(text)) => Ok(Some(Consent { version, text })),
            _ => bail!("consent: consent.version and consent.text are needed together"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: &SiteSettings, changes: &[&str]) -> anyhow::Result<SiteSettings> {
        let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
        changed(before, &changes)
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        let settings = change(
            &SiteSettings::default(),
            &[
                "proof_of_work=adaptive",
                "edit_window = 60",
                "tell_decision=true",
                "consent.text=Tôi đồng ý: a=b",
                "consent.version=2026-01",
                "reserved_names=Bạn  đọc; Chuyên mục Pháp luật;Bạn đọc;",
                "network_days=7",
                "cms.format=strapi",
                "cms.fields=section: entry.chuyen_muc.ten; title: entry.ten",
                "cms.only=model: article",
                "cms.url=https://bao.example/{entry.slug}.html",
                "checker.url=https://kiem-tra.bao.example/duyet",
                "checker.deadline_ms=1500",
                "model.look_alarms=4,5",
                "model.likely_bad_alarms=0",
                "model.approves_likely_fine=true",
                "model.settles_likely_bad=true",
                "model.shown_every=20",
            ],
        )
        .expect("settings");
        assert_eq!(settings.reserved_names, ["Bạn đọc", "Chuyên mục Pháp luật"]);
        let shown = lines(&settings);
        let again = changed(&SiteSettings::default(), &shown).expect("settings");
        assert_eq!(again, settings);
        let none = change(&settings, &["consent=none", "reserved_names="]).expect("settings");
        assert!(none.consent.is_none() && none.reserved_names.is_empty());
        assert_eq!(none.edit_window, 60);
    }

    #[test]
    fn a_share_of_false_alarms_has_bounds() {
        for (wrong, told) in [
            ("model.look_alarms=often", "not a percentage"),
            ("model.look_alarms=0.15", "not a percentage"),
            ("model.look_alarms=11", "too many"),
            ("model.likely_bad_alarms=4", "more than model.look_alarms"),
        ] {
            let fault = change(&SiteSettings::default(), &[wrong]).expect_err("a fault");
            assert!(fault.to_string().contains(told), "{fault}");
        }
    }

    #[test]
    fn a_version_names_one_text() {
        let first = change(
            &SiteSettings::default(),
            &["consent.version=v1", "consent.text=Một"],
        )
        .expect("settings");
        assert!(change(&first, &["consent.text=Hai"]).is_err());
        assert!(change(&first, &["consent.text=Hai", "consent.version=v2"]).is_ok());
        assert!(change(&first, &["consent.version=v2"]).is_ok());
    }
}
