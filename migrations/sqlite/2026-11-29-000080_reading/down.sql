DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id) WHERE status = 'approved';
ALTER TABLE comments DROP COLUMN newsroom;

DELETE FROM sqlite_stat1 WHERE idx = 'comments_published';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('comments', 'comments_published', '800000 800000 20 1');
ANALYZE sqlite_schema;
