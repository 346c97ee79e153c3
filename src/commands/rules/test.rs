//! `duyet rules test`: what a list of words would do, before it does it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use duyet::domain::{
    Lane, Locale, Site, SiteId, SiteSettings, SiteWord, Status, Verdict, WordKind, WordState,
};
use duyet::rules::{Context, RuleSet, SiteWords, Subject, judge_at, site_word_of};
use duyet::store::{Store, WordFilter};
use duyet::text::Reading;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::words::{Meant, advice, read, site_of};
use super::{judged, visible};
use crate::commands::say::say;

/// As many comments as are shown.
const SHOWN: usize = 10;

#[derive(Args)]
pub struct Options {
    /// A word or phrase a line; empty lines and those that begin with # are passed over. Without it, the site's drafts.
    words: Option<PathBuf>,
    /// Try them on the newest comments of this site, over its live words.
    #[arg(long, required_unless_present = "against")]
    site: Option<String>,
    /// Try them on these comments: one `{"text","label"?}` a line, label 0 for fine.
    #[arg(
        long,
        value_name = "FILE.jsonl",
        conflicts_with = "site",
        requires = "words"
    )]
    against: Option<PathBuf>,
    /// As many comments of the site as are tried.
    #[arg(long, default_value_t = 10_000)]
    limit: u32,
    #[command(flatten)]
    meant: Meant,
}

impl Options {
    /// Whether there is a database to be asked.
    pub const fn needs_store(&self) -> bool {
        self.site.is_some()
    }
}

/// A comment that words are tried on.
struct Tried {
    name: String,
    email: String,
    body: String,
    /// Approved by a person, or labelled fine.
    fine: bool,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    name: String,
    label: Option<u8>,
}

/// What one word did.
#[derive(Default)]
struct Effect {
    seen: usize,
    held: usize,
    fine: usize,
}

pub async fn run(rules: &RuleSet, store: Option<&Store>, options: &Options) -> anyhow::Result<()> {
    let (listed, comments, site) = match (store, &options.site, &options.against) {
        (Some(store), Some(key), _) => {
            let site = site_of(store, key).await?;
            let listed = store.site_words(site.id, WordFilter::default()).await?;
            let comments = stored(store, &site, options.limit).await?;
            (listed, comments, site)
        }
        (_, _, Some(file)) => (Vec::new(), given(file)?, nowhere()),
        _ => anyhow::bail!("give --site KEY or --against FILE.jsonl"),
    };
    let (live, drafts): (Vec<SiteWord>, Vec<SiteWord>) = listed
        .into_iter()
        .partition(|word| word.state == WordState::Live);
    let candidates = match &options.words {
        Some(file) => from_file(file, &site, options.meant)?,
        None => drafts,
    };
    anyhow::ensure!(!candidates.is_empty(), "there is no word to be tried");
    let known = |word: &SiteWord| candidates.iter().any(|one| one.normal == word.normal);
    let mut all = candidates.clone();
    all.extend(live.iter().filter(|word| !known(word)).cloned());
    let refused = |_| anyhow::anyhow!("the site's list cannot be compiled");
    let before = SiteWords::compile(&live).map_err(refused)?;
    let after = SiteWords::compile_with_drafts(&all).map_err(refused)?;
    report(rules, &candidates, &comments, [&before, &after])?;
    Ok(())
}

async fn stored(store: &Store, site: &Site, limit: u32) -> anyhow::Result<Vec<Tried>> {
    let comments = store.latest_comments(site.id, i64::from(limit)).await?;
    let tried = comments.into_iter().map(|comment| Tried {
        fine: comment.status == Status::Approved,
        name: comment.name,
        email: comment.email,
        body: comment.body,
    });
    Ok(tried.collect())
}

fn given(file: &Path) -> anyhow::Result<Vec<Tried>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut comments = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", file.display(), number + 1))?;
        comments.push(Tried {
            name: line.name,
            email: String::new(),
            body: line.text,
            fine: line.label == Some(0),
        });
    }
    Ok(comments)
}

