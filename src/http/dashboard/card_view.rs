//! Cards for a page: with the words of their rules, what colleagues left, and whose screen they are on.

use super::signed_in::SignedIn;
use crate::clock;
use crate::domain::{
    Actor, BanKind, CheckerRule, CommentId, Decision, Evidence, Note, Role, Signs,
};
use crate::http::door::Likened;
use crate::http::page::{DecidedView, EvidenceView, LikenedView, NoteView, ParentView, QueueCard};
use crate::http::problem::Problem;
use crate::learn::Output;
use crate::store::Card;

/// The cards as a page shows them, in the same order.
pub async fn views(by: &SignedIn, cards: Vec<Card>) -> Result<Vec<QueueCard>, Problem> {
    let ids: Vec<CommentId> = cards.iter().map(|card| card.comment.id).collect();
    let claims = by.claims_of(ids.clone()).await?;
    let histories = by.histories(ids.clone()).await?;
    let mut notes = by.notes_on(ids).await?;
    let views = cards.into_iter().map(|card| {
        let id = card.comment.id;
        let held = claims.get(&id);
        QueueCard {
            notes: notes.remove(&id).into_iter().flatten().map(note).collect(),
            holder: held
                .filter(|claim| claim.moderator != by.moderator().id)
                .map(|claim| claim.name.clone()),
            history: histories.get(&id).copied(),
            ..view(by, card)
        }
    });
    Ok(views.collect())
}

fn note(note: Note) -> NoteView {
    NoteView {
        by: note.by,
        text: note.text,
        at: note.at,
    }
}

fn view(by: &SignedIn, card: Card) -> QueueCard {
    let Card {
        comment,
        article,
        evidence,
        parent,
        last,
        alike,
        reports,
        sample,
    } = card;
    let likened = by.likened(&comment, &evidence);
    let signs = Signs::of(&evidence);
    let (unheard, evidence): (Vec<Evidence>, Vec<Evidence>) = evidence
        .into_iter()
        .partition(|seen| CheckerRule::is_unheard(&seen.rule));
    let title = |rule: &str| by.rule_title(rule, by.t.locale());
    let reader = comment.name.clone();
    let site = by.site(comment.site).map(|site| site.key.clone());
    let may_ban = site.is_some_and(|key| by.editing(&key).is_ok());
    let is_editor = by.moderator().role >= Role::Editor;
    QueueCard {
        id: comment.id,
        revision: comment.revision,
        status: comment.status,
        lane: comment.lane,
        score: comment.score,
        name: comment.name,
        email: comment.email,
        body: comment.body,
        author_key: comment.email_key,
        site_key: by
            .site(comment.site)
            .map(|site| site.key.clone())
            .unwrap_or_default(),
        site_name: by
            .site(comment.site)
            .map(|site| site.name.clone())
            .unwrap_or_default(),
        article_open: article.is_open_at(clock::now()),
        article_title: article.title,
        article_section: article.section,
        article_url: article.url,
        parent: parent.map(|parent| ParentView {
            name: parent.name,
            body: parent.body,
        }),
        created_at: comment.created_at,
        consent: comment.consent,
        is_elsewhere: comment.source.is_some(),
        evidence: evidence
            .into_iter()
            .map(|seen| EvidenceView {
                title: title(&seen.rule),
                seen: shortened(seen),
            })
            .collect(),
        unheard: unheard.first().map(|seen| title(&seen.rule)),
        likened: likened
            .into_iter()
            .map(|likened| LikenedView {
                told: told(by, &likened),
                is_taught: likened.is_taught,
                words: likened
                    .words
                    .iter()
                    .map(|word| (word.start as usize, word.end as usize))
                    .collect(),
            })
            .collect(),
        decided: last.map(|last| DecidedView {
            by: who(&last, &reader, by),
            because: because(&last, by),
            action: last.action,
            at: last.at,
            batch: last.batch,
            is_own: last.member == Some(by.moderator().id),
            reason: last.reason.map(|reason| match reason.parse() {
                Ok(reason) => by.t.reason(reason),
                Err(_) => reason,
            }),
        }),
        sample: sample.map(|sample| sample.action),
        notes: Vec::new(),
        holder: None,
        history: None,
        alike,
        signs,
        network: comment.network.filter(|_| is_editor),
        may_ban,
        reports,
    }
}

/// *giống bình luận đã từ chối: 0,93*
fn told(by: &SignedIn, likened: &Likened) -> String {
    let id = match likened.output {
        Output::Spam => "learn-like-spam",
        Output::Harm | Output::Hate => "learn-like-rejected",
    };
    let share = by.t.share(likened.probability);
    by.t.with(id, &[("share", share.into())])
}

/// Who decided, for people: the rule by its title, the reader by their name.
pub fn who(decision: &Decision, reader: &str, by: &SignedIn) -> String {
    match decision.actor_kind.as_str() {
        "rule" => by.rule_title(&decision.actor_name, by.t.locale()),
        kind if kind == Actor::Reader.kind() => reader.to_owned(),
        kind if kind == Actor::Client.kind() => by.t.get("akismet-by"),
        kind if kind == Actor::Model.kind() => by.t.get("model-by"),
        _ => decision.actor_name.clone(),
    }
}

/// For what a rule or a ban decided, in words that go on a sentence; nothing where somebody did.
pub fn because(decision: &Decision, by: &SignedIn) -> Option<String> {
    if decision.actor_kind != "rule" {
        return None;
    }
    let rule = decision.actor_name.as_str();
    if let Some(kind) = BanKind::of_rule(rule) {
        return Some(by.t.get(&format!("because-ban-{kind}")));
    }
    let title = by.rule_title(rule, by.t.locale());
    Some(by.t.with("because-rule", &[("rule", title.into())]))
}

/// The text itself shows the whole place; the list of evidence needs no more than a line of it.
fn shortened(seen: Evidence) -> Evidence {
    const SHOWN: usize = 80;
    if seen.excerpt.chars().count() <= SHOWN {
        return seen;
    }
    let start: String = seen.excerpt.chars().take(SHOWN).collect();
    Evidence {
        excerpt: format!("{start}…"),
        ..seen
    }
}
