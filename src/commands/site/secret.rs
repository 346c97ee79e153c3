//! `duyet site secret`

use std::io::Read;

use crate::commands::say::say;
use duyet::clock;
use duyet::domain::{Actor, SecretOf, Site};
use duyet::secrets;
use duyet::store::Store;

const fn named(of: SecretOf) -> &'static str {
    match of {
        SecretOf::Cms => "webhook secret",
        SecretOf::Checker => "checker secret",
        SecretOf::Akismet => "akismet key",
    }
}

/// Prints one of the site's secrets; a new one where that is wanted, or the one on standard input.
pub async fn show_or_change(
    store: &Store,
    (site, of): (&Site, SecretOf),
    (rotate, stdin): (bool, bool),
    at_once: bool,
) -> anyhow::Result<()> {
    let now = clock::now();
    if !rotate && !stdin {
        store
            .make_secret(site.id, of, secrets::new_secret_of(of))
            .await?;
        let secrets = store.secrets(site.id, of).await?;
        say!("{}: {}", named(of), secrets.current)?;
        if let Some((_, until)) = secrets.former.filter(|(_, until)| now < *until) {
            say!("the one before counts until: {until}")?;
        }
        return Ok(());
    }
    let secret = if stdin {
        let mut typed = String::new();
        std::io::stdin().read_to_string(&mut typed)?;
        let typed = typed.trim().to_owned();
        let is_visible = |byte: u8| (0x21..0x7f).contains(&byte);
        anyhow::ensure!(
            (16..=200).contains(&typed.len()) && typed.bytes().all(is_visible),
            "a secret of 16 to 200 visible ASCII characters is needed on standard input"
        );
        typed
    } else {
        secrets::new_secret_of(of)
    };
    let until = if at_once {
        now
    } else {
        now.after(Site::SECRET_OVERLAP)
    };
    let before = store.secrets(site.id, of).await?.current;
    let new = (before, secret.clone());
    let changed = store.set_secret((site.id, of), new, until, Actor::Operator, now);
    anyhow::ensure!(
        changed.await?,
        "somebody changed the {} of `{}` at the same moment; look at it and try again",
        named(of),
        site.key
    );
    say!("{}: {secret}", named(of))?;
    if !at_once {
        say!("the one before counts until: {until}")?;
    }
    Ok(())
}
