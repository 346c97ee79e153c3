-- What the newspaper's CMS calls a comment that it handed in, beside the comment, so that readers' comments pay nothing for it. By that name
-- it is told of decisions.
CREATE TABLE cms_comments (
    site_id UUID NOT NULL REFERENCES sites (id),
    comment_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (site_id, comment_id)
);
