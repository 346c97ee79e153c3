DROP TABLE mail_uses;
DROP TABLE tellings;
DROP TABLE gathered;
DROP TABLE mail_habits;
