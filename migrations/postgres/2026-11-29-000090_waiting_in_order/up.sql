-- What waits, by each fact about it, in the order of ids (src/store/search/in_postgres.rs): GIN knows no order, so of what is
-- common among what waits it finds all to give the first few. There are rows only while a comment waits.
CREATE TABLE __waiting (
    site_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    fact TEXT COLLATE "C" NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (site_id, comment_id, fact)
);

CREATE INDEX __waiting_by_fact ON __waiting (site_id, fact, comment_id) INCLUDE (revision);

-- All is indexed anew for it, by the worker that does so from the start; what is not there yet is found once the worker is there.
TRUNCATE __searched;
DELETE FROM search_marks;
