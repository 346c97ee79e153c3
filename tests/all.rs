//! The service from outside: a real process, asked over HTTP and on its command line, on both databases.

mod support;

mod smoke;
