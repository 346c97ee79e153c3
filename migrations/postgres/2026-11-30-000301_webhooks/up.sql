-- Who is told what happens to a site's comments. `events` is a list of words with spaces between; `since` says from when on they are told.
CREATE TABLE webhooks (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    with_text BOOLEAN NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_until TIMESTAMPTZ,
    state TEXT NOT NULL,
    reason TEXT,
    created_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    succeeded_at TIMESTAMPTZ,
    failing_since TIMESTAMPTZ,
    paused_until TIMESTAMPTZ,
    PRIMARY KEY (site_id, id)
);

-- What they are told. `due_at` is null once nothing is to be done any more.
CREATE TABLE webhook_deliveries (
    site_id UUID NOT NULL REFERENCES sites (id),
    endpoint_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    comment_id UUID,
    revision INTEGER NOT NULL,
    status TEXT,
    happened_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ,
    lease BIGINT NOT NULL,
    state TEXT NOT NULL,
    answer INTEGER,
    said TEXT,
    tried_at TIMESTAMPTZ,
    PRIMARY KEY (site_id, endpoint_id, id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (site_id, endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (site_id, endpoint_id, comment_id, revision, id) WHERE due_at IS NOT NULL;

-- How far a site's events were followed.
CREATE TABLE webhook_marks (
    site_id UUID NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id UUID NOT NULL
);
