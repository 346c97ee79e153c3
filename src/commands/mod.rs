//! What each subcommand does.

pub mod demo;
pub mod learn;
pub mod mail;
pub mod moderator;
pub mod rules;
pub mod say;
pub mod site;
pub mod webhook;

use std::io::IsTerminal;

use anyhow::Context;
use duyet::config::Config;
use duyet::http::Script;
use duyet::store::Store;
use say::say;
use tracing_subscriber::EnvFilter;

/// `duyet serve`
pub async fn serve() -> anyhow::Result<()> {
    let config = Config::load(&[])?;
    log(&config)?;
    let bound = duyet::service::bind(&config)?;
    duyet::service::serve(config, bound, false, |_, address| {
        // The service serves, whether or not anybody reads this.
        let _ = say!("listening on http://{address}");
    })
    .await
}

/// `duyet migrate`
pub async fn migrate() -> anyhow::Result<()> {
    let config = settings()?;
    log(&config)?;
    let store = open(&config).await?;
    let filled = duyet::service::fill_in(&store).await?;
    if filled > 0 {
        say!("{filled} comments of an older version have their keys now")?;
    }
    say!("the {} database is up to date", config.database.kind())?;
    Ok(())
}

/// `duyet openapi`
pub fn openapi() -> anyhow::Result<()> {
    say!("{}", duyet::http::document().to_pretty_json()?)
}

/// `duyet widget`
pub async fn widget(site: String) -> anyhow::Result<()> {
    let config = settings()?;
    let known = open(&config).await?.site(site.clone()).await?;
    anyhow::ensure!(known.is_some(), "there is no site `{site}`");
    let (base, script) = (&config.public_url, Script::now());
    say!(
        "In the page's template; the comments then stand where the element does:

<script type=\"module\" src=\"{base}/widget.js\" data-site=\"{site}\"></script>
<duyet-comments></duyet-comments>

The same for a page that takes this very version and no other (SRI). After an update of the service that address answers 404,
which is what such a page asks for: it must have the new line, and until then shows what stands in the element, so put the plain
form or a link there. Whoever does not check what they load takes the first line, which stays:

<script type=\"module\" src=\"{base}{path}\" integrity=\"{integrity}\" data-site=\"{site}\"></script>",
        path = script.path(),
        integrity = script.integrity,
    )?;
    Ok(())
}

/// The settings of a command that gives out no receipts: it runs without the service's secret and makes none.
fn settings() -> anyhow::Result<Config> {
    Config::load(&[("DUYET_SECRET", "this command signs nothing with it")])
}

/// Opens the store for a command that does one thing.
async fn open(config: &Config) -> anyhow::Result<Store> {
    Store::open(config.database.clone())
        .await
        .context("DATABASE_URL")
}

/// Logs to standard error, so that what a command prints stays its own.
fn log(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("DUYET_LOG")?;
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    if config.log_json {
        logs.json().flatten_event(true).init();
    } else {
        logs.init();
    }
    Ok(())
}
