DROP TABLE akismet_checks;
DROP INDEX comments_published_elsewhere;
DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id, parent_id) WHERE status = 'approved';
ALTER TABLE comments DROP COLUMN source;

DELETE FROM sqlite_stat1 WHERE idx IN ('comments_published', 'comments_published_elsewhere') OR tbl = 'akismet_checks';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('comments', 'comments_published', '800000 800000 20 1 1');
ANALYZE sqlite_schema;
