DROP INDEX comments_of_author;
CREATE INDEX comments_decided_by_author ON comments (site_id, email_key, id) WHERE status <> 'pending';

DELETE FROM sqlite_stat1 WHERE idx = 'comments_of_author';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('comments', 'comments_decided_by_author', '900000 900000 20 1');
