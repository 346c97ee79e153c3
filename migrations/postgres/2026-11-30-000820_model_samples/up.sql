-- What a site's model would have decided on by itself and left to a person, so that it stays measured: what it would have done, and for how many
-- such comments that one stands. No text; a reader's edit takes the row away, since that is another text.
CREATE TABLE model_samples (
    site_id UUID NOT NULL REFERENCES sites (id),
    comment_id UUID NOT NULL,
    action TEXT NOT NULL,
    stands_for SMALLINT NOT NULL,
    PRIMARY KEY (site_id, comment_id)
);

-- For how many comments a lesson speaks in the measure of the model: itself, all that a sample stands for, or none, where the model had decided on
-- that text before a person did. `sampled` is what the model would have done with a sample.
ALTER TABLE lessons ADD COLUMN stands_for SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE lessons ADD COLUMN sampled TEXT;
