//! One setting at a time: from where its value comes, and what it must be.

use std::time::Duration;

use anyhow::{Context, bail};
use ipnet::IpNet;
use url::Url;

use super::{ADDRESS_CEILING, AddressCeiling, File, Smtp};

/// The environment first, then the file, then what the command brings.
pub(super) struct Settings<'a> {
    pub(super) environment: &'a [(String, String)],
    pub(super) defaults: &'a [(&'a str, &'a str)],
}

impl Settings<'_> {
    pub(super) fn get(&self, name: &str, file: Option<String>) -> Option<String> {
        let set = self
            .environment
            .iter()
            .find(|(is, _)| is == name)
            .map(|(_, value)| value.clone());
        let default = || {
            self.defaults
                .iter()
                .find(|(is, _)| *is == name)
                .map(|(_, value)| (*value).to_owned())
        };
        set.or(file)
            .or_else(default)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn number(
        &self,
        name: &str,
        file: Option<&toml::Value>,
        default: u64,
        most: u64,
    ) -> anyhow::Result<u64> {
        let Some(text) = self.get(
            name,
            file.map(|value| value.to_string().trim_matches('"').to_owned()),
        ) else {
            return Ok(default);
        };
        text.parse()
            .ok()
            .filter(|number| *number <= most)
            .with_context(|| format!("{name}: `{text}` is not a whole number up to {most}"))
    }

    /// No unless said.
    pub(super) fn yes_or_no(&self, name: &str, file: Option<&toml::Value>) -> anyhow::Result<bool> {
        let file = file.map(|value| value.to_string().trim_matches('"').to_owned());
        match self.get(name, file).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => bail!("{name}: `{other}` is neither `true` nor `false`"),
        }
    }

    /// A list of networks, or of single addresses.
    pub(super) fn networks(
        &self,
        name: &str,
        file: Option<&[String]>,
    ) -> anyhow::Result<Vec<IpNet>> {
        let list = self.get(name, file.map(|list| list.join(",")));
        let list = list.unwrap_or_default();
        list.split([',', ' '])
            .filter(|item| !item.is_empty())
            .map(|item| {
                let network = item
                    .parse::<IpNet>()
                    .or_else(|_| item.parse::<std::net::IpAddr>().map(IpNet::from));
                network.with_context(|| {
                    format!("{name}: `{item}` is not a network such as 10.0.0.0/8")
                })
            })
            .collect()
    }

    pub(super) fn address_ceiling(&self, file: &File) -> anyhow::Result<AddressCeiling> {
        const NAME: &str = "DUYET_ADDRESS_CEILING";
        let file = file.address_ceiling.as_ref();
        let comments = self.number(NAME, file, ADDRESS_CEILING, 1_000_000)?;
        Ok(AddressCeiling {
            comments: u32::try_from(comments).ok().filter(|most| *most > 0),
            on_this_machine: file.is_some() || self.get(NAME, None).is_some(),
        })
    }

    /// The mail server, if any.
    pub(super) fn smtp(&self, file: &File) -> anyhow::Result<Option<Smtp>> {
        let Some(url) = self.get("DUYET_SMTP_URL", file.smtp_url.clone()) else {
            return Ok(None);
        };
        let smtp = Smtp::parse(&url).context("DUYET_SMTP_URL")?;
        let usual = smtp.patience.as_secs();
        let patience = file.smtp_patience.as_ref();
        let patience = self.number("DUYET_SMTP_PATIENCE", patience, usual, 300)?;
        Ok(Some(Smtp {
            ca: self
                .get("DUYET_SMTP_CA", file.smtp_ca.clone())
                .map(Into::into),
            patience: Duration::from_secs(patience.max(1)),
            ..smtp
        }))
    }

    pub(super) fn mail_ceiling(&self, file: &File) -> anyhow::Result<Option<usize>> {
        let most = self.number("DUYET_MAIL_CEILING", file.mail_ceiling.as_ref(), 6, 1_000)?;
        Ok(Some(usize::try_from(most)?).filter(|most| *most > 0))
    }

    pub(super) fn connections(&self, file: &File) -> anyhow::Result<Option<usize>> {
        let most = self.number("DUYET_CONNECTIONS", file.connections.as_ref(), 0, 1_000_000)?;
        Ok(Some(usize::try_from(most)?).filter(|most| *most > 0))
    }

    pub(super) fn address(
        &self,
        name: &str,
        file: Option<String>,
    ) -> anyhow::Result<Option<String>> {
        let Some(text) = self.get(name, file) else {
            return Ok(None);
        };
        let url = Url::parse(&text)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let Some(url) = url else {
            bail!("{name}: `{text}` is not an address such as https://binh-luan.bao.example");
        };
        if url.path() != "/" || url.query().is_some() {
            bail!(
                "{name}: `{text}` has a path; the service answers at the root of a host of its own"
            );
        }
        Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
    }
}
