//! How a site's CMS speaks to us, as an operator types it.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use duyet::domain::CmsSettings;

/// Sets one of it.
pub fn set(cms: &mut CmsSettings, name: &str, value: &str) -> anyhow::Result<()> {
    match name {
        "cms.format" => cms.format = value.parse().context("cms.format")?,
        "cms.header" => value.clone_into(&mut cms.header),
        "cms.prefix" => value.clone_into(&mut cms.prefix),
        "cms.time_header" => value.clone_into(&mut cms.time_header),
        "cms.fields" => cms.fields = pairs(name, value)?,
        "cms.only" => cms.only = pairs(name, value)?,
        "cms.url" => value.clone_into(&mut cms.url),
        other => bail!("`{other}` is no setting of a site"),
    }
    Ok(())
}

/// All of it, as it can be typed.
pub fn lines(cms: &CmsSettings) -> Vec<String> {
    let CmsSettings {
        format,
        header,
        prefix,
        time_header,
        fields,
        only,
        url,
    } = cms;
    vec![
        format!("cms.format={format}"),
        format!("cms.header={header}"),
        format!("cms.prefix={prefix}"),
        format!("cms.time_header={time_header}"),
        format!("cms.fields={}", typed(fields)),
        format!("cms.only={}", typed(only)),
        format!("cms.url={url}"),
    ]
}

/// Pairs as they are typed.
fn pairs(setting: &str, list: &str) -> anyhow::Result<BTreeMap<String, String>> {
    CmsSettings::read_pairs(list).map_err(|part| {
        anyhow!("{setting}: `{part}` is not `name: value`; several stand between semicolons")
    })
}

fn typed(pairs: &BTreeMap<String, String>) -> String {
    CmsSettings::typed_pairs(pairs, "; ")
}
