ALTER TABLE evidence DROP COLUMN cluster;
ALTER TABLE comments DROP COLUMN address_mark;
