//! A reader who holds the receipt of their own comment.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Asker, House, house};
use crate::clock;
use crate::domain::{Action, Actor, Article, BatchId, Comment, Reason, Status};
use crate::http::problem::{Code, Problem};
use crate::intake::Receipt;
use crate::store::{NewDecision, Outcome, Scope};

/// A request with a receipt that is ours.
pub struct Holder {
    pub(super) house: Data<House>,
    pub(super) receipt: Receipt,
    pub(super) asker: Option<Asker>,
}

impl FromRequest for Holder {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let token = request.match_info().get("token").unwrap_or_default();
        let receipt = house.receipts.open(token);
        let asker = house.asker(request);
        ready(
            receipt
                .map(|receipt| Self {
                    house,
                    receipt,
                    asker,
                })
                .ok_or(Problem::new(Code::ReceiptInvalid)),
        )
    }
}

impl Holder {
    /// The comment, its article, and why it was rejected, where a moderator has shared that.
    pub async fn comment(&self) -> Result<(Comment, Article, Option<Reason>), Problem> {
        let found = self
            .house
            .store
            .own_comment(self.receipt.site, self.receipt.comment)
            .await?;
        found.ok_or(Problem::new(Code::ReceiptInvalid))
    }

    /// The name of the newspaper.
    pub async fn site_name(&self) -> Result<String, Problem> {
        let face = self.house.face_of(self.receipt.site).await?;
        Ok(face.site.name.clone())
    }

    /// Takes the comment back; what was withdrawn before stays so.
    pub async fn withdraw(&self) -> Result<(), Problem> {
        let now = clock::now();
        let decision = NewDecision {
            batch: BatchId(Uuid::now_v7()),
            action: Action::Withdraw,
            comments: vec![(self.receipt.comment, None)],
            reason: None,
            note: None,
            actor: Actor::Reader,
            at: now,
            tell_at: now,
        };
        let settled = self
            .house
            .store
            .decide(Scope::of([self.receipt.site]), decision)
            .await?;
        let stands = |status| {
            settled
                .iter()
                .any(|one| one.now.as_ref().is_some_and(|now| now.status == status))
        };
        if settled.iter().any(|one| one.outcome == Outcome::Done) || stands(Status::Withdrawn) {
            self.house.recent().forget(self.receipt.comment);
            return Ok(());
        }
        Err(Problem::new(Code::WithdrawSettled))
    }
}
