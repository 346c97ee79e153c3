-- What a site's model has learnt: each decision of a person, in the order of the decisions, with what the model said of the comment
-- before it was told. No text: that is read where it stands.
CREATE TABLE lessons (
    site_id BLOB NOT NULL REFERENCES sites (id),
    decision_id BLOB NOT NULL,
    comment_id BLOB NOT NULL,
    action TEXT NOT NULL,
    harm REAL NOT NULL,
    spam REAL NOT NULL,
    is_toneless INTEGER NOT NULL,
    PRIMARY KEY (site_id, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lessons_by_comment ON lessons (site_id, comment_id);

-- The weights as they were after a lesson; whatever was learnt since is learnt again from there. The newest by id is in use.
CREATE TABLE learn_snapshots (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    lesson_id BLOB NOT NULL,
    lessons INTEGER NOT NULL,
    base TEXT NOT NULL,
    weights BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, id)
) STRICT;

-- How far the learning has come, site by site, and which replica learns until when. Whoever does not hold it writes nothing. Decisions
-- in the stretches of `skipped` teach nothing any more: somebody has had them forgotten.
CREATE TABLE learn_marks (
    site_id BLOB NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id BLOB NOT NULL,
    base TEXT NOT NULL,
    skipped TEXT NOT NULL,
    holder BLOB NOT NULL,
    held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('lessons', 'lessons', '1000000 1000000 1'),
    ('lessons', 'lessons_by_comment', '1000000 1000000 2'),
    ('learn_snapshots', 'sqlite_autoindex_learn_snapshots_1', '100 100 1'),
    ('learn_marks', 'learn_marks', '10 1');
ANALYZE sqlite_schema;
