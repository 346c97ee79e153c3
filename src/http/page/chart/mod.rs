//! Charts as SVG that may stand in a page: drawn by plotters, which knows neither classes nor titles, and then dressed. Nothing in
//! them has a style, runs or loads; colours come from the page's own style sheet, so both themes have theirs; each tone has
//! a pattern of its own, so no chart needs its colours; and a title and a description tell what it shows.

mod bars;
mod dress;
mod lines;
mod stacked;

pub use bars::{Bar, bars, shares};
pub use dress::{Face, swatch};
pub use lines::{lines, rates};
pub use stacked::stacked;
