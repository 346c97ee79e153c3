-- Where an article stood before it moved: pages and forms that still name such an address mean that article, until another stands there.
CREATE TABLE former_addresses (
    site_id BLOB NOT NULL,
    url TEXT NOT NULL,
    article_id BLOB NOT NULL,
    PRIMARY KEY (site_id, url),
    FOREIGN KEY (site_id, article_id) REFERENCES articles (site_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_addresses_by_article ON former_addresses (site_id, article_id);

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('former_addresses', 'former_addresses', '10000 10000 1'),
    ('former_addresses', 'former_addresses_by_article', '10000 10000 2 1');
ANALYZE sqlite_schema;
