//! Somebody who wants to sign in.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use tokio::sync::Semaphore;

use super::moderating::{cookie_name, is_from_own_page};
use super::{House, house};
use crate::clock;
use crate::http::problem::{Code, Problem};
use crate::intake::Email;
use crate::secrets;

/// How long a session lasts.
const LIFETIME: Duration = Duration::from_secs(12 * 3600);

/// A password takes 19 MiB to check, so only a few are checked at a time; who would wait long is sent away.
static TURNS: Semaphore = Semaphore::const_new(2);
const PATIENCE: Duration = Duration::from_secs(5);

/// A request at the sign-in page. A browser that says that the form stood on another page is turned away: it could sign
/// somebody in as somebody else.
pub struct Entrance(Data<House>);

impl FromRequest for Entrance {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let foreign = is_from_own_page(request, &house) == Some(false);
        ready(if foreign && request.method() == Method::POST {
            Err(Problem::new(Code::ForeignOrigin))
        } else {
            Ok(Self(house))
        })
    }
}

impl Entrance {
    /// A session for who knows the password, as its cookie; nothing for who does not. It takes as long either way.
    pub async fn sign_in(
        &self,
        email: &str,
        password: String,
    ) -> Result<Option<Cookie<'static>>, Problem> {
        let known = match Email::parse(email) {
            Ok(email) => self.0.store.moderator_by_email(email.identity()).await?,
            Err(_) => None,
        };
        let (moderator, hash) =
            known.map_or((None, None), |(moderator, hash)| (Some(moderator), hash));
        let waited = actix_web::rt::time::timeout(PATIENCE, TURNS.acquire()).await;
        let Ok(Ok(_turn)) = waited else {
            return Err(Problem::new(Code::Busy));
        };
        let verified =
            actix_web::web::block(move || secrets::verify_password(&password, hash.as_deref()))
                .await;
        let (Some(moderator), Ok(true)) = (moderator, verified) else {
            return Ok(None);
        };
        let session = secrets::new_token();
        let now = clock::now();
        self.0
            .store
            .add_session(
                moderator.id,
                secrets::hash_of(&session),
                now,
                now.after(LIFETIME),
            )
            .await?;
        Ok(Some(self.cookie(session)))
    }

    /// The cookie that ends a session in the browser.
    pub fn farewell(&self) -> Cookie<'static> {
        let mut cookie = self.cookie(String::new());
        cookie.make_removal();
        cookie
    }

    /// `__Host-` needs https (RFC 6265bis, 4.1.3.2); on plain http, as in the demonstration, there is no prefix.
    fn cookie(&self, value: String) -> Cookie<'static> {
        let https = self.0.config.dashboard_url.starts_with("https://");
        let name = cookie_name(&self.0);
        Cookie::build(name, value)
            .path("/")
            .http_only(true)
            .secure(https)
            .same_site(SameSite::Lax)
            .finish()
    }
}
