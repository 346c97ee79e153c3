-- An older version asks for no more than it had.
SELECT 1;
