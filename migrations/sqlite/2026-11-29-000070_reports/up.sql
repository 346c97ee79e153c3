-- What readers reported of published comments. `reporter` is a keyed hash of the address that a report came from, and is removed when
-- the site's time for networks is over. What has no outcome is open; `batch_id` is the decision that settled it.
CREATE TABLE reports (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    comment_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    reporter INTEGER,
    outcome TEXT,
    batch_id BLOB,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_of_comment ON reports (site_id, comment_id, id);
CREATE INDEX reports_by_reporter ON reports (site_id, reporter, id) WHERE reporter IS NOT NULL;
-- Those whose reporter is not removed yet.
CREATE INDEX reports_with_reporter ON reports (site_id, id) WHERE reporter IS NOT NULL;

-- The comments that were ever reported: whether reports are open, and the first of these. It is a row of its own so that the comments,
-- which are written far more often, pay nothing for it.
CREATE TABLE reported (
    site_id BLOB NOT NULL REFERENCES sites (id),
    comment_id BLOB NOT NULL,
    first_id BLOB NOT NULL,
    is_open INTEGER NOT NULL,
    PRIMARY KEY (site_id, comment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reported_open ON reported (site_id, is_open, first_id);

-- When the moderators were last told of something urgent.
ALTER TABLE sites ADD COLUMN alerted_at INTEGER;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('reports', 'reports', '10000 10000 1'),
    ('reports', 'reports_of_comment', '10000 10000 3 1'),
    ('reports', 'reports_by_reporter', '10000 10000 3 1'),
    ('reports', 'reports_with_reporter', '10000 10000 1'),
    ('reported', 'reported', '3000 3000 1'),
    ('reported', 'reported_open', '3000 3000 100 1');
ANALYZE sqlite_schema;
