-- Drafts of a site's words, tried in the background on comments that are stored already. A few of each site are kept.
CREATE TABLE backtests (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    started_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    days INTEGER NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    total INTEGER,
    done INTEGER NOT NULL,
    reached BLOB,
    basis TEXT NOT NULL,
    findings TEXT NOT NULL,
    lease INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('backtests', 'backtests', '200 20 1');
ANALYZE sqlite_schema;
