//! `duyet demo`: everything at once, to be tried by hand.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use duyet::clock;
use duyet::config::Config;
use duyet::domain::{Actor, Locale, Moderator, ModeratorId, Role, Trace};
use duyet::http::demo;
use duyet::intake::{Email, origin_of};
use duyet::secrets;
use duyet::store::Store;
use uuid::Uuid;

use super::{moderator, site};
use crate::commands::say::say;

/// Where the demonstration keeps its data and mail, unless the settings say otherwise.
const FOLDER: &str = "duyet-demo";
const MODERATOR: &str = "lan@duyet.example";

/// What is told to the one who tries it.
struct Login {
    password: String,
    token: String,
}

pub async fn run() -> anyhow::Result<()> {
    std::fs::create_dir_all(FOLDER)
        .with_context(|| format!("the folder {FOLDER} cannot be made"))?;
    let database = format!("sqlite:{FOLDER}/duyet.db");
    let mail = format!("{FOLDER}/mail");
    let defaults = [
        ("DATABASE_URL", database.as_str()),
        ("DUYET_MAIL_DIR", mail.as_str()),
        ("DUYET_MAIL_PAUSE", "1"),
        ("DUYET_MAIL_DIGEST", "15"),
        ("DUYET_MAIL_CEILING", "0"),
        ("DUYET_LOG", "warn"),
    ];
    let config = Config::load(&defaults)?;
    super::log(&config)?;
    let bound = duyet::service::bind(&config)?;
    let store = super::open(&config).await?;
    let strangers = store
        .sites()
        .await?
        .into_iter()
        .filter(|site| site.key != demo::SITE)
        .count();
    let own = config.database.file() == Some(Path::new(FOLDER).join("duyet.db"));
    anyhow::ensure!(
        own || strangers == 0,
        "DATABASE_URL: this database holds {strangers} site(s) of somebody's; the demonstration would add an admin whose password it prints",
    );
    let login = prepare(&store, &config).await?;
    drop(store);
    let told = config.clone();
    duyet::service::serve(config, bound, true, move |_, _| tell(&told, &login)).await
}

/// The site, and a moderator with a fresh password and token on each start.
async fn prepare(store: &Store, config: &Config) -> anyhow::Result<Login> {
    let mut origins = vec![config.public_url.clone()];
    // People type either name of this machine.
    origins.push(format!("http://localhost:{}", config.listen.port()));
    origins.push(format!("http://127.0.0.1:{}", config.listen.port()));
    let origins: Vec<String> = origins
        .iter()
        .filter_map(|origin| origin_of(origin))
        .collect();
    match store.site(demo::SITE.to_owned()).await? {
        Some(site) => {
            let (by, now) = (Actor::Operator, clock::now());
            store.set_origins(site.id, origins, by, now).await?;
        }
        None => drop(
            site::add(
                store,
                demo::SITE.to_owned(),
                "Báo Sông Lam".to_owned(),
                &origins,
                Locale::Vi,
            )
            .await?,
        ),
    }
    let email = Email::parse(MODERATOR).map_err(|error| anyhow::anyhow!("{}", error.code))?;
    let password = secrets::new_password();
    let known = store.moderator_by_email(email.identity()).await?;
    let id = if let Some((known, _)) = known {
        store
            .set_password(
                known.id,
                secrets::hash_password(&password)?,
                None,
                Trace::of_operator(clock::now()),
            )
            .await?;
        known.id
    } else {
        let id = ModeratorId(Uuid::now_v7());
        let (email_of, name) = (MODERATOR.to_owned(), "Lan".to_owned());
        let new = Moderator {
            id,
            email: email_of,
            name,
            role: Role::Admin,
            sites: Vec::new(),
            sections: BTreeMap::new(),
            locale: None,
            disabled_at: None,
        };
        moderator::add(store, new, &email, Some(&password)).await?;
        id
    };
    let token = moderator::add_token(store, id).await?;
    Ok(Login { password, token })
}

fn tell(config: &Config, login: &Login) {
    let article = demo::article_url(&config.public_url);
    let queue = format!("{}/queue", config.dashboard_url);
    let mail = match &config.smtp {
        Some(_) => "goes to your mail server".to_owned(),
        None => format!("{}/*.eml", Path::new(&config.mail_dir).display()),
    };
    // The demonstration runs, whether or not anybody reads this.
    let _ = say!(
        "
  Duyệt — a newspaper's article, its comments and its moderator

  1. The article   {article}
                   write a comment under it
  2. The mail      {mail}
                   tells the moderator
  3. The queue     {queue}
                   sign in as {MODERATOR} with the password {password}
                   and approve the comment: it stands under the article

  The API          {docs}
                   Authorization: Bearer {token}

  Stop with Ctrl-C. The data stays; it is all in {FOLDER}/.
",
        password = login.password,
        token = login.token,
        docs = format_args!("{}/docs", config.public_url),
    );
}
