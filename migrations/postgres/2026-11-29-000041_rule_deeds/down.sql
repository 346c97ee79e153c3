DROP INDEX decisions_by_rule;
