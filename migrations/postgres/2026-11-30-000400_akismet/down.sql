DROP TABLE akismet_checks;
DROP INDEX comments_published_elsewhere;
DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id, parent_id) WHERE status = 'approved';
ALTER TABLE comments DROP COLUMN source;
