-- The key before the last one, and until when clients of the Akismet protocol are heard by it too, as with the other secrets of a site.
ALTER TABLE sites ADD COLUMN former_akismet_key TEXT;
ALTER TABLE sites ADD COLUMN former_akismet_key_until INTEGER;
