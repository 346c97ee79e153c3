//! Lengths of time and shares as lines, a point a day or a hundred decisions.

use plotters::prelude::{ChartBuilder, Circle, PathElement, Rectangle, TriangleMarker};

use super::dress::{Drawn, Face, axis, draw, grid, ink, nothing, stroke, surface};
use super::stacked::{as_number, label};
use crate::messages::Messages;

const HEIGHT: u32 = 260;

/// A line: for each of its places a value, or nothing.
type Line = Vec<Option<f64>>;

/// In what lengths of time are told beside a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl Unit {
    /// The one that the longest is told in.
    fn of(seconds: f64) -> Self {
        match seconds {
            long if long > 3.0 * 86_400.0 => Self::Days,
            long if long > 3.0 * 3_600.0 => Self::Hours,
            _ => Self::Minutes,
        }
    }

    const fn seconds(self) -> f64 {
        match self {
            Self::Minutes => 60.0,
            Self::Hours => 3_600.0,
            Self::Days => 86_400.0,
        }
    }

    fn told(self, t: Messages, count: f64) -> String {
        let id = match self {
            Self::Minutes => "numbers-in-minutes",
            Self::Hours => "numbers-in-hours",
            Self::Days => "numbers-in-days",
        };
        #[allow(clippy::cast_possible_truncation, reason = "few digits")]
        let count = t.decimal(count as f32);
        t.with(id, &[("count", count.into())])
    }
}

/// Lengths of time by the day. A day without a point is a gap.
#[must_use]
pub fn lines(t: Messages, face: Face<'_>, labels: &[String], of: &[Line]) -> String {
    let longest = of.iter().flatten().flatten().copied().fold(60.0, f64::max);
    let unit = Unit::of(longest);
    let in_unit = |line: &Line| {
        let seconds = line.iter();
        let told = seconds.map(|seconds| Some((*seconds)? / unit.seconds()));
        told.collect()
    };
    let of: Vec<Line> = of.iter().map(in_unit).collect();
    let range = (0.0, longest / unit.seconds() * 1.08);
    plot(face, labels, &of, range, &|y| unit.told(t, y))
}

/// Shares from 0 to 1, from the tenth below the least to all.
#[must_use]
pub fn rates(t: Messages, face: Face<'_>, labels: &[String], of: &[Line]) -> String {
    let least = of.iter().flatten().flatten().copied().fold(0.9, f64::min);
    let range = ((least * 10.0).floor() / 10.0, 1.0);
    plot(face, labels, of, range, &|y| t.percent(y))
}

/// Up to three lines, told apart by their dashes and by round, square and three-cornered points.
fn plot(
    face: Face<'_>,
    labels: &[String],
    of: &[Line],
    (bottom, top): (f64, f64),
    told: &dyn Fn(f64) -> String,
) -> String {
    let end = as_number(labels.len() as u64) - 0.5;
    draw(face, HEIGHT, |area| -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .margin(10)
            .x_label_area_size(28)
            .y_label_area_size(80)
            .build_cartesian_2d(-0.5..end, bottom..top)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(labels.len().min(10))
            .y_labels(5)
            .x_label_formatter(&|x| label(labels, *x))
            .y_label_formatter(&|y| told(*y))
            .bold_line_style(grid())
            .light_line_style(nothing())
            .axis_style(axis())
            .label_style(ink())
            .draw()?;
        for (tone, line) in (0_u8..).zip(of) {
            let points: Vec<Option<(f64, f64)>> = line
                .iter()
                .enumerate()
                .map(|(place, y)| Some((as_number(place as u64), (*y)?)))
                .collect();
            let runs = points.split(Option::is_none);
            let runs = runs.map(|run| run.iter().flatten().copied().collect::<Vec<_>>());
            chart.draw_series(
                runs.filter(|run| run.len() > 1)
                    .map(|run| PathElement::new(run, stroke(tone))),
            )?;
            let points = points.into_iter().flatten();
            match tone {
                0 => {
                    chart.draw_series(points.map(|point| Circle::new(point, 4, surface(tone))))?;
                }
                1 => {
                    let (wide, high) = (4.5 / 630.0 * (end + 0.5), 4.5 / 212.0 * (top - bottom));
                    chart.draw_series(points.map(|(x, y)| {
                        let ends = [(x - wide, y - high), (x + wide, y + high)];
                        Rectangle::new(ends, surface(tone))
                    }))?;
                }
                _ => {
                    let corners = |point| TriangleMarker::new(point, 6, surface(tone));
                    chart.draw_series(points.map(corners))?;
                }
            }
        }
        Ok(())
    })
}
