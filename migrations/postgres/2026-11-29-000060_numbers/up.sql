-- What the comments of an hour came to, by section, as the store counts them (src/store/numbers): always counted anew as a whole, so
-- that to count twice changes nothing. Hours by their number since 1970 in UTC.
CREATE TABLE number_hours (
    site_id UUID NOT NULL REFERENCES sites (id),
    hour BIGINT NOT NULL,
    sections TEXT NOT NULL,
    PRIMARY KEY (site_id, hour)
);

-- The hours of a day in Vietnam put together, which is all that a page reads. Days by their number since 1970.
CREATE TABLE number_days (
    site_id UUID NOT NULL REFERENCES sites (id),
    day BIGINT NOT NULL,
    sections TEXT NOT NULL,
    PRIMARY KEY (site_id, day)
);

-- How far the counting has come, site by site, and which replica counts until when. Whoever does not hold it writes nothing.
CREATE TABLE number_marks (
    site_id UUID NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id UUID NOT NULL,
    filled_to BIGINT,
    is_whole BOOLEAN NOT NULL,
    holder UUID NOT NULL,
    held_until TIMESTAMPTZ NOT NULL
);
