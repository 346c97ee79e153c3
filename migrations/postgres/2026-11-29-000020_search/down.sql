DROP TABLE __searched;
DROP TABLE search_marks;
