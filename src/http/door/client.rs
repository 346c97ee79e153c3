//! A program of the newspaper that speaks the Akismet protocol, by the site's key.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::{HOST, USER_AGENT};
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, dev, web};

use super::{Face, House, house};
use crate::clock;
use crate::domain::{Instant, Site};
use crate::http::input::{Ceiling, body};
use crate::http::problem::{Code, Problem};
use crate::intake::{AkismetForm, is_wordpress, origin_of};
use crate::store::{self, AkismetUsage};

/// A call with a key that is one.
pub struct Client {
    /// What it says.
    pub form: AkismetForm,
    /// What the program calls itself.
    pub(super) agent: String,
    pub(super) face: Face,
    pub(super) house: Data<House>,
}

/// Why a call is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// It has no key.
    NoKey,
    /// Its key is no site's.
    WrongKey,
    /// Its form is larger than any.
    TooLarge,
    /// Its form did not come, or broke off.
    Broken,
    /// The database could not be asked.
    Away,
}

impl From<Problem> for Stranger {
    fn from(problem: Problem) -> Self {
        match problem.code {
            Code::SiteUnknown => Self::WrongKey,
            Code::TooLarge => Self::TooLarge,
            Code::Timeout | Code::MalformedJson => Self::Broken,
            _ => Self::Away,
        }
    }
}

impl From<Stranger> for actix_web::Error {
    fn from(stranger: Stranger) -> Self {
        // Each route asks for the result and answers in the protocol's own words; another would be told this.
        let code = match stranger {
            Stranger::NoKey | Stranger::WrongKey => Code::Unauthorised,
            Stranger::TooLarge => Code::TooLarge,
            Stranger::Broken => Code::Timeout,
            Stranger::Away => Code::Busy,
        };
        Problem::new(code).into()
    }
}

impl FromRequest for Client {
    type Error = Stranger;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Stranger>>>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let house = house(request);
        let header = |name| {
            let value = request.headers().get(name);
            value.and_then(|value| value.to_str().ok())
        };
        let agent = header(USER_AGENT).unwrap_or_default().to_owned();
        let of_host = header(HOST).and_then(key_of_host).map(str::to_owned);
        let query = (request.method() == Method::GET)
            .then(|| Bytes::copy_from_slice(request.query_string().as_bytes()));
        let payload = web::Payload::from_request(request, payload).into_inner();
        Box::pin(async move {
            let bytes = match (query, payload) {
                (Some(query), _) => query,
                (None, Ok(payload)) => body(payload, Ceiling::Message).await?,
                (None, Err(_)) => return Err(Stranger::Broken),
            };
            // Whatever it calls its media type: some call it nothing.
            let form = AkismetForm::read(&bytes);
            let named = Some(form.key.trim()).filter(|key| !key.is_empty());
            let key = named.or(of_host.as_deref()).ok_or(Stranger::NoKey)?;
            let face = house.face_of_client(key).await?;
            Ok(Self {
                form,
                agent,
                face,
                house,
            })
        })
    }
}

/// The first label of a host, where it may be a key: `KEY.host`.
fn key_of_host(host: &str) -> Option<&str> {
    let (label, _) = host.split_once('.')?;
    let may_be =
        (8..=64).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_alphanumeric());
    may_be.then_some(label)
}

impl House {
    /// The site of that key of the Akismet protocol, however its letters are written.
    async fn face_of_client(&self, key: &str) -> Result<Face, Problem> {
        let key = key.to_ascii_lowercase();
        if key.contains('\0') || key.len() > 64 {
            return Err(Problem::new(Code::SiteUnknown));
        }
        if let Some(site) = self.clients.get(&key) {
            return self.face(&site).await;
        }
        let found = self
            .store
            .site_of_akismet_key(key.clone(), clock::now())
            .await?;
        let site = found.ok_or(Problem::new(Code::SiteUnknown))?;
        self.clients.insert(key, site.clone());
        self.face(&site).await
    }
}

impl Client {
    /// The site.
    pub fn site(&self) -> &Arc<Site> {
        &self.face.site
    }

    /// Whether it speaks of pages that are not known to be the site's.
    pub fn is_foreign(&self) -> bool {
        !origin_of(self.form.blog.trim()).is_some_and(|origin| self.face.site.owns_origin(&origin))
    }

    /// Whether WordPress's own plugin asks.
    pub(super) fn is_wordpress(&self) -> bool {
        is_wordpress(&self.agent)
    }

    /// What came from one moment on and before another.
    pub async fn usage(&self, from: Instant, to: Instant) -> store::Result<AkismetUsage> {
        let store = &self.house.store;
        store.akismet_usage(self.face.site.id, from, to).await
    }
}

#[cfg(test)]
mod tests {
    use super::key_of_host;

    #[test]
    fn a_key_may_be_a_hosts_first_label() {
        assert_eq!(
            key_of_host("abc123def456.duyet.vn:8080"),
            Some("abc123def456")
        );
        for host in [
            "127.0.0.1:8080",
            "duyet.vn",
            "localhost",
            "[::1]:80",
            "rest.akismet.com",
            "",
        ] {
            assert_eq!(key_of_host(host), None, "{host}");
        }
    }
}
