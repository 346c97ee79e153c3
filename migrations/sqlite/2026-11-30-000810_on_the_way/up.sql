-- The last mail to a member of each kind: while it cannot leave, what is new waits for the next one, so that a mail server that comes back is no flood.
ALTER TABLE tellings ADD COLUMN digest_id BLOB;
ALTER TABLE tellings ADD COLUMN alert_id BLOB;
-- What was told as urgent before the next digest came to it, each with the number up to which it is known.
ALTER TABLE tellings ADD COLUMN ahead TEXT NOT NULL DEFAULT '[]';
