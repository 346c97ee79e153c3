DROP TABLE cms_deliveries;
ALTER TABLE sites DROP COLUMN former_secret_until;
ALTER TABLE sites DROP COLUMN former_secret;
DROP INDEX articles_by_external_id;
ALTER TABLE articles DROP COLUMN told;
ALTER TABLE articles DROP COLUMN presence;
ALTER TABLE articles DROP COLUMN external_id;
DELETE FROM sqlite_stat1 WHERE idx IN ('articles_by_external_id', 'cms_deliveries');
