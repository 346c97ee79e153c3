//! Our plugin for WordPress, as one file.

use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse};

use crate::http::rendition::Rendition;

/// Not as PHP, which a server in between might run.
static PLUGIN: LazyLock<Rendition> = LazyLock::new(|| {
    let text = include_bytes!("../../../web/wordpress/duyet.php");
    Rendition::new("text/plain; charset=utf-8", text.to_vec())
});

/// The plugin's text.
pub async fn wordpress(request: HttpRequest) -> HttpResponse {
    PLUGIN.answer_kept(&request, "no-cache", "Accept-Encoding")
}
