-- Drafts of a site's words, tried in the background on comments that are stored already. A few of each site are kept.
CREATE TABLE backtests (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    started_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    days INTEGER NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    total BIGINT,
    done BIGINT NOT NULL,
    reached UUID,
    basis TEXT NOT NULL,
    findings TEXT NOT NULL,
    lease BIGINT NOT NULL,
    leased_until TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    PRIMARY KEY (site_id, id)
);
