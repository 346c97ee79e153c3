CREATE TABLE site_words (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    word TEXT NOT NULL,
    normal TEXT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT,
    weight REAL NOT NULL DEFAULT 1.0,
    state TEXT NOT NULL,
    note TEXT,
    created_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, id),
    UNIQUE (site_id, normal)
);

-- Grows with each change of the site's words, so that whoever has them compiled knows whether they still hold.
ALTER TABLE sites ADD COLUMN words_revision BIGINT NOT NULL DEFAULT 0;
