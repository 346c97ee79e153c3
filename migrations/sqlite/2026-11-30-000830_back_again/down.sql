ALTER TABLE outbox DROP COLUMN tried_at;
ALTER TABLE outbox DROP COLUMN obstacle;
