-- The same with the status, so that an author's history is counted in the index alone: to look at each comment for it took a page of
-- the queue most of its time. It is written when a comment is decided. Queries must repeat the condition word for word.
DROP INDEX comments_decided_by_author;
CREATE INDEX comments_of_author ON comments (site_id, email_key, id, status) WHERE status <> 'pending';
