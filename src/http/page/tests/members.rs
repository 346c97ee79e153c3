//! The pages of signing in, of one's account and of the members, each with something hostile on it.

use askama::Template;

use super::super::*;
use super::sample::at;
use crate::domain::{Locale, Pace, Role};
use crate::messages::Messages;

const HOSTILE: &str = "\"><script>alert(1)</script>";

fn desk(place: Place) -> Desk {
    Desk {
        moderator: HOSTILE.to_owned(),
        role: Role::Admin,
        has_sections_alone: false,
        csrf: "csrf-token".to_owned(),
        place,
        sending: crate::store::SendingTrouble::default(),
        stopped_hooks: Vec::new(),
        stopped_models: Vec::new(),
    }
}

fn wrong(t: Messages, field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: t.with(code, &[("min", 10.into()), ("length", 3.into())]),
    }
}

fn sign_in(t: Messages) -> SignInPage {
    SignInPage {
        t,
        notice: None,
        error: Some(t.get("sign-in-failed")),
        email: HOSTILE.to_owned(),
        next: "/queue".to_owned(),
    }
}

fn welcome(t: Messages, kind: &'static str) -> WelcomePage {
    WelcomePage {
        t,
        kind,
        action: format!("/{kind}/TOKEN"),
        email: HOSTILE.to_owned(),
        name: (kind == "join").then(|| HOSTILE.to_owned()),
        errors: vec![
            wrong(t, "name", "name-required"),
            wrong(t, "password", "password-short"),
        ],
        min: 10,
    }
}

fn session(is_this: bool) -> SessionView {
    SessionView {
        id: "00ff".to_owned(),
        browser: is_this.then(|| "Firefox, Linux".to_owned()),
        network: Some("203.0.113.7".to_owned()),
        since: at("2026-11-22T18:03:00Z"),
        seen: at("2026-11-23T07:00:00Z"),
        is_this,
    }
}

fn account(t: Messages, phone: PhoneView) -> AccountPage {
    AccountPage {
        t,
        desk: desk(Place::Account),
        now: at("2026-11-23T07:03:00Z"),
        email: HOSTILE.to_owned(),
        role: Role::Editor,
        bound: vec![format!("{HOSTILE}: Thể thao"), "Báo Khác".to_owned()],
        name: HOSTILE.to_owned(),
        language: LanguageChoice(Some(Locale::Vi)),
        habits: HabitsForm {
            pace: Pace::TwiceADay,
            zone: HOSTILE.to_owned(),
            quiet_from: "22:00".to_owned(),
            quiet_to: HOSTILE.to_owned(),
            urgent_in_quiet: true,
        },
        mail_limits: (10, 6),
        phone,
        sessions: vec![session(true), session(false)],
        notice: Some(t.get("account-done-password")),
        errors: match phone {
            PhoneView::On(_) => vec![wrong(t, "password", "password-wrong")],
            _ => vec![wrong(t, "new_password", "password-short")],
        },
        min: 10,
    }
}

fn row(name: &str, state: &'static str, bound: &[&str]) -> MemberRow {
    MemberRow {
        id: "019ab0f2-3c00-7000-8000-000000000001".to_owned(),
        name: name.to_owned(),
        email: "lan@bao.example".to_owned(),
        role: Role::Editor,
        bound: bound.iter().map(|text| (*text).to_owned()).collect(),
        state,
        has_second_step: state == "active",
        seen: (state == "active").then(|| at("2026-11-23T07:00:00Z")),
    }
}

fn form() -> MemberForm {
    let site = |key: &str, name: &str, sections: &str| SiteBinding {
        key: key.to_owned(),
        name: name.to_owned(),
        is_bound: !sections.is_empty(),
        sections: sections.to_owned(),
        known: vec!["Thể thao".to_owned(), HOSTILE.to_owned()],
    };
    MemberForm {
        role: Role::Editor,
        sites: vec![
            site("bao", HOSTILE, "Thể thao\n</textarea><script>"),
            site("khac", "Báo Khác", ""),
        ],
    }
}

fn members(t: Messages) -> MembersPage {
    MembersPage {
        t,
        desk: desk(Place::Members),
        now: at("2026-11-23T07:03:00Z"),
        members: vec![
            row(HOSTILE, "active", &[]),
            row("Minh", "invited", &["Báo Ví Dụ: Thể thao", "Báo Khác"]),
        ],
        email: HOSTILE.to_owned(),
        name: HOSTILE.to_owned(),
        form: form(),
        notice: None,
        warning: Some(HOSTILE.to_owned()),
        errors: vec![wrong(t, "email", "email-taken")],
    }
}

fn member(t: Messages, state: &'static str) -> MemberPage {
    MemberPage {
        t,
        desk: desk(Place::Members),
        now: at("2026-11-23T07:03:00Z"),
        member: row(HOSTILE, state, &["Báo Ví Dụ: Thể thao"]),
        form: form(),
        notice: Some(t.get("members-done-saved")),
        warning: None,
        errors: Vec::new(),
    }
}

/// Every page of these, by name.
pub fn pages(t: Messages) -> Vec<(&'static str, String)> {
    let phone = PhonePage {
        t,
        desk: desk(Place::Account),
        picture: qr::picture("otpauth://totp/Duyet:lan"),
        key: "GEZD GNBV".to_owned(),
        address: "otpauth://totp/Duyet:lan?secret=GEZDGNBV".to_owned(),
        error: Some(t.get("code-wrong")),
    };
    let codes = CodesPage {
        t,
        desk: desk(Place::Account),
        codes: vec!["abcd-efgh-jkmn".to_owned(), "pqrs-tuvw-xyz2".to_owned()],
    };
    let code = CodePage {
        t,
        error: Some(t.get("code-wrong")),
        next: "/queue".to_owned(),
    };
    let sent = SentPage {
        t,
        email: HOSTILE.to_owned(),
    };
    [
        ("sign_in", sign_in(t).render()),
        ("sign_in_code", code.render()),
        ("forgotten", ForgottenPage { t }.render()),
        ("forgotten_sent", sent.render()),
        ("welcome_join", welcome(t, "join").render()),
        ("welcome_reset", welcome(t, "reset").render()),
        ("account", account(t, PhoneView::Off).render()),
        ("account_begun", account(t, PhoneView::Begun).render()),
        ("account_on", account(t, PhoneView::On(1)).render()),
        ("phone", phone.render()),
        ("codes", codes.render()),
        ("members", members(t).render()),
        ("member", member(t, "invited").render()),
        ("member_disabled", member(t, "disabled").render()),
    ]
    .map(|(name, page)| (name, page.expect("renders")))
    .into()
}
