-- What is indexed is put in its place at once. A list of what is new would be gone through by each question until a vacuum comes;
-- and nobody waits for the worker that writes.
ALTER INDEX __searched_words SET (fastupdate = off);
SELECT gin_clean_pending_list('__searched_words');
