//! Domains that give mailboxes away for an hour. Who writes from one has reasons, so it is for a moderator to know and
//! never a reason to refuse.

/// Source, date and licence stand at its head.
const DOMAINS: &str = include_str!("disposable-domains.txt");

/// Whether a domain (A-labels, lower case) or one above it is known to give mailboxes away.
pub(super) fn is_disposable(domain: &str) -> bool {
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
