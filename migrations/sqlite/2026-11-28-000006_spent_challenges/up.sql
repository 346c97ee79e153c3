-- Proofs of work that a comment was taken in with, so that none counts twice. An id begins with the time when the challenge was
-- made; rows are dropped once that has expired anyway.
CREATE TABLE spent_challenges (
    site_id BLOB NOT NULL REFERENCES sites (id),
    id BLOB NOT NULL,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;
