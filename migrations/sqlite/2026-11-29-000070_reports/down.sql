ALTER TABLE sites DROP COLUMN alerted_at;
DROP TABLE reported;
DROP TABLE reports;
DELETE FROM sqlite_stat1 WHERE tbl IN ('reports', 'reported');
