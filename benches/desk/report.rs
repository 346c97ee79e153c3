//! The figures as Markdown.

use std::time::Duration;

use duyet::store::Store;

use crate::Options;
use crate::cases::Row;
use crate::fill::Filled;

pub fn filled(options: &Options, store: &Store, filled: &Filled, all: Duration) {
    println!(
        "{}: {} comments, {} of a hundred waiting, {} sites, {} articles; written in {:.0} s, indexed in {:.0} s, counted in {:.0} s, ready after {:.0} s.\n",
        store.address().kind(),
        options.comments,
        options.waiting,
        options.sites,
        options.articles,
        filled.written.as_secs_f64(),
        filled.indexed.as_secs_f64(),
        filled.counted.as_secs_f64(),
        all.as_secs_f64(),
    );
}

pub fn times(rows: &[Row]) {
    println!("| page | cards | median, ms | 95th percentile, ms |\n| --- | ---: | ---: | ---: |");
    for row in rows {
        let at =
            |percent: usize| row.times[(row.times.len() * percent / 100).min(row.times.len() - 1)];
        println!(
            "| {} | {} | {:.2} | {:.2} |",
            row.name,
            row.cards,
            at(50).as_secs_f64() * 1e3,
            at(95).as_secs_f64() * 1e3
        );
    }
    println!();
}
