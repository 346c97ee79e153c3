//! `duyet site …`

mod secret;
mod settings;

use crate::commands::say::say;
use anyhow::{Context, bail};
use clap::Subcommand;
use duyet::clock;
use duyet::config::Config;
use duyet::domain::{Actor, Locale, SecretOf, Site, SiteId, SiteSettings};
use duyet::http::{Withheld, withheld};
use duyet::intake::{Target, is_pattern, origin_of};
use duyet::learn::{FEWEST, Leave};
use duyet::secrets;
use duyet::store::{Error, Store};
use uuid::Uuid;

#[derive(Subcommand)]
pub enum Command {
    /// Add a site and print its webhook secret and Akismet key.
    Add {
        /// Names the site in addresses: a-z, 0-9 and `-`.
        key: String,
        /// The newspaper's name.
        #[arg(long)]
        name: String,
        /// Where its pages live, such as <https://bao.example>; may be given again.
        #[arg(long, required = true)]
        origin: Vec<String>,
        /// What its readers speak: `vi` or `en`.
        #[arg(long, default_value = "vi")]
        locale: Locale,
    },
    /// List the sites.
    List,
    /// Show a site and its settings.
    Show {
        /// The site's key.
        key: String,
    },
    /// Change settings of a site.
    Set {
        /// The site's key.
        key: String,
        /// What is to be changed, such as `edit_window=600`; `duyet site show` prints all of them.
        #[arg(required = true, value_name = "NAME=VALUE")]
        settings: Vec<String>,
    },
    /// Print the secret that a site's CMS, its external checker or its Akismet clients prove themselves by, or change it.
    Secret {
        /// The site's key.
        key: String,
        /// That of the external checker, by which its questions are signed too; made where there is none yet.
        #[arg(long)]
        checker: bool,
        /// The key that stands for the site in the Akismet protocol.
        #[arg(long, conflicts_with_all = ["checker", "stdin"])]
        akismet: bool,
        /// Make a new one. The old one counts for another 24 hours; one before that ends at once.
        #[arg(long)]
        rotate: bool,
        /// Take the one that its owner has made, from standard input.
        #[arg(long, conflicts_with = "rotate")]
        stdin: bool,
        /// With `--rotate` or `--stdin`: end the old one at once.
        #[arg(long)]
        at_once: bool,
        /// Print the secret and nothing else, for `SECRET=$(duyet site secret SITE --bare)`.
        #[arg(long)]
        bare: bool,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let config = super::settings()?;
    let store = super::open(&config).await?;
    match command {
        Command::Add {
            key,
            name,
            origin,
            locale,
        } => {
            let site = add(&store, key, name, &origin, locale).await?;
            say!("site: {}", site.key)?;
            say!("webhook secret: {}", site.webhook_secret)?;
            say!("akismet key: {}", site.akismet_key)?;
        }
        Command::List => {
            for site in store.sites().await? {
                say!("{}\t{}\t{}", site.key, site.name, site.origins.join(" "))?;
            }
        }
        Command::Show { key } => {
            let site = of_key(&store, key).await?;
            say!("key: {}", site.key)?;
            say!("name: {}", site.name)?;
            say!("locale: {}", site.locale)?;
            say!("origins: {}", site.origins.join(" "))?;
            print(&site.settings)?;
        }
        Command::Set { key, settings } => {
            let site = of_key(&store, key).await?;
            print(&set(&store, &config, site, &settings).await?)?;
        }
        Command::Secret {
            key,
            checker,
            akismet,
            rotate,
            stdin,
            at_once,
            bare,
        } => {
            let site = of_key(&store, key).await?;
            let of = match (checker, akismet) {
                (true, _) => SecretOf::Checker,
                (_, true) => SecretOf::Akismet,
                (false, false) => SecretOf::Cms,
            };
            let secret =
                secret::show_or_change(&store, (&site, of), (rotate, stdin), at_once).await?;
            secret.print(of, bare)?;
        }
    }
    Ok(())
}

async fn of_key(store: &Store, key: String) -> anyhow::Result<Site> {
    let site = store.site(key.clone()).await?;
    site.with_context(|| {
        format!("there is no site `{key}`; `duyet site list` shows those there are")
    })
}

fn print(of_site: &SiteSettings) -> anyhow::Result<()> {
    for line in settings::lines(of_site) {
        say!("{line}")?;
    }
    Ok(())
}

/// Changes a site's settings; what they are then.
async fn set(
    store: &Store,
    config: &Config,
    site: Site,
    changes: &[String],
) -> anyhow::Result<SiteSettings> {
    let after = settings::changed(&site.settings, changes)?;
    if after.checker.is_asked() {
        if after.checker != site.settings.checker {
            may_be_called(config, &after.checker.url)?;
        }
        let secret = secrets::new_webhook_secret();
        store
            .make_secret(site.id, SecretOf::Checker, secret)
            .await?;
    }
    may_decide(store, &site, &after).await?;
    let written = store
        .set_settings(
            site.id,
            site.settings,
            after.clone(),
            Actor::Operator,
            clock::now(),
        )
        .await?;
    anyhow::ensure!(
        written,
        "somebody changed the settings of `{}` at the same moment; look at them and try again",
        site.key
    );
    Ok(after)
}

/// The model is let decide by itself only where people's decisions tell how often it would be wrong, as on the page.
async fn may_decide(store: &Store, site: &Site, after: &SiteSettings) -> anyhow::Result<()> {
    let refused = withheld(store, site.id, &site.settings.model, &after.model).await?;
    let Some((lane, why)) = refused else {
        return Ok(());
    };
    let why = match why {
        Withheld::LearnsAgain => {
            "since the program was upgraded the model has not learnt all decisions again; try again once the service has run for some minutes".to_owned()
        }
        Withheld::Leave(Leave::TooWrong) => {
            "people would have decided otherwise more often than in one of a hundred".to_owned()
        }
        Withheld::Leave(Leave::TooFew | Leave::Granted) => {
            format!("fewer than {FEWEST} decisions of people tell how often it would be wrong")
        }
    };
    anyhow::bail!(
        "the model may not decide on `{lane}` by itself yet, so nothing was changed: {why}; `duyet learn report {}` shows the figures",
        site.key
    )
}

/// An address that would never be called is refused, as on the page: comments would wait for an answer in vain.
fn may_be_called(config: &Config, url: &str) -> anyhow::Result<()> {
    let target = Target::parse(url, &config.outward_allow);
    target.map(drop).map_err(|fault| {
        anyhow::anyhow!(
            "checker.url: `{url}` would never be called, so nothing was changed: {fault}"
        )
    })
}

/// Adds a site, with new secrets.
pub async fn add(
    store: &Store,
    key: String,
    name: String,
    origins: &[String],
    locale: Locale,
) -> anyhow::Result<Site> {
    let is_key = (1..=64).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    anyhow::ensure!(
        is_key,
        "`{key}` cannot be a site's key; use 1 to 64 of a-z, 0-9 and `-`"
    );
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    anyhow::ensure!(
        !name.is_empty() && !name.chars().any(char::is_control),
        "--name: the newspaper's name is missing"
    );
    let mut known = Vec::new();
    for origin in origins {
        let Some(origin) = origin_of(origin) else {
            bail!("--origin: `{origin}` is not an origin such as https://bao.example");
        };
        anyhow::ensure!(
            !is_pattern(&origin),
            "--origin: `{origin}` has a `*`, and an origin is one host alone, so no page would be at that one; give each, such as --origin https://www.bao.example --origin https://m.bao.example"
        );
        if !known.contains(&origin) {
            known.push(origin);
        }
    }
    let site = Site {
        id: SiteId(Uuid::now_v7()),
        key,
        name,
        locale,
        origins: known,
        webhook_secret: secrets::new_webhook_secret(),
        akismet_key: secrets::new_akismet_key(),
        settings: SiteSettings::default(),
    };
    match store
        .add_site(site.clone(), Actor::Operator, clock::now())
        .await
    {
        Ok(()) => Ok(site),
        Err(Error::Conflict(_)) => bail!("there is a site `{}` already", site.key),
        Err(error) => Err(error.into()),
    }
}
