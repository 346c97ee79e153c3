//! A reader's report of a published comment, as it comes, and what its sender is known by.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::body::Body;
use super::{FieldError, Fields, ReaderAddress, keyed};
use crate::domain::{ReportReason, SiteId};

/// Unicode scalar values that a note may have.
pub const MAX_NOTE: usize = 500;

/// The fields of the form that reports. Others are let be.
#[derive(Debug, Clone, Default, PartialEq, Eq, utoipa::ToSchema)]
#[schema(as = ReportForm)]
pub struct ReportFields {
    /// Why; also `ly_do`.
    #[schema(example = "insulting")]
    pub reason: String,
    /// What the reader adds; also `ghi_chu`.
    pub note: String,
    /// Where to go afterwards: a page of the site. `duyet=reported` is added to its query.
    #[schema(rename = "return")]
    pub return_to: Option<String>,
}

impl ReportFields {
    /// Decodes a form (WHATWG URL, section 5). Any bytes are one; the first of each field's names that holds something counts.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut fields = Self::default();
        for (name, value) in url::form_urlencoded::parse(bytes) {
            let place = match &*name {
                "reason" | "ly_do" => &mut fields.reason,
                "note" | "ghi_chu" => &mut fields.note,
                "return" => fields.return_to.get_or_insert_default(),
                _ => continue,
            };
            if place.is_empty() {
                *place = value.into_owned();
            }
        }
        fields.return_to.take_if(|value| value.trim().is_empty());
        fields
    }

    /// What it says, or everything that is wrong with it.
    pub fn check(&self) -> Result<CheckedReport, Vec<FieldError>> {
        let mut wrong = Fields::default();
        let reason = match self.reason.as_str() {
            "" => Err(FieldError::new("reason", "report-reason-required")),
            word => word
                .parse()
                .map_err(|_| FieldError::new("reason", "report-reason-required")),
        };
        let reason = wrong.take(reason);
        let note = wrong.take(read_note(&self.note));
        match (reason, note) {
            (Some(reason), Some(note)) => Ok(CheckedReport { reason, note }),
            _ => Err(wrong.into_errors()),
        }
    }
}

/// A report that is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedReport {
    /// Why.
    pub reason: ReportReason,
    /// What the reader adds, where they do.
    pub note: Option<String>,
}

impl CheckedReport {
    /// A report whose reason was read already.
    pub fn new(reason: ReportReason, note: &str) -> Result<Self, FieldError> {
        Ok(Self {
            reason,
            note: read_note(note)?,
        })
    }
}

/// A note is read as a comment's text is, and may be empty.
fn read_note(typed: &str) -> Result<Option<String>, FieldError> {
    let too_long = |length: usize| {
        FieldError::new("note", "text-too-long")
            .with("max", MAX_NOTE)
            .with("length", length)
    };
    let note = match Body::parse(typed) {
        Ok(body) => body.into_string(),
        Err(error) => match error.code {
            "body-required" => return Ok(None),
            "body-too-long" => return Err(too_long(typed.chars().count())),
            _ => return Err(FieldError::new("note", "field-type")),
        },
    };
    let length = note.chars().count();
    if length > MAX_NOTE {
        return Err(too_long(length));
    }
    Ok(Some(note))
}

/// Tells the senders of reports apart. Made from the service's secret for this purpose alone, and the same on every replica.
#[derive(Clone)]
pub struct ReporterKey(SipHasher13);

impl ReporterKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        let key = keyed::derive(secret, b"duyet reporter v1");
        Self(keyed::hasher(&key, &[]))
    }

    /// What an address is known by on a site, and on no other. All whose address is not known are one.
    #[must_use]
    pub fn of(&self, site: SiteId, address: Option<&ReaderAddress>) -> i64 {
        let mut hasher = self.0;
        hasher.write(site.0.as_bytes());
        if let Some(address) = address {
            hasher.write(address.bytes());
        }
        hasher.finish().cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::net::IpAddr;
    use uuid::Uuid;

    #[test]
    fn a_report_is_well_or_told_what_is_wrong() {
        let fields = ReportFields::read(
            b"ly_do=personal_data&ghi_chu=+S%E1%BB%91+nh%C3%A0%0D%0At%C3%B4i+&x=1&return=+",
        );
        let report = fields.check().expect("well");
        assert_eq!(report.reason, ReportReason::PersonalData);
        assert_eq!(report.note.as_deref(), Some("Số nhà\ntôi"));
        assert_eq!(fields.return_to, None);
        assert_eq!(
            CheckedReport::new(ReportReason::Other, " \n")
                .expect("well")
                .note,
            None
        );
        let codes = |bytes: &[u8]| {
            let wrong = ReportFields::read(bytes).check().expect_err("wrong");
            wrong
                .into_iter()
                .map(|error| (error.field, error.code))
                .collect::<Vec<_>>()
        };
        let long = format!("reason=rude&note={}", "a".repeat(MAX_NOTE + 1));
        assert_eq!(
            codes(long.as_bytes()),
            [
                ("reason".to_owned(), "report-reason-required"),
                ("note".to_owned(), "text-too-long"),
            ]
        );
        assert_eq!(codes(b"reason=other&note=a%00b")[0].1, "field-type");
        assert_eq!(codes(b"")[0].1, "report-reason-required");
        let most = "ộ".repeat(MAX_NOTE);
        assert_eq!(read_note(&most), Ok(Some(most.clone())));
    }

    #[test]
    fn addresses_are_told_apart_on_one_site_only() {
        let key = ReporterKey::derive(b"secret");
        let [here, there] = [Uuid::nil(), Uuid::max()].map(SiteId);
        let [one, other] = ["203.0.113.7", "203.0.113.8"]
            .map(|address| ReaderAddress::from(address.parse::<IpAddr>().expect("an address")));
        let all = [
            key.of(here, Some(&one)),
            key.of(here, Some(&other)),
            key.of(there, Some(&one)),
            key.of(here, None),
            key.of(there, None),
            ReporterKey::derive(b"another").of(here, Some(&one)),
        ];
        let different: std::collections::BTreeSet<i64> = all.into();
        assert_eq!(different.len(), all.len());
        assert_eq!(key.clone().of(here, Some(&one)), all[0]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(report) = ReportFields::read(&bytes).check() {
                let note = report.note.unwrap_or_default();
                prop_assert!(note.chars().count() <= MAX_NOTE && !note.contains('\0'));
            }
        }
    }
}
