-- Whether a member of the newspaper wrote it with their token: readers see whose word it is.
ALTER TABLE comments ADD COLUMN newsroom INTEGER NOT NULL DEFAULT 0;

-- The same with what each answers, so that the threads under an article are read from the index alone. It is written when a comment
-- is published. Queries must repeat the condition word for word.
DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id, parent_id) WHERE status = 'approved';

-- See the migration `statistics`.
DELETE FROM sqlite_stat1 WHERE idx = 'comments_published';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('comments', 'comments_published', '800000 800000 20 1 1');
ANALYZE sqlite_schema;
