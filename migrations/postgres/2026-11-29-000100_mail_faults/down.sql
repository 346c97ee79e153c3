ALTER TABLE outbox DROP COLUMN is_ours;
