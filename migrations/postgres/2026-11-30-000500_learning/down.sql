DROP TABLE learn_marks;
DROP TABLE learn_snapshots;
DROP TABLE lessons;
