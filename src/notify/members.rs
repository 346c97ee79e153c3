//! What a mail with a member's link comes to when its turn comes. The link is made now, and stands nowhere but in the mail; one that
//! was used meanwhile, or whose member may come in no more, is not sent.

use super::mail::message::Letter;
use super::mail::to_member::MemberMail;
use super::order::Prepared;
use crate::access::LinkKey;
use crate::clock;
use crate::config::Config;
use crate::domain::{LinkId, LinkKind, MailFault, Moderator, Site};
use crate::messages::Messages;
use crate::store::{self, Store};

/// The invitation, or the way to another password. The mail lies with the member's first site; who works for several is told of the
/// service rather than of that one.
pub(super) async fn link(
    store: &Store,
    config: &Config,
    site: &Site,
    id: LinkId,
    message_id: String,
) -> store::Result<Prepared> {
    let now = clock::now();
    let Some(link) = store.member_link(id, now).await? else {
        return Ok(Prepared::Nothing);
    };
    let Some(member) = store.moderator(link.member).await? else {
        return Ok(Prepared::Nothing);
    };
    let token = LinkKey::derive(&config.secret).seal(member.id, id);
    let path = match link.kind {
        LinkKind::Invitation => "join",
        LinkKind::Reset => "reset",
    };
    let t = Messages::of(member.locale.unwrap_or(site.locale));
    let all = store.sites().await?;
    let is_theirs = |other: &&Site| member.covers(other.id);
    let name = if all.iter().filter(is_theirs).count() > 1 {
        t.get("mail-many-sites")
    } else {
        site.name.clone()
    };
    let mail = MemberMail::new(
        t,
        link.kind,
        &name,
        format!("{}/{path}/{token}", config.dashboard_url),
        &t.when(link.until),
    );
    Ok(letter(config, member, &mail, message_id))
}

/// The mail in its envelope.
pub(super) fn letter(
    config: &Config,
    member: Moderator,
    mail: &MemberMail,
    message_id: String,
) -> Prepared {
    let (Ok(from), Ok(to)) = (config.mail_from.parse(), member.email.parse()) else {
        return Prepared::Broken(MailFault::Unaddressed);
    };
    let (Ok(text), Ok(html)) = (mail.text(), mail.html()) else {
        return Prepared::Broken(MailFault::Unrendered);
    };
    Prepared::Letter(Box::new(Letter {
        from,
        reply_to: config.mail_reply_to(),
        to_name: member.name,
        to,
        subject: mail.subject(),
        text,
        html,
        message_id,
        thread: None,
        list: None,
        unsubscribe: None,
    }))
}
