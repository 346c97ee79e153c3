-- Where a comment came from that the newspaper shows by itself; nothing where its reader sent it to us. Ours are the lists of the
-- latter alone.
ALTER TABLE comments ADD COLUMN source TEXT;

-- What is public, and what is published elsewhere, for who looks at an article here. Queries must repeat the conditions word for word.
DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id, parent_id) WHERE status = 'approved' AND source IS NULL;
CREATE INDEX comments_published_elsewhere ON comments (site_id, article_id, id) WHERE status = 'approved' AND source IS NOT NULL;

-- What came by the Akismet protocol, beside its comment, so that readers' comments pay nothing for it. `mark` is a hash of what a check
-- says: who checks again, or reports, is told of the same comment. Those that say the same are told apart by `turn`, and by when each was
-- written as far as its sender says. `is_spam` is what the first check was answered, `reported` what people there said of it (spam or ham),
-- `callback` where they hear of a decision, `post` how they call the page it stands under, `told` what they were told last (whether it is
-- spam).
CREATE TABLE akismet_checks (
    site_id BLOB NOT NULL REFERENCES sites (id),
    comment_id BLOB NOT NULL,
    mark BLOB NOT NULL,
    turn INTEGER NOT NULL,
    written_at INTEGER,
    is_spam INTEGER NOT NULL,
    reported TEXT,
    callback TEXT,
    post TEXT,
    told INTEGER,
    PRIMARY KEY (site_id, comment_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX akismet_checks_by_mark ON akismet_checks (site_id, mark, turn);

-- See the migration `statistics`.
DELETE FROM sqlite_stat1 WHERE idx = 'comments_published';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('comments', 'comments_published', '800000 800000 20 1 1'),
    ('comments', 'comments_published_elsewhere', '100000 100000 20 1'),
    ('akismet_checks', 'akismet_checks', '100000 100000 1'),
    ('akismet_checks', 'akismet_checks_by_mark', '100000 100000 1 1');
ANALYZE sqlite_schema;
