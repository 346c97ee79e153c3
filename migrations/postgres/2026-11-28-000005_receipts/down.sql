DROP TABLE subscriptions;
ALTER TABLE comments DROP COLUMN tell;
