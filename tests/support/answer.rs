//! What the server answered.

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Answer {
    pub(super) async fn read(response: Response) -> reqwest::Result<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Self {
            status,
            headers,
            body: response.text().await?,
        })
    }

    /// Whatever was asked: it is no fault of ours, it says who it is, and an error is a problem or a page.
    pub(super) fn keeps_its_promises(&self) {
        let id = self.header("x-request-id");
        assert!(!id.is_empty(), "without x-request-id: {self:?}");
        assert!(self.status < 500 || self.status == 503, "{self:?}");
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{self:?}");
        let is_page = self.header("content-type").starts_with("text/html");
        if self.status >= 400 && !is_page {
            assert_eq!(
                self.header("content-type"),
                "application/problem+json",
                "{self:?}"
            );
            let problem = self.json();
            assert_eq!(problem["status"], self.status, "{self:?}");
            assert_eq!(problem["request_id"], id, "{self:?}");
            for part in ["type", "title", "detail"] {
                assert!(
                    problem[part].as_str().is_some_and(|text| !text.is_empty()),
                    "without {part}: {self:?}"
                );
            }
        }
        if is_page {
            let policy = self.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("unsafe"),
                "{self:?}"
            );
        }
    }

    /// Itself, where it has that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// Its body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A text in the JSON of its body, by its name at the top.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        let json = self.json();
        json[name]
            .as_str()
            .unwrap_or_else(|| panic!("no text `{name}` in {json}"))
            .to_owned()
    }

    /// A header's value; nothing where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The fields that are wrong, with their codes.
    pub fn wrong(&self) -> Vec<(String, String)> {
        let json = self.json();
        let text = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let errors = json["errors"].as_array().into_iter().flatten();
        errors
            .map(|error| (text(error, "field"), text(error, "code")))
            .collect()
    }
}
