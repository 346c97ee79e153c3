//! `duyet mail …`

use crate::commands::say::{self, say};
use anyhow::{Context, bail};
use clap::Subcommand;
use duyet::notify::mail::{Mailer, Transcript, trial};

#[derive(Subcommand)]
pub enum Command {
    /// Send a mail at once, to prove the settings; what is said on both sides is printed as it is said.
    Test {
        /// To whom.
        address: String,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Test { address } = command;
    let config = super::settings()?;
    let Some(smtp) = &config.smtp else {
        bail!(
            "DUYET_SMTP_URL is not set, so mails are written as files into `{}`; give a mail server to send any",
            config.mail_dir.display()
        );
    };
    let to = address.parse();
    let to =
        to.with_context(|| format!("`{address}` is not an address such as lan@bao.example"))?;
    let mailer = Mailer::new(&config)?;
    let message = trial::letter(&config, to)?.into_message()?;
    let mut told = Transcript::told_to(|line| {
        // Whether or not anybody can read it, the mail is tried.
        let _ = say::line(format_args!("{line}"));
    });
    say!(
        "Asking {}:{} to take a mail to {address} …",
        smtp.host,
        smtp.port
    )?;
    match mailer.try_out(message, &mut told).await {
        Ok(answer) => {
            say!(
                "{}:{} has taken a mail to {address}: {answer}",
                smtp.host,
                smtp.port
            )?;
            say!("Look whether it arrived, and whether it lies among the unwanted.")?;
            Ok(())
        }
        Err(failure) => bail!("the mail server has not taken the mail: {failure}"),
    }
}
