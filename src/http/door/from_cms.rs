//! A site's CMS that has proved who it is: tells of articles and hands in the comments of its own form.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, web};
use sha2::{Digest, Sha256};

use super::membership::bearer;
use super::{Asker, AtSite, House, Moderating, Sender, Submitted, house};
use crate::clock;
use crate::cms::{self, CommentData, Delivery, MOST_NAME, Proof, SignatureFault};
use crate::domain::{Actor, ArticleNews, CmsSettings, Instant, SecretOf, Site};
use crate::http::input::{self, Ceiling};
use crate::http::problem::{Code, Problem};
use crate::intake::FieldError;
use crate::store::{ByCms, Claim, Delivered, Heard, day_of};

/// Begins a key that a CMS's comment is known again by: no reader's key holds it.
const OF_A_CMS: char = '\u{1}';

/// A message of a site's CMS, read whole.
pub struct FromCms {
    at: AtSite,
    message: Message,
    proof: Proof,
    by: Actor,
    now: Instant,
}

/// Who says how articles are to be, in calls that are no events: the CMS by its signature, or an editor of the paper by their token. A
/// session does not count here, where pages of the newspaper may call.
pub struct Reconciling(pub FromCms);

/// The request, as far as a signature may be about it.
pub(super) struct Message {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Message {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_ascii_lowercase(), value)
        });
        Self {
            method: request.method().to_string(),
            path: request.uri().to_string(),
            headers: headers.collect(),
            body: Bytes::new(),
        }
    }

    fn delivery(&self, now: Instant) -> Delivery<'_> {
        Delivery {
            method: &self.method,
            path: &self.path,
            headers: &self.headers,
            body: &self.body,
            now,
        }
    }
}

type Made<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl FromRequest for FromCms {
    type Error = Problem;
    type Future = Made<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let at = AtSite::from_request(request, &mut Payload::None);
        let (house, message) = (house(request), Message::of(request));
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let mut at = at.await?;
            at.asker = None;
            let payload = payload.await.map_err(|_| Problem::new(Code::Internal))?;
            signed(&house, at, message, payload).await
        })
    }
}

impl FromRequest for Reconciling {
    type Error = Problem;
    type Future = Made<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if bearer(request).is_none() {
            let signed = FromCms::from_request(request, payload);
            return Box::pin(async move { Ok(Self(signed.await?)) });
        }
        let by = Moderating::from_request(request, &mut Payload::None);
        let at = AtSite::from_request(request, &mut Payload::None);
        let mut message = Message::of(request);
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let at = at.await?;
            let editing = by.await?.editing(&at.site.key)?;
            let payload = payload.await.map_err(|_| Problem::new(Code::Internal))?;
            message.body = input::body(payload, Ceiling::Message).await?;
            Ok(Self(FromCms {
                at,
                message,
                proof: Proof {
                    mark: None,
                    at: None,
                },
                by: editing.by.actor(),
                now: clock::now(),
            }))
        })
    }
}

/// The message, where it is signed with one of the site's secrets. Of what bears no signature no body is read.
async fn signed(
    house: &House,
    at: AtSite,
    mut message: Message,
    payload: web::Payload,
) -> Result<FromCms, Problem> {
    let settings = &at.site.settings.cms;
    let proven = (SecretOf::Cms, settings);
    let (proof, now) = prove(house, &at.site, proven, &mut message, payload).await?;
    Ok(FromCms {
        at,
        message,
        proof,
        by: Actor::Cms,
        now,
    })
}

/// Reads a message of a site's and sees that it is signed with that secret in that way.
pub(super) async fn prove(
    house: &House,
    site: &Site,
    (of, settings): (SecretOf, &CmsSettings),
    message: &mut Message,
    payload: web::Payload,
) -> Result<(Proof, Instant), Problem> {
    if !cms::is_claimed(settings, &message.headers) {
        return Err(Problem::new(Code::SignatureMissing));
    }
    message.body = input::body(payload, Ceiling::Message).await?;
    // Not as this replica remembers them: a secret that was ended counts no more at once.
    let secrets = house.store.secrets(site.id, of).await?;
    let now = clock::now();
    let proof = cms::verify(settings, &message.delivery(now), &secrets.at(now)).map_err(told)?;
    Ok((proof, now))
}

fn told(fault: SignatureFault) -> Problem {
    let (code, header) = match fault {
        SignatureFault::Identifier(header) => return Problem::field(header, "cms-identifier"),
        SignatureFault::Missing(header) => (Code::SignatureMissing, Some(header)),
        SignatureFault::Doubled(header) => (Code::SignatureDoubled, Some(header)),
        SignatureFault::Stale => (Code::SignatureStale, None),
        SignatureFault::Wrong => (Code::SignatureWrong, None),
    };
    let field = match code {
        Code::SignatureMissing => "cms-header-missing",
        _ => "cms-header-doubled",
    };
    Problem {
        errors: header
            .map(|name| FieldError::new(name, field))
            .into_iter()
            .collect(),
        ..Problem::new(code)
    }
}

