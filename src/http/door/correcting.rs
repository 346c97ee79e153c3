//! A reader who changes their own text: it is checked and judged like a new one, and waits again.

use super::surroundings::around;
use super::{Asker, Holder};
use crate::clock;
use crate::domain::{Article, Comment, Instant, Status, Verdict};
use crate::http::problem::{Code, Problem};
use crate::intake::{Arrival, Author, Body, Counted, Counts, Sent};
use crate::rules::{Context, Subject, judge_at};
use crate::store::{Edited, NewEdit};
use crate::text::{Likeness, Reading, likeness};

impl Holder {
    /// Until when the comment may be edited; none where it may not.
    pub async fn editable_until(&self, comment: &Comment) -> Result<Option<Instant>, Problem> {
        let settings = &self.house.face_of(self.receipt.site).await?.site.settings;
        let window = std::time::Duration::from_secs(settings.edit_window.into());
        let until = comment.created_at.after(window);
        let stands = matches!(comment.status, Status::Pending | Status::Approved);
        Ok((stands && until > clock::now()).then_some(until))
    }

    /// Gives the comment another text. `seen` is the revision that the reader saw, where they say. The same text again changes
    /// nothing; false then.
    pub async fn edit(&self, typed: &str, seen: Option<i32>) -> Result<bool, Problem> {
        let body = Body::parse(typed).map_err(|error| Problem::fields(vec![error]))?;
        let (comment, article, _) = self.comment().await?;
        let now = clock::now();
        let (counts, counted) = self.count(&comment, &article, now)?;
        let edited = self.judged_anew(&comment, &article, body, seen, counts, now);
        let edited = match edited.await {
            Ok((edited, sent)) => {
                if let Edited::Done(status) = edited {
                    self.remember(sent, &comment, status, now);
                    return Ok(true);
                }
                Ok(edited)
            }
            Err(problem) => Err(problem),
        };
        // Only what was written has arrived.
        self.house.arrivals.retract(counted);
        match edited? {
            Edited::Done(_) | Edited::Same => Ok(false),
            Edited::Over => Err(Problem::new(Code::EditOver)),
            Edited::Settled => Err(Problem::new(Code::EditSettled)),
            Edited::Changed => Err(Problem::new(Code::EditChanged)),
            Edited::Missing => Err(Problem::new(Code::ReceiptInvalid)),
        }
    }

    /// An edit costs a person's time like a new comment, so it counts as one.
    fn count(
        &self,
        comment: &Comment,
        article: &Article,
        now: Instant,
    ) -> Result<(Counts, Counted), Problem> {
        let arrival = Arrival {
            site: comment.site,
            address: self.asker.and_then(Asker::somebodys),
            email: Some(&comment.email_key),
            article: Some(&article.url),
        };
        self.house.arrive(&arrival, self.asker, now)
    }

    async fn judged_anew(
        &self,
        comment: &Comment,
        article: &Article,
        body: Body,
        seen: Option<i32>,
        counts: Counts,
        now: Instant,
    ) -> Result<(Edited, Sent), Problem> {
        let face = self.house.face_of(comment.site).await?;
        let before = self
            .house
            .store
            .evidence_of(comment.site, comment.id)
            .await?;
        let (text, sent, verdict, ban, by_model) = {
            let reading = Reading::new(body.as_str());
            let text = likeness(&reading);
            let (sent, mut context) = self.around(comment, article, text, counts, now);
            context.reserved = Some(&face.reserved);
            let subject = Subject {
                name: &comment.name,
                email: &comment.email,
                body: body.as_str(),
            };
            let rules = self.house.rules.now();
            context.robots = rules.robots_in(&before);
            let mut verdict: Verdict =
                judge_at(&rules, Some(&face.words), context, &subject, &reading);
            let model = self.house.models.of(comment.site);
            verdict.lane = model.lane(verdict.lane, &reading, &verdict.evidence);
            let ban = face.bans.settle(&mut verdict, &self.author(comment), now);
            let by_model = self.house.by_model(&face.site, &verdict, &reading, now);
            (text, sent, verdict, ban, by_model)
        };
        let window = std::time::Duration::from_secs(face.site.settings.edit_window.into());
        let new = NewEdit {
            site: comment.site,
            comment: comment.id,
            seen,
            body: body.into_string(),
            fingerprint: text.exact,
            verdict,
            ban,
            by_model,
            is_checked: face.site.settings.checker.is_asked(),
            since: now.before(window),
            at: now,
        };
        Ok((self.house.store.edit(new).await?, sent))
    }

    /// Who wrote it, for the bans; the address is where the edit comes from.
    fn author<'a>(&self, comment: &'a Comment) -> Author<'a> {
        Author {
            name: &comment.name,
            name_key: &comment.name_key,
            email: &comment.email,
            email_key: &comment.email_key,
            address: self.asker.map(|asker| asker.ip),
        }
    }

    /// What is known around the text. It is no repeat of what it takes the place of.
    fn around(
        &self,
        comment: &Comment,
        article: &Article,
        text: Likeness,
        counts: Counts,
        now: Instant,
    ) -> (Sent, Context<'static>) {
        let mark = self
            .asker
            .map(|asker| self.house.addresses.mark(comment.site, &asker.address));
        let mut recent = self.house.recent();
        let sent = recent.sent(comment.site, text, &comment.email_key, &article.url, mark);
        let repeats = recent.repeats(&sent, Some(comment.id), now);
        (sent, around(counts, repeats))
    }

    fn remember(&self, sent: Sent, comment: &Comment, status: Status, now: Instant) {
        self.house.recent().insert(&sent, comment.id, now);
        if status == Status::Pending {
            self.house.wake.notify_one();
        }
    }
}
