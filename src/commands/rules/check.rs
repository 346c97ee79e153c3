//! `duyet rules check`

use std::path::PathBuf;

use crate::commands::say::say;
use anyhow::bail;
use duyet::rules::{check, shipped};
use duyet::service::packs_in;

/// Checks the packs of a folder, or those compiled in.
pub fn run(folder: Option<PathBuf>) -> anyhow::Result<()> {
    let packs = match folder {
        Some(folder) => packs_in(&folder)?,
        None => shipped(),
    };
    let report = check(&packs);
    say!("{report}")?;
    if report.failures.is_empty() {
        Ok(())
    } else {
        bail!(
            "{} of the rules' promises do not hold",
            report.failures.len()
        )
    }
}
