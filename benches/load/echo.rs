//! The limit that the service is held against: actix-web takes the same comment as JSON, checks nothing,
//! stores nothing, and answers as many bytes as the service does.

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Result;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    url: String,
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    article: Article,
    name: String,
    email: String,
    body: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'static str,
    status: &'static str,
    receipt: &'a str,
}

/// Serves until it is killed.
pub fn serve(listen: &str, workers: usize, answer: usize) -> Result<()> {
    let bare = serde_json::to_vec(&answer_with(""))?.len();
    let padding = "e".repeat(answer.saturating_sub(bare));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(padding.clone()))
            .route("/livez", web::get().to(HttpResponse::Ok))
            .route("/api/v1/sites/{site}/comments", web::post().to(echo))
    })
    .workers(workers)
    .bind(listen)?;
    Ok(actix_web::rt::System::new().block_on(server.run())?)
}

async fn echo(comment: web::Json<Comment>, padding: web::Data<String>) -> HttpResponse {
    let Comment {
        article,
        name,
        email,
        body,
    } = comment.into_inner();
    // Looked at, so that the compiler cannot leave the reading out.
    if article.url.is_empty() || name.is_empty() || email.is_empty() || body.is_empty() {
        return HttpResponse::UnprocessableEntity().body(article.title.unwrap_or_default());
    }
    HttpResponse::Accepted().json(answer_with(&padding))
}

fn answer_with(receipt: &str) -> Answer<'_> {
    Answer {
        id: "01920000-0000-7000-8000-000000000000",
        status: "pending",
        receipt,
    }
}
