//! The part after the at sign.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::mixed_script::AugmentedScriptSet;

/// RFC 1035, 2.3.4, as text without the root's dot.
const MAX_DOMAIN: usize = 253;
/// RFC 1035, 2.3.4.
const MAX_LABEL: usize = 63;

/// The domain in A-labels (UTS #46, non-transitional, STD3 rules), where it is a name of two labels or more that mapping
/// did not have to mend: white space, soft hyphens or full-width dots in a domain are a trick or a slip.
pub(super) fn ascii_domain(domain: &str) -> Option<String> {
    if !domain.is_ascii() && !is_honest(domain) {
        return None;
    }
    let ascii = idna::domain_to_ascii_strict(domain).ok()?;
    // An A-label may have been typed as such, and stands for the same.
    if domain.is_ascii() && ascii.contains("xn--") && !is_honest(&idna::domain_to_unicode(&ascii).0)
    {
        return None;
    }
    let labels: Vec<&str> = ascii.split('.').collect();
    let top = labels.last()?;
    // RFC 3696, 2: the last label is not all digits. The root zone has none of one letter.
    let is_name = top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit());
    let well = ascii.len() <= MAX_DOMAIN
        && labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && is_name;
    well.then_some(ascii)
}

/// RFC 5321, 4.1.2: letters, digits and hyphens, none of these first or last.
fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= MAX_LABEL
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Whether an internationalised domain is what it looks like: letters, digits, hyphens and dots, in no dress that mapping
/// takes off, and no label of scripts that are not written together (`gmаil.com` with a Cyrillic а).
fn is_honest(domain: &str) -> bool {
    let composed: String = domain.nfc().collect();
    let well = |c: char| c.is_ascii() || c.is_alphanumeric() || is_combining_mark(c);
    composed.chars().all(well)
        && composed.nfkc().eq(composed.chars())
        && composed
            .split('.')
            .all(|label| !AugmentedScriptSet::for_str(label).is_empty())
}
