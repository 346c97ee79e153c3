//! Requests to one server, and the promises that every answer must keep.

use reqwest::{Client, Method, RequestBuilder, redirect};
use std::time::Duration;

use super::{Answer, contract};

/// A way to one server.
#[derive(Clone)]
pub struct Wire {
    client: Client,
    base: String,
}

impl Wire {
    /// Without cookies.
    pub fn new(base: &str) -> Self {
        Self::with(base, Client::builder())
    }

    /// As a browser, which keeps cookies.
    pub fn keeping_cookies(base: &str) -> Self {
        Self::with(base, Client::builder().cookie_store(true))
    }

    fn with(base: &str, builder: reqwest::ClientBuilder) -> Self {
        // Each request has a connection of its own: one that is kept may belong to a server that was killed meanwhile.
        let builder = builder
            .no_proxy()
            .redirect(redirect::Policy::none())
            .pool_max_idle_per_host(0);
        let builder = builder.timeout(Duration::from_secs(60));
        Self {
            client: builder.build().expect("a client"),
            base: base.to_owned(),
        }
    }

    /// `http://ADDRESS`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A request to a path of the server.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// A GET of a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Sends it and reads the whole answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.expect("the server answers")
    }

    /// The same, for a server that may be gone.
    pub async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        let request = request.build()?;
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let answer = Answer::read(self.client.execute(request).await?).await?;
        answer.keeps_its_promises();
        contract::knows(&method, &path, answer.status);
        Ok(answer)
    }
}
