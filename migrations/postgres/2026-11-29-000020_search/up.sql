-- How far the search index has come, site by site: it follows the events, and beside that goes through what was there before.
CREATE TABLE search_marks (
    site_id UUID NOT NULL PRIMARY KEY REFERENCES sites (id),
    event_id UUID NOT NULL,
    filled_to UUID,
    is_whole BOOLEAN NOT NULL
);

-- Words of comments and facts about them, as the store makes them (src/store/search), and as of which revision they are. What
-- begins with two underscores is this database's own: SQLite has the same in a form of its own.
CREATE TABLE __searched (
    site_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (site_id, comment_id)
);

-- The one index that no site leads, since GIN knows no order of columns; that it is a site's is one of the words.
CREATE INDEX __searched_words ON __searched USING gin (words);
