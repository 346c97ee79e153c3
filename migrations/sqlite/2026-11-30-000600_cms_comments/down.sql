DROP TABLE cms_comments;
DELETE FROM sqlite_stat1 WHERE tbl = 'cms_comments';
