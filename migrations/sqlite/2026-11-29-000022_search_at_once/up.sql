-- Only PostgreSQL's index has a list of what is to be put in order later.
SELECT 1;
