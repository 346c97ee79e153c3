ALTER TABLE evidence DROP COLUMN cluster;
ALTER TABLE evidence DROP COLUMN cluster_id;
ALTER TABLE comments DROP COLUMN address_mark;
