DROP INDEX akismet_checks_by_time;
ALTER TABLE akismet_checks DROP COLUMN calling_until;
ALTER TABLE akismet_checks DROP COLUMN may_publish;
