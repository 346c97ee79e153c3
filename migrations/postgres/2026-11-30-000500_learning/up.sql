-- What a site's model has learnt: each decision of a person, in the order of the decisions, with what the model said of the comment
-- before it was told. No text: that is read where it stands.
CREATE TABLE lessons (
    site_id UUID NOT NULL REFERENCES sites (id),
    decision_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    action TEXT NOT NULL,
    harm REAL NOT NULL,
    spam REAL NOT NULL,
    is_toneless BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, decision_id)
);
CREATE INDEX lessons_by_comment ON lessons (site_id, comment_id);

-- The weights as they were after a lesson; whatever was learnt since is learnt again from there. The newest by id is in use.
CREATE TABLE learn_snapshots (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    lesson_id UUID NOT NULL,
    lessons BIGINT NOT NULL,
    base TEXT NOT NULL,
    weights BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, id)
);

-- How far the learning has come, site by site, and which replica learns until when. Whoever does not hold it writes nothing. Decisions
-- in the stretches of `skipped` teach nothing any more: somebody has had them forgotten.
CREATE TABLE learn_marks (
    site_id UUID NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id UUID NOT NULL,
    base TEXT NOT NULL,
    skipped TEXT NOT NULL,
    holder UUID NOT NULL,
    held_until TIMESTAMPTZ NOT NULL
);
