-- Since when a member may not come in, and the language they read.
ALTER TABLE moderators ADD COLUMN disabled_at INTEGER;
ALTER TABLE moderators ADD COLUMN locale TEXT;

-- The sections of a site that a member is bound to; a site without any is theirs whole.
CREATE TABLE moderator_sections (
    moderator_id BLOB NOT NULL,
    site_id BLOB NOT NULL,
    section TEXT NOT NULL,
    PRIMARY KEY (moderator_id, site_id, section),
    FOREIGN KEY (moderator_id, site_id) REFERENCES moderator_sites (moderator_id, site_id)
) STRICT, WITHOUT ROWID;

-- When a session was used last, and from where.
ALTER TABLE sessions ADD COLUMN seen_at INTEGER;
ALTER TABLE sessions ADD COLUMN network TEXT;
ALTER TABLE sessions ADD COLUMN browser TEXT;
CREATE INDEX sessions_by_member ON sessions (moderator_id);

-- Wrong passwords and codes, by keyed hashes of what they were tried on and where they came from.
CREATE TABLE sign_in_attempts (
    mark BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The sealed secret of a member's one-time codes, and the step of the last one that was taken.
CREATE TABLE second_factors (
    moderator_id BLOB NOT NULL PRIMARY KEY REFERENCES moderators (id),
    sealed BLOB NOT NULL,
    last_step INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (moderator_id, hash)
) STRICT, WITHOUT ROWID;

-- Links that were mailed to members. The link itself is signed and stands nowhere.
CREATE TABLE member_links (
    id BLOB NOT NULL PRIMARY KEY,
    moderator_id BLOB NOT NULL REFERENCES moderators (id),
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX member_links_by_member ON member_links (moderator_id, created_at);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('moderator_sections', 'moderator_sections', '100 5 3 1');
ANALYZE sqlite_schema;
