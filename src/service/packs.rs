//! Where the rules come from: the packs compiled in, or those of a folder.

use anyhow::Context;

use crate::config::Config;
use crate::rules::{PackSource, RuleSet, shipped};

/// The rules of the settings: the packs compiled in, or those of a folder.
pub fn rules(config: &Config) -> anyhow::Result<RuleSet> {
    compiled(&packs(config)?)
}

pub(super) fn packs(config: &Config) -> anyhow::Result<Vec<PackSource>> {
    match &config.rules {
        None => Ok(shipped()),
        Some(folder) => {
            packs_in(folder).with_context(|| format!("DUYET_RULES: {}", folder.display()))
        }
    }
}

pub(super) fn compiled(packs: &[PackSource]) -> anyhow::Result<RuleSet> {
    RuleSet::compile(packs).map_err(|errors| {
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the rules cannot be used: {}", told.join("; "))
    })
}

/// Every pack of a folder and its folders, in the order of their names; at least one.
pub fn packs_in(folder: &std::path::Path) -> anyhow::Result<Vec<PackSource>> {
    let mut packs = Vec::new();
    gather(folder, &mut packs)?;
    anyhow::ensure!(
        !packs.is_empty(),
        "no pack (`*.toml`) lies in {}",
        folder.display()
    );
    Ok(packs)
}

fn gather(folder: &std::path::Path, packs: &mut Vec<PackSource>) -> anyhow::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            // It may hold what is no pack, as that of the model does.
            gather(&path, packs)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            packs.push(PackSource {
                file: path.display().to_string(),
                text,
            });
        }
    }
    Ok(())
}
