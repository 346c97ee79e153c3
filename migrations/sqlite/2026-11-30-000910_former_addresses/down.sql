DROP TABLE former_addresses;
DELETE FROM sqlite_stat1 WHERE tbl = 'former_addresses';
