-- Whether a member of the newspaper wrote it with their token: readers see whose word it is.
ALTER TABLE comments ADD COLUMN newsroom BOOLEAN NOT NULL DEFAULT FALSE;

-- The same with what each answers, so that the threads under an article are read from the index alone. It is written when a comment
-- is published. Queries must repeat the condition word for word.
DROP INDEX comments_published;
CREATE INDEX comments_published ON comments (site_id, article_id, id, parent_id) WHERE status = 'approved';
