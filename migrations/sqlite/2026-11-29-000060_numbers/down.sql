DELETE FROM sqlite_stat1 WHERE tbl IN ('number_hours', 'number_days', 'number_marks');
DROP TABLE number_marks;
DROP TABLE number_days;
DROP TABLE number_hours;
