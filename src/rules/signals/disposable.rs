//! Domains that give mailboxes away for an hour. Who writes from one has reasons, so it is for a moderator to know and
//! never a reason to refuse.

use siphasher::sip::SipHasher13;

use crate::text::{Reading, Span};

/// Source, date and licence stand at its head.
const DOMAINS: &str = include_str!("disposable-domains.txt");

/// The domain of an address that is known, where it is.
pub(super) fn disposable(address: &Reading<'_>) -> Option<Span> {
    let raw = address.raw();
    let start = raw.rfind('@')? + 1;
    // As it is in the list: A-labels (RFC 5890), lower case.
    let domain = if raw[start..].is_ascii() {
        raw[start..].to_ascii_lowercase()
    } else {
        idna::domain_to_ascii(&raw[start..]).ok()?
    };
    is_disposable(&domain).then(|| address.span(start..raw.len()))
}

/// A number for what the list says, so that it is known by which one comments were judged.
pub(in crate::rules) fn listed() -> u64 {
    SipHasher13::new().hash(DOMAINS.as_bytes())
}

/// Whether a domain (A-labels, lower case) or one above it is known to give mailboxes away.
fn is_disposable(domain: &str) -> bool {
    let mut name = domain;
    while name.contains('.') {
        if contains(DOMAINS, name) {
            return true;
        }
        name = name.split_once('.').map_or("", |(_, above)| above);
    }
    false
}

/// Looks for a whole line among lines in byte order. The head's lines begin with `#` and so come before every domain.
fn contains(lines: &str, wanted: &str) -> bool {
    let bytes = lines.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes[low..middle].iter().rposition(|b| *b == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let length = bytes[start..].iter().position(|b| *b == b'\n');
        let end = length.map_or(bytes.len(), |length| start + length);
        match bytes[start..end].cmp(wanted.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_givers_and_names_below_them_are_found() {
        for domain in [
            "mailinator.com",
            "inbox.mailinator.com",
            "yopmail.com",
            "10minutemail.com",
        ] {
            assert!(is_disposable(domain), "{domain}");
        }
    }

    #[test]
    fn providers_are_none() {
        for domain in [
            "gmail.com",
            // Who mistypes is asked what they meant, and is no suspect.
            "gmial.com",
            "hotmial.com",
            "yahoo.com.vn",
            "fpt.vn",
            "hcm.vnn.vn",
            "viettel.com.vn",
            "icloud.com",
            "moet.edu.vn",
            "hanoi.gov.vn",
            "com",
            "vn",
            "",
        ] {
            assert!(!is_disposable(domain), "{domain}");
        }
    }

    #[test]
    fn the_domain_of_an_address_is_pointed_at() {
        for (address, seen) in [
            ("a@mailinator.com", Some("mailinator.com")),
            ("a@X.Mailinator.com", Some("X.Mailinator.com")),
            ("lê@ｍailinator.com", Some("ｍailinator.com")),
            ("mailinator.com@gmail.com", None),
            ("mailinator.com", None),
        ] {
            let reading = Reading::new(address);
            let found = disposable(&reading).map(|span| reading.excerpt(span));
            assert_eq!(found, seen, "{address}");
        }
    }

    #[test]
    fn every_line_is_found() {
        let domains: Vec<&str> = DOMAINS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(domains.len() > 8000 && domains.is_sorted());
        for domain in domains {
            assert!(contains(DOMAINS, domain), "{domain}");
        }
    }
}
