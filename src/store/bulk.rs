//! Many rows in few statements.
//!
//! PostgreSQL takes many rows a statement, since each statement is a journey there and back. SQLite takes them by eight or
//! one by one: such statements are prepared once and kept, while one for as many as there are would be long, new each
//! time, and spend more on its parsing than on its rows. Rows of one statement find their places faster, too: the next
//! key mostly belongs behind the last.

use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

/// As many rows as one statement takes: PostgreSQL allows 65,535 values, the widest table has 20 columns.
pub(super) const ROWS: usize = 500;

/// As many rows as one statement takes on SQLite, unless fewer are left.
const SQLITE_ROWS: usize = 8;

/// A row that SQLite is given by a statement of its table's own. See [`row!`].
pub(super) trait Row {
    /// The table.
    type Table: 'static;

    /// How the statement begins, up to its values.
    const INSERT: &'static str;

    /// Binds the values.
    fn bind<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()>;
}

/// A fixed number of rows as a statement. Diesel's own statement for the same rows is walked six times before it runs,
/// each time asking of every value whether it is there; this one is walked twice, and all values are.
struct Rows<'a, R, const N: usize>(&'a [R; N]);

/// What Diesel keeps the prepared statement under.
struct InsertInto<Table, const N: usize>(PhantomData<Table>);

impl<R: Row, const N: usize> QueryId for Rows<'_, R, N> {
    type QueryId = InsertInto<R::Table, N>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<R: Row, const N: usize> QueryFragment<Sqlite> for Rows<'_, R, N> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(R::INSERT);
        for (place, row) in self.0.iter().enumerate() {
            out.push_sql(if place == 0 { " (" } else { ", (" });
            row.bind(out.reborrow())?;
            out.push_sql(")");
        }
        Ok(())
    }
}

impl<R, const N: usize> RunQueryDsl<SqliteConnection> for Rows<'_, R, N> {}

/// Gives SQLite its rows.
pub(super) fn insert_each<R: Row>(c: &mut SqliteConnection, rows: &[R]) -> QueryResult<()> {
    let (full, rest) = rows.as_chunks::<SQLITE_ROWS>();
    for rows in full {
        Rows(rows).execute(c)?;
    }
    for row in rest {
        Rows(std::array::from_ref(row)).execute(c)?;
    }
    Ok(())
}

/// Makes a struct a [`Row`] of a table. Its fields are the table's columns, every one of them, or it does not compile.
macro_rules! row {
    ($name:ty => $table:ident: $first:ident $(, $column:ident)*) => {
        impl $crate::store::bulk::Row for $name {
            type Table = $table::table;

            const INSERT: &'static str = concat!(
                "INSERT INTO `", stringify!($table), "` (`", stringify!($first), "`",
                $(", `", stringify!($column), "`",)* ") VALUES"
            );

            fn bind<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, diesel::sqlite::Sqlite>,
            ) -> diesel::QueryResult<()> {
                let Self { $first $(, $column)* } = self;
                out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$first>, _>($first)?;
                $(
                    out.push_sql(", ");
                    out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$column>, _>($column)?;
                )*
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
                $crate::store::bulk::insert_each(c.as_mut(), &$rows)?;
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
