//! The command line: one short function a subcommand.

#![deny(clippy::print_stdout)] // it panics where nobody reads any more; `say!` ends quietly

mod commands;

/// In a profile of the intake the C library's allocator took a fifth of the workers' time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use clap::{Parser, Subcommand};

use commands::say::NobodyReads;
use commands::{demo, learn, mail, moderator, rules, site, webhook};

/// Comment moderation for newspapers.
#[derive(Parser)]
#[command(name = "duyet", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Apply migrations and run the service.
    Serve,
    /// Run the service with a sample article to try it on.
    Demo,
    /// Sites.
    #[command(subcommand)]
    Site(site::Command),
    /// Print the lines that put the widget into a page.
    Widget {
        /// The site's key.
        site: String,
    },
    /// Members of the paper.
    #[command(subcommand)]
    Moderator(moderator::Command),
    /// Bearer tokens.
    #[command(subcommand)]
    Token(moderator::TokenCommand),
    /// Mail.
    #[command(subcommand)]
    Mail(mail::Command),
    /// Who is told what happens to comments.
    #[command(subcommand)]
    Webhook(webhook::Command),
    /// Apply migrations and stop.
    Migrate,
    /// Rule packs.
    #[command(subcommand)]
    Rules(rules::Command),
    /// The model that learns from decisions.
    #[command(subcommand)]
    Learn(learn::Command),
    /// Print the OpenAPI document.
    Openapi,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    let result = actix_web::rt::System::new().block_on(run(cli.command));
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) if error.is::<NobodyReads>() => std::process::ExitCode::SUCCESS,
        Err(error) => {
            // One line: the cause stands behind what it broke.
            eprintln!("duyet: {}", format!("{error:#}").replace('\n', " "));
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve => commands::serve().await,
        Command::Demo => demo::run().await,
        Command::Site(command) => site::run(command).await,
        Command::Widget { site } => commands::widget(site).await,
        Command::Moderator(command) => moderator::run(command).await,
        Command::Token(command) => moderator::token(command).await,
        Command::Mail(command) => mail::run(command).await,
        Command::Webhook(command) => webhook::run(command).await,
        Command::Migrate => commands::migrate().await,
        Command::Rules(command) => rules::run(command).await,
        Command::Learn(command) => learn::run(&command).await,
        Command::Openapi => commands::openapi(),
    }
}
