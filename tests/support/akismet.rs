//! A newspaper's own system, which speaks the Akismet protocol.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};

use super::{ARTICLE, App, EMAIL, anew, contract};

/// The newspaper's front page.
pub const BLOG: &str = "https://bao.example";
/// A plugin that knows of verdicts that come later, and one that does not.
pub const NEW_PLUGIN: &str = "WordPress/6.8 | Akismet/5.5";
pub const OLD_PLUGIN: &str = "WordPress/6.1.9 | Akismet/5.0.2";

/// A call's answer.
#[derive(Debug, Clone)]
pub struct Said {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Said {
    /// A header's value; nothing where it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// What the comment is called.
    pub fn guid(&self) -> String {
        self.header("x-akismet-guid").to_owned()
    }

    /// Itself, where it says that and nothing more.
    #[track_caller]
    pub fn says(self, body: &str) -> Self {
        assert_eq!(self.body, body, "{self:?}");
        self
    }
}

/// The fields of a comment with everything well.
pub type Fields = Vec<(String, String)>;

/// A comment with everything well but perhaps its text.
pub fn fields(content: &str) -> Fields {
    [
        ("blog", BLOG),
        ("user_ip", "203.0.113.7"),
        ("user_agent", "Mozilla/5.0"),
        ("referrer", "https://bao.example/"),
        ("permalink", ARTICLE),
        ("comment_type", "comment"),
        ("comment_author", "Trần Thị Bưởi"),
        ("comment_author_email", EMAIL),
        ("comment_content", content),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// The same with a text of its own.
pub fn fresh(content: &str) -> Fields {
    fields(&anew(content))
}

/// The same with other values in place of those, or beside them.
pub fn with(fields: &Fields, others: &[(&str, &str)]) -> Fields {
    let mut all = fields.clone();
    for (name, value) in others {
        all.retain(|(is, _)| is != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    all
}

/// A program with a key.
#[derive(Clone)]
pub struct Akismet {
    client: Client,
    base: String,
    /// The site's key.
    pub key: String,
    agent: &'static str,
}

impl Akismet {
    /// A program of the site of that key.
    pub async fn of(app: &App, site: &str) -> Self {
        let query = format!("select akismet_key as text from sites where key = '{site}'");
        let client = Client::builder().no_proxy().pool_max_idle_per_host(0);
        Self {
            client: client.build().expect("a client"),
            base: app.base().to_owned(),
            key: app.texts(&query).await.pop().expect("a key"),
            agent: "Bao/1.0 | Akismet/1.0",
        }
    }

    /// The same, by another name.
    pub fn called(&self, agent: &'static str) -> Self {
        Self {
            agent,
            ..self.clone()
        }
    }

    /// The same, with another key.
    pub fn with_key(&self, key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..self.clone()
        }
    }

    /// Sends a form as it is.
    pub async fn post(&self, path: &str, fields: &Fields) -> Said {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.send(Method::POST, path, form.finish().into_bytes())
            .await
    }

    /// Sends a body as it is.
    pub async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Said {
        let request = self
            .client
            .request(method.clone(), format!("{}{path}", self.base))
            .header("user-agent", self.agent)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let path = path.split('?').next().unwrap_or_default();
        contract::knows(&method, path, status);
        let said = Said {
            status,
            headers,
            body: response.text().await.expect("a body"),
        };
        assert!(!said.header("x-request-id").is_empty(), "{said:?}");
        assert!(!said.guid().is_empty(), "{said:?}");
        said
    }

    async fn keyed(&self, path: &str, fields: &Fields) -> Said {
        let key = self.key.clone();
        self.post(path, &with(fields, &[("api_key", &key)])).await
    }

    pub async fn verify(&self) -> Said {
        let fields = [
            ("key".to_owned(), self.key.clone()),
            ("blog".to_owned(), BLOG.to_owned()),
        ];
        self.post("/1.1/verify-key", &fields.into()).await
    }

    pub async fn check(&self, fields: &Fields) -> Said {
        self.keyed("/1.1/comment-check", fields).await
    }

    pub async fn spam(&self, fields: &Fields) -> Said {
        self.keyed("/1.1/submit-spam", fields).await
    }

    pub async fn ham(&self, fields: &Fields) -> Said {
        self.keyed("/1.1/submit-ham", fields).await
    }

    pub async fn ask(&self, path: &str, fields: &[(&str, &str)]) -> Said {
        self.keyed(path, &with(&Vec::new(), fields)).await
    }
}