impl FromCms {
    /// The site.
    pub fn site(&self) -> &Site {
        &self.at.site
    }

    /// What was sent, as bytes.
    pub fn body(&self) -> &[u8] {
        &self.message.body
    }

    /// The request as it came.
    pub fn delivery(&self) -> Delivery<'_> {
        self.message.delivery(self.now)
    }

    /// What its signature says beside being right.
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    /// When it came.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Whether a signature proves what the body says, and nothing beside it.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.by == Actor::Cms && self.at.site.settings.cms.format.signs()
    }

    /// Takes in what it tells of articles. The same message once more changes nothing.
    pub async fn tell(&self, news: Vec<ArticleNews>) -> Result<Vec<Heard>, Problem> {
        self.tell_as(news, self.proof.mark.clone()).await
    }

    /// The same of one part of a call that says how things are. Whoever signs it says so once: who has read along may not say it again after
    /// something else was said. Who shows a secret or a token may, and means it.
    pub async fn put(&self, news: Vec<ArticleNews>, part: usize) -> Result<Vec<Heard>, Problem> {
        let mark = self.proof.mark.as_ref().filter(|_| self.is_signed());
        let of_part = mark.map(|mark| {
            let mut hash = Sha256::new();
            hash.update(mark);
            hash.update(part.to_le_bytes());
            hash.finalize()[..16].to_vec()
        });
        self.tell_as(news, of_part).await
    }

    async fn tell_as(
        &self,
        news: Vec<ArticleNews>,
        mark: Option<Vec<u8>>,
    ) -> Result<Vec<Heard>, Problem> {
        let message = mark.map(|mark| Delivered {
            mark,
            day: day_of(self.now),
        });
        let store = &self.at.house.store;
        let by = self.by.clone();
        let heard = store
            .hear_articles(self.at.site.id, news, message, by, self.now)
            .await?;
        if heard.iter().any(|heard| matches!(heard, Heard::Done(_))) {
            self.at.house.live.changed();
        }
        Ok(heard)
    }

    /// Hands in a comment of the CMS's own form, on the way of all comments. The same once more gets the first answer.
    pub async fn hand_in(&self, comment: CommentData) -> Result<Submitted, Problem> {
        let known = match comment.article.external_id.as_deref().and_then(cms::name) {
            Some(id) => {
                let store = &self.at.house.store;
                store.address_of(self.at.site.id, id).await?
            }
            None => None,
        };
        let Some(url) = known.or_else(|| comment.article.url.clone()) else {
            return Err(Problem::field("data.article.url", "cms-article-unknown"));
        };
        let external_id = comment.external_id.as_deref().and_then(cms::name);
        let length = external_id.as_ref().map_or(0, |id| id.chars().count());
        if length > MOST_NAME {
            let wrong = FieldError::new("data.external_id", "cms-long").with("max", MOST_NAME);
            return Err(Problem::fields(vec![wrong]));
        }
        let key = self.key(external_id.as_deref());
        let at = AtSite {
            // Limits of one address are the CMS's to keep; a flood is held by the rules all the same.
            asker: comment.ip.map(|ip| Asker {
                ip: ip.to_canonical(),
                address: ip.to_canonical().into(),
                ceiling: None,
                is_somebody: true,
            }),
            ..self.at.clone()
        };
        let typed = url.clone();
        let submission = comment.submission(url);
        let by_cms = Some(ByCms { external_id });
        let taken = at
            .submit_as(&submission, Some(key), Sender::Cms, by_cms, self.now)
            .await;
        taken.map_err(|mut problem| {
            let errors = std::mem::take(&mut problem.errors).into_iter();
            problem.errors = errors.map(|error| cms::of_address(error, &typed)).collect();
            problem.within("data.")
        })
    }

    /// What the comment is known again by: what the CMS calls it, else the message.
    fn key(&self, external_id: Option<&str>) -> Claim {
        let by_body = || Sha256::digest(&self.message.body)[..16].to_vec();
        let mark = match external_id {
            Some(id) => Sha256::digest(format!("comment {id}"))[..16].to_vec(),
            None => self.proof.mark.clone().unwrap_or_else(by_body),
        };
        Claim {
            site: self.at.site.id,
            key: format!("{OF_A_CMS}{}", hex::encode(mark)),
            // Whatever it says now: it is the same one.
            request_hash: [0; 32],
            day: day_of(self.now),
        }
    }
}
