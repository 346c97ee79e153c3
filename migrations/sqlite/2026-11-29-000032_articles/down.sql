DROP INDEX articles_without_key;
DROP INDEX comments_unpublished;
ALTER TABLE articles DROP COLUMN search_key;
ALTER TABLE articles DROP COLUMN premoderate;
ALTER TABLE articles DROP COLUMN closes_at;
DELETE FROM sqlite_stat1 WHERE idx IN ('comments_unpublished', 'articles_without_key');
