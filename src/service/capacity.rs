//! How many clients the system lets the service have.

/// As many connections as are taken unless an operator says otherwise, and as many files as are kept for all the rest.
const CONNECTIONS: usize = 20_000;
const OWN_FILES: usize = 256;

/// As many connections as may be open: what the operator says, or what the system leaves when the service's own files
/// are open. The limit of files is raised as far as that needs first, since most systems begin with a low one.
pub fn connections(set: Option<usize>) -> usize {
    let wanted = set.unwrap_or(CONNECTIONS);
    let files = rlimit::increase_nofile_limit((wanted + OWN_FILES) as u64);
    let files = files.map_or(1_024, |files| usize::try_from(files).unwrap_or(usize::MAX));
    let possible = files.saturating_sub(OWN_FILES).max(64);
    if set.is_some() && wanted > possible {
        tracing::warn!(
            possible,
            "DUYET_CONNECTIONS is more than the system allows files to be open"
        );
    }
    wanted.min(possible)
}
