//! What a chart wears: its title and description, its patterns, and classes in the place of colours.

use askama::Template;
use plotters::coord::Shift;
use plotters::prelude::{BLACK, DrawingArea, IntoDrawingArea, RGBColor, SVGBackend, ShapeStyle};
use plotters::style::{Color, IntoFont, TextStyle};

/// As many tones there are, each with a pattern.
pub(super) const TONES: u8 = 6;
/// As wide as all charts are; the page makes them fit.
pub(super) const WIDTH: u32 = 720;
/// What plotters calls a font size is larger than what it writes.
const TEXT: f64 = 16.0;

/// What a chart is called and what it tells, and what its parts are named by.
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    /// The begin of all ids in it: once a page.
    pub id: &'static str,
    /// Its name.
    pub title: &'a str,
    /// What it tells, in a sentence.
    pub about: &'a str,
}

#[derive(Template)]
#[template(path = "pages/chart.html")]
struct Dressed<'a> {
    face: Face<'a>,
    height: u32,
    tones: u8,
    shapes: String,
}

/// What is drawn on.
pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A drawing that went wrong is a mistake of ours; the table beneath still tells all.
pub(super) type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Draws a chart and dresses it; nothing where it cannot be drawn.
pub(super) fn draw(face: Face<'_>, height: u32, shapes: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let mut svg = String::new();
    let drawn = {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        shapes(&area).and_then(|()| Ok(area.present()?))
    };
    debug_assert!(drawn.is_ok(), "a chart: {drawn:?}");
    if drawn.is_err() {
        return String::new();
    }
    let within = svg.split_once('>').map_or("", |(_, rest)| rest);
    let within = within
        .rsplit_once("</svg>")
        .map_or(within, |(rest, _)| rest);
    let dressed = Dressed {
        face,
        height,
        tones: TONES,
        shapes: with_classes(within, face.id),
    };
    dressed.render().unwrap_or_default()
}

/// The colours that stand for classes while plotters draws. What people typed has its quotes escaped, so none of it looks like these.
const INK: RGBColor = RGBColor(2, 0, 0);
const AXIS: RGBColor = RGBColor(3, 0, 0);
const GRID: RGBColor = RGBColor(4, 0, 0);

fn with_classes(shapes: &str, id: &str) -> String {
    let mut shapes = shapes
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\"", "")
        .replace("fill=\"#020000\"", "class=\"ink\"")
        .replace("stroke=\"#030000\"", "class=\"axis\"")
        .replace("stroke=\"#040000\"", "class=\"grid\"")
        .replace(" font-family=\"sans-serif\"", "");
    for tone in 0..TONES {
        shapes = shapes
            .replace(
                &format!("fill=\"#0000{:02X}\"", tone + 1),
                &format!("fill=\"url(#{id}-{tone})\""),
            )
            .replace(
                &format!("stroke=\"#0000{:02X}\"", tone + 1),
                &format!("class=\"line-{tone}\""),
            );
    }
    shapes
}

/// A surface of a tone.
pub(super) fn surface(tone: u8) -> ShapeStyle {
    RGBColor(0, 0, tone + 1).filled()
}

/// A line of a tone.
pub(super) fn stroke(tone: u8) -> ShapeStyle {
    RGBColor(0, 0, tone + 1).stroke_width(2)
}

/// A line that bounds.
pub(super) fn axis() -> ShapeStyle {
    AXIS.stroke_width(1)
}

/// A line that leads the eye.
pub(super) fn grid() -> ShapeStyle {
    GRID.stroke_width(1)
}

/// Words.
pub(super) fn ink() -> TextStyle<'static> {
    ("sans-serif", TEXT).into_font().color(&INK)
}

/// What is not drawn.
pub(super) fn nothing() -> ShapeStyle {
    BLACK.mix(0.0).stroke_width(0)
}

/// A small square of a tone, for the words that tell what the tones of a chart are.
#[must_use]
pub fn swatch(id: &str, tone: usize) -> String {
    format!(
        r#"<svg class="swatch" aria-hidden="true" viewBox="0 0 16 16"><rect width="16" height="16" fill="url(#{id}-{tone})"/></svg>"#
    )
}
