CREATE TABLE sites (
    id UUID NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    origins TEXT NOT NULL,
    webhook_secret TEXT NOT NULL,
    akismet_key TEXT NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    noticed_at TIMESTAMPTZ
);

CREATE TABLE articles (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    section TEXT,
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, id),
    UNIQUE (site_id, url)
);

CREATE TABLE comments (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    article_id UUID NOT NULL,
    parent_id UUID,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    body TEXT NOT NULL,
    fingerprint BIGINT,
    status TEXT NOT NULL,
    lane TEXT NOT NULL,
    score REAL NOT NULL,
    revision INTEGER NOT NULL,
    rules_version TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    edited_at TIMESTAMPTZ,
    decided_at TIMESTAMPTZ,
    PRIMARY KEY (site_id, id),
    FOREIGN KEY (site_id, article_id) REFERENCES articles (site_id, id)
);

CREATE INDEX comments_by_status ON comments (site_id, status, lane, id);
-- These two are written when a comment is decided, not when it arrives: their places are scattered, and scattered
-- writes would cost the intake most of its speed. Queries must repeat the condition word for word.
CREATE INDEX comments_published ON comments (site_id, article_id, id) WHERE status = 'approved';
CREATE INDEX comments_decided_by_author ON comments (site_id, email_key, id) WHERE status <> 'pending';

CREATE TABLE evidence (
    site_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    category TEXT NOT NULL,
    field TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    excerpt TEXT NOT NULL,
    weight REAL NOT NULL,
    view TEXT NOT NULL,
    PRIMARY KEY (site_id, comment_id, revision, position)
);

CREATE TABLE decisions (
    site_id UUID NOT NULL,
    id UUID NOT NULL,
    batch_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    action TEXT NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID,
    actor_name TEXT NOT NULL,
    reason TEXT,
    note TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    undone_at TIMESTAMPTZ,
    undone_by TEXT,
    PRIMARY KEY (site_id, id)
);

CREATE INDEX decisions_by_comment ON decisions (site_id, comment_id, id);
CREATE INDEX decisions_by_batch ON decisions (site_id, batch_id);

CREATE TABLE events (
    site_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    comment_id UUID,
    revision INTEGER,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    detail TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, id)
);

CREATE TABLE outbox (
    site_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    comment_id UUID,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    lease BIGINT NOT NULL,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    done_at TIMESTAMPTZ,
    PRIMARY KEY (site_id, id)
);

CREATE INDEX outbox_due ON outbox (site_id, kind, state, run_at);

CREATE TABLE idempotency_keys (
    site_id UUID NOT NULL,
    day INTEGER NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    comment_id UUID NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (site_id, day, key)
);

CREATE TABLE moderators (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE moderator_sites (
    moderator_id UUID NOT NULL REFERENCES moderators (id),
    site_id UUID NOT NULL REFERENCES sites (id),
    PRIMARY KEY (moderator_id, site_id)
);

CREATE TABLE tokens (
    hash BYTEA NOT NULL PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    moderator_id UUID NOT NULL REFERENCES moderators (id),
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE sessions (
    hash BYTEA NOT NULL PRIMARY KEY,
    moderator_id UUID NOT NULL REFERENCES moderators (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
