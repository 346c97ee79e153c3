DROP TABLE webhook_marks;
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
