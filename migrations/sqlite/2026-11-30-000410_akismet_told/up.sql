-- A call may break off on the way back, so what a comment's own system surely knows (`told`) is kept apart from what it may have heard:
-- `may_publish` says that `false` may be the last of that. Until `calling_until` somebody is telling it, and nobody else does.
ALTER TABLE akismet_checks ADD COLUMN may_publish INTEGER NOT NULL DEFAULT 0;
ALTER TABLE akismet_checks ADD COLUMN calling_until INTEGER;
UPDATE akismet_checks SET may_publish = 1 WHERE told = 0;

-- Of many that say the same, the one that was written then.
CREATE INDEX akismet_checks_by_time ON akismet_checks (site_id, mark, written_at, comment_id);

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('akismet_checks', 'akismet_checks_by_time', '100000 100000 2 1 1');
ANALYZE sqlite_schema;
