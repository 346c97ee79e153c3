//! What is published, for whoever reads: lists for the newspaper's pages, pages of ours without scripts, and feeds.

mod asked;
pub mod feed;
pub mod list;
mod nested;
pub mod page;
mod shelf;
mod shown;

pub use asked::Asked;
pub use nested::nested;
pub use shelf::{Leaflet, LeafletKey, Page, Shelf};
