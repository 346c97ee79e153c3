-- What the newspaper's CMS calls a comment that it handed in, beside the comment, so that readers' comments pay nothing for it. By that name
-- it is told of decisions.
CREATE TABLE cms_comments (
    site_id BLOB NOT NULL REFERENCES sites (id),
    comment_id BLOB NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (site_id, comment_id)
) STRICT, WITHOUT ROWID;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('cms_comments', 'cms_comments', '100000 100000 1');
ANALYZE sqlite_schema;