/// Stands for the site where the comments come from a file.
fn nowhere() -> Site {
    Site {
        id: SiteId(Uuid::nil()),
        key: String::new(),
        name: String::new(),
        locale: Locale::Vi,
        origins: Vec::new(),
        webhook_secret: String::new(),
        akismet_key: String::new(),
        settings: SiteSettings::default(),
    }
}

fn from_file(file: &Path, site: &Site, meant: Meant) -> anyhow::Result<Vec<SiteWord>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let (mut lines, mut words) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate() {
        let word = line.trim();
        if !(word.is_empty() || word.starts_with('#')) {
            lines.push(number + 1);
            words.push(word.to_owned());
        }
    }
    let place = |place: usize| format!("{}:{}: ", file.display(), lines[place]);
    read(site, &words, meant, WordState::Draft, place)
}

fn verdict(rules: &RuleSet, own: &SiteWords, comment: &Tried) -> Verdict {
    let (name, body): (String, String) =
        (comment.name.nfc().collect(), comment.body.nfc().collect());
    let subject = Subject {
        name: &name,
        email: &comment.email,
        body: &body,
    };
    judge_at(
        rules,
        Some(own),
        Context::default(),
        &subject,
        &Reading::new(&body),
    )
}

/// Judges every comment without the words and with them, and tells the difference.
fn report(
    rules: &RuleSet,
    words: &[SiteWord],
    comments: &[Tried],
    own: [&SiteWords; 2],
) -> anyhow::Result<()> {
    let mut effects: BTreeMap<String, Effect> = BTreeMap::new();
    let (mut held, mut held_fine, mut freed) = (0, Vec::new(), 0);
    for comment in comments {
        let [before, after] = own.map(|own| verdict(rules, own, comment));
        let waits = |verdict: &Verdict| verdict.lane >= Lane::Look;
        let newly = waits(&after) && !waits(&before);
        held += usize::from(newly);
        freed += usize::from(waits(&before) && !waits(&after));
        if newly && comment.fine {
            held_fine.push(comment);
        }
        let mut seen: Vec<&str> = after
            .evidence
            .iter()
            .filter_map(|seen| site_word_of(&seen.rule))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        for word in seen {
            let effect = effects.entry(word.to_owned()).or_default();
            effect.seen += 1;
            effect.held += usize::from(newly);
            effect.fine += usize::from(newly && comment.fine);
        }
    }
    print(rules, words, comments.len(), &effects)?;
    say!(
        "\nnewly held {held}, {} of them approved or fine; no longer held {freed}",
        held_fine.len()
    )?;
    for comment in held_fine.iter().take(SHOWN) {
        say!("  {}", visible(&comment.body).replace('\n', " "))?;
    }
    if held_fine.len() > SHOWN {
        say!("  and {} more", held_fine.len() - SHOWN)?;
    }
    Ok(())
}

fn print(
    rules: &RuleSet,
    words: &[SiteWord],
    comments: usize,
    effects: &BTreeMap<String, Effect>,
) -> anyhow::Result<()> {
    say!(
        "{comments} comments, {} words, rules {}\n",
        words.len(),
        rules.version()
    )?;
    let width = words.iter().map(|word| word.word.chars().count()).max();
    let width = width.unwrap_or_default().max(4);
    say!(
        "{:<width$}{:>10}{:>12}{:>18}",
        "word",
        "stands in",
        "newly held",
        "approved or fine"
    )?;
    for word in words {
        if word.kind == WordKind::Allow {
            say!("{:<width$}{:>10}", word.word, "allows")?;
            continue;
        }
        let none = Effect::default();
        let effect = effects.get(&word.word).unwrap_or(&none);
        say!(
            "{:<width$}{:>10}{:>12}{:>18}",
            word.word,
            effect.seen,
            effect.held,
            effect.fine
        )?;
        for line in advice(&word.word) {
            say!("  {line}")?;
        }
        let known = judged(rules, "", "", &word.word);
        if let Some(seen) = known.evidence.first() {
            say!("  {} sees it already", seen.rule)?;
        }
    }
    Ok(())
}
