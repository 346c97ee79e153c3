-- What the comments of an hour came to, by section, as the store counts them (src/store/numbers): always counted anew as a whole, so
-- that to count twice changes nothing. Hours by their number since 1970 in UTC.
CREATE TABLE number_hours (
    site_id BLOB NOT NULL REFERENCES sites (id),
    hour INTEGER NOT NULL,
    sections TEXT NOT NULL,
    PRIMARY KEY (site_id, hour)
) STRICT, WITHOUT ROWID;

-- The hours of a day in Vietnam put together, which is all that a page reads. Days by their number since 1970.
CREATE TABLE number_days (
    site_id BLOB NOT NULL REFERENCES sites (id),
    day INTEGER NOT NULL,
    sections TEXT NOT NULL,
    PRIMARY KEY (site_id, day)
) STRICT, WITHOUT ROWID;

-- How far the counting has come, site by site, and which replica counts until when. Whoever does not hold it writes nothing.
CREATE TABLE number_marks (
    site_id BLOB NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id BLOB NOT NULL,
    filled_to INTEGER,
    is_whole INTEGER NOT NULL,
    holder BLOB NOT NULL,
    held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- See the migration `statistics`.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('number_hours', 'number_hours', '10000 10000 1'),
    ('number_days', 'number_days', '400 400 1'),
    ('number_marks', 'number_marks', '10 1');
ANALYZE sqlite_schema;
