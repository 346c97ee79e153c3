-- How a member wants to be mailed about what waits; who has no row has said nothing. Quiet hours are minutes of the day in their zone.
CREATE TABLE mail_habits (
    moderator_id BLOB NOT NULL PRIMARY KEY REFERENCES moderators (id),
    pace TEXT NOT NULL,
    quiet_from INTEGER,
    quiet_to INTEGER,
    zone TEXT NOT NULL,
    urgent_in_quiet INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Notices that were taken out of the outbox together, to be told to each member when their time comes. They are numbered in the order in
-- which they were committed, so that no clock decides what was told. `comments` is a list in JSON.
CREATE TABLE gathered (
    site_id BLOB NOT NULL REFERENCES sites (id),
    is_urgent INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    comments TEXT NOT NULL,
    gathered_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, is_urgent, seq)
) STRICT, WITHOUT ROWID;

-- How far each member was told, of what is urgent and of the rest; when, as far as the hour's ceiling asks (lists of microseconds); and
-- whether something waits for longer than was promised, of which they were reminded.
CREATE TABLE tellings (
    site_id BLOB NOT NULL REFERENCES sites (id),
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    ordinary_to INTEGER NOT NULL,
    urgent_to INTEGER NOT NULL,
    told TEXT NOT NULL,
    alerted TEXT NOT NULL,
    is_late INTEGER NOT NULL,
    reminded_of INTEGER,
    revision INTEGER NOT NULL,
    PRIMARY KEY (site_id, moderator_id)
) STRICT, WITHOUT ROWID;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('gathered', 'gathered', '2000 2000 1000 1'),
    ('tellings', 'tellings', '20 10 1');
ANALYZE sqlite_schema;
