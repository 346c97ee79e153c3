DELETE FROM sqlite_stat1 WHERE tbl = 'search_marks';
DROP TABLE __searched;
DROP TABLE __search;
DROP TABLE search_marks;
