-- Where an article stood before it moved: pages and forms that still name such an address mean that article, until another stands there.
CREATE TABLE former_addresses (
    site_id UUID NOT NULL,
    url TEXT NOT NULL,
    article_id UUID NOT NULL,
    PRIMARY KEY (site_id, url),
    FOREIGN KEY (site_id, article_id) REFERENCES articles (site_id, id)
);
CREATE INDEX former_addresses_by_article ON former_addresses (site_id, article_id);
