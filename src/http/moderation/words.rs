//! A site's own words: what its editors hold and allow on top of the rule packs.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{Category, Instant, SiteWord, WordId, WordKind, WordState};
use crate::http::door::{Editing, Moderating, NewWord};
use crate::http::input::{self, Query};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::intake::FieldError;
use crate::store::WordFilter;

/// A word or phrase of the site.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteWordBody {
    /// Which one.
    id: WordId,
    /// As it was typed.
    #[schema(example = "bán nhà")]
    word: String,
    /// As it is looked for.
    #[schema(example = "bán nhà")]
    normal: String,
    /// `hold` holds comments that have it; `allow` takes away what words see inside it.
    kind: WordKind,
    /// What kind of trouble it is; none where it allows.
    category: Option<Category>,
    /// What each place of it adds to the score.
    #[schema(example = 1.0)]
    weight: f32,
    /// `live` counts for new comments; `draft` shows in back-tests only.
    state: WordState,
    /// A word to colleagues.
    note: Option<String>,
    /// Who added it.
    created_by: String,
    /// When.
    created_at: Instant,
    /// When it last changed.
    updated_at: Instant,
}

impl From<SiteWord> for SiteWordBody {
    fn from(word: SiteWord) -> Self {
        Self {
            id: word.id,
            word: word.word,
            normal: word.normal,
            kind: word.kind,
            category: word.category,
            weight: word.weight,
            state: word.state,
            note: word.note,
            created_by: word.created_by,
            created_at: word.created_at,
            updated_at: word.updated_at,
        }
    }
}

/// Words, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteWordPage {
    /// The words.
    words: Vec<SiteWordBody>,
    /// Give this as `after` for more; none where there are no more.
    next: Option<WordId>,
}

/// A word to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSiteWord {
    /// A word or phrase, 100 characters at the most. It matches whole; case, tone placement, invisible characters and what parts its syllables make no difference.
    #[schema(example = "bán nhà")]
    word: String,
    /// `hold` or `allow`.
    kind: WordKind,
    /// What kind of trouble it is; `profanity` unless said. Not with `allow`.
    #[serde(default)]
    category: Option<Category>,
    /// What each place of it adds to the score, above 0 and up to 10; 1 unless said. Not with `allow`.
    #[serde(default)]
    weight: Option<f32>,
    /// `draft` unless said.
    #[serde(default)]
    state: Option<WordState>,
    /// A word to colleagues: 500 characters at the most.
    #[serde(default)]
    note: Option<String>,
}

/// Words to be added together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSiteWords {
    /// One word or more, 1000 at the most; all are added or none.
    words: Vec<NewSiteWord>,
}

impl NewSiteWords {
    fn check(&self) -> Result<(), Problem> {
        let mut wrong = Vec::new();
        if self.words.is_empty() || self.words.len() > 1000 {
            wrong.push(FieldError::new("words", "list-length").with("max", 1000));
        }
        for (place, word) in self.words.iter().enumerate() {
            let Some(note) = &word.note else { continue };
            let field = format!("words[{place}].note");
            if note.chars().count() > 500 {
                wrong.push(FieldError::new(field, "text-too-long").with("max", 500));
            } else if note.contains('\0') {
                wrong.push(FieldError::new(field, "field-type"));
            }
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(wrong))
        }
    }
}

impl From<NewSiteWord> for NewWord {
    fn from(new: NewSiteWord) -> Self {
        Self {
            word: new.word,
            kind: new.kind,
            category: new.category,
            weight: new.weight,
            state: new.state.unwrap_or(WordState::Draft),
            note: new.note,
        }
    }
}

/// List a site's own words
#[utoipa::path(
    operation_id = "list_site_words",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("state" = Option<WordState>, Query, description = "Only those in this state"),
        ("kind" = Option<WordKind>, Query, description = "Only those of this kind"),
        ("after" = Option<WordId>, Query, description = "Only those after this one: `next` of the page before"),
        ("limit" = Option<usize>, Query, description = "1 to 1000, 200 unless said", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "The words", body = SiteWordPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/words")]
pub async fn list(
    by: Moderating,
    site: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let limit = query.limit(200, 1000)?;
    let filter = WordFilter {
        state: query.read("state")?,
        kind: query.read("kind")?,
        after: query.read("after")?,
        limit: Some(i64::try_from(limit + 1).unwrap_or(i64::MAX)),
    };
    query.end()?;
    let mut words = by.words_of(&site, filter).await?;
    let more = words.len() > limit;
    words.truncate(limit);
    Ok(private(&SiteWordPage {
        next: words.last().filter(|_| more).map(|word| word.id),
        words: words.into_iter().map(SiteWordBody::from).collect(),
    }))
}

/// Add words to a site's own list
///
/// For editors and admins. A draft does nothing until it is live; try it first with `duyet rules test --site`.
#[utoipa::path(
    operation_id = "add_site_words",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = NewSiteWords,
    responses(
        (status = 201, description = "Added, in the order asked", body = SiteWordPage),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or word among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected; each error names its word", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/words")]
pub async fn add(
    by: Editing,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let new: NewSiteWords = input::json_body(&request, payload, input::Ceiling::Content).await?;
    new.check()?;
    let words = by
        .add(new.words.into_iter().map(NewWord::from).collect())
        .await?;
    let mut answer = private(&SiteWordPage {
        words: words.into_iter().map(SiteWordBody::from).collect(),
        next: None,
    });
    *answer.status_mut() = actix_web::http::StatusCode::CREATED;
    Ok(answer)
}

/// Take a word off a site's own list
///
/// For editors and admins. Comments that were judged with it keep their evidence.
#[utoipa::path(
    operation_id = "remove_site_word",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = WordId, Path, description = "The word"),
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or word among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/api/v1/moderation/sites/{site}/words/{id}")]
pub async fn remove(
    by: Editing,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    by.remove(id(&path.1)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Let a word count
///
/// For editors and admins. It counts for new comments at once, and on other replicas within two seconds.
#[utoipa::path(
    operation_id = "make_site_word_live",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = WordId, Path, description = "The word"),
    ),
    responses(
        (status = 200, description = "The word as it is now", body = SiteWordBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or word among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/words/{id}/live")]
pub async fn live(by: Editing, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let word = by.set_state(id(&path.1)?, WordState::Live).await?;
    Ok(private(&SiteWordBody::from(word)))
}

/// Make a word a draft again
///
/// For editors and admins. It no longer counts.
#[utoipa::path(
    operation_id = "make_site_word_draft",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = WordId, Path, description = "The word"),
    ),
    responses(
        (status = 200, description = "The word as it is now", body = SiteWordBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or word among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/words/{id}/draft")]
pub async fn draft(
    by: Editing,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let word = by.set_state(id(&path.1)?, WordState::Draft).await?;
    Ok(private(&SiteWordBody::from(word)))
}

fn id(text: &str) -> Result<WordId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}
