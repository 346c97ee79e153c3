-- From when on an article takes no comments, whether or not anybody looks at a clock then.
ALTER TABLE articles ADD COLUMN closes_at TIMESTAMPTZ;
-- Whether every comment under it waits for a person, whatever rules and bans say.
ALTER TABLE articles ADD COLUMN premoderate BOOLEAN NOT NULL DEFAULT FALSE;
-- Title and address as they are searched: folded, words divided by spaces. Filled in by the service, since SQL folds nothing.
ALTER TABLE articles ADD COLUMN search_key TEXT;

-- What was not published, by its article; what was has an index of its own. Both are written when a comment is decided, not when it
-- arrives to wait. Queries must repeat the condition word for word.
CREATE INDEX comments_unpublished ON comments (site_id, article_id, status, id)
    WHERE status IN ('rejected', 'spam', 'withdrawn', 'erased');
-- Empty once the service has filled it in.
CREATE INDEX articles_without_key ON articles (site_id, id) WHERE search_key IS NULL;
