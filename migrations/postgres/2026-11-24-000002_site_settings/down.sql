ALTER TABLE sites DROP COLUMN settings;
