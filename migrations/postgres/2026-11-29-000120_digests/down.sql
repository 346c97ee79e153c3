DROP TABLE tellings;
DROP TABLE gathered;
DROP TABLE mail_habits;
