-- How probable a site's model had it that a person would refuse a comment, when the comment came or changed last: its rank, from 0, the surest, to
-- 100. `lane` is where it waits, and null where it does not: its rank stays, since a page may go on from there. The worker of the search index
-- writes it, so that an arrival pays nothing for it. What waited before comes last.
CREATE TABLE risks (
    site_id BLOB NOT NULL REFERENCES sites (id),
    comment_id BLOB NOT NULL,
    lane TEXT,
    rank INTEGER NOT NULL,
    PRIMARY KEY (site_id, comment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX risks_waiting ON risks (site_id, lane, rank, comment_id) WHERE lane IS NOT NULL;
INSERT INTO risks (site_id, comment_id, lane, rank)
    SELECT site_id, id, lane, 100 FROM comments WHERE status = 'pending';

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('risks', 'risks', '1000000 1000000 1'),
    ('risks', 'risks_waiting', '10000 10000 3000 100 1');
ANALYZE sqlite_schema;
