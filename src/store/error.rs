//! What can go wrong in the store, by what it means to the caller.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A store call that did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Nothing there by that name.
    #[error("not found")]
    NotFound,
    /// It would break a rule of the data: a name that is taken, for example.
    #[error("{0}")]
    Conflict(String),
    /// Too much is waiting; the same call may do in a moment.
    #[error("the store is busy")]
    Busy,
    /// Another transaction was in the way, again and again.
    #[error("the store is contended")]
    Contended,
    /// The database is away, or locked by another program. Nothing was begun.
    #[error("the database is away: {0}")]
    Away(String),
    /// The database failed. Nothing was changed.
    #[error("the database failed: {0}")]
    Broken(String),
}

/// The store's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, detail) => {
                Self::Conflict(detail.message().to_owned())
            }
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => {
                Self::Contended
            }
            // Diesel has no kind of its own for PostgreSQL's 40P01.
            DieselError::DatabaseError(_, detail) if detail.message() == "deadlock detected" => {
                Self::Contended
            }
            other => Self::Broken(other.to_string()),
        }
    }
}
