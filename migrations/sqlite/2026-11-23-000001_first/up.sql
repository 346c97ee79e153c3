CREATE TABLE sites (
    id BLOB NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    origins TEXT NOT NULL,
    webhook_secret TEXT NOT NULL,
    akismet_key TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    noticed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    section TEXT,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, id),
    UNIQUE (site_id, url)
) STRICT, WITHOUT ROWID;

-- With a rowid: rows of this width would lie in the inner pages of a WITHOUT ROWID table and leave them eight branches.
CREATE TABLE comments (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    article_id BLOB NOT NULL,
    parent_id BLOB,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    body TEXT NOT NULL,
    fingerprint INTEGER,
    status TEXT NOT NULL,
    lane TEXT NOT NULL,
    score REAL NOT NULL,
    revision INTEGER NOT NULL,
    rules_version TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    decided_at INTEGER,
    PRIMARY KEY (site_id, id),
    FOREIGN KEY (site_id, article_id) REFERENCES articles (site_id, id)
) STRICT;

CREATE INDEX comments_by_status ON comments (site_id, status, lane, id);
-- These two are written when a comment is decided, not when it arrives: their places are scattered, and scattered
-- writes would cost the intake most of its speed. Queries must repeat the condition word for word.
CREATE INDEX comments_published ON comments (site_id, article_id, id) WHERE status = 'approved';
CREATE INDEX comments_decided_by_author ON comments (site_id, email_key, id) WHERE status <> 'pending';

CREATE TABLE evidence (
    site_id BLOB NOT NULL,
    comment_id BLOB NOT NULL,
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
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
    site_id BLOB NOT NULL,
    id BLOB NOT NULL,
    batch_id BLOB NOT NULL,
    comment_id BLOB NOT NULL,
    action TEXT NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    actor_name TEXT NOT NULL,
    reason TEXT,
    note TEXT,
    created_at INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by TEXT,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX decisions_by_comment ON decisions (site_id, comment_id, id);
CREATE INDEX decisions_by_batch ON decisions (site_id, batch_id);

CREATE TABLE events (
    site_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    comment_id BLOB,
    revision INTEGER,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    detail TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    site_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    comment_id BLOB,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    lease INTEGER NOT NULL,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (site_id, kind, state, run_at);

CREATE TABLE idempotency_keys (
    site_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    comment_id BLOB NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (site_id, day, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE moderators (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE moderator_sites (
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    site_id BLOB NOT NULL REFERENCES sites (id),
    PRIMARY KEY (moderator_id, site_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
    hash BLOB NOT NULL PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash BLOB NOT NULL PRIMARY KEY,
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
