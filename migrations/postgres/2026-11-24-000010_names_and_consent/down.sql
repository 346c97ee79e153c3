DROP INDEX comments_without_keys;
ALTER TABLE comments DROP COLUMN consent_at;
ALTER TABLE comments DROP COLUMN consent_version;
ALTER TABLE comments DROP COLUMN name_key;
ALTER TABLE sites DROP COLUMN members_revision;
