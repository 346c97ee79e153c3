//! What went wrong, as RFC 9457 problem details. Made where it happens, put into words at the outer layer, where the
//! reader's language and the request's id are known.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Locale;
use crate::intake::FieldError;
use crate::messages::Messages;
use crate::store;

/// A kind of problem: its status, and the name that its `type` and its messages go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Fields that must be corrected.
    InvalidFields,
    /// Not JSON.
    MalformedJson,
    /// Cannot be read as HTTP has it.
    MalformedRequest,
    /// A form in parts that cannot be taken apart, or ends early.
    MalformedForm,
    /// A body of another kind.
    UnsupportedMediaType,
    /// A body over the limit.
    TooLarge,
    /// A body that took too long to arrive.
    Timeout,
    /// Nothing there.
    NotFound,
    /// No such site.
    SiteUnknown,
    /// The article takes no comments.
    ArticleClosed,
    /// From a page that is not the site's, or not the dashboard's.
    ForeignOrigin,
    /// From a page of the dashboard that was opened before its browser signed in anew.
    FormOutdated,
    /// No valid token or session.
    Unauthorised,
    /// Not for somebody of this role.
    Forbidden,
    /// Too much from one address.
    TooMany,
    /// Too many reports at once.
    TooManyReports,
    /// Somebody was faster.
    Conflict,
    /// The time in which a reader may edit is over.
    EditOver,
    /// What a reader would edit was not published, or taken back.
    EditSettled,
    /// What a reader would edit has changed since they saw it.
    EditChanged,
    /// What a reader would take back was not published.
    WithdrawSettled,
    /// No such batch.
    NothingToUndo,
    /// Not a receipt of ours.
    ReceiptInvalid,
    /// Not a link of a mail of ours.
    MailLinkInvalid,
    /// Not a link of a mail to a member, or one that counts no more.
    MemberLinkInvalid,
    /// It would leave nobody who may administer everything.
    LastAdmin,
    /// The same was asked for too often.
    TooOften,
    /// It does not stand any more as the one who asks saw it.
    Stale,
    /// A webhook that is switched off is told nothing.
    WebhookOff,
    /// A message of a CMS without what proves it.
    SignatureMissing,
    /// A message of a CMS with a header twice that proves it.
    SignatureDoubled,
    /// A message of a CMS that was signed too long ago, or by a clock that is ahead.
    SignatureStale,
    /// A message of a CMS that is not signed with the site's secret.
    SignatureWrong,
    /// Another method.
    MethodNotAllowed,
    /// Nothing was changed; the same request may do in a moment.
    Busy,
    /// A fault of ours.
    Internal,
}

impl Code {
    /// Every kind, for the documentation.
    pub const ALL: [Self; 36] = [
        Self::InvalidFields,
        Self::MalformedJson,
        Self::MalformedRequest,
        Self::MalformedForm,
        Self::UnsupportedMediaType,
        Self::TooLarge,
        Self::Timeout,
        Self::NotFound,
        Self::SiteUnknown,
        Self::ArticleClosed,
        Self::ForeignOrigin,
        Self::FormOutdated,
        Self::Unauthorised,
        Self::Forbidden,
        Self::TooMany,
        Self::TooManyReports,
        Self::Conflict,
        Self::EditOver,
        Self::EditSettled,
        Self::EditChanged,
        Self::WithdrawSettled,
        Self::NothingToUndo,
        Self::ReceiptInvalid,
        Self::MailLinkInvalid,
        Self::MemberLinkInvalid,
        Self::LastAdmin,
        Self::TooOften,
        Self::Stale,
        Self::WebhookOff,
        Self::SignatureMissing,
        Self::SignatureDoubled,
        Self::SignatureStale,
        Self::SignatureWrong,
        Self::MethodNotAllowed,
        Self::Busy,
        Self::Internal,
    ];

    /// Whether a form that was refused so comes back with what was typed into it: the same may be sent again, corrected, in a
    /// moment, or elsewhere.
    #[must_use]
    pub const fn keeps_what_was_typed(self) -> bool {
        matches!(
            self,
            Self::InvalidFields
                | Self::ArticleClosed
                | Self::EditOver
                | Self::EditSettled
                | Self::EditChanged
                | Self::TooMany
                | Self::TooManyReports
                | Self::Busy
                | Self::Internal
        )
    }

