-- How far the search index has come, site by site: it follows the events, and beside that goes through what was there before.
CREATE TABLE search_marks (
    site_id BLOB NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id BLOB NOT NULL,
    filled_to BLOB,
    is_whole INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Words of comments and facts about them, as the store makes them (src/store/search). The index keeps no text. What begins with
-- two underscores is this database's own: PostgreSQL has the same in a form of its own.
CREATE VIRTUAL TABLE __search USING fts5 (bare, marked, facts, content = '', contentless_delete = 1, tokenize = 'ascii');

-- Which comment each row of the index is of, and as of which revision. Numbers rise as ids do, so that a page is read in its
-- order; they are not the rowids of `comments`, which a VACUUM may change.
CREATE TABLE __searched (
    number INTEGER PRIMARY KEY,
    site_id BLOB NOT NULL,
    comment_id BLOB NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('search_marks', 'search_marks', '10 1');
ANALYZE sqlite_schema;
