-- What waits is found by its article, author and cluster at once (src/store/search/fact.rs): all is indexed anew for it, by the
-- worker that does so from the start; what is not there yet is found once the worker is there.
TRUNCATE __searched;
DELETE FROM search_marks;
