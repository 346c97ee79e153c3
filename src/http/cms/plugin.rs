//! Our plugin for WordPress, as one file.

use actix_web::{HttpRequest, HttpResponse, get};

use crate::http::respond::tagged_bytes;

const PLUGIN: &[u8] = include_bytes!("../../../web/wordpress/duyet.php");

/// The plugin's text. Not as PHP, which a server in between might run.
#[get("/integrations/wordpress/duyet.php")]
pub async fn wordpress(request: HttpRequest) -> HttpResponse {
    tagged_bytes(
        &request,
        "text/plain; charset=utf-8",
        PLUGIN.to_vec(),
        "no-cache",
    )
}
