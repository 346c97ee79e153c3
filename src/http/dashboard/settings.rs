//! What a site chose, on a page for its editors.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::{choices, chosen, told};
use super::signed_in::{Form, SignedIn};
use crate::domain::{CheckerSettings, Consent, ModelSettings, SecretOf, Site, SiteSettings};
use crate::http::door::{Editing, NewSettings, Renewal, mark};
use crate::http::input::Query;
use crate::http::page::{
    ByItselfForm, CmsForm, Place, SecretView, SettingsForm, SettingsNotice, SettingsPage,
};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::intake::{FieldError, Fields};

async fn page(
    by: &SignedIn,
    editing: &Editing,
    site: &Site,
    form: SettingsForm,
    notice: Option<SettingsNotice>,
) -> Result<SettingsPage, Problem> {
    Ok(SettingsPage {
        t: by.t,
        desk: by.desk(Place::Settings),
        sites: choices(by),
        site: site.key.clone(),
        name: site.name.clone(),
        model: editing.model_report(site).await?,
        form,
        notice,
        public_url: editing.public_url().to_owned(),
        secrets: secrets(by, editing, site).await?,
    })
}

/// Those of the CMS and of Akismet clients, and that of the checker where there is one.
async fn secrets(
    by: &SignedIn,
    editing: &Editing,
    site: &Site,
) -> Result<Vec<SecretView>, Problem> {
    let mut secrets = Vec::new();
    for of in SecretOf::ALL.iter().copied() {
        if of == SecretOf::Checker && !site.settings.checker.is_asked() {
            continue;
        }
        secrets.push(SecretView {
            of,
            may_change: by.administering().is_ok(),
            seen: editing.secret_name(of).await?,
            is_at_once: false,
            shown: None,
            former_until: editing.former_secret_until(of).await?,
        });
    }
    Ok(secrets)
}

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let editing = by.editing(&site)?;
    let site = editing.site_now().await?;
    let form = SettingsForm::of(&site, mark(&site));
    let notice = query.read("notice").unwrap_or_default();
    let mut page = page(&by, &editing, &site, form, notice).await?;
    if let Ok(Some(of)) = query.read("shown") {
        let pass = query.text("pass").unwrap_or_default();
        let shown = editing.shown_secret(of, &pass).await?;
        if shown.is_none() {
            page.notice = Some(SettingsNotice::SecretGone);
        }
        for secret in page.secrets.iter_mut().filter(|secret| secret.of == of) {
            secret.shown.clone_from(&shown);
        }
    }
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// The page's form.
pub async fn change(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let fields = by.form(payload).await?;
    let editing = by.editing(fields.text("site"))?;
    let site = editing.site_now().await?;
    let mut form = typed(&fields, &site)?;
    let (settings, unread) = asked(&form, &site.settings);
    let new = NewSettings {
        settings,
        origins: form.origins.lines().map(str::to_owned).collect(),
        seen: Some(form.seen.clone()).filter(|seen| !seen.is_empty()),
        unread,
    };
    let (status, notice) = match editing.change_settings(new).await {
        Ok(()) => {
            let key = &site.key;
            return Ok(see_other(&format!("/settings?site={key}&notice=saved")));
        }
        Err(problem) if problem.code == Code::InvalidFields => {
            form.errors = told(&problem, by.t);
            (HttpResponse::UnprocessableEntity(), SettingsNotice::Wrong)
        }
        // What they typed stays, and counts once they have been told.
        Err(problem) if problem.code == Code::Stale => {
            form.seen = mark(&editing.site_now().await?);
            (HttpResponse::Conflict(), SettingsNotice::Stale)
        }
        Err(problem) => return Err(problem),
    };
    let page = page(&by, &editing, &site, form, Some(notice)).await?;
    Ok(desk(status, page.render()))
}

