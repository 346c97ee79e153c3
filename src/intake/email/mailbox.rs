//! Which spellings of an address are one mailbox, by the rules of who runs it.

/// How a provider reads the part before the at sign.
struct Provider {
    /// Its domains, all of which reach the same mailboxes; the first stands for the others.
    domains: &'static [&'static str],
    /// What divides the mailbox from a tag that its owner made up, if anything does.
    tag: Option<char>,
    /// Characters that it does not read.
    unread: &'static [char],
}

/// As their own help pages say. Elsewhere a plus may be part of a name, and a ban must not reach a stranger.
const PROVIDERS: &[Provider] = &[
    Provider {
        domains: &["gmail.com", "googlemail.com"],
        tag: Some('+'),
        unread: &['.'],
    },
    Provider {
        domains: &["icloud.com", "me.com", "mac.com"],
        tag: Some('+'),
        unread: &[],
    },
    Provider {
        domains: &["proton.me", "protonmail.com", "pm.me"],
        tag: Some('+'),
        unread: &['.', '-', '_'],
    },
];

/// Domains with tags after a plus, each with mailboxes of its own.
const PLUS: &[&str] = &[
    "fastmail.com",
    "fastmail.fm",
    "hotmail.com",
    "hotmail.com.vn",
    "live.com",
    "msn.com",
    "outlook.com",
    "outlook.com.vn",
    "yandex.com",
    "yandex.ru",
    "zoho.com",
];

/// Yahoo's disposable addresses are `name-tag`; its names have no hyphen.
const HYPHEN: &[&str] = &["rocketmail.com", "yahoo.com", "yahoo.com.vn", "ymail.com"];

/// One spelling for all spellings of one mailbox. `local` in lower case, `domain` in A-labels.
pub(super) fn key(local: &str, domain: &str) -> String {
    let provider = PROVIDERS
        .iter()
        .find(|provider| provider.domains.contains(&domain));
    let (domain, tag, unread) = match provider {
        Some(provider) => (provider.domains[0], provider.tag, provider.unread),
        None if PLUS.contains(&domain) => (domain, Some('+'), &[][..]),
        None if HYPHEN.contains(&domain) => (domain, Some('-'), &[][..]),
        None => (domain, None, &[][..]),
    };
    let name = tag
        .and_then(|tag| local.split_once(tag))
        .map_or(local, |(name, _)| name);
    let read = name.replace(unread, "");
    // A name made of nothing else is not one that the provider gives out.
    let name = if read.is_empty() { local } else { &read };
    format!("{name}@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_reads_in_its_own_way() {
        for (local, domain, expected) in [
            ("lan.nguyen+bao", "gmail.com", "lannguyen@gmail.com"),
            ("l.a.n.nguyen", "googlemail.com", "lannguyen@gmail.com"),
            ("lan.nguyen+bao", "outlook.com", "lan.nguyen@outlook.com"),
            ("lan+bao", "me.com", "lan@icloud.com"),
            ("l_a-n.nguyen+x", "pm.me", "lannguyen@proton.me"),
            ("lan-bao", "yahoo.com.vn", "lan@yahoo.com.vn"),
            ("lan.nguyen+bao", "bao.vn", "lan.nguyen+bao@bao.vn"),
            ("lan-bao", "fpt.vn", "lan-bao@fpt.vn"),
            ("+bao", "gmail.com", "+bao@gmail.com"),
        ] {
            assert_eq!(key(local, domain), expected);
        }
    }
}
