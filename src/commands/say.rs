//! What a command prints. `println!` panics where nobody reads any more, as in `duyet site show bao | head -1`. Whoever has seen enough is no
//! fault: a command then does what is left of it and ends as it would have, and one that does nothing but print ends at once, quietly.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Nobody reads standard output any more.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads standard output any more")]
pub struct NobodyReads;

/// Prints a line: `say!("…", …)?`.
macro_rules! say {
    ($($told:tt)*) => {
        $crate::commands::say::line(::std::format_args!($($told)*))
    };
}
pub(crate) use say;

/// Prints a line, whether or not anybody reads it.
pub fn line(told: Arguments<'_>) -> anyhow::Result<()> {
    match writeln!(io::stdout().lock(), "{told}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// What came of writing to standard output, for a command that does nothing else: an error where nobody reads any more.
pub fn heard(written: io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(NobodyReads.into()),
        written => Ok(written?),
    }
}
