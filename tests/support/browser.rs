//! A moderator at the dashboard, with a browser.

use reqwest::{Method, RequestBuilder};

use super::{Answer, PASSWORD, Wire};

/// A browser with its cookies.
pub struct Browser {
    wire: Wire,
}

impl Browser {
    pub(super) fn new(base: &str) -> Self {
        Self {
            wire: Wire::keeping_cookies(base),
        }
    }

    /// A request as the address bar makes it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.wire
            .request(method, path)
            .header("accept", "text/html,application/xhtml+xml;q=0.9")
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.wire.send(request).await
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Sends a form of a page of the dashboard.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin");
        self.send(request.header("origin", self.wire.base()).form(fields))
            .await
    }

    /// Sends the same form from a page of somebody else.
    pub async fn post_from(
        &self,
        headers: &[(&str, &str)],
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let request = self.request(Method::POST, path).form(fields);
        self.send(headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        }))
        .await
    }

    /// Signs in as the member of that name.
    pub async fn sign_in(&self, name: &str) -> Answer {
        self.sign_in_with(&format!("{}@bao.example", name.to_lowercase()), PASSWORD)
            .await
    }

    /// Tries to sign in.
    pub async fn sign_in_with(&self, email: &str, password: &str) -> Answer {
        self.post(
            "/sign-in",
            &[("email", email), ("password", password), ("next", "/queue")],
        )
        .await
    }

    /// Follows the way that an answer points.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        let to = answer.header("location").to_owned();
        assert!(to.starts_with('/'), "not a path of ours: {answer:?}");
        self.open(&to).await
    }
}

/// The value of a page's first hidden field of that name.
#[track_caller]
pub fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split_once(&mark).map(|(_, rest)| rest);
    let value = rest
        .and_then(|rest| rest.split_once('"'))
        .map(|(value, _)| value);
    value
        .unwrap_or_else(|| panic!("no field `{name}` in {}", page.body))
        .to_owned()
}
