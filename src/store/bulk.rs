//! Many rows in few statements.

/// As many rows as one statement takes: PostgreSQL allows 65,535 values, the widest table has 17 columns.
pub(super) const ROWS: usize = 500;

/// Inserts rows into a table. No row is no statement.
///
/// PostgreSQL takes many rows a statement, since each statement is a journey there and back. SQLite takes them one by one:
/// a statement for one row is prepared once and kept, one for many is long, new each time, and spends more on its
/// parsing than on its rows.
macro_rules! insert {
    ($db:expr, $table:expr, $rows:expr) => {
        match &mut $db.0 {
            $crate::store::db::Connected::Sqlite(c) => {
                for row in &$rows {
                    diesel::insert_into($table)
                        .values(row)
                        .execute(c.as_mut())?;
                }
            }
            $crate::store::db::Connected::Postgres(c) => {
                for rows in $rows.chunks($crate::store::bulk::ROWS) {
                    diesel::insert_into($table)
                        .values(rows)
                        .execute(c.as_mut())?;
                }
            }
        }
    };
}
pub(super) use insert;
