-- What is on whose screen, for two minutes at a time. A row is written over by whoever comes after it has run out.
CREATE TABLE claims (
    site_id BLOB NOT NULL REFERENCES sites (id),
    comment_id BLOB NOT NULL,
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    moderator_name TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (site_id, comment_id)
) STRICT, WITHOUT ROWID;

-- What moderators tell each other about a comment.
CREATE TABLE notes (
    site_id BLOB NOT NULL REFERENCES sites (id),
    comment_id BLOB NOT NULL,
    id BLOB NOT NULL,
    moderator_name TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, comment_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('claims', 'claims', '100 100 1'),
    ('notes', 'notes', '10000 10000 2 1');
ANALYZE sqlite_schema;
