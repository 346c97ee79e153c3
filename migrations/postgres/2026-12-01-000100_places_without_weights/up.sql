-- Whether the weights of a snapshot are there. Where a lesson from before it was forgotten or learnt late, they are not what the lessons come to
-- any more and are thrown away: the place stays, and can be gone back to.
ALTER TABLE learn_snapshots ADD COLUMN has_weights BOOLEAN NOT NULL DEFAULT TRUE;
