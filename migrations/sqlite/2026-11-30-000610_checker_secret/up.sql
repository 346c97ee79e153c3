-- What an external checker proves itself by, apart from the CMS: whoever runs one must not be able to speak for the other. Empty until one is made.
ALTER TABLE sites ADD COLUMN checker_secret TEXT NOT NULL DEFAULT '';
ALTER TABLE sites ADD COLUMN former_checker_secret TEXT;
ALTER TABLE sites ADD COLUMN former_checker_secret_until INTEGER;
