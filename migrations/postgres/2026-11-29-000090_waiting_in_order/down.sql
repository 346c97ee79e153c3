DROP TABLE __waiting;
