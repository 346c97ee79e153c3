//! Readers' email addresses: one type, stricter than any mail server asks for and never laxer.

mod domain;
mod mailbox;
mod slip;
#[cfg(test)]
mod tests;

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::UnicodeNormalization;
use validator::ValidateEmail;

use self::domain::ascii_domain;
use super::FieldError;

/// RFC 5321, 4.5.3.1.3, less the angle brackets.
const MAX_BYTES: usize = 254;
/// RFC 5321, 4.5.3.1.1.
const MAX_LOCAL: usize = 64;

/// An address of the form `dot-atom@domain` (RFC 5321, 4.1.2) with a domain name of two labels or more. No quoted local
/// part, no address literal, no comment, no folding: nobody writes those into a newspaper's form but to break it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    typed: String,
    domain: String,
    key: String,
}

/// What else is taken for an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EmailPolicy {
    /// Letters of any script before the at sign (RFC 6531). Mail to such an address needs a server with SMTPUTF8.
    pub unicode_local_part: bool,
}

impl Email {
    /// Reads an address, in ASCII before the at sign; spaces around it are not part of it.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        Self::parse_with(typed, EmailPolicy::default())
    }

    /// Reads an address as far as the policy goes. What is refused is told with what may have been meant.
    pub fn parse_with(typed: &str, policy: EmailPolicy) -> Result<Self, FieldError> {
        let typed = typed.trim_matches(' ');
        Self::read(typed, policy).map_err(|error| {
            let meant = (typed.len() <= MAX_BYTES)
                .then(|| slip::mended(typed, |address| Self::read(address, policy).is_ok()))
                .flatten();
            match meant {
                Some(meant) => error.suggesting(meant),
                None => error,
            }
        })
    }

    fn read(typed: &str, policy: EmailPolicy) -> Result<Self, FieldError> {
        if typed.is_empty() {
            return Err(wrong("email-required"));
        }
        if typed.len() > MAX_BYTES {
            return Err(wrong("email-too-long").with("max", MAX_BYTES));
        }
        let turns_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if typed.contains(turns_line) {
            return Err(wrong("email-control"));
        }
        let (local, domain) = typed
            .rsplit_once('@')
            .ok_or_else(|| wrong("email-invalid"))?;
        check_local(local, policy)?;
        // The first sieve. It lets address literals through with anything before them, hence all the rest. Of letters
        // before the at sign it knows ASCII only.
        let passes = if local.is_ascii() {
            typed.validate_email()
        } else {
            format!("a@{domain}").validate_email()
        };
        let domain = passes.then(|| ascii_domain(domain)).flatten();
        let domain = domain.ok_or_else(|| wrong("email-domain"))?;
        if local.len() + 1 + domain.len() > MAX_BYTES {
            return Err(wrong("email-too-long").with("max", MAX_BYTES));
        }
        if slip::is_nowhere(&domain) && slip::meant(&domain).is_some() {
            return Err(wrong("email-domain"));
        }
        Ok(Self {
            key: mailbox::key(&lower(local), &domain),
            typed: typed.to_owned(),
            domain,
        })
    }

    /// As typed: to be shown, and where mail goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The domain in A-labels and lower case (RFC 5890), as it is looked up and compared.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The address as a mail server takes it: before the at sign as typed, after it in A-labels.
    #[must_use]
    pub fn for_mail(&self) -> String {
        format!("{}@{}", self.local(), self.domain)
    }

    /// The same for all spellings of one mailbox: lower case, the domain as A-labels, without tags and dots where its
    /// provider does not read them. For counts and bans, never for mail.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Who signs in by this address: lower case, the domain as A-labels, and nothing left out, so that two members never
    /// become one by their provider's rules.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{}@{}", lower(self.local()), self.domain)
    }

    /// The address that was probably meant, where the domain is near to a large provider's: to ask with, after taking
    /// it in. `lan@gmial.com` may well have a mailbox.
    #[must_use]
    pub fn suggestion(&self) -> Option<String> {
        let meant = slip::meant(&self.domain)?;
        Some(format!("{}@{meant}", self.local()))
    }

    fn local(&self) -> &str {
        self.typed.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

fn wrong(code: &'static str) -> FieldError {
    FieldError::new("email", code)
}

fn lower(local: &str) -> String {
    if local.is_ascii() {
        local.to_ascii_lowercase()
    } else {
        local.to_lowercase().nfc().collect()
    }
}

/// RFC 5322, 3.2.3, in ASCII; as RFC 6531, 3.3, widens it, where that is wanted.
fn check_local(local: &str, policy: EmailPolicy) -> Result<(), FieldError> {
    if local.len() > MAX_LOCAL {
        return Err(wrong("email-local-too-long").with("max", MAX_LOCAL));
    }
    let is_ascii_text = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if local.is_empty() || !local.chars().all(|c| is_ascii_text(c) || is_word(c)) {
        return Err(wrong("email-invalid"));
    }
    if !local.is_ascii() && !policy.unicode_local_part {
        return Err(wrong("email-unicode"));
    }
    if local.split('.').any(str::is_empty) {
        return Err(wrong("email-dots"));
    }
    // A mark needs a letter before it, and a letter wears no dress (RFC 8265, 3.3.2: full-width forms).
    let stray = local.split('.').any(|atom| atom.starts_with(is_mark));
    if stray || !local.is_ascii() && local.nfkc().ne(local.nfc()) {
        return Err(wrong("email-invalid"));
    }
    Ok(())
}

/// Of all that RFC 6531 allows, the letters, marks and digits (RFC 8264, 9.1): nothing unseen and nothing that turns the
/// text around.
fn is_word(c: char) -> bool {
    !c.is_ascii()
        && !crate::text::is_invisible(c)
        && (is_mark(c)
            || matches!(
                get_general_category(c),
                Category::LowercaseLetter
                    | Category::UppercaseLetter
                    | Category::OtherLetter
                    | Category::ModifierLetter
                    | Category::DecimalNumber
            ))
}

fn is_mark(c: char) -> bool {
    matches!(
        get_general_category(c),
        Category::NonspacingMark | Category::SpacingMark
    )
}
