//! Pages are made anew for each who asks, and travel by brotli where that is understood: to half of what gzip makes of a list of
//! cards, which say much the same. For gzip and for what is sent bit by bit stands `actix_web::middleware::Compress`, which would
//! choose by the order in which a browser names what it understands, and browsers name gzip first.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY};
use actix_web::middleware::Next;

use super::rendition::{Coding, Effort, SHORT, accepted, brotli};

/// The layer around the pages. What says already how it is compressed is left as it is.
pub async fn by_brotli(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let coding = accepted(request.headers());
    let response = next.call(request).await?.map_into_boxed_body();
    if coding != Coding::Brotli || !is_plain_text(response.headers()) {
        return Ok(response);
    }
    Ok(response.map_body(|head, body| match body.try_into_bytes() {
        Ok(plain) if plain.len() < SHORT => BoxBody::new(plain),
        Ok(plain) => {
            let headers = head.headers_mut();
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
            BoxBody::new(brotli(&plain, Effort::Once))
        }
        Err(sent_bit_by_bit) => sent_bit_by_bit,
    }))
}

fn is_plain_text(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let is_text = |kind: &str| {
        let (kind, _) = kind.split_once(';').unwrap_or((kind, ""));
        kind.starts_with("text/") || kind.ends_with("json") || kind.ends_with("xml")
    };
    !headers.contains_key(CONTENT_ENCODING) && kind.is_some_and(is_text)
}
