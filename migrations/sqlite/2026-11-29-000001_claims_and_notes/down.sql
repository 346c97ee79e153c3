DROP TABLE notes;
DROP TABLE claims;
