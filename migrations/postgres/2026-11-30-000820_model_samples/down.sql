ALTER TABLE lessons DROP COLUMN sampled;
ALTER TABLE lessons DROP COLUMN stands_for;
DROP TABLE model_samples;
