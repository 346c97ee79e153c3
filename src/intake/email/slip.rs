//! Slips of the fingers in a domain, and what was meant: *gmial.com*, *yahoo.com.vm*, *gmail,com*.

/// Where readers have their mail, those with the most first: of two that are as near, the first is meant.
const PROVIDERS: &[&str] = &[
    "gmail.com",
    "yahoo.com",
    "yahoo.com.vn",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "outlook.com.vn",
    "live.com",
    "ymail.com",
    "msn.com",
    "me.com",
    "viettel.com.vn",
    "fpt.vn",
    "fpt.com.vn",
    "hcm.fpt.vn",
    "hn.fpt.vn",
    "vnn.vn",
    "hcm.vnn.vn",
    "hn.vnn.vn",
    "dng.vnn.vn",
    "vnpt.vn",
    "vnpt.com.vn",
    "saigonnet.vn",
    "netnam.vn",
    "vietnamnet.vn",
    "zing.vn",
    "proton.me",
    "protonmail.com",
    "rocketmail.com",
    "googlemail.com",
    "aol.com",
    "mail.com",
    "zoho.com",
    "yandex.com",
    "fastmail.com",
    "mail.ru",
    "qq.com",
];

/// As near to one of them as a slip, and still somebody's own.
const OTHERS: &[&str] = &[
    "cloud.com",
    "email.com",
    "gmx.com",
    "hmail.com",
    "live.com.vn",
    "mail.vn",
    "tmail.com",
    "yahoo.com.cn",
    "yahoo.com.ve",
    "yandex.ru",
];

/// Slips further off than a letter: the country where the provider has none, or the other way about.
const COUNTRIES: &[(&str, &str)] = &[
    ("gmail.com.vn", "gmail.com"),
    ("gmail.net", "gmail.com"),
    ("gmail.org", "gmail.com"),
    ("gmail.vn", "gmail.com"),
    ("hotmail.com.vn", "hotmail.com"),
    ("hotmail.vn", "hotmail.com"),
    ("icloud.com.vn", "icloud.com"),
    ("icloud.vn", "icloud.com"),
    ("outlook.vn", "outlook.com"),
    ("vnn.com.vn", "vnn.vn"),
    ("yahoo.vn", "yahoo.com.vn"),
];

/// Endings that fingers make of `com`, `net`, `org` and `vn`, and that the root zone has not.
const NO_ENDING: &[&str] = &[
    "ccom", "cim", "cmo", "comm", "con", "coom", "cpm", "ent", "nte", "nv", "ocm", "ogr", "ven",
    "vm", "vmn", "vnm", "vnn", "vom", "vv", "xom",
];

/// Names that are shorter are a letter away from too many others.
const LONG_ENOUGH: usize = 5;

/// The provider's domain that was meant, where `domain` (lower case) is none but near one.
pub(super) fn meant(domain: &str) -> Option<&'static str> {
    if PROVIDERS.contains(&domain) || OTHERS.contains(&domain) {
        return None;
    }
    if let Some((_, meant)) = COUNTRIES.iter().find(|(slip, _)| *slip == domain) {
        return Some(meant);
    }
    let steps = PROVIDERS
        .iter()
        .filter_map(|provider| Some((steps(domain, provider)?, *provider)));
    steps
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, provider)| provider)
}

/// Whether no mail can reach the domain, well-formed as it is.
pub(super) fn is_nowhere(domain: &str) -> bool {
    let ending = domain.rsplit('.').next().unwrap_or_default();
    NO_ENDING.binary_search(&ending).is_ok()
}

/// What was meant by something that is no address: the first of a few mendings that `passes`.
pub(super) fn mended(typed: &str, passes: impl Fn(&str) -> bool) -> Option<String> {
    let whole = typed.trim().replace("@@", "@");
    let (local, domain) = match whole.rsplit_once('@') {
        Some((local, domain)) => (local.trim().to_owned(), tidied(domain)),
        None => without_at(&tidied(&whole))?,
    };
    let meant = meant(&domain).map_or(domain, str::to_owned);
    let toneless: String = local
        .to_lowercase()
        .chars()
        .map(crate::text::base)
        .collect();
    [local, toneless]
        .into_iter()
        .map(|local| format!("{local}@{meant}"))
        .find(|address| address != typed && passes(address))
}

/// A domain with what a finger next to the full stop makes of it put right.
fn tidied(domain: &str) -> String {
    let dots = domain
        .to_lowercase()
        .replace([',', ';', '\u{3002}', '\u{ff0e}'], ".");
    let labels: Vec<&str> = dots
        .split('.')
        .map(str::trim)
        .filter(|label| !label.is_empty())
        .collect();
    labels.join(".")
}

/// `lan.gmail.com` and `langmail.com`.
fn without_at(whole: &str) -> Option<(String, String)> {
    PROVIDERS.iter().find_map(|provider| {
        let name = provider.split('.').next().unwrap_or_default();
        let local = whole.strip_suffix(provider)?.trim_end_matches('.');
        (name.len() >= LONG_ENOUGH && !local.is_empty())
            .then(|| (local.to_owned(), (*provider).to_owned()))
    })
}

