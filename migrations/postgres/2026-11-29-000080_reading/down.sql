DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id) WHERE status = 'approved';
ALTER TABLE comments DROP COLUMN newsroom;
