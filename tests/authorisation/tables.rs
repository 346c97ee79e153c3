//! The tables: each route with what each is told, and what is sent.

use serde_json::{Value, json};

use crate::support::{PASSWORD, comment};

/// What each is told, in the order of [`Asker::ALL`](super::Asker::ALL).
pub type Told = [u16; 6];

/// The fields of a form.
pub type Fields = &'static [(&'static str, &'static str)];

/// Who is let in, where a route asks for so much.
const ANYBODY: Told = [200; 6];
const MEMBERS: Told = [401, 401, 200, 200, 200, 200];
const EDITORS: Told = [401, 401, 403, 403, 200, 200];
const ADMINS: Told = [401, 401, 403, 403, 403, 200];

/// The same with another answer for who is let in.
const fn say(told: Told, status: u16) -> Told {
    let mut told = told;
    let mut place = 0;
    while place < told.len() {
        if told[place] == 200 {
            told[place] = status;
        }
        place += 1;
    }
    told
}

/// The same with another answer for who works on another site.
const fn here(told: Told, elsewhere: u16) -> Told {
    let mut told = told;
    told[2] = elsewhere;
    told
}

const NOBODY_KNOWS: Told = [404; 6];

/// Every operation of the document. `{comment}`, `{member}` and the like in a body are filled in.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn operations() -> Vec<(&'static str, Told, Value)> {
    let none = Value::Null;
    vec![
        // Readers.
        (
            "POST /api/v1/sites/{site}/comments",
            say(ANYBODY, 202),
            comment("Một ý kiến nữa"),
        ),
        ("GET /api/v1/sites/{site}/comments", ANYBODY, none.clone()),
        ("GET /api/v1/sites/{site}/counts", ANYBODY, none.clone()),
        ("GET /api/v1/sites/{site}/challenge", ANYBODY, none.clone()),
        (
            // It is not public.
            "POST /api/v1/sites/{site}/comments/{id}/reports",
            NOBODY_KNOWS,
            json!({ "reason": "other" }),
        ),
        (
            "GET /api/v1/receipts/{token}",
            [404, 200, 404, 404, 404, 404],
            none.clone(),
        ),
        (
            "PATCH /api/v1/receipts/{token}",
            [404, 200, 404, 404, 404, 404],
            json!({ "body": "Chuyện riêng đã sửa" }),
        ),
        // The CMS, which nobody here is: it signs.
        ("POST /api/v1/sites/{site}/cms", [401; 6], json!({})),
        ("POST /api/v1/sites/{site}/checks", [401; 6], json!({})),
        (
            "PUT /api/v1/sites/{site}/articles/{external_id}",
            say(EDITORS, 422),
            json!({}),
        ),
        (
            "POST /api/v1/sites/{site}/articles",
            say(EDITORS, 422),
            json!({}),
        ),
        // Operations.
        ("GET /livez", ANYBODY, none.clone()),
        ("GET /readyz", ANYBODY, none.clone()),
        ("GET /metrics", ANYBODY, none.clone()),
        ("GET /openapi.json", ANYBODY, none.clone()),
        // Programs with a site's key, and without one: nobody is told more than that it is none.
        ("POST /1.1/verify-key", ANYBODY, none.clone()),
        ("POST /1.1/comment-check", ANYBODY, none.clone()),
        ("POST /1.1/submit-spam", ANYBODY, none.clone()),
        ("POST /1.1/submit-ham", ANYBODY, none.clone()),
        ("GET /1.1/test", ANYBODY, none.clone()),
        ("POST /1.1/deactivate", ANYBODY, none.clone()),
        ("POST /1.1/get-stats", ANYBODY, none.clone()),
        ("POST /1.1/get-subscription", ANYBODY, none.clone()),
        ("GET /1.2/key-sites", ANYBODY, none.clone()),
        ("POST /1.2/key-sites", ANYBODY, none.clone()),
        ("GET /1.2/usage-limit", ANYBODY, none.clone()),
        ("POST /1.2/usage-limit", ANYBODY, none.clone()),
        // Moderators.
        ("GET /api/v1/moderation/comments", MEMBERS, none.clone()),
        (
            "GET /api/v1/moderation/comments/{id}",
            here(MEMBERS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/comments/{id}/notes",
            here(MEMBERS, 404),
            json!({ "text": "Xem nhé" }),
        ),
        (
            "POST /api/v1/moderation/claims",
            MEMBERS,
            json!({ "comments": ["{comment}"] }),
        ),
        (
            "DELETE /api/v1/moderation/claims",
            say(MEMBERS, 204),
            json!({ "comments": ["{comment}"] }),
        ),
        ("GET /api/v1/moderation/events", MEMBERS, none.clone()),
        (
            "POST /api/v1/moderation/decisions",
            here(say(MEMBERS, 409), 404),
            json!({ "action": "approve", "comments": [{ "id": "{comment}", "revision": 999 }] }),
        ),
        (
            "DELETE /api/v1/moderation/decisions/{batch}",
            say(MEMBERS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/comments/{id}/alike",
            MEMBERS,
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/bans",
            here(MEMBERS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/authors",
            here(MEMBERS, 404),
            none.clone(),
        ),
        ("GET /api/v1/moderation/articles", MEMBERS, none.clone()),
        ("GET /api/v1/moderation/numbers", MEMBERS, none.clone()),
        ("GET /api/v1/moderation/history", MEMBERS, none.clone()),
        (
            "GET /api/v1/moderation/articles/{id}",
            here(MEMBERS, 404),
            none.clone(),
        ),
        ("GET /api/v1/moderation/rules", MEMBERS, none.clone()),
        (
            "GET /api/v1/moderation/sites/{site}/rules/deeds",
            here(MEMBERS, 404),
            none.clone(),
        ),
        // Editors.
        ("GET /api/v1/moderation/outbox", EDITORS, none.clone()),
        (
            "POST /api/v1/moderation/outbox/{id}/retry",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/outbox/{id}/discard",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/words",
            here(MEMBERS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/words",
            say(EDITORS, 422),
            json!({ "words": [] }),
        ),
        (
            "DELETE /api/v1/moderation/sites/{site}/words/{id}",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/words/{id}/live",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/words/{id}/draft",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/webhooks",
            EDITORS,
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/webhooks/{id}/deliveries",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/webhooks",
            say(ADMINS, 422),
            json!({ "url": "https://127.0.0.1/", "events": [] }),
        ),
        (
            "PATCH /api/v1/moderation/sites/{site}/webhooks/{id}",
            say(ADMINS, 404),
            json!({}),
        ),
        (
            "DELETE /api/v1/moderation/sites/{site}/webhooks/{id}",
            say(ADMINS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/webhooks/{id}/secret",
            say(ADMINS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/webhooks/{id}/test",
            say(ADMINS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/webhooks/{id}/deliveries/{delivery}/again",
            say(ADMINS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/settings",
            EDITORS,
            none.clone(),
        ),
        (
            "PUT /api/v1/moderation/sites/{site}/settings",
            say(EDITORS, 422),
            json!({ "origins": [], "proof_of_work": "off", "edit_window": 900, "tell_decision": false, "consent": null,
                "reserved_names": [], "network_days": 30, "promised_minutes": 240 }),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/bans",
            say(EDITORS, 422),
            json!({}),
        ),
        (
            "DELETE /api/v1/moderation/sites/{site}/bans/{id}",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/bans/{id}/waiting",
            say(EDITORS, 404),
            json!({}),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/rules/undo",
            EDITORS,
            json!({ "rule": "khong.co", "days": 7 }),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/backtests",
            say(EDITORS, 422),
            json!({ "days": 30 }),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/backtests/{id}",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/backtests/{id}/cancel",
            say(EDITORS, 404),
            none.clone(),
        ),
        ("PATCH /api/v1/moderation/articles/{id}", EDITORS, json!({})),
        // Admins.
        (
            "POST /api/v1/moderation/sites/{site}/secret",
            say(ADMINS, 422),
            json!({ "secret": "x" }),
        ),
        ("GET /api/v1/moderation/members", ADMINS, none.clone()),
        (
            "POST /api/v1/moderation/members",
            say(ADMINS, 422),
            json!({ "email": "lan@bao.example", "name": "X", "role": "admin" }),
        ),
        ("PATCH /api/v1/moderation/members/{id}", ADMINS, json!({})),
        (
            "POST /api/v1/moderation/members/{id}/disable",
            ADMINS,
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/members/{id}/enable",
            ADMINS,
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/members/{id}/invitation",
            say(ADMINS, 409),
            none.clone(),
        ),
        // At the end: then there is nothing left to ask about.
        (
            "DELETE /api/v1/receipts/{token}",
            [404, 200, 404, 404, 404, 404],
            none,
        ),
    ]
}

/// Where who is not signed in is led: to the sign-in page.
const DESK: Told = [303, 303, 200, 200, 200, 200];
const DESK_ADMINS: Told = [303, 303, 403, 403, 403, 200];
const LED: Told = [303; 6];

/// Every page and button that is no operation of the document. The fields are beside the form's token, and are chosen so that nothing
/// of what the next line needs is changed.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn pages() -> Vec<(&'static str, Told, Fields)> {
    vec![
        ("GET /", LED, &[]),
        ("GET /docs", ANYBODY, &[]),
        ("GET /assets/{name}", ANYBODY, &[]),
        ("GET /integrations/wordpress/duyet.php", ANYBODY, &[]),
        ("GET /widget.js", ANYBODY, &[]),
        ("GET /assets/widget.{hash}.js", NOBODY_KNOWS, &[]),
        // Readers.
        ("GET /sites/{site}/comments/{id}/report", NOBODY_KNOWS, &[]),
        ("GET /sites/{site}/articles", ANYBODY, &[]),
        ("GET /sites/{site}/feed.xml", ANYBODY, &[]),
        ("GET /sites/{site}/feed.json", ANYBODY, &[]),
        ("GET /receipts/{token}", [404, 200, 404, 404, 404, 404], &[]),
        (
            "GET /receipts/{token}/edit",
            [404, 303, 404, 404, 404, 404],
            &[],
        ),
        (
            "POST /receipts/{token}/edit",
            [404, 303, 404, 404, 404, 404],
            &[("body", "Chuyện riêng của báo này")],
        ),
        (
            "POST /receipts/{token}",
            [404, 303, 404, 404, 404, 404],
            &[],
        ),
        ("GET /mail/{token}", NOBODY_KNOWS, &[]),
        ("GET /mail/{token}/never", NOBODY_KNOWS, &[]),
        ("POST /mail/{token}/confirm", NOBODY_KNOWS, &[]),
        ("POST /mail/{token}/never", NOBODY_KNOWS, &[]),
        // Moderators' mail.
        ("GET /notices/off/{token}", NOBODY_KNOWS, &[]),
        ("POST /notices/off/{token}", NOBODY_KNOWS, &[]),
        ("GET /decide/{token}", [303, 303, 404, 404, 404, 404], &[]),
        ("POST /decide/{token}", [303, 303, 404, 404, 404, 404], &[]),
        // The entrance.
        ("GET /sign-in", ANYBODY, &[]),
        (
            "POST /sign-in",
            [401; 6],
            &[("email", "{asker}@khong.example"), ("password", "x")],
        ),
        ("GET /sign-in/code", LED, &[]),
        ("POST /sign-in/code", LED, &[("code", "000000")]),
        ("GET /forgotten", ANYBODY, &[]),
        (
            "POST /forgotten",
            ANYBODY,
            &[("email", "khong-co@bao.example")],
        ),
        ("GET /join/{token}", NOBODY_KNOWS, &[]),
        (
            "POST /join/{token}",
            NOBODY_KNOWS,
            &[("name", "X"), ("password", "con-co-bay-la")],
        ),
        ("GET /reset/{token}", NOBODY_KNOWS, &[]),
        (
            "POST /reset/{token}",
            NOBODY_KNOWS,
            &[("password", "con-co-bay-la")],
        ),
        // The desk.
        ("GET /queue", DESK, &[]),
        (
            "POST /queue/decisions",
            LED,
            &[("comment", "{comment}:999"), ("action", "approve")],
        ),
        ("GET /queue/cards", DESK, &[]),
        (
            "POST /queue/notes",
            say(DESK, 422),
            &[("comment", "{comment}")],
        ),
        ("POST /queue/undo", LED, &[("batch", "{member}")]),
        ("GET /articles", DESK, &[]),
        ("GET /numbers", DESK, &[]),
        ("GET /articles/{id}", here(DESK, 404), &[]),
        (
            "POST /articles/{id}",
            [303, 303, 403, 403, 303, 303],
            &[("do", "open")],
        ),
        ("GET /authors", DESK, &[]),
        ("GET /settings", [303, 303, 403, 403, 200, 200], &[]),
        (
            "POST /settings",
            [303, 303, 403, 403, 422, 422],
            &[("site", "bao"), ("proof_of_work", "off")],
        ),
        (
            "POST /settings/secret",
            [303, 303, 403, 403, 403, 422],
            &[("site", "bao"), ("secret", "x")],
        ),
        ("GET /bans", DESK, &[]),
        (
            "POST /bans",
            [303, 303, 403, 403, 422, 422],
            &[("site", "bao"), ("kind", "email"), ("term", "day")],
        ),
        (
            "POST /bans/{id}/lift",
            [303, 303, 403, 403, 404, 404],
            &[("site", "bao")],
        ),
        (
            "POST /bans/{id}/waiting",
            [303, 303, 403, 403, 404, 404],
            &[("site", "bao")],
        ),
        ("GET /webhooks", [303, 303, 403, 403, 200, 200], &[]),
        (
            "POST /webhooks",
            [303, 303, 403, 403, 403, 422],
            &[("site", "bao"), ("url", "https://127.0.0.1/")],
        ),
        (
            "GET /webhooks/{id}",
            [303, 303, 403, 403, 404, 404],
            &[("site", "bao")],
        ),
        (
            "POST /webhooks/{id}/switch",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        (
            "GET /webhooks/{id}/secret",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        (
            "POST /webhooks/{id}/secret",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        (
            "POST /webhooks/{id}/test",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        (
            "POST /webhooks/{id}/remove",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        (
            "POST /webhooks/{id}/deliveries/{delivery}/again",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        (
            "POST /webhooks/{id}",
            [303, 303, 403, 403, 403, 404],
            &[("site", "bao")],
        ),
        ("GET /outbox", [303, 303, 403, 403, 200, 200], &[]),
        (
            "POST /outbox/{id}/retry",
            [303, 303, 403, 403, 303, 303],
            &[],
        ),
        (
            "POST /outbox/{id}/discard",
            [303, 303, 403, 403, 303, 303],
            &[],
        ),
        ("GET /history", DESK, &[]),
        ("POST /history/export", DESK, &[]),
        ("GET /rules", DESK, &[]),
        ("GET /rules/one", DESK, &[]),
        (
            "POST /rules/undo",
            [303, 303, 403, 403, 303, 303],
            &[("site", "bao"), ("rule", "khong.co"), ("days", "7")],
        ),
        ("GET /rules/words", DESK, &[]),
        (
            "POST /rules/words",
            [303, 303, 403, 403, 422, 422],
            &[("site", "bao"), ("kind", "hold"), ("category", "spam")],
        ),
        (
            "POST /rules/words/{id}/live",
            [303, 303, 403, 403, 303, 303],
            &[("site", "bao")],
        ),
        (
            "POST /rules/words/{id}/draft",
            [303, 303, 403, 403, 303, 303],
            &[("site", "bao")],
        ),
        (
            "POST /rules/words/{id}/delete",
            [303, 303, 403, 403, 303, 303],
            &[("site", "bao")],
        ),
        (
            "POST /rules/backtests",
            [303, 303, 403, 403, 422, 422],
            &[("site", "bao"), ("days", "30")],
        ),
        (
            "GET /rules/backtests/{id}",
            [303, 303, 403, 403, 404, 404],
            &[],
        ),
        (
            "GET /rules/backtests/{id}/part",
            [303, 303, 403, 403, 404, 404],
            &[],
        ),
        (
            "POST /rules/backtests/{id}/cancel",
            [303, 303, 403, 403, 404, 404],
            &[("site", "bao")],
        ),
        ("GET /account", DESK, &[]),
        ("POST /account/name", say(DESK, 422), &[("name", "<b>")]),
        ("POST /account/language", LED, &[("language", "browser")]),
        (
            "POST /account/mail",
            LED,
            &[("pace", "digest"), ("zone", "Asia/Ho_Chi_Minh")],
        ),
        (
            "POST /account/password",
            say(DESK, 422),
            &[("old_password", "x"), ("new_password", "y")],
        ),
        ("POST /account/sessions/end", say(DESK, 422), &[]),
        ("POST /account/sessions/end-others", LED, &[]),
        ("GET /account/phone", LED, &[]),
        ("POST /account/phone/begin", LED, &[("password", PASSWORD)]),
        (
            "POST /account/phone/confirm",
            say(DESK, 422),
            &[("code", "x")],
        ),
        (
            "POST /account/phone/codes",
            say(DESK, 422),
            &[("password", "x")],
        ),
        (
            "POST /account/phone/off",
            say(DESK, 422),
            &[("password", "x")],
        ),
        ("GET /members", DESK_ADMINS, &[]),
        ("POST /members", say(DESK_ADMINS, 422), &[("role", "admin")]),
        ("GET /members/{id}", DESK_ADMINS, &[]),
        (
            "POST /members/{id}",
            say(DESK_ADMINS, 303),
            &[("role", "moderator")],
        ),
        ("POST /members/{id}/disable", say(DESK_ADMINS, 303), &[]),
        ("POST /members/{id}/enable", say(DESK_ADMINS, 303), &[]),
        ("POST /members/{id}/invite", say(DESK_ADMINS, 409), &[]),
        // At the end: then nobody is signed in.
        ("POST /sign-out", LED, &[]),
    ]
}
