-- Its index gives what waits in order as it is.
SELECT 1;
