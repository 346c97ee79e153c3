-- What happened to members' accounts: who came in and who did not, invitations, rights, passwords, second steps. It belongs to no
-- site. Attempts that failed are gathered by `mark`: one row an hour for each account and address, with how often.
CREATE TABLE member_events (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    member_id BLOB,
    member_name TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    actor_name TEXT NOT NULL,
    via TEXT,
    address TEXT,
    browser TEXT,
    detail TEXT NOT NULL,
    times INTEGER NOT NULL,
    mark TEXT,
    created_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX member_events_by_member ON member_events (member_id, id);
CREATE INDEX member_events_by_mark ON member_events (mark, id) WHERE mark IS NOT NULL;

-- What people and rules did, without the arrivals that nobody did anything about: those are most of the events, and pay nothing
-- for these indexes. Whoever asks must say the same as the indexes do, letter by letter.
CREATE INDEX events_acts ON events (site_id, id, kind, actor_kind)
    WHERE (kind <> 'comment.received' OR actor_kind <> 'reader');
-- What is no comment's: bans, words, articles, settings. They are few, and are not looked for among decisions.
CREATE INDEX events_of_site ON events (site_id, id) WHERE comment_id IS NULL;
CREATE INDEX events_by_comment ON events (site_id, comment_id, id) WHERE kind <> 'comment.received';

-- See the migration `statistics`. Few acts, so that they are not looked for among the arrivals.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('member_events', 'member_events', '100000 1'),
    ('member_events', 'member_events_by_member', '100000 1000 1'),
    ('member_events', 'member_events_by_mark', '10000 10 1'),
    ('events', 'events_acts', '100000 100000 1 1 1'),
    ('events', 'events_of_site', '10000 10000 1'),
    ('events', 'events_by_comment', '100000 100000 2 1');
ANALYZE sqlite_schema;
