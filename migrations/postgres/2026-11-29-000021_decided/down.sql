DROP INDEX comments_of_author;
CREATE INDEX comments_decided_by_author ON comments (site_id, email_key, id) WHERE status <> 'pending';
