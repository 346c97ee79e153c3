DROP TABLE cms_comments;
