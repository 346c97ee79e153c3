//! New rules without a new start: looks at the folder of `DUYET_RULES`, and puts what changed in use once it compiles and
//! its examples hold. Otherwise the old set stays.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, gauge};
use sha2::{Digest, Sha256};
use tokio::signal::unix::Signal;
use tokio::sync::watch;

use super::packs_in;
use crate::rules::{CheckFailure, LiveRules, PackSource, RuleSet, check_and_compile};

/// How often it looks.
const PULSE: Duration = Duration::from_secs(1);

/// What lies in the folder: a hash, or why it cannot be read.
type Content = Result<[u8; 32], String>;

/// Says by the measures which set is in use.
pub(super) fn show(set: &RuleSet) {
    gauge!("duyet_rules_info", "version" => set.version().to_owned()).set(1);
    counter!("duyet_rules_reload_failures_total").increment(0);
}

/// Looks until it is told to stop; at once where somebody sends SIGHUP. `packs` are those in use.
pub(super) fn run(
    folder: PathBuf,
    packs: &[PackSource],
    rules: Arc<LiveRules>,
    mut hang_up: Signal,
    mut stopped: watch::Receiver<bool>,
) -> impl Future<Output = ()> + use<> {
    let mut watcher = Watcher {
        judged: Some(Ok(hash(packs))),
        last: None,
        folder: Arc::from(folder),
        rules,
    };
    async move {
        while !*stopped.borrow() {
            let asked = tokio::select! {
                () = tokio::time::sleep(PULSE) => false,
                _ = hang_up.recv() => true,
                _ = stopped.changed() => continue,
            };
            watcher.look(asked).await;
        }
    }
}

struct Watcher {
    folder: Arc<Path>,
    rules: Arc<LiveRules>,
    /// What was put in use or refused last, so that nothing is told twice.
    judged: Option<Content>,
    /// What the last look found.
    last: Option<Content>,
}

impl Watcher {
    /// Takes what changed. A change must stand still for one pulse, since whoever copies files has some of them there
    /// before the others, or half of one; who asks for it knows that all is there.
    async fn look(&mut self, asked: bool) {
        let folder = self.folder.clone();
        let Ok((content, packs)) = tokio::task::spawn_blocking(move || read(&folder)).await else {
            return tracing::error!("looking at the rules panicked");
        };
        let content = Some(content);
        let stands = std::mem::replace(&mut self.last, content.clone()) == content;
        if asked || (stands && content != self.judged) {
            self.judged = content;
            self.take(packs).await;
        }
    }

    async fn take(&self, packs: Result<Vec<PackSource>, String>) {
        let made = match packs {
            Ok(packs) => tokio::task::spawn_blocking(move || compiled(&packs))
                .await
                .unwrap_or_else(|_| Err("compiling them panicked".to_owned())),
            Err(why) => Err(why),
        };
        match made {
            Ok(set) => self.put_in_use(set),
            Err(why) => {
                counter!("duyet_rules_reload_failures_total").increment(1);
                let version = self.rules.now().version().to_owned();
                tracing::error!(version, "the old rules stay, the new cannot be used: {why}");
            }
        }
    }

    fn put_in_use(&self, set: RuleSet) {
        let version = set.version().to_owned();
        let old = self.rules.replace(set);
        if old.version() == version {
            return;
        }
        gauge!("duyet_rules_info", "version" => old.version().to_owned()).set(0);
        gauge!("duyet_rules_info", "version" => version.clone()).set(1);
        tracing::info!(version, before = old.version(), "new rules are in use");
    }
}

/// The packs of the folder with a hash over their names and texts.
fn read(folder: &Path) -> (Content, Result<Vec<PackSource>, String>) {
    match packs_in(folder) {
        Ok(packs) => (Ok(hash(&packs)), Ok(packs)),
        Err(error) => {
            let why = format!("{error:#}");
            (Err(why.clone()), Err(why))
        }
    }
}

fn hash(packs: &[PackSource]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in packs.iter().flat_map(|pack| [&pack.file, &pack.text]) {
        hash.update(text.as_bytes());
        hash.update([0xff]);
    }
    hash.finalize().into()
}

/// A set whose rules keep what their examples promise, or in one line why there is none.
fn compiled(packs: &[PackSource]) -> Result<RuleSet, String> {
    let (report, set) = check_and_compile(packs);
    set.filter(|_| report.failures.is_empty())
        .ok_or_else(|| told(&report.failures))
}

fn told(failures: &[CheckFailure]) -> String {
    let first = failures
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
        .replace('\n', " ");
    match failures.len() {
        0 | 1 => format!("{first}; correct it there, `duyet rules check` tells when it is well"),
        many => format!(
            "{first}; correct it there, and {} more that `duyet rules check` tells",
            many - 1
        ),
    }
}
