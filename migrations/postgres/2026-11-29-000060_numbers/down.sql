DROP TABLE number_marks;
DROP TABLE number_days;
DROP TABLE number_hours;
