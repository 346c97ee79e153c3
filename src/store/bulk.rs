//! Many rows in few statements.
//!
//! PostgreSQL takes many rows a statement, since each statement is a journey there and back. SQLite takes them one by one:
//! a statement for one row is prepared once and kept, one for many is long, new each time, and spends more on its
//! parsing than on its rows.

use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

/// As many rows as one statement takes: PostgreSQL allows 65,535 values, the widest table has 17 columns.
pub(super) const ROWS: usize = 500;

/// A row that SQLite is given by a statement of its table's own. See [`row!`].
pub(super) trait Row {
    /// The table.
    type Table: 'static;

    /// Writes the statement's words and binds its values.
    fn walk<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()>;
}

/// One row as a statement. Diesel's own statement for the same row is walked six times before it runs, each time asking
/// of every value whether it is there; this one is walked twice, and all values are.
pub(super) struct OneRow<'a, R>(pub(super) &'a R);

/// What Diesel keeps the prepared statement under.
pub(super) struct InsertInto<Table>(PhantomData<Table>);

impl<R: Row> QueryId for OneRow<'_, R> {
    type QueryId = InsertInto<R::Table>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<R: Row> QueryFragment<Sqlite> for OneRow<'_, R> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.0.walk(out)
    }
}

impl<R> RunQueryDsl<SqliteConnection> for OneRow<'_, R> {}

/// Makes a struct a [`Row`] of a table. Its fields are the table's columns, every one of them, or it does not compile.
macro_rules! row {
    ($name:ty => $table:ident: $first:ident $(, $column:ident)*) => {
        impl $crate::store::bulk::Row for $name {
            type Table = $table::table;

            fn walk<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, diesel::sqlite::Sqlite>,
            ) -> diesel::QueryResult<()> {
                let Self { $first $(, $column)* } = self;
                out.push_sql(concat!(
                    "INSERT INTO `", stringify!($table), "` (`", stringify!($first), "`",
                    $(", `", stringify!($column), "`",)* ") VALUES ("
                ));
                out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$first>, _>($first)?;
                $(
                    out.push_sql(", ");
                    out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$column>, _>($column)?;
                )*
                out.push_sql(")");
                Ok(())
            }
        }
    };
}
pub(super) use row;

/// Inserts rows into a table. No row is no statement.
macro_rules! insert {
    ($db:expr, $table:expr, $rows:expr) => {
        match &mut $db.0 {
            $crate::store::db::Connected::Sqlite(c) => {
                for row in &$rows {
                    diesel::RunQueryDsl::execute($crate::store::bulk::OneRow(row), c.as_mut())?;
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
