DROP TABLE backtests;
DELETE FROM sqlite_stat1 WHERE tbl = 'backtests';
