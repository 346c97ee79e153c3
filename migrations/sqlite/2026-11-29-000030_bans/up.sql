-- Whose comments a site's editors do not want: an author's email by its key, a pattern of names, a range of addresses. What was
-- lifted or has expired stays for the record.
CREATE TABLE bans (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    pattern TEXT NOT NULL,
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    expires_at INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    lifted_by TEXT,
    lifted_at INTEGER,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

-- Grows with each change of the site's bans, so that whoever remembers them knows whether they still hold.
ALTER TABLE sites ADD COLUMN bans_revision INTEGER NOT NULL DEFAULT 0;

-- The ban that settled a comment. Its index has those decisions only, so that no other pays for it.
ALTER TABLE decisions ADD COLUMN ban_id BLOB;
CREATE INDEX decisions_by_ban ON decisions (site_id, ban_id, id) WHERE ban_id IS NOT NULL;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('bans', 'bans', '1000 1000 1'),
    ('decisions', 'decisions_by_ban', '10000 10000 100 1');
ANALYZE sqlite_schema;
