//! `duyet learn …`

mod evaluate;
mod labelled;
mod queue;
mod site;
mod train;

use std::path::Path;

use anyhow::Context as _;
use clap::Subcommand;
use duyet::learn::Model;

#[derive(Subcommand)]
pub enum Command {
    /// Train a model on labelled comments.
    Train(train::Options),
    /// Measure a model on labelled comments.
    Evaluate(evaluate::Options),
    /// Tell how many labelled comments must be opened to find most of the bad ones, sorted by the rules and by a model.
    Queue(queue::Options),
    /// Tell how right a site's model was, and what of it is kept.
    Report(site::Named),
    /// Learn everything of a site again, and compare that with what is kept.
    Replay(site::Replay),
    /// Begin anew: what people have decided so far teaches a site's model nothing any more.
    Reset(site::Named),
    /// Go back to a snapshot: what was learnt since is forgotten.
    Rollback(site::Rollback),
    /// Take back the last `reset` or `rollback`: what was forgotten teaches again.
    Remember(site::Named),
}

pub async fn run(command: &Command) -> anyhow::Result<()> {
    let config = super::settings()?;
    let rules = || duyet::service::rules(&config);
    match command {
        Command::Train(options) => train::run(&rules()?, options),
        Command::Evaluate(options) => evaluate::run(&rules()?, options),
        Command::Queue(options) => queue::run(&rules()?, options),
        Command::Report(named) => site::report(&super::open(&config).await?, named).await,
        Command::Replay(options) => site::replay(&super::open(&config).await?, options).await,
        Command::Reset(named) => site::reset(&super::open(&config).await?, named).await,
        Command::Rollback(options) => site::rollback(&super::open(&config).await?, options).await,
        Command::Remember(named) => site::remember(&super::open(&config).await?, named).await,
    }
}

/// The model of a file; the one that comes with the program without.
pub fn model(file: Option<&Path>) -> anyhow::Result<Model> {
    let Some(file) = file else {
        return Ok(Model::shipped().clone());
    };
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    Model::from_bytes(&bytes).with_context(|| file.display().to_string())
}
