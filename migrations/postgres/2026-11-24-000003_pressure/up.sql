-- How many comments came from where, for the limits: what each replica tells the others, once a second. No address and no
-- email, only hashes under a key of the day; kept for as long as they are counted, some twenty minutes.
CREATE TABLE arrivals (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    replica UUID NOT NULL,
    window_number BIGINT NOT NULL,
    counts BYTEA NOT NULL,
    PRIMARY KEY (site_id, id)
);
