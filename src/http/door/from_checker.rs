//! A site's external checker that answers by itself, when it is done.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::from_cms::{Message, prove};
use super::{AtSite, house};
use crate::checker::{AnswerFault, MOST, Said, read, weigh};
use crate::domain::{CmsSettings, Evidence, Instant, OutboxId, SecretOf};
use crate::http::problem::{Code, Problem};
use crate::intake::FieldError;
use crate::store::CheckedBy;

/// A message of a site's checker, signed as Standard Webhooks has it.
pub struct FromChecker {
    at: AtSite,
    message: Message,
    now: Instant,
}

impl FromRequest for FromChecker {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let at = AtSite::from_request(request, &mut Payload::None);
        let (house, mut message) = (house(request), Message::of(request));
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let at = at.await?;
            let payload = payload.await.map_err(|_| Problem::new(Code::Internal))?;
            let proven = (SecretOf::Checker, &CmsSettings::default());
            let (_, now) = prove(&house, &at.site, proven, &mut message, payload).await?;
            Ok(Self { at, message, now })
        })
    }
}

impl FromChecker {
    /// What was sent, as bytes.
    pub fn body(&self) -> &[u8] {
        &self.message.body
    }

    /// Takes the answer to a question. False where it has no effect: it was answered before, or nobody waits for it any more.
    pub async fn answer(&self, check: OutboxId, said: &[Said]) -> Result<bool, Problem> {
        let (house, site) = (&self.at.house, self.at.site.id);
        let Some(subject) = house.store.late_subject(site, check).await? else {
            return Ok(false);
        };
        let said = read(said, &subject.comment.body).map_err(told)?;
        let rules = house.rules.now();
        let weigh =
            move |before: &[Evidence], by_rules| weigh(&rules, before, said.clone(), by_rules);
        let by = CheckedBy::Another(site, check);
        let is_heard = house.store.put_check(by, weigh, self.now).await?;
        if is_heard {
            house.live.changed();
        }
        Ok(is_heard)
    }
}

fn told(fault: AnswerFault) -> Problem {
    let (field, code) = fault.told();
    Problem::fields(vec![FieldError::new(field, code).with("max", MOST)])
}
