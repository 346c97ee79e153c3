ALTER TABLE sites DROP COLUMN former_akismet_key_until;
ALTER TABLE sites DROP COLUMN former_akismet_key;
