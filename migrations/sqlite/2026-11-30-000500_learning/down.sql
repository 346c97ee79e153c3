DELETE FROM sqlite_stat1 WHERE tbl IN ('lessons', 'learn_snapshots', 'learn_marks');
DROP TABLE learn_marks;
DROP TABLE learn_snapshots;
DROP TABLE lessons;