/// How many slips lie between a domain and a provider's; nothing where they are too many to be slips.
fn steps(domain: &str, provider: &str) -> Option<usize> {
    let (meant_name, meant_rest) = provider.split_once('.')?;
    let is_long = meant_name.len() >= LONG_ENOUGH;
    let Some((name, rest)) = domain.split_once('.') else {
        // `gmail`, `gmailcom`
        let is_whole = domain == meant_name
            || domain.len() + 1 == provider.len() && provider.replacen('.', "", 1) == domain;
        return (is_whole || is_long && distance(domain, meant_name, 1) == Some(1)).then_some(1);
    };
    // Most domains share nothing with a provider's.
    if name.len().abs_diff(meant_name.len()) > 2 || rest.len().abs_diff(meant_rest.len()) > 1 {
        return None;
    }
    let of_rest = distance(rest, meant_rest, 1)?;
    let most = match (meant_name.len(), of_rest) {
        (7.., 0) => 2,
        (LONG_ENOUGH.., _) => 1,
        _ => 0,
    };
    let of_name = distance(name, meant_name, most)
        .or_else(|| (of_rest == 0 && are_changed_about(name, meant_name)).then_some(1))?;
    Some(of_name + of_rest)
}

fn are_changed_about(name: &str, meant: &str) -> bool {
    // Of two letters either order is somebody's.
    meant.len() > 2 && name.len() == meant.len() && distance(name, meant, 1) == Some(1) && {
        let (mut a, mut b) = (name.as_bytes().to_vec(), meant.as_bytes().to_vec());
        a.sort_unstable();
        b.sort_unstable();
        a == b
    }
}

/// The longest part of a provider's domain, and two slips more.
const WIDEST: usize = 16;

/// Letters put in, left out, replaced, or changed about with their neighbour (optimal string alignment), where they are
/// no more than `most`. In place: each address that comes in is compared with all providers.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a == b {
        return Some(0);
    }
    if most == 0 || a.len().abs_diff(b.len()) > most || b.len() >= WIDEST {
        return None;
    }
    let [mut older, mut old] = [[0; WIDEST], std::array::from_fn(|steps| steps)];
    for (i, x) in a.iter().enumerate() {
        let mut new = [i + 1; WIDEST];
        for (j, y) in b.iter().enumerate() {
            let mut best = (old[j] + usize::from(x != y))
                .min(old[j + 1] + 1)
                .min(new[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(older[j - 1] + 1);
            }
            new[j + 1] = best;
        }
        if new[..=b.len()].iter().all(|steps| *steps > most) {
            return None;
        }
        (older, old) = (old, new);
    }
    Some(old[b.len()]).filter(|steps| *steps <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_lead_to_the_provider() {
        for (typed, provider) in [
            ("gmial.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.cm", "gmail.com"),
            ("gmali.cmo", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gnail.com", "gmail.com"),
            ("gmail.com.vn", "gmail.com"),
            ("gmail.vn", "gmail.com"),
            ("gmail", "gmail.com"),
            ("gmailcom", "gmail.com"),
            ("gmal", "gmail.com"),
            ("yahoo.con", "yahoo.com"),
            ("yaho.com", "yahoo.com"),
            ("yahooo.com.vn", "yahoo.com.vn"),
            ("yahoo.com.vm", "yahoo.com.vn"),
            ("yahoo.com.v", "yahoo.com.vn"),
            ("yahoo.con.vn", "yahoo.com.vn"),
            ("yahoo.vn", "yahoo.com.vn"),
            ("hotmial.com", "hotmail.com"),
            ("htmil.com", "hotmail.com"),
            ("outlok.com", "outlook.com"),
            ("icloud.con", "icloud.com"),
            ("iclould.com", "icloud.com"),
            ("fpt.vm", "fpt.vn"),
            ("ftp.vn", "fpt.vn"),
            ("vnn.vnn", "vnn.vn"),
            ("vnn.com.vn", "vnn.vn"),
            ("hcm.vn.vn", "hcm.vnn.vn"),
            ("viettel.con.vn", "viettel.com.vn"),
            ("vietel.com.vn", "viettel.com.vn"),
            ("viettle.com.vn", "viettel.com.vn"),
        ] {
            assert_eq!(meant(typed), Some(provider), "{typed}");
        }
    }

    #[test]
    fn what_is_somebodys_own_is_let_be() {
        for domain in PROVIDERS.iter().chain(OTHERS).copied().chain([
            "bao.vn",
            "example.com",
            "baodongnai.com.vn",
            "fst.vn",
            "vng.vn",
            "vtv.vn",
            "hcmus.edu.vn",
            "moet.edu.vn",
            "hanoi.gov.vn",
            "yahoo.fr",
            "yahoo.co.jp",
            "yahoo.ca",
            "live.fr",
            "gmx.de",
            "bao",
            "thu.example",
            "vnu.vn",
            "msn.vn.example",
            "em.com",
        ]) {
            assert_eq!(meant(domain), None, "{domain}");
        }
    }

    #[test]
    fn a_broken_address_is_mended_where_it_can_be() {
        let passes = |address: &str| address.is_ascii() && !address.contains([' ', ',']);
        for (typed, meant) in [
            ("lan@gmail,com", "lan@gmail.com"),
            ("lan@gmail..com", "lan@gmail.com"),
            ("lan@gmail.com.", "lan@gmail.com"),
            ("lan@ gmail.com", "lan@gmail.com"),
            ("lan @gmail . com", "lan@gmail.com"),
            ("lan@@gmail.com", "lan@gmail.com"),
            ("lan.gmail.com", "lan@gmail.com"),
            ("langmail.com", "lan@gmail.com"),
            ("hoà@gmail.com", "hoa@gmail.com"),
            ("lan@gmail", "lan@gmail.com"),
        ] {
            assert_eq!(mended(typed, passes).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(mended("lan", passes), None);
    }

    #[test]
    fn every_providers_name_has_room() {
        let parts = PROVIDERS.iter().filter_map(|domain| domain.split_once('.'));
        let longest = parts.map(|(name, rest)| name.len().max(rest.len())).max();
        assert!(longest < Some(WIDEST));
    }

    #[test]
    fn endings_are_sorted_for_the_search() {
        assert!(NO_ENDING.is_sorted());
    }
}
