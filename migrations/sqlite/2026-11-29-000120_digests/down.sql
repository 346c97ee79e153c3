DROP TABLE tellings;
DROP TABLE gathered;
DROP TABLE mail_habits;
DELETE FROM sqlite_stat1 WHERE tbl IN ('gathered', 'tellings');
