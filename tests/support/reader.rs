//! A reader on the newspaper's page.

use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Answer, Wire};

/// An article of `bao`.
pub const ARTICLE: &str = "https://bao.example/xa-hoi/cau-moi.html";
/// Every reader's address; it must appear nowhere.
pub const EMAIL: &str = "ban.doc@thu.example";

/// The text with a number of its own: the same to the letter would be taken for a form that was sent again.
pub fn anew(text: &str) -> String {
    static LAST: AtomicUsize = AtomicUsize::new(0);
    format!("{text} ({})", LAST.fetch_add(1, Ordering::Relaxed))
}

/// A comment with everything well but perhaps its text.
pub fn comment(body: &str) -> Value {
    comment_on(ARTICLE, body)
}

/// The same under another article.
pub fn comment_on(article: &str, body: &str) -> Value {
    json!({ "article": { "url": article, "title": "Cầu mới" }, "name": "Trần Thị Bưởi", "email": EMAIL, "body": body })
}

/// Somebody who reads and writes.
#[derive(Clone)]
pub struct Reader {
    wire: Wire,
    site: String,
    language: &'static str,
    origin: Option<String>,
    address: Option<String>,
}

impl Reader {
    pub fn new(wire: Wire, site: &str) -> Self {
        Self {
            wire,
            site: site.to_owned(),
            language: "vi",
            origin: None,
            address: None,
        }
    }

    /// The same reader, with a browser in English.
    pub fn in_english(self) -> Self {
        Self {
            language: "en",
            ..self
        }
    }

    /// The same reader, on a page of that origin.
    pub fn at(self, origin: &str) -> Self {
        Self {
            origin: Some(origin.to_owned()),
            ..self
        }
    }

    /// The same reader, at that address by the word of a proxy.
    pub fn behind(self, address: &str) -> Self {
        Self {
            address: Some(address.to_owned()),
            ..self
        }
    }

    /// The path of one of the site's calls.
    pub fn path(&self, call: &str) -> String {
        format!("/api/v1/sites/{}/{call}", self.site)
    }

    /// A request of this reader.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .wire
            .request(method, path)
            .header("accept-language", self.language);
        let request = match &self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        };
        match &self.origin {
            Some(origin) => request.header("origin", origin),
            None => request,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.wire.send(request).await
    }

    /// Hands in a comment as JSON.
    pub async fn submit(&self, comment: &Value) -> Answer {
        self.send(
            self.request(Method::POST, &self.path("comments"))
                .json(comment),
        )
        .await
    }

    /// Hands in a comment under a key.
    pub async fn submit_once(&self, key: &str, comment: &Value) -> Answer {
        let request = self
            .request(Method::POST, &self.path("comments"))
            .header("idempotency-key", key);
        self.send(request.json(comment)).await
    }

    /// Hands in a comment with this text and gets its id and receipt.
    pub async fn write(&self, body: &str) -> (String, String) {
        self.write_all(&comment(body)).await
    }

    /// Hands in this comment and gets its id and receipt.
    pub async fn write_all(&self, comment: &Value) -> (String, String) {
        let answer = self.submit(comment).await.expect(202);
        (answer.text("id"), answer.text("receipt"))
    }

    /// Sends bytes as they are.
    pub async fn submit_bytes(&self, media_type: &str, bytes: impl Into<reqwest::Body>) -> Answer {
        let request = self
            .request(Method::POST, &self.path("comments"))
            .header("content-type", media_type);
        self.send(request.body(bytes)).await
    }

    /// Sends the plain form, as a browser does.
    pub async fn post_form(&self, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, &self.path("comments"))
            .header("accept", "text/html,*/*;q=0.8");
        self.send(request.form(fields)).await
    }

    /// The published comments under an article.
    pub async fn list(&self, article: &str) -> Answer {
        self.list_with(&[("article", article)]).await
    }

    /// The same with further parameters.
    pub async fn list_with(&self, query: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::GET, &with_query(&self.path("comments"), query)))
            .await
    }

    /// The texts that are public under [`ARTICLE`].
    pub async fn published(&self) -> Vec<String> {
        let answer = self.list(ARTICLE).await.expect(200).json();
        let comments = answer["comments"].as_array().expect("comments");
        comments
            .iter()
            .map(|comment| comment["body"].as_str().expect("a body").to_owned())
            .collect()
    }

    /// How many comments stand under an article by the public count.
    pub async fn counted(&self, article: &str) -> i64 {
        let answer = self.counts(&[article]).await.expect(200).json();
        answer["counts"][article].as_i64().expect("a number")
    }

    /// The counts of several articles.
    pub async fn counts(&self, articles: &[&str]) -> Answer {
        let query: Vec<(&str, &str)> = articles
            .iter()
            .map(|article| ("article", *article))
            .collect();
        self.send(self.request(Method::GET, &with_query(&self.path("counts"), &query)))
            .await
    }

    /// Reports a published comment.
    pub async fn report(&self, id: &str, report: &Value) -> Answer {
        let path = self.path(&format!("comments/{id}/reports"));
        self.send(self.request(Method::POST, &path).json(report))
            .await
    }

    /// The form that does so.
    pub async fn report_by_form(&self, id: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, &self.path(&format!("comments/{id}/reports")))
            .header("accept", "text/html,*/*;q=0.8");
        self.send(request.form(fields)).await
    }

    /// Looks up the own comment.
    pub async fn look_up(&self, receipt: &str) -> Answer {
        self.send(self.request(Method::GET, &format!("/api/v1/receipts/{receipt}")))
            .await
    }

    /// Takes the own comment back.
    pub async fn withdraw(&self, receipt: &str) -> Answer {
        self.send(self.request(Method::DELETE, &format!("/api/v1/receipts/{receipt}")))
            .await
    }

    /// Changes the own comment's text.
    pub async fn edit(&self, receipt: &str, edit: &Value) -> Answer {
        let request = self.request(Method::PATCH, &format!("/api/v1/receipts/{receipt}"));
        self.send(request.json(edit)).await
    }

    /// The form that does so on its page.
    pub async fn send_edit(&self, receipt: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, &format!("/receipts/{receipt}/edit"))
            .header("accept", "text/html,*/*;q=0.8");
        self.send(request.form(fields)).await
    }

    /// Goes where a pressed button leads, as a browser does.
    pub async fn follow(&self, pressed: Answer) -> Answer {
        let pressed = pressed.expect(303);
        self.send(self.request(Method::GET, pressed.header("location")))
            .await
            .expect(200)
    }

    /// The page of the own comment.
    pub async fn receipt_page(&self, receipt: &str) -> Answer {
        self.send(self.request(Method::GET, &format!("/receipts/{receipt}")))
            .await
    }

    /// The button on that page.
    pub async fn press_withdraw(&self, receipt: &str) -> Answer {
        self.send(self.request(Method::POST, &format!("/receipts/{receipt}")))
            .await
    }
}

/// The path with a query, encoded.
pub(super) fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}
