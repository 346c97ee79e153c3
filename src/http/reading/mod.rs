//! What is published, for whoever reads: lists for the newspaper's pages.

mod asked;
pub mod list;
mod shown;

pub use asked::Asked;
