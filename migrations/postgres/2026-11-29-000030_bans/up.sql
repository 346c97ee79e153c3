-- Whose comments a site's editors do not want: an author's email by its key, a pattern of names, a range of addresses. What was
-- lifted or has expired stays for the record.
CREATE TABLE bans (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    pattern TEXT NOT NULL,
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    expires_at TIMESTAMPTZ,
    created_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    lifted_by TEXT,
    lifted_at TIMESTAMPTZ,
    PRIMARY KEY (site_id, id)
);

-- Grows with each change of the site's bans, so that whoever remembers them knows whether they still hold.
ALTER TABLE sites ADD COLUMN bans_revision BIGINT NOT NULL DEFAULT 0;

-- The ban that settled a comment. Its index has those decisions only, so that no other pays for it.
ALTER TABLE decisions ADD COLUMN ban_id UUID;
CREATE INDEX decisions_by_ban ON decisions (site_id, ban_id, id) WHERE ban_id IS NOT NULL;
