//! `duyet webhook …`

use crate::commands::say::say;
use anyhow::Context;
use clap::Subcommand;
use duyet::clock;
use duyet::config::Config;
use duyet::domain::{Actor, Endpoint, EndpointId, HookEvent, Site};
use duyet::intake::Target;
use duyet::secrets;
use duyet::store::{NewEndpoint, Store};
use uuid::Uuid;

#[derive(Subcommand)]
pub enum Command {
    /// Add an address that is told what happens to a site's comments, and print its secret.
    Add {
        /// The site's key.
        site: String,
        /// Where: `https://…`, or `http://…` within the networks of `DUYET_OUTWARD_ALLOW`.
        url: String,
        /// What it is told of, such as `comment.approved`; may be given again. All without it.
        #[arg(long = "event", value_name = "EVENT")]
        events: Vec<HookEvent>,
        /// Tell readers' names and texts too.
        #[arg(long)]
        text: bool,
    },
    /// List a site's webhooks.
    List {
        /// The site's key.
        site: String,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let config = super::settings()?;
    let store = super::open(&config).await?;
    match command {
        Command::Add {
            site,
            url,
            events,
            text,
        } => {
            let site = of_key(&store, site).await?;
            let (endpoint, secret) = add(&store, &config, &site, &url, events, text).await?;
            say!("webhook: {}", endpoint.id)?;
            say!("secret: {secret}")?;
        }
        Command::List { site } => {
            let site = of_key(&store, site).await?;
            for endpoint in store.endpoints(site.id).await? {
                let events: Vec<&str> = endpoint.events.iter().map(|one| one.as_str()).collect();
                let state = endpoint.reason.map_or_else(
                    || endpoint.state.to_string(),
                    |reason| format!("{} ({reason})", endpoint.state),
                );
                say!(
                    "{}\t{}\t{state}\t{}",
                    endpoint.id,
                    endpoint.url,
                    events.join(" ")
                )?;
            }
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

async fn add(
    store: &Store,
    config: &Config,
    site: &Site,
    url: &str,
    mut events: Vec<HookEvent>,
    with_text: bool,
) -> anyhow::Result<(Endpoint, String)> {
    let target = Target::parse(url, &config.outward_allow);
    let target = target.map_err(|fault| anyhow::anyhow!("`{url}`: {fault}"))?;
    if events.is_empty() {
        events = HookEvent::ALL.to_vec();
    }
    events.sort_unstable();
    events.dedup();
    let secret = secrets::new_webhook_secret();
    let new = NewEndpoint {
        site: site.id,
        id: EndpointId(Uuid::now_v7()),
        url: target.as_str().to_owned(),
        events,
        with_text,
        secret: secret.clone(),
        at: clock::now(),
    };
    let endpoint = store.add_endpoint(new, Actor::Operator).await?;
    let endpoint = endpoint.with_context(|| {
        format!(
            "`{}` has {} webhooks already, the most there may be",
            site.key,
            Endpoint::MOST
        )
    })?;
    Ok((endpoint, secret))
}
