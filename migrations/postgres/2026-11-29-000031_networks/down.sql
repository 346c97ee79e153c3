ALTER TABLE sites DROP COLUMN networks_swept;
ALTER TABLE comments DROP COLUMN network;
