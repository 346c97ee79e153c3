//! `duyet moderator …` and `duyet token …`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use crate::commands::say::say;
use anyhow::{Context, bail};
use clap::Subcommand;
use duyet::access::check_password;
use duyet::clock;
use duyet::domain::{Moderator, ModeratorId, Role, SiteId, TokenId, Trace};
use duyet::intake::{Email, FieldError, Name};
use duyet::secrets;
use duyet::store::{Error, Store};
use uuid::Uuid;

#[derive(Subcommand)]
pub enum Command {
    /// Add a member of the paper.
    Add {
        /// Where their mail goes, and what they sign in with.
        email: String,
        /// Shown to colleagues.
        #[arg(long)]
        name: String,
        /// `admin`, `editor` or `moderator`.
        #[arg(long, default_value = "moderator")]
        role: Role,
        /// A site they are bound to; may be given again; all sites without.
        #[arg(long)]
        site: Vec<String>,
        /// A section of a site that they are bound to, as `SITE:SECTION`; may be given again; all sections of a site without.
        #[arg(long, value_name = "SITE:SECTION")]
        section: Vec<String>,
        /// Read their password from standard input: 10 characters at least, none of the commonest, not their name or email.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Set a member's password, read from standard input: 10 characters at least, none of the commonest, not their name or email.
    Password {
        /// The member's email.
        email: String,
    },
    /// Take a member's second step away, for who has lost phone and recovery codes. Their password alone lets them in then.
    ResetTotp {
        /// The member's email.
        email: String,
    },
    /// List the members.
    List,
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Print a new bearer token of a member, once.
    Add {
        /// The member's email.
        email: String,
    },
    /// List the tokens, the oldest first: the id by which one is removed, whose it is, since when.
    List {
        /// Only those of this member.
        email: Option<String>,
    },
    /// Take a token back. Whatever works with it is refused from now on.
    Remove {
        /// The token's id, as `duyet token list` tells it.
        id: Uuid,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let store = super::open(&super::settings()?).await?;
    match command {
        Command::Add {
            email,
            name,
            role,
            site,
            section,
            password_stdin,
        } => {
            let password = if password_stdin {
                Some(read_password()?)
            } else {
                None
            };
            let bound = bound(&store, site, section).await?;
            add_member(&store, &email, &name, role, bound, password.as_deref()).await
        }
        Command::Password { email } => {
            let member = member(&store, &email).await?;
            let password = read_password()?;
            check_password("password", &password, &member.email, &member.name)
                .map_err(|error| wrong("the password", &error))?;
            store
                .set_password(
                    member.id,
                    secrets::hash_password(&password)?,
                    None,
                    Trace::of_operator(clock::now()),
                )
                .await?;
            say!("{email} signs in with the new password")?;
            Ok(())
        }
        Command::ResetTotp { email } => {
            let member = member(&store, &email).await?;
            anyhow::ensure!(
                store
                    .remove_second_factor(member.id, Trace::of_operator(clock::now()))
                    .await?,
                "{email} has no second step"
            );
            say!("{email} signs in with the password alone")?;
            Ok(())
        }
        Command::List => {
            for member in store.moderators().await? {
                say!("{}\t{}\t{}", member.email, member.name, member.role)?;
            }
            Ok(())
        }
    }
}

async fn member(store: &Store, email: &str) -> anyhow::Result<Moderator> {
    let key = Email::parse(email).map_err(|error| wrong("EMAIL", &error))?;
    let found = store.moderator_by_email(key.identity()).await?;
    let (member, _) = found.with_context(|| format!("there is no member {email}"))?;
    Ok(member)
}

/// Sites, and sections of them.
type Bound = (Vec<SiteId>, BTreeMap<SiteId, BTreeSet<String>>);

async fn bound(store: &Store, keys: Vec<String>, named: Vec<String>) -> anyhow::Result<Bound> {
    let (mut sites, mut sections): Bound = Bound::default();
    for key in keys {
        sites.push(site_of(store, "--site", &key).await?);
    }
    for one in named {
        let parts = one.split_once(':').map(|(key, name)| (key, name.trim()));
        let (key, name) = parts
            .filter(|(_, name)| !name.is_empty())
            .with_context(|| format!("--section: `{one}` is not of the form SITE:SECTION"))?;
        let site = site_of(store, "--section", key).await?;
        if !sites.contains(&site) {
            sites.push(site);
        }
        sections.entry(site).or_default().insert(name.to_owned());
    }
    Ok((sites, sections))
}

async fn site_of(store: &Store, option: &str, key: &str) -> anyhow::Result<SiteId> {
    let found = store.site(key.to_owned()).await?;
    let site = found.with_context(|| format!("{option}: there is no site `{key}`"))?;
    Ok(site.id)
}

async fn add_member(
    store: &Store,
    email: &str,
    name: &str,
    role: Role,
    (sites, sections): Bound,
    password: Option<&str>,
) -> anyhow::Result<()> {
    let name = Name::parse(name)
        .map_err(|error| wrong("--name", &error))?
        .into_string();
    let email_of = Email::parse(email).map_err(|error| wrong("EMAIL", &error))?;
    if let Some(password) = password {
        check_password("password", password, email_of.as_str(), &name)
            .map_err(|error| wrong("--password-stdin", &error))?;
    }
    let id = ModeratorId(Uuid::now_v7());
    let new = Moderator {
        id,
        email: email_of.as_str().to_owned(),
        name,
        role,
        sites,
        sections,
        locale: None,
        disabled_at: None,
    };
    add(store, new, &email_of, password).await?;
    say!("added {email} as {role}")?;
    if password.is_none() {
        say!(
            "without a password they cannot sign in; give one with `duyet moderator password {email}`"
        )?;
    }
    Ok(())
}

fn wrong(what: &str, error: &FieldError) -> anyhow::Error {
    let t = duyet::messages::Messages::of(duyet::domain::Locale::En);
    let numbers: Vec<_> = error
        .numbers
        .iter()
        .map(|(name, number)| (*name, (*number).into()))
        .collect();
    anyhow::anyhow!("{what}: {}", t.with(error.code, &numbers))
}

fn read_password() -> anyhow::Result<String> {
    let mut password = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut password)
        .context("the password on standard input")?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

/// Adds a member, who can sign in where there is a password.
pub async fn add(
    store: &Store,
    new: Moderator,
    email: &Email,
    password: Option<&str>,
) -> anyhow::Result<()> {
    let hash = password.map(secrets::hash_password).transpose()?;
    match store
        .add_moderator(
            new,
            email.identity(),
            hash,
            Trace::of_operator(clock::now()),
        )
        .await
    {
        Ok(()) => Ok(()),
        Err(Error::Conflict(_)) => bail!("{} is a member already", email.as_str()),
        Err(error) => Err(error.into()),
    }
}

pub async fn token(command: TokenCommand) -> anyhow::Result<()> {
    let store = super::open(&super::settings()?).await?;
    match command {
        TokenCommand::Add { email } => {
            let moderator = member(&store, &email).await?;
            say!("{}", add_token(&store, moderator.id).await?)?;
        }
        TokenCommand::List { email } => {
            let of = match email {
                Some(email) => Some(member(&store, &email).await?.id),
                None => None,
            };
            let tokens = store.tokens().await?.into_iter();
            for token in tokens.filter(|token| of.is_none_or(|of| of == token.member)) {
                say!("{}\t{}\t{}", token.id, token.email, token.created_at)?;
            }
        }
        TokenCommand::Remove { id } => remove_token(&store, TokenId(id)).await?,
    }
    Ok(())
}

async fn remove_token(store: &Store, id: TokenId) -> anyhow::Result<()> {
    let told = || format!("there is no token {id}; `duyet token list` tells which there are");
    let tokens = store.tokens().await?;
    let token = tokens.into_iter().find(|token| token.id == id);
    let token = token.with_context(told)?;
    let is_removed = store
        .remove_token(id, Trace::of_operator(clock::now()))
        .await?;
    anyhow::ensure!(is_removed, told());
    say!("that token of {} opens nothing any more", token.email)?;
    Ok(())
}

/// A new token; only its hash is kept.
pub async fn add_token(store: &Store, moderator: ModeratorId) -> anyhow::Result<String> {
    let token = secrets::new_token();
    store
        .add_token(
            moderator,
            TokenId(Uuid::now_v7()),
            secrets::hash_of(&token),
            Trace::of_operator(clock::now()),
        )
        .await?;
    Ok(token)
}
