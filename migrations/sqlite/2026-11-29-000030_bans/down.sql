DROP INDEX decisions_by_ban;
ALTER TABLE decisions DROP COLUMN ban_id;
ALTER TABLE sites DROP COLUMN bans_revision;
DROP TABLE bans;
DELETE FROM sqlite_stat1 WHERE tbl = 'bans' OR idx = 'decisions_by_ban';
