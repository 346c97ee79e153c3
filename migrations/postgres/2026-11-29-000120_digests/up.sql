-- How a member wants to be mailed about what waits; who has no row has said nothing. Quiet hours are minutes of the day in their zone.
CREATE TABLE mail_habits (
    moderator_id UUID NOT NULL PRIMARY KEY REFERENCES moderators (id),
    pace TEXT NOT NULL,
    quiet_from INTEGER,
    quiet_to INTEGER,
    zone TEXT NOT NULL,
    urgent_in_quiet BOOLEAN NOT NULL
);

-- Notices that were taken out of the outbox together, to be told to each member when their time comes. They are numbered in the order in
-- which they were committed, so that no clock decides what was told. `comments` is a list in JSON.
CREATE TABLE gathered (
    site_id UUID NOT NULL REFERENCES sites (id),
    is_urgent BOOLEAN NOT NULL,
    seq BIGINT NOT NULL,
    comments TEXT NOT NULL,
    gathered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (site_id, is_urgent, seq)
);

-- How far each member was told, of what is urgent and of the rest; when, as far as the hour's ceiling asks (lists of microseconds); and
-- whether something waits for longer than was promised, of which they were reminded.
CREATE TABLE tellings (
    site_id UUID NOT NULL REFERENCES sites (id),
    moderator_id UUID NOT NULL REFERENCES moderators (id),
    ordinary_to BIGINT NOT NULL,
    urgent_to BIGINT NOT NULL,
    told TEXT NOT NULL,
    alerted TEXT NOT NULL,
    is_late BOOLEAN NOT NULL,
    reminded_of TIMESTAMPTZ,
    revision BIGINT NOT NULL,
    PRIMARY KEY (site_id, moderator_id)
);
