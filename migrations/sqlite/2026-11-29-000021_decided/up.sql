-- The same with the status, so that an author's history is counted in the index alone: to look at each comment for it took a page of
-- the queue most of its time. It is written when a comment is decided. Queries must repeat the condition word for word.
DROP INDEX comments_decided_by_author;
CREATE INDEX comments_of_author ON comments (site_id, email_key, id, status) WHERE status <> 'pending';

DELETE FROM sqlite_stat1 WHERE idx = 'comments_decided_by_author';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('comments', 'comments_of_author', '900000 900000 20 1 1');
ANALYZE sqlite_schema;
