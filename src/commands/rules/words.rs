//! `duyet rules words`: a site's own words.

use crate::commands::say::say;
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use duyet::clock;
use duyet::domain::{Actor, Category, Locale, Site, SiteWord, WordId, WordKind, WordState};
use duyet::messages::Messages;
use duyet::rules::{
    MAX_SITE_WORDS, WantedWord, WordAdvice, WordFault, WordTrouble, read_word, read_words,
    word_advice,
};
use duyet::store::{Added, Store, WordFilter};
use uuid::Uuid;

#[derive(Subcommand)]
pub enum Command {
    /// List a site's own words.
    List {
        /// The site's key.
        #[arg(long)]
        site: String,
    },
    /// Add words or phrases; they are drafts unless --live is given.
    Add(Add),
    /// Take words off the list.
    Remove(Named),
    /// Let words count for new comments.
    Live(Named),
    /// Make words drafts again.
    Draft(Named),
}

#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    meant: Meant,
    /// Let them count at once.
    #[arg(long)]
    live: bool,
    /// A word to colleagues.
    #[arg(long)]
    note: Option<String>,
}

#[derive(Args)]
pub struct Named {
    /// The site's key.
    #[arg(long)]
    site: String,
    /// Words or phrases, each as one argument.
    #[arg(required = true)]
    words: Vec<String>,
}

/// What words are to do.
#[derive(Args, Clone, Copy)]
pub struct Meant {
    /// `hold` or `allow`.
    #[arg(long, default_value = "hold")]
    kind: WordKind,
    /// What kind of trouble held words are; profanity unless said.
    #[arg(long)]
    category: Option<Category>,
    /// What each place of a held word adds to the score; 1 unless said.
    #[arg(long)]
    weight: Option<f32>,
}

pub async fn run(store: &Store, command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { site } => list(store, &site).await,
        Command::Add(wanted) => add(store, wanted).await,
        Command::Remove(named) => {
            for word in named_words(store, &named).await? {
                store
                    .remove_site_word(word.site, word.id, Actor::Operator, clock::now())
                    .await?;
                say!("removed {}", word.word)?;
            }
            Ok(())
        }
        Command::Live(named) => set_state(store, &named, WordState::Live).await,
        Command::Draft(named) => set_state(store, &named, WordState::Draft).await,
    }
}

/// The site of that key.
pub async fn site_of(store: &Store, key: &str) -> anyhow::Result<Site> {
    let found = store.site(key.to_owned()).await?;
    found.with_context(|| format!("--site: there is no site `{key}`"))
}

/// Reads words as the given options mean them. `place` says where one stands.
pub fn read(
    site: &Site,
    words: &[String],
    meant: Meant,
    state: WordState,
    place: impl Fn(usize) -> String,
) -> anyhow::Result<Vec<SiteWord>> {
    let wanted: Vec<WantedWord<'_>> = words
        .iter()
        .map(|word| WantedWord {
            word,
            kind: meant.kind,
            category: meant.category,
            weight: meant.weight,
        })
        .collect();
    let read = read_words(&wanted).map_err(|faults| {
        let told: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}{}", place(fault.place), told(fault)))
            .collect();
        anyhow::anyhow!("{}", told.join("; "))
    })?;
    let now = clock::now();
    Ok(read
        .into_iter()
        .map(|read| SiteWord {
            id: WordId(Uuid::now_v7()),
            site: site.id,
            word: read.word,
            normal: read.normal,
            kind: meant.kind,
            category: read.category,
            weight: read.weight,
            state,
            note: None,
            created_by: Actor::Operator.name().to_owned(),
            created_at: now,
            updated_at: now,
        })
        .collect())
}

/// What there is to know of a word before it counts, a line each.
pub fn advice(word: &str) -> Vec<String> {
    let line = |one: &WordAdvice| match one {
        WordAdvice::ReadAs(normal) => format!(
            "signs count for nothing, so it is read as `{normal}`: write the letters that are meant"
        ),
        WordAdvice::Common => {
            "a common word: write a phrase instead, or a lower --weight".to_owned()
        }
        WordAdvice::Also(others) => format!(
            "without marks, {} would be held as well: write its marks, or a phrase",
            others.join(", ")
        ),
    };
    word_advice(word).iter().map(line).collect()
}

fn told(fault: &WordFault) -> String {
    let mut variables = vec![("word", fault.word.as_str().into())];
    variables.extend(fault.trouble.bound().map(|bound| ("max", bound.into())));
    Messages::of(Locale::En).with(fault.trouble.code(), &variables)
}

async fn list(store: &Store, site: &str) -> anyhow::Result<()> {
    let site = site_of(store, site).await?;
    for word in store.site_words(site.id, WordFilter::default()).await? {
        let category = word.category.map_or("-", Category::as_str);
        say!(
            "{}\t{}\t{category}\t{}\t{}",
            word.state,
            word.kind,
            word.weight,
            word.word
        )?;
    }
    Ok(())
}

async fn add(store: &Store, wanted: Add) -> anyhow::Result<()> {
    let site = site_of(store, &wanted.named.site).await?;
    let state = if wanted.live {
        WordState::Live
    } else {
        WordState::Draft
    };
    let mut words = read(&site, &wanted.named.words, wanted.meant, state, |_| {
        String::new()
    })?;
    for word in &mut words {
        word.note.clone_from(&wanted.note);
    }
    let added = store
        .add_site_words(site.id, words.clone(), MAX_SITE_WORDS, Actor::Operator)
        .await?;
    let fault = |place: usize, trouble| {
        told(&WordFault {
            place,
            word: words[place].word.clone(),
            trouble,
        })
    };
    match added {
        Added::All => {
            say!("added {} as {state}", words.len())?;
            for word in words.iter().filter(|word| word.kind == WordKind::Hold) {
                for line in advice(&word.word) {
                    eprintln!("{}: {line}", word.word);
                }
            }
            Ok(())
        }
        Added::Known(places) => {
            let told: Vec<String> = places
                .into_iter()
                .map(|place| fault(place, WordTrouble::Known))
                .collect();
            bail!("{}", told.join("; "))
        }
        Added::Full => bail!("{}", fault(words.len() - 1, WordTrouble::Many)),
    }
}

/// The words on the list that were named, all of them or a refusal.
async fn named_words(store: &Store, named: &Named) -> anyhow::Result<Vec<SiteWord>> {
    let site = site_of(store, &named.site).await?;
    let mut found = Vec::new();
    for word in &named.words {
        let normal = read_word(word).map_or_else(|_| word.clone(), |(_, normal)| normal);
        let listed = store.site_word(site.id, normal).await?;
        found.push(listed.with_context(|| format!("`{word}` is not on the list of {}", site.key))?);
    }
    Ok(found)
}

async fn set_state(store: &Store, named: &Named, state: WordState) -> anyhow::Result<()> {
    for word in named_words(store, named).await? {
        store
            .set_word_state(word.site, word.id, state, Actor::Operator, clock::now())
            .await?;
        say!("{} is {state}", word.word)?;
    }
    Ok(())
}
