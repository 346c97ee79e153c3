DROP INDEX decisions_by_ban;
ALTER TABLE decisions DROP COLUMN ban_id;
ALTER TABLE sites DROP COLUMN bans_revision;
DROP TABLE bans;
