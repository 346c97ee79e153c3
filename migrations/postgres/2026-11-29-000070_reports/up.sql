-- What readers reported of published comments. `reporter` is a keyed hash of the address that a report came from, and is removed when
-- the site's time for networks is over. What has no outcome is open; `batch_id` is the decision that settled it.
CREATE TABLE reports (
    site_id UUID NOT NULL REFERENCES sites (id),
    id UUID NOT NULL,
    comment_id UUID NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    reporter BIGINT,
    outcome TEXT,
    batch_id UUID,
    PRIMARY KEY (site_id, id)
);
CREATE INDEX reports_of_comment ON reports (site_id, comment_id, id);
CREATE INDEX reports_by_reporter ON reports (site_id, reporter, id) WHERE reporter IS NOT NULL;
-- Those whose reporter is not removed yet.
CREATE INDEX reports_with_reporter ON reports (site_id, id) WHERE reporter IS NOT NULL;

-- The comments that were ever reported: whether reports are open, and the first of these. It is a row of its own so that the comments,
-- which are written far more often, pay nothing for it.
CREATE TABLE reported (
    site_id UUID NOT NULL REFERENCES sites (id),
    comment_id UUID NOT NULL,
    first_id UUID NOT NULL,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, comment_id)
);
CREATE INDEX reported_open ON reported (site_id, is_open, first_id);

-- When the moderators were last told of something urgent.
ALTER TABLE sites ADD COLUMN alerted_at TIMESTAMPTZ;
