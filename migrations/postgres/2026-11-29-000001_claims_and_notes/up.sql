-- What is on whose screen, for two minutes at a time. A row is written over by whoever comes after it has run out.
CREATE TABLE claims (
    site_id UUID NOT NULL REFERENCES sites (id),
    comment_id UUID NOT NULL,
    moderator_id UUID NOT NULL REFERENCES moderators (id),
    moderator_name TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, comment_id)
);

-- What moderators tell each other about a comment.
CREATE TABLE notes (
    site_id UUID NOT NULL REFERENCES sites (id),
    comment_id UUID NOT NULL,
    id UUID NOT NULL,
    moderator_name TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, comment_id, id)
);
