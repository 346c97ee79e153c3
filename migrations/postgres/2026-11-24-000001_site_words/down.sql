ALTER TABLE sites DROP COLUMN words_revision;
DROP TABLE site_words;
