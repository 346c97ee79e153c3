-- What the CMS calls an article, where it stands on the newspaper's site, and all that was told of it, as JSON: of each thing the newest
-- word with its version and time, so that messages may come in any order.
ALTER TABLE articles ADD COLUMN external_id TEXT;
ALTER TABLE articles ADD COLUMN presence TEXT NOT NULL DEFAULT 'published';
ALTER TABLE articles ADD COLUMN told TEXT;
CREATE UNIQUE INDEX articles_by_external_id ON articles (site_id, external_id) WHERE external_id IS NOT NULL;

-- The secret before the last change of it, and until when it counts beside the new one.
ALTER TABLE sites ADD COLUMN former_secret TEXT;
ALTER TABLE sites ADD COLUMN former_secret_until TIMESTAMPTZ;

-- Messages of a CMS that have had their effect: the same once more has none. `mark` is a hash of what the sender names it by; rows are
-- dropped by their day.
CREATE TABLE cms_deliveries (
    site_id UUID NOT NULL REFERENCES sites (id),
    day INTEGER NOT NULL,
    mark BYTEA NOT NULL,
    PRIMARY KEY (site_id, day, mark)
);
