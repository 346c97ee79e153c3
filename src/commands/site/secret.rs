//! `duyet site secret`

use std::io::Read;

use crate::commands::say::say;
use duyet::clock;
use duyet::domain::{Actor, Instant, SecretOf, Site};
use duyet::secrets;
use duyet::store::Store;

const fn named(of: SecretOf) -> &'static str {
    match of {
        SecretOf::Cms => "webhook secret",
        SecretOf::Checker => "checker secret",
        SecretOf::Akismet => "akismet key",
    }
}

/// What is written for it on the command line.
const fn flag(of: SecretOf) -> &'static str {
    match of {
        SecretOf::Cms => "",
        SecretOf::Checker => " --checker",
        SecretOf::Akismet => " --akismet",
    }
}

/// One of the site's secrets, and until when the one before counts, where it does.
pub struct Told {
    secret: String,
    former_until: Option<Instant>,
}

impl Told {
    /// Prints it: alone, as a script reads it, or with what it is.
    pub fn print(self, of: SecretOf, bare: bool) -> anyhow::Result<()> {
        if bare {
            say!("{}", self.secret)?;
            return Ok(());
        }
        say!("{}: {}", named(of), self.secret)?;
        if let Some(until) = self.former_until {
            say!("the one before counts until: {until}")?;
        }
        Ok(())
    }
}

/// One of the site's secrets; a new one where that is wanted, or the one on standard input.
pub async fn show_or_change(
    store: &Store,
    (site, of): (&Site, SecretOf),
    (rotate, stdin): (bool, bool),
    at_once: bool,
) -> anyhow::Result<Told> {
    let now = clock::now();
    anyhow::ensure!(
        rotate || stdin || !at_once,
        "`--at-once` ends the old {named} when a new one is made, and nothing was asked to be made, so nothing was changed; \
         write `duyet site secret {key}{flag} --rotate --at-once`",
        named = named(of),
        key = site.key,
        flag = flag(of),
    );
    if !rotate && !stdin {
        store
            .make_secret(site.id, of, secrets::new_secret_of(of))
            .await?;
        let secrets = store.secrets(site.id, of).await?;
        let until = secrets.former.map(|(_, until)| until);
        return Ok(Told {
            secret: secrets.current,
            former_until: until.filter(|until| now < *until),
        });
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
    let changed = store.set_secret((site.id, of), new, until, (Actor::Operator, None), now);
    anyhow::ensure!(
        changed.await?,
        "somebody changed the {} of `{}` at the same moment; look at it and try again",
        named(of),
        site.key
    );
    Ok(Told {
        secret,
        former_until: (!at_once).then_some(until),
    })
}
