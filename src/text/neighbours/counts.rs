//! Reads the counts: one word a line, its uses in tenths, then those that follow it and those that follow with one
//! word between, each as `count:word,word …`.

use rustc_hash::FxHashMap;

use super::readings::MOST_READINGS;
use super::table::Pair;
use super::{FoldId, Neighbours, Table};
use crate::text::base;

/// The word that stands for a text's edge. It sorts before every letter.
const EDGE: &str = ".";
/// How many uses a reading that was never seen is granted.
const UNSEEN_USES: f32 = 0.3;

type Pairs = Vec<Pair>;

struct Line<'a> {
    word: &'a str,
    folded: String,
    uses: f32,
    next: &'a str,
    second: &'a str,
}

impl Neighbours {
    /// Lines that are not as described are passed over.
    pub(super) fn read(text: &str) -> Self {
        let lines = lines(text);
        let ids: FxHashMap<&str, u16> = (0..)
            .zip(&lines)
            .map(|(id, line)| (line.word, id))
            .collect();
        let (folds, fold_of) = number_folds(&lines);
        let readings = first_readings(&fold_of);

        let mut uses = vec![0.0; folds.len()];
        for (line, fold) in lines.iter().zip(&fold_of) {
            uses[usize::from(*fold)] += line.uses;
        }
        let share = |n: f32, fold: u16| n / (uses[usize::from(fold)] + UNSEEN_USES);
        let shares = lines
            .iter()
            .zip(&fold_of)
            .map(|(line, fold)| share(line.uses, *fold))
            .collect();
        let mut plain = vec![0.0; folds.len()];
        for (line, fold) in lines
            .iter()
            .zip(&fold_of)
            .filter(|(line, _)| line.word == line.folded)
        {
            plain[usize::from(*fold)] = share(line.uses, *fold);
        }
        let unseen = (0..)
            .zip(&uses)
            .map(|(fold, _)| share(UNSEEN_USES, fold))
            .collect();

        let next = pairs(&lines, &ids, |line| line.next);
        let second = pairs(&lines, &ids, |line| line.second);
        let by_fold = |pairs: &Pairs, turned: bool| {
            let pairs = pairs.iter().map(|&(left, right, n)| {
                let (row, entry) = if turned { (right, left) } else { (left, right) };
                (fold_of[usize::from(row)], entry, n)
            });
            Table::new(folds.len(), &pairs.collect::<Pairs>())
        };
        Self {
            after: by_fold(&next, false),
            before: by_fold(&next, true),
            second_after: by_fold(&second, false),
            second_before: by_fold(&second, true),
            inside: Table::new(lines.len(), &next),
            all_uses: uses.iter().sum(),
            words: lines.iter().map(|line| line.word.into()).collect(),
            toned: ids.iter().map(|(word, id)| ((*word).into(), *id)).collect(),
            folds,
            readings,
            shares,
            plain,
            unseen,
            uses,
        }
    }
}

/// The lines in the order of their folds, so that readings of the same letters lie side by side; the edge first.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<_> = text.lines().filter_map(line).collect();
    if !lines.iter().any(|line| line.word == EDGE) {
        lines.extend(line(".\t1"));
    }
    lines.sort_by(|a, b| (&a.folded, a.word).cmp(&(&b.folded, b.word)));
    lines.dedup_by_key(|line| line.word);
    lines.truncate(usize::from(u16::MAX) - 1);
    let mut same = 0;
    let mut last = String::new();
    lines.retain(|line| {
        same = if line.folded == last { same + 1 } else { 0 };
        last.clone_from(&line.folded);
        same < MOST_READINGS
    });
    lines
}

fn line(line: &str) -> Option<Line<'_>> {
    let mut columns = line.split('\t');
    let (word, uses) = (columns.next()?, columns.next()?);
    Some(Line {
        word,
        folded: word.chars().map(base).collect(),
        uses: uses.parse::<f32>().ok().filter(|n| *n > 0.0)? / 10.0,
        next: columns.next().unwrap_or_default(),
        second: columns.next().unwrap_or_default(),
    })
}

/// Each fold's id, and each line's.
fn number_folds(lines: &[Line<'_>]) -> (FxHashMap<Box<str>, FoldId>, Vec<u16>) {
    let mut folds = FxHashMap::default();
    let mut fold_of = Vec::with_capacity(lines.len());
    let mut next = 0;
    for line in lines {
        let id = *folds.entry(line.folded.as_str().into()).or_insert_with(|| {
            next += 1;
            FoldId(next - 1)
        });
        fold_of.push(id.0);
    }
    (folds, fold_of)
}

fn first_readings(fold_of: &[u16]) -> Vec<u16> {
    let mut readings = Vec::new();
    let mut last = None;
    for (id, fold) in (0..).zip(fold_of) {
        if last != Some(fold) {
            readings.push(id);
            last = Some(fold);
        }
    }
    readings.extend(u16::try_from(fold_of.len()));
    readings
}

fn pairs<'a>(
    lines: &'a [Line<'a>],
    ids: &FxHashMap<&str, u16>,
    column: fn(&Line<'a>) -> &'a str,
) -> Pairs {
    let mut pairs = Pairs::new();
    for (left, line) in (0..).zip(lines) {
        for (n, words) in column(line)
            .split(' ')
            .filter_map(|group| group.split_once(':'))
        {
            let Ok(n) = n.parse() else { continue };
            pairs.extend(
                words
                    .split(',')
                    .filter_map(|word| Some((left, *ids.get(word)?, n))),
            );
        }
    }
    pairs
}
