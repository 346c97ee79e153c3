-- Whether its reader asked to be mailed when it is decided.
ALTER TABLE comments ADD COLUMN tell BOOLEAN NOT NULL DEFAULT FALSE;

-- Who was asked whether decisions may be mailed to them, and what they said: one row a mailbox and site.
CREATE TABLE subscriptions (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    mailbox TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL,
    address_mark INTEGER,
    asked_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    PRIMARY KEY (site_id, id),
    UNIQUE (site_id, mailbox)
);

-- How many were asked of late.
CREATE INDEX subscriptions_asked ON subscriptions (site_id, asked_at);
