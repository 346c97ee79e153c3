-- What stood in the way of the last attempt, where that was neither the mail nor whom it is for: the mail server, or that it relays nothing for us.
ALTER TABLE outbox ADD COLUMN obstacle TEXT;
-- When it was taken up last, or somebody who sends it gave a sign of life.
ALTER TABLE outbox ADD COLUMN tried_at TIMESTAMPTZ;
-- Of what failed before nobody has noted whose fault it was: one of these asks, and the first that is taken brings the others.
UPDATE outbox SET obstacle = 'server', tried_at = created_at WHERE kind = 'mail' AND state = 'ready' AND last_error IS NOT NULL;