/// Gives the CMS, the checker or the Akismet clients another secret, and leads to where it is shown.
pub async fn renew(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let fields = by.form(payload).await?;
    by.administering()?;
    let editing = by.editing(fields.text("site"))?;
    // A form from before there were two is about that of the CMS.
    let of = fields.text("of").parse().unwrap_or(SecretOf::Cms);
    let site = editing.site_now().await?;
    let how = renewal(&fields);
    match editing.renew_secret(of, how.clone()).await {
        Ok(secret) => Ok(led_to_secret(&by, &site, of, &secret)),
        Err(problem) if problem.code == Code::Stale => {
            Ok(match editing.made_just_now(of, &how).await? {
                Some(secret) => led_to_secret(&by, &site, of, &secret),
                None => see_other(&format!(
                    "/settings?site={}&notice={}#main",
                    site.key,
                    SettingsNotice::SecretChanged
                )),
            })
        }
        Err(problem) if problem.code == Code::InvalidFields => {
            let mut form = SettingsForm::of(&site, mark(&site));
            form.errors = told(&problem, by.t);
            let notice = Some(SettingsNotice::Wrong);
            let mut page = page(&by, &editing, &site, form, notice).await?;
            for secret in page.secrets.iter_mut().filter(|secret| secret.of == of) {
                secret.is_at_once = how.is_at_once;
            }
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

fn renewal(fields: &Form) -> Renewal {
    let typed = |name: &str| {
        let text = fields.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    Renewal {
        given: typed("secret"),
        is_at_once: fields.text("at_once") == "1",
        seen: typed("seen"),
    }
}

/// Another page shows it: what is loaded again there makes no other.
fn led_to_secret(by: &SignedIn, site: &Site, of: SecretOf, secret: &str) -> HttpResponse {
    let (key, pass) = (&site.key, by.pass_to(secret));
    let place = SecretView::place(of);
    let notice = SettingsNotice::Renewed;
    see_other(&format!(
        "/settings?site={key}&notice={notice}&shown={of}&pass={pass}#{place}"
    ))
}

/// A form that knows nothing of the CMS leaves that as it is.
fn typed_cms(fields: &Form, site: &Site) -> Result<CmsForm, Problem> {
    if fields.text("cms.format").is_empty() {
        return Ok(CmsForm::of(&site.settings.cms));
    }
    let text = |name: &str| fields.text(name).to_owned();
    Ok(CmsForm {
        format: fields.field("cms.format")?,
        header: text("cms.header"),
        prefix: text("cms.prefix"),
        time_header: text("cms.time_header"),
        url: text("cms.url"),
        fields: text("cms.fields"),
        only: text("cms.only"),
    })
}

/// The same of the external checker: its address and its deadline.
fn typed_checker(fields: &Form, site: &Site) -> (String, String) {
    let checker = &site.settings.checker;
    match fields.text("checker.deadline_ms") {
        "" => (checker.url.clone(), checker.deadline_ms.to_string()),
        deadline => (fields.text("checker.url").to_owned(), deadline.to_owned()),
    }
}

/// The same of what the model decides by itself.
fn typed_by_itself(fields: &Form, site: &Site) -> ByItselfForm {
    let ticked = |name: &str| fields.text(name) == "1";
    match fields.text("model.shown_every") {
        "" => ByItselfForm::of(&site.settings.model),
        every => ByItselfForm {
            approves_likely_fine: ticked("model.approves_likely_fine"),
            settles_likely_bad: ticked("model.settles_likely_bad"),
            shown_every: every.to_owned(),
        },
    }
}

/// The same of the model: how often it may be wrong, in percent.
fn typed_model(fields: &Form, site: &Site) -> (String, String) {
    let model = &site.settings.model;
    match fields.text("model.look_alarms") {
        "" => (
            model.look_alarms.to_string(),
            model.likely_bad_alarms.to_string(),
        ),
        look => (
            look.to_owned(),
            fields.text("model.likely_bad_alarms").to_owned(),
        ),
    }
}

fn typed(fields: &Form, site: &Site) -> Result<SettingsForm, Problem> {
    let text = |name: &str| fields.text(name).to_owned();
    let (checker_url, checker_deadline) = typed_checker(fields, site);
    let (look_alarms, likely_bad_alarms) = typed_model(fields, site);
    Ok(SettingsForm {
        seen: text("seen"),
        origins: text("origins"),
        proof_of_work: fields.field("proof_of_work")?,
        edit_minutes: text("edit_window"),
        tells_decision: fields.text("tell_decision") == "1",
        asks_consent: fields.text("consent") == "1",
        consent_version: text("consent.version"),
        consent_text: text("consent.text"),
        reserved_names: text("reserved_names"),
        network_days: text("network_days"),
        promised_minutes: text("promised_minutes"),
        cms: typed_cms(fields, site)?,
        checker_url,
        checker_deadline,
        look_alarms,
        likely_bad_alarms,
        by_itself: typed_by_itself(fields, site),
        errors: Vec::new(),
    })
}

/// What was typed, read; and what of it cannot be, where it stays as it was before.
fn asked(form: &SettingsForm, before: &SiteSettings) -> (SiteSettings, Vec<FieldError>) {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
    let mut wrong = Fields::default();
    let edit_window = wrong.take(seconds(&form.edit_minutes).ok_or_else(|| {
        FieldError::new("edit_window", "settings-edit-window")
            .with("max", whole(SiteSettings::MAX_EDIT_WINDOW / 60))
    }));
    let network_days = wrong.take(form.network_days.trim().parse().map_err(|_| {
        FieldError::new("network_days", "settings-network-days")
            .with("max", SiteSettings::MAX_NETWORK_DAYS.into())
    }));
    let promised_minutes = wrong.take(form.promised_minutes.trim().parse().map_err(|_| {
        FieldError::new("promised_minutes", "settings-promised")
            .with("max", SiteSettings::MAX_PROMISED_MINUTES.into())
    }));
    let deadline_ms = wrong.take(form.checker_deadline.trim().parse().map_err(|_| {
        FieldError::new("checker.deadline_ms", "settings-checker-deadline-wrong")
            .with("min", whole(CheckerSettings::LEAST_MS))
            .with("max", whole(CheckerSettings::MOST_MS))
    }));
    let (cms, unread) = form.cms.read();
    for (field, part) in unread {
        wrong.push(FieldError::new(field, "settings-cms-pair-wrong").quoting("part", part));
    }
    let percent = |field: &'static str, typed: &str| {
        typed
            .parse()
            .map_err(|()| FieldError::new(field, "settings-model-alarms"))
    };
    let look_alarms = wrong.take(percent("model.look_alarms", &form.look_alarms));
    let likely_bad_alarms = wrong.take(percent("model.likely_bad_alarms", &form.likely_bad_alarms));
    let shown_every = wrong.take(form.by_itself.shown_every.trim().parse().map_err(|_| {
        FieldError::new("model.shown_every", "settings-model-shown-wrong")
            .with("min", ModelSettings::LEAST_SHOWN.into())
            .with("max", ModelSettings::MOST_SHOWN.into())
    }));
    let consent = form.asks_consent.then(|| Consent {
        version: form.consent_version.trim().to_owned(),
        text: line(&form.consent_text),
    });
    let mut reserved_names: Vec<String> = Vec::new();
    for name in form.reserved_names.lines().map(line) {
        if !name.is_empty() && !reserved_names.contains(&name) {
            reserved_names.push(name);
        }
    }
    // Of two that are weighed against each other, one alone says nothing.
    let (look_alarms, likely_bad_alarms) = look_alarms
        .zip(likely_bad_alarms)
        .unwrap_or((before.model.look_alarms, before.model.likely_bad_alarms));
    let settings = SiteSettings {
        proof_of_work: form.proof_of_work,
        edit_window: edit_window.unwrap_or(before.edit_window),
        tell_decision: form.tells_decision,
        consent,
        reserved_names,
        network_days: network_days.unwrap_or(before.network_days),
        promised_minutes: promised_minutes.unwrap_or(before.promised_minutes),
        cms,
        checker: CheckerSettings {
            url: form.checker_url.trim().to_owned(),
            deadline_ms: deadline_ms.unwrap_or(before.checker.deadline_ms),
        },
        model: ModelSettings {
            look_alarms,
            likely_bad_alarms,
            approves_likely_fine: form.by_itself.approves_likely_fine,
            settles_likely_bad: form.by_itself.settles_likely_bad,
            shown_every: shown_every.unwrap_or(before.model.shown_every),
        },
    };
    (settings, wrong.into_errors())
}

/// Minutes as seconds; none where it is no number of them, or more than a window may be long.
fn seconds(minutes: &str) -> Option<u32> {
    let minutes: f64 = minutes.trim().replace(',', ".").parse().ok()?;
    let seconds = (minutes * 60.0).round();
    let most = f64::from(SiteSettings::MAX_EDIT_WINDOW);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is within the bounds of a window"
    )]
    (0.0..=most).contains(&seconds).then_some(seconds as u32)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn minutes_are_read_as_people_write_them() {
        assert_eq!(seconds(" 15 "), Some(900));
        assert_eq!(seconds("1,5"), Some(90));
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds("10080"), Some(604_800));
        for wrong in ["", "x", "-1", "10081", "NaN", "inf"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
