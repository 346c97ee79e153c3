//! What a mail to a reader comes to when its turn comes. What is no longer so is not told: a decision that was undone, a text that
//! was edited, a reader who wants no mail any more.

use super::mail::message::Letter;
use super::mail::naming::{List, Thread};
use super::mail::to_reader::{ReaderMail, Told, Under};
use super::order::Prepared;
use crate::config::Config;
use crate::domain::{
    Article, CommentId, MailFault, Site, Status, Subscription, SubscriptionId, SubscriptionState,
};
use crate::intake::{Email, EmailPolicy, MailKey};
use crate::messages::Messages;
use crate::store::{self, Store};

/// The question whether a reader wants to be told.
pub(super) async fn question(
    store: &Store,
    config: &Config,
    site: &Site,
    id: SubscriptionId,
    message_id: String,
) -> store::Result<Prepared> {
    let Some(mailbox) = store.subscription(site.id, id).await? else {
        return Ok(Prepared::Nothing);
    };
    if mailbox.state != SubscriptionState::Asked || !site.settings.tell_decision {
        return Ok(Prepared::Nothing);
    }
    let (page, never) = links(config, &mailbox);
    let mail = ReaderMail::question(Messages::of(site.locale), &site.name, page, never.clone());
    Ok(letter(
        config,
        &mailbox,
        &mail,
        never,
        site,
        (message_id, None),
    ))
}

/// What was decided on a comment, if that revision still stands.
pub(super) async fn decision(
    store: &Store,
    config: &Config,
    site: &Site,
    (id, revision): (CommentId, i32),
    message_id: String,
) -> store::Result<Prepared> {
    let Some((comment, article, reason)) = store.own_comment(site.id, id).await? else {
        return Ok(Prepared::Nothing);
    };
    let told = match comment.status {
        // What the newsroom has taken off its site is published nowhere.
        Status::Approved if article.is_public() => Told::Published,
        Status::Rejected => Told::NotPublished(reason),
        _ => return Ok(Prepared::Nothing),
    };
    if comment.revision != revision || !comment.tell || !site.settings.tell_decision {
        return Ok(Prepared::Nothing);
    }
    let Some(mailbox) = confirmed(store, site, comment.email_key).await? else {
        return Ok(Prepared::Nothing);
    };
    let (_, never) = links(config, &mailbox);
    let t = Messages::of(site.locale);
    let url = match told {
        Told::Published => place_of(&article, comment.id),
        Told::NotPublished(_) => bare(&article.url),
    };
    let under = Under {
        url: &url,
        title: article.told_title.as_deref(),
        sent: &t.when(comment.created_at),
    };
    let mail = ReaderMail::decided(t, &site.name, told, under, never.clone());
    let thread = Thread::of_article(&config.mail_from, article.id);
    Ok(letter(
        config,
        &mailbox,
        &mail,
        never,
        site,
        (message_id, Some(thread)),
    ))
}

/// That a comment was answered, if both stand under the article still.
pub(super) async fn answer(
    store: &Store,
    config: &Config,
    site: &Site,
    answer: CommentId,
    message_id: String,
) -> store::Result<Prepared> {
    let Some((answer, article, _)) = store.own_comment(site.id, answer).await? else {
        return Ok(Prepared::Nothing);
    };
    let Some(parent) = answer.parent else {
        return Ok(Prepared::Nothing);
    };
    let Some((parent, ..)) = store.own_comment(site.id, parent).await? else {
        return Ok(Prepared::Nothing);
    };
    let is_public = article.is_public() && [answer.status, parent.status] == [Status::Approved; 2];
    if !is_public || !parent.tell || !site.settings.tell_decision {
        return Ok(Prepared::Nothing);
    }
    let Some(mailbox) = confirmed(store, site, parent.email_key).await? else {
        return Ok(Prepared::Nothing);
    };
    let (_, never) = links(config, &mailbox);
    let t = Messages::of(site.locale);
    let url = place_of(&article, answer.id);
    let under = Under {
        url: &url,
        title: article.told_title.as_deref(),
        sent: &t.when(parent.created_at),
    };
    let mail = ReaderMail::answered(t, &site.name, under, never.clone());
    let thread = Thread::of_article(&config.mail_from, article.id);
    Ok(letter(
        config,
        &mailbox,
        &mail,
        never,
        site,
        (message_id, Some(thread)),
    ))
}

/// The mailbox of the comments with that key, where its reader wants mail.
async fn confirmed(
    store: &Store,
    site: &Site,
    email_key: String,
) -> store::Result<Option<Subscription>> {
    let mailbox = store.subscription_of(site.id, email_key).await?;
    Ok(mailbox.filter(|mailbox| mailbox.state == SubscriptionState::Confirmed))
}

/// An article's address without its query and fragment: in those anybody could write us words to bring.
fn bare(article_url: &str) -> String {
    let end = article_url.find(['?', '#']).unwrap_or(article_url.len());
    article_url[..end].to_owned()
}

/// Where a published comment stands under its article, as the widget names the place.
fn place_of(article: &Article, comment: CommentId) -> String {
    format!("{}#duyet-{comment}", bare(&article.url))
}

/// The page behind a mail, and its part that is for saying no.
fn links(config: &Config, mailbox: &Subscription) -> (String, String) {
    let token = MailKey::derive(&config.secret).seal(mailbox.site, mailbox.id);
    let page = format!("{}/mail/{token}", config.public_url);
    let never = format!("{page}/never");
    (page, never)
}

fn letter(
    config: &Config,
    mailbox: &Subscription,
    mail: &ReaderMail,
    never: String,
    site: &Site,
    (message_id, thread): (String, Option<Thread>),
) -> Prepared {
    // What was taken in once is not judged by today's settings.
    let policy = EmailPolicy {
        unicode_local_part: true,
    };
    let to = Email::parse_with(&mailbox.email, policy).ok();
    let to = to.and_then(|email| email.for_mail().parse().ok());
    let (Ok(from), Some(to)) = (config.mail_from.parse(), to) else {
        return Prepared::Broken(MailFault::Unaddressed);
    };
    let (Ok(text), Ok(html)) = (mail.text(), mail.html()) else {
        return Prepared::Broken(MailFault::Unrendered);
    };
    Prepared::Letter(Box::new(Letter {
        from,
        reply_to: config.mail_reply_to(),
        // A reader's name is what somebody typed.
        to_name: String::new(),
        to,
        subject: mail.subject(),
        text,
        html,
        message_id,
        thread,
        list: Some(List::of_readers(&config.mail_from, &site.key)),
        unsubscribe: Some(never),
    }))
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn an_articles_link_keeps_its_path_alone() {
        let article = "https://bao.example/xa-hoi/cau.html";
        for tail in ["", "?tin=mua+ở+đây", "#mua", "?a=1#b", "#b?a=1"] {
            assert_eq!(bare(&format!("{article}{tail}")), article);
        }
    }
}
