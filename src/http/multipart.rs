//! A form with `enctype="multipart/form-data"` (RFC 7578), down to its bytes.

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::{StreamExt, stream};

use super::problem::{Code, Problem};

/// The names and values of a form's fields. Files are passed over: a comment has none. A form that ends early is none, so that half a text is
/// never taken for the whole.
pub async fn fields(
    request: &HttpRequest,
    body: Bytes,
) -> Result<Vec<(Vec<u8>, Vec<u8>)>, Problem> {
    let limit = body.len();
    let whole = stream::iter([Ok::<_, PayloadError>(body)]);
    let mut parts = Multipart::new(request.headers(), whole);
    let mut fields = Vec::new();
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_| unreadable())?;
        let Some(name) = name(&part) else { continue };
        let value = part.bytes(limit).await.map_err(|_| unreadable())?;
        let value = value.map_err(|_| unreadable())?;
        fields.push((name, value.to_vec()));
    }
    Ok(fields)
}

/// The field's name, unless it is a file's.
fn name(part: &Field) -> Option<Vec<u8>> {
    let is = part.content_disposition()?;
    let is_file = is.get_filename().is_some() || is.get_filename_ext().is_some();
    (!is_file).then(|| is.get_name().map(|name| name.as_bytes().to_vec()))?
}

fn unreadable() -> Problem {
    Problem::new(Code::MalformedForm)
}
