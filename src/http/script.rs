//! The widget's script: at one address that stays, and at one that names its content.

use std::sync::LazyLock;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use super::problem::{Code, Problem};
use super::rendition::Rendition;

/// The script as it is sent; `web/build.rs` puts it together.
pub struct Script {
    rendition: Rendition,
    /// The name of its content: the first digits of its SHA-256.
    hash: String,
    /// What a page may check it by (Subresource Integrity).
    pub integrity: String,
}

static SCRIPT: LazyLock<Script> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("OUT_DIR"), "/widget.js"));
    Script {
        hash: hex::encode(&Sha256::digest(text)[..8]),
        integrity: format!("sha384-{}", STANDARD.encode(Sha384::digest(text))),
        rendition: Rendition::lasting("text/javascript; charset=utf-8", text.into()),
    }
});

impl Script {
    /// The script of this version.
    #[must_use]
    pub fn now() -> &'static Self {
        &SCRIPT
    }

    /// The path that names its content.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/assets/widget.{}.js", self.hash)
    }

    /// The answer, or 304 where the one who asks has it. Pages of every newspaper may load it, and a module is loaded by CORS.
    fn answer(&self, request: &HttpRequest, caching: &'static str) -> HttpResponse {
        let mut answer = self
            .rendition
            .answer_kept(request, caching, "accept-encoding");
        let headers = answer.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
        answer
    }
}

/// The script at the address that stays: a page that names it has a new version five minutes after the service has.
pub async fn current(request: HttpRequest) -> HttpResponse {
    Script::now().answer(&request, "public, max-age=300, stale-while-revalidate=3600")
}

/// The script at the address that names its content, for pages that check it. Another version is not there: such a page has said that
/// it takes none, and shows what stands in its element.
pub async fn pinned(
    hash: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let script = Script::now();
    if *hash != script.hash {
        return Err(Problem::new(Code::NotFound));
    }
    Ok(script.answer(&request, "public, max-age=31536000, immutable"))
}
