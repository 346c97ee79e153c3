//! Somebody on a newspaper's page: may read what is published there and hand in a comment.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::REFERER;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::membership::bearer;
use super::{Asker, House, house};
use crate::domain::Site;
use crate::http::problem::Problem;
use crate::intake::{ArticleUrl, Bans, FieldError};
use crate::rules::{Reserved, SiteWords};

/// A request to one site's public face.
#[derive(Clone)]
pub struct AtSite {
    /// The site.
    pub site: Arc<Site>,
    pub(super) words: Arc<SiteWords>,
    pub(super) reserved: Arc<Reserved>,
    pub(super) bans: Arc<Bans>,
    pub(super) house: Data<House>,
    pub(super) origin: Option<String>,
    pub(super) asker: Option<Asker>,
    /// Whether somebody of the newspaper itself asks.
    pub(super) is_members: bool,
}

impl FromRequest for AtSite {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let key = request
            .match_info()
            .get("site")
            .unwrap_or_default()
            .to_owned();
        let origin = request
            .headers()
            .get("origin")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let asker = house.asker(request);
        // Whoever only reads needs no name.
        let is_sent = request.method() == Method::POST;
        let token = is_sent.then(|| bearer(request)).flatten();
        Box::pin(async move {
            let face = house.face(&key).await?;
            let is_members = house.is_members(&face.site, token).await?;
            Ok(Self {
                is_members,
                site: face.site,
                words: face.words,
                reserved: face.reserved,
                bans: face.bans,
                house,
                origin,
                asker,
            })
        })
    }
}

impl AtSite {
    /// Where a form may send its reader back to: a page of the site, or of ours.
    pub fn way_back(&self, to: &str) -> Option<url::Url> {
        let url = url::Url::parse(to).ok()?;
        let web = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none();
        (web && self
            .house
            .welcomes(&self.site, &url.origin().ascii_serialization()))
        .then_some(url)
    }

    /// The page that the browser says a form was sent from: one of the site's, and never a bare origin, which is all that browsers tell other hosts
    /// unless the page lets them tell more.
    pub fn page_it_came_from(&self, request: &HttpRequest) -> Option<String> {
        let told = request.headers().get(REFERER)?.to_str().ok()?;
        let page = ArticleUrl::parse(told, &self.site).ok()?.into_string();
        let url = url::Url::parse(&page).ok()?;
        (url.path() != "/" || url.query().is_some()).then_some(page)
    }

    /// The address of a reader's own comment.
    pub fn receipt_url(&self, receipt: &str) -> String {
        format!("{}/receipts/{receipt}", self.house.config.public_url)
    }

    pub(super) fn address(&self, field: &str, typed: &str) -> Result<String, Problem> {
        let read = ArticleUrl::parse(typed, &self.site).map(ArticleUrl::into_string);
        read.map_err(|error| {
            Problem::fields(vec![FieldError {
                field: field.to_owned(),
                ..error
            }])
        })
    }
}
