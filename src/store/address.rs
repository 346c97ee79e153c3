//! Where the data lives: what `DATABASE_URL` may say.

use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A database's address. The scheme decides; anything unknown is an error, never taken for a file name.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    Sqlite(String),
    /// A PostgreSQL address, `postgres://…`.
    Postgres(String),
}

impl Address {
    /// The SQLite file, where it is one.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(path) => Some(Path::new(path).to_path_buf()),
            Self::Postgres(_) => None,
        }
    }

    /// `sqlite` or `postgres`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// Leaves out what may hold a password.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{path}"),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// An address that names no database we know.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("give `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`")]
pub struct UnknownAddress;

impl FromStr for Address {
    type Err = UnknownAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:").ok_or(UnknownAddress)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        // A memory database would be another one on each connection.
        if path.is_empty() || path.contains(":memory:") || path.contains('?') {
            return Err(UnknownAddress);
        }
        Ok(Self::Sqlite(path.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_decides() {
        let sqlite = |path: &str| Ok(Address::Sqlite(path.to_owned()));
        assert_eq!("sqlite:duyet.db".parse(), sqlite("duyet.db"));
        assert_eq!("sqlite://duyet.db".parse(), sqlite("duyet.db"));
        assert_eq!(
            "sqlite:///var/lib/duyet.db".parse(),
            sqlite("/var/lib/duyet.db")
        );
        assert_eq!(
            "sqlite:/var/lib/duyet.db".parse(),
            sqlite("/var/lib/duyet.db")
        );
        let url = "postgres://u:p@db/duyet";
        assert_eq!(url.parse(), Ok(Address::Postgres(url.to_owned())));
        for wrong in ["duyet.db", "mysql://x/y", "", "sqlite:", "sqlite::memory:"] {
            assert_eq!(wrong.parse::<Address>(), Err(UnknownAddress), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let address: Address = "postgres://u:secret@db/duyet".parse().expect("an address");
        assert!(!format!("{address:?}").contains("secret"));
    }
}
