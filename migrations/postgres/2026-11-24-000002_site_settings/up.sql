-- JSON, only what differs from the defaults.
ALTER TABLE sites ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
