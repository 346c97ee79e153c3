-- Whether a mail was handed over once and nobody knows whether it was taken.
ALTER TABLE outbox ADD COLUMN may_have_arrived BOOLEAN NOT NULL DEFAULT false;
