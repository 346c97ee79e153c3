-- Whether the last attempt failed over what an operator must mend (a password, a certificate), whatever the mail.
ALTER TABLE outbox ADD COLUMN is_ours BOOLEAN NOT NULL DEFAULT false;
