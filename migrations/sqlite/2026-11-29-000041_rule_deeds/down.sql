DROP INDEX decisions_by_rule;
DELETE FROM sqlite_stat1 WHERE idx = 'decisions_by_rule';
