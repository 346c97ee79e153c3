//! The mail that tells an admin that an endpoint is told nothing any more.

use crate::config::Config;
use crate::domain::{EndpointId, EndpointState, ModeratorId, Site, StopReason};
use crate::messages::Messages;
use crate::notify::mail::to_member::MemberMail;
use crate::notify::members;
use crate::notify::order::Prepared;
use crate::store::{self, Store};

/// The mail, unless the endpoint is told things again, or is gone.
pub(in crate::notify) async fn letter(
    store: &Store,
    config: &Config,
    site: &Site,
    (endpoint, to): (EndpointId, ModeratorId),
    message_id: String,
) -> store::Result<Prepared> {
    let endpoint = match store.endpoint(site.id, endpoint).await {
        Ok(endpoint) if endpoint.state == EndpointState::Disabled => endpoint,
        Ok(_) | Err(store::Error::NotFound) => return Ok(Prepared::Nothing),
        Err(error) => return Err(error),
    };
    let Some(member) = store.moderator(to).await? else {
        return Ok(Prepared::Nothing);
    };
    let t = Messages::of(member.locale.unwrap_or(site.locale));
    let reason = endpoint.reason.unwrap_or(StopReason::Failing);
    let url = format!(
        "{}/webhooks/{}?site={}",
        config.dashboard_url, endpoint.id, site.key
    );
    let mail = MemberMail::of_webhook(t, &site.name, &endpoint.url, reason, url);
    Ok(members::letter(config, member, &mail, message_id))
}
