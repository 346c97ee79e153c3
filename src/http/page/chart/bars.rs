//! Rows: a bar each, or one bar of several parts.

use plotters::prelude::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::dress::{Area, Drawn, Face, TONES, WIDTH, axis, draw, ink, surface};

const ROW: i32 = 32;
/// Where bars begin, and where those of the whole end.
const LEFT: i32 = 290;
const RIGHT: i32 = 560;
/// As many letters of a label have room.
const LETTERS: usize = 36;

/// A row: what it is of, how long it is from 0 to 1, what is told beside it, and where a mark stands in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is, from 0 to 1.
    pub share: f64,
    /// What is told beside it.
    pub told: String,
    /// Where a mark stands.
    pub mark: Option<f64>,
}

#[allow(clippy::cast_possible_truncation, reason = "places on a chart")]
fn across(from: i32, to: i32, share: f64) -> i32 {
    from + (f64::from(to - from) * share.clamp(0.0, 1.0)).round() as i32
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    let begin: String = label.chars().take(LETTERS - 1).collect();
    format!("{}…", begin.trim_end())
}

fn row(area: &Area<'_>, bar: &Bar, top: i32) -> Drawn {
    let middle = top + ROW / 2;
    let at = |h| ink().pos(Pos::new(h, VPos::Center));
    let end = across(LEFT, RIGHT, bar.share).max(LEFT + 1);
    area.draw(&Text::new(
        shortened(&bar.label),
        (LEFT - 10, middle),
        at(HPos::Right),
    ))?;
    area.draw(&Rectangle::new(
        [(LEFT, top + 6), (end, top + ROW - 6)],
        surface(0),
    ))?;
    let mark = bar.mark.map(|mark| across(LEFT, RIGHT, mark));
    if let Some(x) = mark {
        area.draw(&PathElement::new(
            [(x, top + 2), (x, top + ROW - 2)],
            axis(),
        ))?;
    }
    // Behind the mark too, which may lie beyond the bar.
    let behind = mark.map_or(end, |x| x.max(end));
    area.draw(&Text::new(
        bar.told.clone(),
        (behind + 8, middle),
        at(HPos::Left),
    ))?;
    Ok(())
}

/// A row for each.
#[must_use]
pub fn bars(face: Face<'_>, bars: &[Bar]) -> String {
    let rows = i32::try_from(bars.len()).unwrap_or(0);
    let height = ROW * rows + 8;
    draw(face, height.unsigned_abs(), |area| -> Drawn {
        area.draw(&PathElement::new([(LEFT, 0), (LEFT, height)], axis()))?;
        let tops = (0..rows).map(|place| 4 + place * ROW);
        bars.iter()
            .zip(tops)
            .try_for_each(|(bar, top)| row(area, bar, top))
    })
}

/// One bar of parts, each of its tone: how long it is from 0 to 1, and what is told in it where there is room.
#[must_use]
pub fn shares(face: Face<'_>, parts: &[(f64, String)]) -> String {
    let (left, right) = (4, WIDTH.cast_signed() - 4);
    draw(face, 74, |area| -> Drawn {
        let mut before = 0.0;
        for (tone, (share, told)) in (0..TONES).zip(parts) {
            let (begin, end) = (
                across(left, right, before),
                across(left, right, before + share),
            );
            before += share;
            if begin == end {
                continue;
            }
            area.draw(&Rectangle::new([(begin, 30), (end, 70)], surface(tone)))?;
            if end - begin > 60 {
                let at = ink().pos(Pos::new(HPos::Center, VPos::Center));
                area.draw(&Text::new(
                    told.clone(),
                    (i32::midpoint(begin, end), 16),
                    at,
                ))?;
            }
        }
        Ok(())
    })
}
