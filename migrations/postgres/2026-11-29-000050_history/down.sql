DROP INDEX events_by_comment;
DROP INDEX events_of_site;
DROP INDEX events_acts;
DROP TABLE member_events;
