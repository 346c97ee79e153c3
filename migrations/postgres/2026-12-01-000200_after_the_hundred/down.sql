ALTER TABLE lessons DROP COLUMN bad_after;
