//! `duyet site secret`

use std::io::Read;

use duyet::clock;
use duyet::domain::{Actor, Site};
use duyet::secrets;
use duyet::store::Store;

/// Prints the site's secret; a new one where that is wanted, or the one on standard input.
pub async fn show_or_change(
    store: &Store,
    site: &Site,
    (rotate, stdin): (bool, bool),
    at_once: bool,
) -> anyhow::Result<()> {
    let now = clock::now();
    if !rotate && !stdin {
        let secrets = store.webhook_secrets(site.id).await?;
        println!("webhook secret: {}", secrets.current);
        if let Some((_, until)) = secrets.former.filter(|(_, until)| now < *until) {
            println!("the one before counts until: {until}");
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
        secrets::new_webhook_secret()
    };
    let until = if at_once {
        now
    } else {
        now.after(Site::SECRET_OVERLAP)
    };
    store
        .set_webhook_secret(site.id, secret.clone(), until, Actor::Operator, now)
        .await?;
    println!("webhook secret: {secret}");
    if !at_once {
        println!("the one before counts until: {until}");
    }
    Ok(())
}
