//! The mail that tells an admin that an endpoint is told nothing any more.

use url::Url;

use crate::config::Config;
use crate::domain::{EndpointId, EndpointState, ModeratorId, Site, StopReason};
use crate::messages::Messages;
use crate::notify::mail::to_member::MemberMail;
use crate::notify::members;
use crate::notify::order::Prepared;
use crate::store::{self, Store};

/// The mail, unless the endpoint is told things again, or is gone, or whom it is for may not switch it on any more.
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
    let mut admins = store.admins_of(site.id).await?.into_iter();
    let Some(member) = admins.find(|admin| admin.id == to) else {
        return Ok(Prepared::Nothing);
    };
    let t = Messages::of(member.locale.unwrap_or(site.locale));
    let reason = endpoint.reason.unwrap_or(StopReason::Failing);
    let url = format!(
        "{}/webhooks/{}?site={}",
        config.dashboard_url, endpoint.id, site.key
    );
    let address = shown(&endpoint.url);
    let mail = MemberMail::of_webhook(t, &site.name, &address, reason, url);
    Ok(members::letter(config, member, &mail, message_id))
}

/// As much of an endpoint's address as says which it is. What else it may have, such as a token in its query, lets others in and stays
/// out of mailboxes.
fn shown(address: &str) -> String {
    let Ok(url) = Url::parse(address) else {
        return String::new();
    };
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn an_address_is_shown_without_what_lets_others_in() {
        for (address, told) in [
            (
                "https://user:bi-mat@cms.bao.example/hook?token=bi-mat#bi-mat",
                "https://cms.bao.example/hook",
            ),
            ("http://[::1]:8080/a/b", "http://[::1]:8080/a/b"),
            ("https://cms.bao.example", "https://cms.bao.example/"),
        ] {
            assert_eq!(shown(address), told);
        }
    }
}
