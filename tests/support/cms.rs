//! A newspaper's CMS, which signs what it sends as Standard Webhooks has it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Answer, App, Wire, anew};

/// A CMS with a site's secret.
#[derive(Clone)]
pub struct Cms {
    wire: Wire,
    site: String,
    secret: String,
}

impl Cms {
    /// The CMS of `bao`.
    pub fn of(app: &App) -> Self {
        Self::with(app, "bao", &secret_of(app, "bao"))
    }

    /// A CMS that sends to a site, with whatever secret.
    pub fn with(app: &App, site: &str, secret: &str) -> Self {
        Self {
            wire: app.wire(),
            site: site.to_owned(),
            secret: secret.to_owned(),
        }
    }

    /// The external checker of `bao`, which signs as a CMS does, with its own secret.
    pub fn checker_of(app: &App) -> Self {
        Self::with(app, "bao", &checker_secret_of(app, "bao"))
    }

    /// The path of one of the site's calls.
    pub fn path(&self, call: &str) -> String {
        format!("/api/v1/sites/{}/{call}", self.site)
    }

    /// The three headers of a message that is signed then.
    pub fn signed(&self, id: &str, seconds: i64, body: &str) -> [(&'static str, String); 3] {
        let key = BASE64_STANDARD
            .decode(self.secret.trim_start_matches("whsec_"))
            .expect("base64");
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).expect("any length");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        [
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", format!("v1,{signature}")),
        ]
    }

    /// A request with these headers.
    pub fn request<'a>(
        &self,
        (method, call): (Method, &str),
        headers: impl IntoIterator<Item = (&'a str, String)>,
        body: &str,
    ) -> RequestBuilder {
        let request = self
            .wire
            .request(method, &self.path(call))
            .header("content-type", "application/json")
            .body(body.to_owned());
        headers.into_iter().fold(request, |request, (name, value)| {
            request.header(name, value)
        })
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.wire.send(request).await
    }

    /// Sends a body under a name, signed now.
    pub async fn deliver(&self, id: &str, body: &str) -> Answer {
        let headers = self.signed(id, now(), body);
        self.send(self.request((Method::POST, "cms"), headers, body))
            .await
    }

    /// An event with a name of its own.
    pub async fn event(&self, event: &Value) -> Answer {
        let id = anew("msg").replace([' ', '(', ')'], "");
        self.deliver(&id, &event.to_string()).await
    }

    /// Tells of an article.
    pub async fn tell(&self, kind: &str, at: &str, data: &Value) -> Answer {
        let event = json!({ "type": kind, "timestamp": at, "data": data });
        self.event(&event).await
    }

    /// A signed call that is no event.
    pub async fn call(&self, method: Method, call: &str, body: &Value) -> Answer {
        let (id, body) = (anew("msg").replace([' ', '(', ')'], ""), body.to_string());
        let headers = self.signed(&id, now(), &body);
        self.send(self.request((method, call), headers, &body))
            .await
    }
}

/// A site's secret, as its command prints it.
pub fn secret_of(app: &App, site: &str) -> String {
    secret_in(&app.done(&["site", "secret", site], ""))
}

/// That of its external checker.
pub fn checker_secret_of(app: &App, site: &str) -> String {
    secret_in(&app.done(&["site", "secret", site, "--checker"], ""))
}

/// The secret that a command has printed.
pub fn secret_in(printed: &str) -> String {
    let mut lines = printed.lines();
    let secret = lines.find_map(|line| Some(line.split_once(" secret: ")?.1));
    secret.expect("a secret").to_owned()
}

/// Seconds since 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
