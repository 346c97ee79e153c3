//! The tables, as both migration trees make them; a test compares them with the real ones.

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    sites (id) {
        id -> SqlId,
        key -> Text,
        name -> Text,
        locale -> Text,
        origins -> Text,
        webhook_secret -> Text,
        akismet_key -> Text,
        created_at -> SqlInstant,
        noticed_at -> Nullable<SqlInstant>,
        words_revision -> BigInt,
        settings -> Text,
        members_revision -> BigInt,
        bans_revision -> BigInt,
        networks_swept -> Nullable<SqlId>,
        alerted_at -> Nullable<SqlInstant>,
        former_secret -> Nullable<Text>,
        former_secret_until -> Nullable<SqlInstant>,
        checker_secret -> Text,
        former_checker_secret -> Nullable<Text>,
        former_checker_secret_until -> Nullable<SqlInstant>,
        former_akismet_key -> Nullable<Text>,
        former_akismet_key_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Float, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    site_words (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        word -> Text,
        normal -> Text,
        kind -> Text,
        category -> Nullable<Text>,
        weight -> Float,
        state -> Text,
        note -> Nullable<Text>,
        created_by -> Text,
        created_at -> SqlInstant,
        updated_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    backtests (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        started_by -> Text,
        created_at -> SqlInstant,
        days -> Integer,
        words -> Text,
        state -> Text,
        total -> Nullable<BigInt>,
        done -> BigInt,
        reached -> Nullable<SqlId>,
        basis -> Text,
        findings -> Text,
        lease -> BigInt,
        leased_until -> SqlInstant,
        ended_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    bans (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        kind -> Text,
        pattern -> Text,
        key -> Text,
        reason -> Text,
        expires_at -> Nullable<SqlInstant>,
        created_by -> Text,
        created_at -> SqlInstant,
        lifted_by -> Nullable<Text>,
        lifted_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    articles (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        url -> Text,
        title -> Nullable<Text>,
        section -> Nullable<Text>,
        state -> Text,
        created_at -> SqlInstant,
        closes_at -> Nullable<SqlInstant>,
        premoderate -> Bool,
        search_key -> Nullable<Text>,
        external_id -> Nullable<Text>,
        presence -> Text,
        told -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::SqlId;
    former_addresses (site_id, url) {
        site_id -> SqlId,
        url -> Text,
        article_id -> SqlId,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::SqlId;
    cms_comments (site_id, comment_id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        external_id -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::store::types::SqlId;
    cms_deliveries (site_id, day, mark) {
        site_id -> SqlId,
        day -> Integer,
        mark -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Float, Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    comments (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        article_id -> SqlId,
        parent_id -> Nullable<SqlId>,
        name -> Text,
        email -> Text,
        email_key -> Text,
        body -> Text,
        fingerprint -> Nullable<BigInt>,
        status -> Text,
        lane -> Text,
        score -> Float,
        revision -> Integer,
        rules_version -> Text,
        created_at -> SqlInstant,
        edited_at -> Nullable<SqlInstant>,
        decided_at -> Nullable<SqlInstant>,
        name_key -> Nullable<Text>,
        consent_version -> Nullable<Text>,
        consent_at -> Nullable<SqlInstant>,
        address_mark -> Nullable<Integer>,
        tell -> Bool,
        network -> Nullable<Text>,
        newsroom -> Bool,
        source -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    akismet_checks (site_id, comment_id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        mark -> Binary,
        turn -> Integer,
        written_at -> Nullable<SqlInstant>,
        is_spam -> Bool,
        reported -> Nullable<Text>,
        callback -> Nullable<Text>,
        post -> Nullable<Text>,
        told -> Nullable<Bool>,
        may_publish -> Bool,
        calling_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Float, Integer, Nullable, Text};
    use crate::store::types::SqlId;
    evidence (site_id, comment_id, revision, position) {
        site_id -> SqlId,
        comment_id -> SqlId,
        revision -> Integer,
        position -> Integer,
        rule -> Text,
        category -> Text,
        field -> Text,
        start_char -> Integer,
        end_char -> Integer,
        excerpt -> Text,
        weight -> Float,
        view -> Text,
        cluster -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    decisions (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        batch_id -> SqlId,
        comment_id -> SqlId,
        action -> Text,
        from_status -> Text,
        to_status -> Text,
        revision -> Integer,
        actor_kind -> Text,
        actor_id -> Nullable<SqlId>,
        actor_name -> Text,
        reason -> Nullable<Text>,
        note -> Nullable<Text>,
        created_at -> SqlInstant,
        undone_at -> Nullable<SqlInstant>,
        undone_by -> Nullable<Text>,
        ban_id -> Nullable<SqlId>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    events (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        kind -> Text,
        comment_id -> Nullable<SqlId>,
        revision -> Nullable<Integer>,
        actor_kind -> Text,
        actor_name -> Text,
        detail -> Text,
        created_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    outbox (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        kind -> Text,
        comment_id -> Nullable<SqlId>,
        payload -> Text,
        state -> Text,
        attempts -> Integer,
        run_at -> SqlInstant,
        lease -> BigInt,
        last_error -> Nullable<Text>,
        created_at -> SqlInstant,
        done_at -> Nullable<SqlInstant>,
        is_ours -> Bool,
        obstacle -> Nullable<Text>,
        tried_at -> Nullable<SqlInstant>,
        may_have_arrived -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Text};
    use crate::store::types::SqlId;
    idempotency_keys (site_id, day, key) {
        site_id -> SqlId,
        day -> Integer,
        key -> Text,
        request_hash -> Binary,
        comment_id -> SqlId,
        status -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    subscriptions (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        mailbox -> Text,
        email -> Text,
        state -> Text,
        address_mark -> Nullable<Integer>,
        asked_at -> SqlInstant,
        answered_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary};
    use crate::store::types::SqlId;
    arrivals (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        replica -> SqlId,
        window_number -> BigInt,
        counts -> Binary,
    }
}

diesel::table! {
    use crate::store::types::SqlId;
    spent_challenges (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable};
    use crate::store::types::SqlId;
    search_marks (site_id) {
        site_id -> SqlId,
        event_id -> SqlId,
        filled_to -> Nullable<SqlId>,
        is_whole -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::store::types::SqlId;
    number_hours (site_id, hour) {
        site_id -> SqlId,
        hour -> BigInt,
        sections -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::store::types::SqlId;
    number_days (site_id, day) {
        site_id -> SqlId,
        day -> BigInt,
        sections -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable};
    use crate::store::types::{SqlId, SqlInstant};
    number_marks (site_id) {
        site_id -> SqlId,
        event_id -> SqlId,
        filled_to -> Nullable<BigInt>,
        is_whole -> Bool,
        holder -> SqlId,
        held_until -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    moderators (id) {
        id -> SqlId,
        email -> Text,
        email_key -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        created_at -> SqlInstant,
        disabled_at -> Nullable<SqlInstant>,
        locale -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::SqlId;
    moderator_sections (moderator_id, site_id, section) {
        moderator_id -> SqlId,
        site_id -> SqlId,
        section -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::store::types::SqlInstant;
    sign_in_attempts (mark) {
        mark -> Binary,
        failures -> Integer,
        last_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable};
    use crate::store::types::{SqlId, SqlInstant};
    second_factors (moderator_id) {
        moderator_id -> SqlId,
        sealed -> Binary,
        last_step -> BigInt,
        created_at -> SqlInstant,
        confirmed_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::store::types::SqlId;
    recovery_codes (moderator_id, hash) {
        moderator_id -> SqlId,
        hash -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    member_links (id) {
        id -> SqlId,
        moderator_id -> SqlId,
        kind -> Text,
        created_at -> SqlInstant,
        expires_at -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    member_events (id) {
        id -> SqlId,
        kind -> Text,
        member_id -> Nullable<SqlId>,
        member_name -> Text,
        actor_kind -> Text,
        actor_id -> Nullable<SqlId>,
        actor_name -> Text,
        via -> Nullable<Text>,
        address -> Nullable<Text>,
        browser -> Nullable<Text>,
        detail -> Text,
        times -> Integer,
        mark -> Nullable<Text>,
        created_at -> SqlInstant,
        last_at -> SqlInstant,
    }
}

diesel::table! {
    use crate::store::types::SqlId;
    moderator_sites (moderator_id, site_id) {
        moderator_id -> SqlId,
        site_id -> SqlId,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::store::types::{SqlId, SqlInstant};
    tokens (hash) {
        hash -> Binary,
        id -> SqlId,
        moderator_id -> SqlId,
        created_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    sessions (hash) {
        hash -> Binary,
        moderator_id -> SqlId,
        created_at -> SqlInstant,
        expires_at -> SqlInstant,
        seen_at -> Nullable<SqlInstant>,
        network -> Nullable<Text>,
        browser -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{SqlId, SqlInstant};
    claims (site_id, comment_id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        moderator_id -> SqlId,
        moderator_name -> Text,
        until -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{SqlId, SqlInstant};
    notes (site_id, comment_id, id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        id -> SqlId,
        moderator_name -> Text,
        text -> Text,
        created_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::store::types::SqlId;
    reports (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        comment_id -> SqlId,
        reason -> Text,
        note -> Nullable<Text>,
        reporter -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        batch_id -> Nullable<SqlId>,
    }
}

diesel::table! {
    use diesel::sql_types::Bool;
    use crate::store::types::SqlId;
    reported (site_id, comment_id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        first_id -> SqlId,
        is_open -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text};
    use crate::store::types::SqlId;
    mail_habits (moderator_id) {
        moderator_id -> SqlId,
        pace -> Text,
        quiet_from -> Nullable<Integer>,
        quiet_to -> Nullable<Integer>,
        zone -> Text,
        urgent_in_quiet -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Text};
    use crate::store::types::{SqlId, SqlInstant};
    gathered (site_id, is_urgent, seq) {
        site_id -> SqlId,
        is_urgent -> Bool,
        seq -> BigInt,
        comments -> Text,
        gathered_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    tellings (site_id, moderator_id) {
        site_id -> SqlId,
        moderator_id -> SqlId,
        ordinary_to -> BigInt,
        urgent_to -> BigInt,
        told -> Text,
        alerted -> Text,
        is_late -> Bool,
        reminded_of -> Nullable<SqlInstant>,
        revision -> BigInt,
        digest_id -> Nullable<SqlId>,
        alert_id -> Nullable<SqlId>,
        ahead -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    webhooks (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        url -> Text,
        events -> Text,
        with_text -> Bool,
        secret -> Text,
        old_secret -> Nullable<Text>,
        old_until -> Nullable<SqlInstant>,
        state -> Text,
        reason -> Nullable<Text>,
        created_by -> Text,
        created_at -> SqlInstant,
        since -> SqlInstant,
        succeeded_at -> Nullable<SqlInstant>,
        failing_since -> Nullable<SqlInstant>,
        paused_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{SqlId, SqlInstant};
    webhook_deliveries (site_id, endpoint_id, id) {
        site_id -> SqlId,
        endpoint_id -> SqlId,
        id -> SqlId,
        kind -> Text,
        comment_id -> Nullable<SqlId>,
        revision -> Integer,
        status -> Nullable<Text>,
        happened_at -> SqlInstant,
        attempts -> Integer,
        due_at -> Nullable<SqlInstant>,
        lease -> BigInt,
        state -> Text,
        answer -> Nullable<Integer>,
        said -> Nullable<Text>,
        tried_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use crate::store::types::SqlId;
    webhook_marks (site_id) {
        site_id -> SqlId,
        event_id -> SqlId,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Float, Nullable, SmallInt, Text};
    use crate::store::types::SqlId;
    lessons (site_id, decision_id) {
        site_id -> SqlId,
        decision_id -> SqlId,
        comment_id -> SqlId,
        action -> Text,
        harm -> Float,
        spam -> Float,
        is_toneless -> Bool,
        stands_for -> SmallInt,
        sampled -> Nullable<Text>,
        bad_after -> Nullable<Bool>,
    }
}

diesel::table! {
    use diesel::sql_types::{SmallInt, Text};
    use crate::store::types::SqlId;
    model_samples (site_id, comment_id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        action -> Text,
        stands_for -> SmallInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Text};
    use crate::store::types::{SqlId, SqlInstant};
    learn_snapshots (site_id, id) {
        site_id -> SqlId,
        id -> SqlId,
        lesson_id -> SqlId,
        lessons -> BigInt,
        base -> Text,
        weights -> Binary,
        created_at -> SqlInstant,
        has_weights -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{SqlId, SqlInstant};
    learn_marks (site_id) {
        site_id -> SqlId,
        event_id -> SqlId,
        base -> Text,
        skipped -> Text,
        holder -> SqlId,
        held_until -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, SmallInt, Text};
    use crate::store::types::SqlId;
    risks (site_id, comment_id) {
        site_id -> SqlId,
        comment_id -> SqlId,
        lane -> Nullable<Text>,
        rank -> SmallInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(articles, comments, events, outbox, claims, reported);
diesel::allow_tables_to_appear_in_same_query!(articles, former_addresses);
diesel::allow_tables_to_appear_in_same_query!(outbox, sites);
diesel::allow_tables_to_appear_in_same_query!(
    moderators,
    moderator_sites,
    moderator_sections,
    tokens,
    sessions,
    second_factors,
    member_links,
);
