//! Many rows in few statements.

/// As many rows as one statement takes: SQLite allows 32,766 values, the widest table has 17 columns.
pub(super) const ROWS: usize = 500;

/// Inserts rows into a table, in statements of at most [`ROWS`]. No row is no statement.
macro_rules! insert {
    ($db:expr, $table:expr, $rows:expr) => {
        for rows in $rows.chunks($crate::store::bulk::ROWS) {
            $crate::store::db::each!($db, |c| diesel::insert_into($table).values(rows).execute(c))?;
        }
    };
}
pub(super) use insert;
