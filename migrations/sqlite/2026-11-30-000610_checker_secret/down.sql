ALTER TABLE sites DROP COLUMN former_checker_secret_until;
ALTER TABLE sites DROP COLUMN former_checker_secret;
ALTER TABLE sites DROP COLUMN checker_secret;
