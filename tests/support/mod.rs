//! What the tests stand on: a server process with its database, and the people who ask it.

pub mod akismet;
mod altcha;
mod answer;
mod app;
mod browser;
mod cms;
mod contract;
mod crowd;
mod database;
mod exim;
pub mod hiding;
mod hold;
pub mod hostile;
mod house_rules;
mod kept_connection;
mod keys;
mod ledger;
mod mail_server;
mod moderator;
mod name_server;
mod night;
mod process;
mod raw;
mod reader;
mod receiver;
mod settings;
pub mod teacher;
mod time;
mod watched;
mod wire;

pub use self::altcha::{solved, solved_in_python};
pub use answer::Answer;
pub use app::{App, PASSWORD, SECRET, Setup};
pub use browser::{Browser, hidden};
pub use cms::{Cms, checker_secret_of, now as sent_now, secret_in, secret_of};
pub use contract::{document, misfit};
pub use crowd::Crowd;
pub use database::{Backend, Database};
pub use exim::Exim;
pub use hold::Hold;
pub use house_rules::{HOUSE_RULES, by_one_rule};
pub use kept_connection::{Exchange, KeptConnection};
pub use keys::{Keys, libraries, python};
pub use ledger::{Ledger, SUBMIT, comment_of};
pub use mail_server::{Delivery, MailServer, Mode, NOT_WANTED};
pub use moderator::{Card, Moderator};
pub use name_server::NameServer;
pub use night::{Night, text_of};
pub use process::{Server, refusal, run};
pub use raw::Raw;
pub use reader::{ARTICLE, EMAIL, Reader, anew, comment, comment_on};
pub use receiver::{Call, Manner, Receiver};
pub use settings::quiet_config;
pub use time::Time;
pub use watched::Watched;
pub use wire::Wire;

use std::time::{Duration, Instant};

/// Makes a test of both databases: `NAME::sqlite` and `NAME::postgres`. A setup may stand before the test itself:
/// `on_both!(name, |setup| setup.set("DUYET_LOG", "debug"), async |app| { … });`
macro_rules! on_both {
    ($name:ident, async $($test:tt)*) => {
        on_both!($name, |setup| setup, async $($test)*);
    };
    ($name:ident, $setup:expr, $test:expr) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                crate::support::on(crate::support::Backend::Sqlite, $setup, $test).await;
            }

            #[tokio::test]
            async fn postgres() {
                crate::support::on(crate::support::Backend::Postgres, $setup, $test).await;
            }
        }
    };
}
pub(crate) use on_both;

/// Runs a test on one database.
pub async fn on(backend: Backend, setup: impl FnOnce(Setup) -> Setup, test: impl AsyncFnOnce(App)) {
    test(setup(Setup::new(backend)).start().await).await;
}

/// The mails in a folder, oldest first; none where there is no folder yet. Those that are being written are not there.
pub fn mail_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mails = files.map(|file| file.path());
    let mut mails: Vec<_> = mails
        .filter(|path| path.extension().is_some_and(|is| is == "eml"))
        .collect();
    mails.sort();
    mails
}

/// Looks again and again until there is something to see; ends the test where that takes too long.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(
            Instant::now() < deadline,
            "this did not happen in time: {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What mail programs post for their button to leave a list, where they encode forms in parts (RFC 8058): its type and its body.
pub const ONE_CLICK_IN_PARTS: (&str, &str) = (
    "multipart/form-data; boundary=ranh",
    "--ranh\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--ranh--\r\n",
);
