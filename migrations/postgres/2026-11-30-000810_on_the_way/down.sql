ALTER TABLE tellings DROP COLUMN ahead;
ALTER TABLE tellings DROP COLUMN alert_id;
ALTER TABLE tellings DROP COLUMN digest_id;