    /// The name in `type` and in the message catalogue.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::InvalidFields => "invalid-fields",
            Self::MalformedJson => "malformed-json",
            Self::MalformedRequest => "malformed-request",
            Self::MalformedForm => "malformed-form",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::TooLarge => "too-large",
            Self::Timeout => "timeout",
            Self::NotFound => "not-found",
            Self::SiteUnknown => "site-unknown",
            Self::ArticleClosed => "article-closed",
            Self::ForeignOrigin => "foreign-origin",
            Self::FormOutdated => "form-outdated",
            Self::Unauthorised => "unauthorised",
            Self::Forbidden => "forbidden",
            Self::TooMany => "too-many",
            Self::TooManyReports => "too-many-reports",
            Self::Conflict => "conflict",
            Self::EditOver => "edit-over",
            Self::EditSettled => "edit-settled",
            Self::EditChanged => "edit-changed",
            Self::WithdrawSettled => "withdraw-settled",
            Self::NothingToUndo => "nothing-to-undo",
            Self::ReceiptInvalid => "receipt-invalid",
            Self::MailLinkInvalid => "mail-link-invalid",
            Self::MemberLinkInvalid => "member-link-invalid",
            Self::LastAdmin => "last-admin",
            Self::TooOften => "too-often",
            Self::Stale => "stale",
            Self::WebhookOff => "webhook-off",
            Self::SignatureMissing => "signature-missing",
            Self::SignatureDoubled => "signature-doubled",
            Self::SignatureStale => "signature-stale",
            Self::SignatureWrong => "signature-wrong",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::InvalidFields => StatusCode::UNPROCESSABLE_ENTITY,
            Self::MalformedJson | Self::MalformedRequest | Self::MalformedForm => {
                StatusCode::BAD_REQUEST
            }
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::NotFound
            | Self::SiteUnknown
            | Self::NothingToUndo
            | Self::ReceiptInvalid
            | Self::MailLinkInvalid
            | Self::MemberLinkInvalid => StatusCode::NOT_FOUND,
            Self::ArticleClosed | Self::ForeignOrigin | Self::FormOutdated | Self::Forbidden => {
                StatusCode::FORBIDDEN
            }
            Self::Unauthorised
            | Self::SignatureMissing
            | Self::SignatureDoubled
            | Self::SignatureStale
            | Self::SignatureWrong => StatusCode::UNAUTHORIZED,
            Self::TooMany | Self::TooManyReports | Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Conflict
            | Self::LastAdmin
            | Self::Stale
            | Self::WebhookOff
            | Self::EditOver
            | Self::EditSettled
            | Self::EditChanged
            | Self::WithdrawSettled => StatusCode::CONFLICT,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Words for those whom the words of a kind would mislead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// JSON that is no object.
    JsonObject,
    /// A body that came compressed.
    ContentCoding,
    /// A browser with a session that does not say which page asked.
    PageUnsaid,
    /// A browser with a session, or about to have one, on a page that is not the dashboard's.
    PageElsewhere,
    /// A page of the site's whose script would send what pages may not.
    PageAsksTooMuch,
    /// Somebody who only reads.
    BusyReading,
}

impl Words {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::JsonObject,
        Self::ContentCoding,
        Self::PageUnsaid,
        Self::PageElsewhere,
        Self::PageAsksTooMuch,
        Self::BusyReading,
    ];

    /// The kind that they are words for.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::JsonObject => Code::InvalidFields,
            Self::ContentCoding => Code::UnsupportedMediaType,
            Self::PageUnsaid | Self::PageElsewhere | Self::PageAsksTooMuch => Code::ForeignOrigin,
            Self::BusyReading => Code::Busy,
        }
    }

    /// The name in the message catalogue.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::JsonObject => "json-object",
            Self::ContentCoding => "content-coding",
            Self::PageUnsaid => "page-unsaid",
            Self::PageElsewhere => "page-elsewhere",
            Self::PageAsksTooMuch => "page-asks-too-much",
            Self::BusyReading => "busy-reading",
        }
    }
}

/// Something that went wrong with a request.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// How it is told, where not by the words of its kind.
    pub words: Option<Words>,
    /// Which fields, where it is about fields.
    pub errors: Vec<FieldError>,
    /// The same decision results as in a success, where every one of them was lost.
    pub results: Option<serde_json::Value>,
    /// The email address that was probably meant, where the one that was given passes but looks like a slip.
    pub suggestion: Option<String>,
    /// Seconds after which the same request may do.
    pub retry_after: Option<u32>,
    /// For our own log, never for the one who asked.
    pub cause: Option<String>,
}

