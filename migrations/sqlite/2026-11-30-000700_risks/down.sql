DROP TABLE risks;
DELETE FROM sqlite_stat1 WHERE tbl = 'risks';
