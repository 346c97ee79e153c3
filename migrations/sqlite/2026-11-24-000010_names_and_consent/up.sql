-- Grows with each change of who moderates the site, so that whoever has their names read knows whether they still hold.
ALTER TABLE sites ADD COLUMN members_revision INTEGER NOT NULL DEFAULT 0;

-- Null where an older version wrote the row: `duyet migrate` and a running service fill it in, with email_key as it is made now.
ALTER TABLE comments ADD COLUMN name_key TEXT;
ALTER TABLE comments ADD COLUMN consent_version TEXT;
ALTER TABLE comments ADD COLUMN consent_at INTEGER;
-- Empty but for those rows, so it costs the intake nothing. Queries must repeat the condition word for word.
CREATE INDEX comments_without_keys ON comments (site_id, id) WHERE name_key IS NULL;