impl Problem {
    /// A problem of that kind.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            words: None,
            errors: Vec::new(),
            results: None,
            suggestion: None,
            retry_after: None,
            cause: None,
        }
    }

    /// A problem of the kind that these are words for.
    #[must_use]
    pub const fn in_words(words: Words) -> Self {
        let mut problem = Self::new(words.code());
        problem.words = Some(words);
        problem
    }

    /// Seconds after which the same request may do, where that is known. Who finds us busy may come back in a moment, wherever
    /// that was noticed.
    #[must_use]
    pub fn wait(&self) -> Option<u32> {
        self.retry_after.or((self.code == Code::Busy).then_some(1))
    }

    /// Whether that field must be corrected.
    #[must_use]
    pub fn is_about(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// Too much came from the reader's address; there is room again after so many seconds.
    #[must_use]
    pub fn too_many(wait: u32) -> Self {
        Self {
            retry_after: Some(wait),
            ..Self::new(Code::TooMany)
        }
    }

    /// Too many reports came from the reader's address, or to the site; there is room again after so long.
    #[must_use]
    pub fn too_many_reports(wait: std::time::Duration) -> Self {
        Self {
            code: Code::TooManyReports,
            ..Self::too_often(wait)
        }
    }

    /// The same was asked for too often; to be tried again after so long.
    #[must_use]
    pub fn too_often(wait: std::time::Duration) -> Self {
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::new(Code::TooOften)
        }
    }

    /// Fields that are wrong.
    #[must_use]
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self {
            errors,
            ..Self::new(Code::InvalidFields)
        }
    }

    /// The same with what stands before the names of its fields.
    #[must_use]
    pub fn within(mut self, place: &str) -> Self {
        for error in &mut self.errors {
            error.field.insert_str(0, place);
        }
        self
    }

    /// The same, asking whether another email address was meant.
    #[must_use]
    pub fn asking(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }

    /// One field that is wrong.
    #[must_use]
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::fields(vec![FieldError::new(field, code)])
    }

    /// The problem in words.
    #[must_use]
    pub fn told(&self, locale: Locale, request_id: &str) -> ProblemBody {
        let t = Messages::of(locale);
        let slug = self.code.slug();
        let words = self.words.map_or(slug, Words::slug);
        ProblemBody {
            kind: format!("/docs#problem-{slug}"),
            title: t.get(&format!("problem-{words}")),
            status: self.code.status().as_u16(),
            detail: t.get(&format!("problem-{words}-detail")),
            errors: self
                .errors
                .iter()
                .map(|error| FieldProblem::told(error, t))
                .collect(),
            results: self.results.clone(),
            suggestion: self.suggestion.clone(),
            request_id: request_id.to_owned(),
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        let code = match &error {
            store::Error::NotFound => Code::NotFound,
            store::Error::Conflict(_) => Code::Conflict,
            // The database failed or is away: nothing was changed, and the same request may do in a moment.
            store::Error::Busy
            | store::Error::Contended
            | store::Error::Away(_)
            | store::Error::Broken(_) => Code::Busy,
        };
        Self {
            cause: Some(error.to_string()),
            ..Self::new(code)
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.slug())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    /// Without words: the outer layer finds the problem in this response and tells it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Problem details (RFC 9457), as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Where this kind of problem is explained.
    #[serde(rename = "type")]
    #[schema(example = "/docs#problem-invalid-fields")]
    pub kind: String,
    /// The kind in a few words, in the language of `Accept-Language`.
    #[schema(example = "Có chỗ cần sửa")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// The fields that are wrong, all of them at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// Where every comment of a decision was lost to somebody faster: what stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<serde_json::Value>,
    /// The email address that was probably meant, where the one that was given passes but looks like a slip.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nguyenvana@gmail.com")]
    pub suggestion: Option<String>,
    /// Finds this request in the log.
    pub request_id: String,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field's name.
    #[schema(example = "email")]
    pub field: String,
    /// What is wrong, for programs.
    #[schema(example = "email-invalid")]
    pub code: String,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// What may have been meant, where that can be guessed: a value that passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nguyenvana@gmail.com")]
    pub suggestion: Option<String>,
}

impl FieldProblem {
    /// The error in words.
    #[must_use]
    pub fn told(error: &FieldError, t: Messages) -> Self {
        let mut variables: Vec<(&str, fluent_bundle::FluentValue<'_>)> = error
            .numbers
            .iter()
            .map(|(name, number)| (*name, (*number).into()))
            .collect();
        variables.extend(
            error
                .texts
                .iter()
                .map(|(name, text)| (*name, text.as_str().into())),
        );
        variables.push(("field", error.field.as_str().into()));
        let mut message = t.with(error.code, &variables);
        if let Some(meant) = &error.suggestion {
            message.push(' ');
            message.push_str(&t.with("field-meant", &[("suggestion", meant.as_str().into())]));
        }
        Self {
            message,
            field: error.field.clone(),
            code: error.code.to_owned(),
            suggestion: error.suggestion.clone(),
        }
    }
}
