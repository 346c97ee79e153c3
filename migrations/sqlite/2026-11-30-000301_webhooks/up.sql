-- Who is told what happens to a site's comments. `events` is a list of words with spaces between; `since` says from when on they are told.
CREATE TABLE webhooks (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    with_text INTEGER NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_until INTEGER,
    state TEXT NOT NULL,
    reason TEXT,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    succeeded_at INTEGER,
    failing_since INTEGER,
    paused_until INTEGER,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

-- What they are told. `due_at` is null once nothing is to be done any more.
CREATE TABLE webhook_deliveries (
    site_id BLOB NOT NULL REFERENCES sites (id),
    endpoint_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    comment_id BLOB,
    revision INTEGER NOT NULL,
    status TEXT,
    happened_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    lease INTEGER NOT NULL,
    state TEXT NOT NULL,
    answer INTEGER,
    said TEXT,
    tried_at INTEGER,
    PRIMARY KEY (site_id, endpoint_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (site_id, endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (site_id, endpoint_id, comment_id, revision, id) WHERE due_at IS NOT NULL;

-- How far a site's events were followed.
CREATE TABLE webhook_marks (
    site_id BLOB NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('webhooks', 'webhooks', '20 4 1'),
    ('webhook_deliveries', 'webhook_deliveries', '100000 50000 25000 1'),
    ('webhook_deliveries', 'webhook_deliveries_due', '1000 500 250 1 1'),
    ('webhook_deliveries', 'webhook_deliveries_order', '1000 500 250 2 1 1'),
    ('webhook_marks', 'webhook_marks', '20 1');
ANALYZE sqlite_schema;
