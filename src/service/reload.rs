//! New rules without a new start: looks at the folder of `DUYET_RULES`, and puts what changed in use once it compiles and
//! its examples hold. Otherwise the old set stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, gauge};
use sha2::{Digest, Sha256};
use tokio::signal::unix::Signal;
use tokio::sync::watch;

use super::packs_in;
use crate::clock;
use crate::rules::{CheckFailure, LiveRules, PackSource, RuleSet, check_and_compile};
use crate::store::{RulesChange, Store};

/// How often it looks.
const PULSE: Duration = Duration::from_secs(1);

/// What lies in the folder: a hash, or why it cannot be read.
type Content = Result<[u8; 32], String>;

/// Says by the measures which set is in use.
pub(super) fn show(set: &RuleSet) {
    gauge!("duyet_rules_info", "version" => set.version().to_owned()).set(1);
    counter!("duyet_rules_reload_failures_total").increment(0);
}

/// As many rules as are named where the history tells of other ones.
const MOST_NAMED: usize = 20;

/// Looks until it is told to stop; at once where somebody sends SIGHUP. `packs` are those in use.
pub(super) fn run(
    folder: PathBuf,
    packs: &[PackSource],
    rules: Arc<LiveRules>,
    store: Store,
    mut hang_up: Signal,
    mut stopped: watch::Receiver<bool>,
) -> impl Future<Output = ()> + use<> {
    let mut watcher = Watcher {
        judged: Some(Ok(hash(packs))),
        last: None,
        folder: Arc::from(folder),
        rules,
        store,
        untold: None,
    };
    async move {
        watcher.begin().await;
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
    store: Store,
    /// What the history was not told yet, since the database was away.
    untold: Option<RulesChange>,
}

impl Watcher {
    /// What was changed while nothing ran is told, too, where something was told before.
    async fn begin(&mut self) {
        self.untold = Some(RulesChange {
            version: self.rules.now().version().to_owned(),
            before: None,
            rules: Vec::new(),
            at: clock::now(),
        });
        self.tell().await;
    }

    /// Tells the history, and tries again with the next look where that fails.
    async fn tell(&mut self) {
        let Some(change) = self.untold.clone() else {
            return;
        };
        match self.store.record_rules(change).await {
            Ok(()) => self.untold = None,
            Err(error) => {
                tracing::warn!(%error, "the history does not tell yet that other rules are in use; it is tried again");
            }
        }
    }

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
        self.tell().await;
    }

    async fn take(&mut self, packs: Result<Vec<PackSource>, String>) {
        let made = match packs {
            Ok(packs) => tokio::task::spawn_blocking(move || compiled(&packs))
                .await
                .unwrap_or_else(|_| Err("compiling them panicked".to_owned())),
            Err(why) => Err(why),
        };
        match made {
            Ok((set, warnings)) => {
                self.put_in_use(set);
                for warning in warnings {
                    tracing::warn!(
                        "the new rules are in use, and one of them may do what is not wanted: {warning}"
                    );
                }
            }
            Err(why) => {
                counter!("duyet_rules_reload_failures_total").increment(1);
                let version = self.rules.now().version().to_owned();
                tracing::error!(version, "the old rules stay, the new cannot be used: {why}");
            }
        }
    }

    fn put_in_use(&mut self, set: RuleSet) {
        let version = set.version().to_owned();
        let old = self.rules.replace(set);
        if old.version() == version {
            return;
        }
        // What was not told yet is gone already; what was before that is what people remember.
        let untold = self.untold.take().and_then(|change| change.before);
        self.untold = Some(RulesChange {
            version: version.clone(),
            before: untold.or(Some(old.version().to_owned())),
            rules: other_rules(&old, &self.rules.now()),
            at: clock::now(),
        });
        gauge!("duyet_rules_info", "version" => old.version().to_owned()).set(0);
        gauge!("duyet_rules_info", "version" => version.clone()).set(1);
        tracing::info!(version, before = old.version(), "new rules are in use");
    }
}

/// The rules that are new, other or gone, by name; those beyond the first few as one sign.
fn other_rules(old: &RuleSet, new: &RuleSet) -> Vec<String> {
    let texts = |set: &RuleSet| -> BTreeMap<String, String> {
        let rules = set.readable();
        rules
            .map(|rule| (rule.info.id.clone(), format!("{rule:?}")))
            .collect()
    };
    let (old, new) = (texts(old), texts(new));
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut others: Vec<String> = ids
        .into_iter()
        .filter(|id| old.get(*id) != new.get(*id))
        .cloned()
        .collect();
    if others.len() > MOST_NAMED {
        others.truncate(MOST_NAMED);
        others.push("…".to_owned());
    }
    others
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

/// A set whose rules keep what their examples promise, with what an editor should look at, or in one line why there is none.
fn compiled(packs: &[PackSource]) -> Result<(RuleSet, Vec<String>), String> {
    let (report, set) = check_and_compile(packs);
    let set = set.filter(|_| report.failures.is_empty());
    let set = set.ok_or_else(|| told(&report.failures))?;
    let warnings = report.warnings.iter().take(MOST_NAMED);
    let in_a_line = warnings.map(|warning| warning.to_string().replace('\n', " "));
    Ok((set, in_a_line.collect()))
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
