-- What the query planner is to think of our tables: one site that has nearly all of each. Without statistics it takes a site for
-- ten rows, and then reads all articles of the site rather than look eight addresses up in their index. Fixed figures, since
-- plans that change with the data surprise one at the worst time (https://www.sqlite.org/queryplanner-ng.html#howtofix); an index
-- that is added needs a line here. Each column of figures: all rows, then rows that share the first column, the first two, …
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('articles', 'articles', '50000 50000 1'),
    ('articles', 'sqlite_autoindex_articles_2', '50000 50000 1'),
    ('comments', 'sqlite_autoindex_comments_1', '1000000 1000000 1'),
    ('comments', 'comments_by_status', '1000000 1000000 250000 100000 1'),
    ('comments', 'comments_published', '800000 800000 20 1'),
    ('comments', 'comments_decided_by_author', '900000 900000 20 1'),
    ('comments', 'comments_without_keys', '100 100 1'),
    ('evidence', 'evidence', '1000000 1000000 3 3 1'),
    ('decisions', 'decisions', '1000000 1000000 1'),
    ('decisions', 'decisions_by_comment', '1000000 1000000 2 1'),
    ('decisions', 'decisions_by_batch', '1000000 1000000 2'),
    ('events', 'events', '3000000 3000000 1'),
    ('outbox', 'outbox', '1000000 1000000 1'),
    ('outbox', 'outbox_due', '1000000 1000000 500000 100000 1'),
    ('idempotency_keys', 'idempotency_keys', '100000 100000 50000 1'),
    ('site_words', 'site_words', '1000 1000 1'),
    ('site_words', 'sqlite_autoindex_site_words_2', '1000 1000 1'),
    ('subscriptions', 'subscriptions', '10000 10000 1'),
    ('subscriptions', 'sqlite_autoindex_subscriptions_2', '10000 10000 1'),
    ('subscriptions', 'subscriptions_asked', '10000 10000 1'),
    ('spent_challenges', 'spent_challenges', '10000 10000 1'),
    ('arrivals', 'arrivals', '1000 1000 1');
-- Lets the connection that is open read them, too.
ANALYZE sqlite_schema;
