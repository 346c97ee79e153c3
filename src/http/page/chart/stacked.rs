//! Columns of several parts, a column a day.

use plotters::prelude::{ChartBuilder, Rectangle};

use super::dress::{Drawn, Face, axis, draw, grid, ink, nothing, surface};
use crate::messages::Messages;

const HEIGHT: u32 = 300;

/// A column for each label, of parts from below in the order of their tones.
#[must_use]
pub fn stacked(t: Messages, face: Face<'_>, labels: &[String], columns: &[Vec<u64>]) -> String {
    let most = columns.iter().map(|parts| parts.iter().sum::<u64>()).max();
    let top = as_number(most.unwrap_or_default()).max(4.0) * 1.05;
    let end = as_number(labels.len() as u64) - 0.5;
    draw(face, HEIGHT, |area| -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .margin(10)
            .x_label_area_size(28)
            .y_label_area_size(64)
            .build_cartesian_2d(-0.5..end, 0.0..top)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(labels.len().min(10))
            .y_labels(5)
            .x_label_formatter(&|x| label(labels, *x))
            .y_label_formatter(&|y| whole(*y).map(|y| t.number(y)).unwrap_or_default())
            .bold_line_style(grid())
            .light_line_style(nothing())
            .axis_style(axis())
            .label_style(ink())
            .draw()?;
        for (place, parts) in columns.iter().enumerate() {
            let (x, mut below) = (as_number(place as u64), 0);
            for (tone, part) in parts.iter().enumerate().filter(|(_, part)| **part > 0) {
                let ends = [
                    (x - 0.38, as_number(below)),
                    (x + 0.38, as_number(below + part)),
                ];
                chart.draw_series([Rectangle::new(ends, surface(tone_of(tone)))])?;
                below += part;
            }
        }
        Ok(())
    })
}

#[allow(clippy::cast_possible_truncation, reason = "there are as few tones")]
fn tone_of(place: usize) -> u8 {
    place as u8
}

#[allow(clippy::cast_precision_loss, reason = "counts of comments")]
pub(super) fn as_number(count: u64) -> f64 {
    count as f64
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places on an axis"
)]
fn whole(place: f64) -> Option<u64> {
    let near = place.round();
    (near >= 0.0 && (place - near).abs() < 1e-6).then_some(near as u64)
}

/// The label at a place of the axis; none between two.
pub(super) fn label(labels: &[String], place: f64) -> String {
    let at = whole(place).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| labels.get(at))
        .cloned()
        .unwrap_or_default()
}
