DROP INDEX events_by_comment;
DROP INDEX events_of_site;
DROP INDEX events_acts;
DROP TABLE member_events;
DELETE FROM sqlite_stat1 WHERE tbl = 'member_events' OR idx IN ('events_acts', 'events_of_site', 'events_by_comment');
ANALYZE sqlite_schema;
