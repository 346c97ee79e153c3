-- What each rule has settled, the newest last. Only what a rule or a ban settles as it arrives is in it, so that no other pays for it.
CREATE INDEX decisions_by_rule ON decisions (site_id, actor_name, id) WHERE actor_kind = 'rule';

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('decisions', 'decisions_by_rule', '10000 10000 200 1');
ANALYZE sqlite_schema;
