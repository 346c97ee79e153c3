ALTER TABLE sites DROP COLUMN alerted_at;
DROP TABLE reported;
DROP TABLE reports;
