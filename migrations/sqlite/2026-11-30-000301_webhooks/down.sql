DROP TABLE webhook_marks;
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
DELETE FROM sqlite_stat1 WHERE tbl IN ('webhooks', 'webhook_deliveries', 'webhook_marks');
