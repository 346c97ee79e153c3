//! What is said: as little as does. Names and texts stand nowhere but in the comment, so that what is erased there is told no more.

use serde_json::{Value, json};

use crate::domain::{Delivery, Endpoint};
use crate::store::Subject;

/// The body of a delivery. `subject` is its comment as it is now: where that has moved on since, neither name nor text is told, since they
/// may be others than those that were decided on, and the next delivery tells of them.
pub(super) fn body(
    site: &str,
    endpoint: &Endpoint,
    delivery: &Delivery,
    subject: Option<&Subject>,
) -> Value {
    let data = match delivery.comment {
        None => json!({ "site": site, "endpoint": endpoint.id }),
        Some(comment) => {
            let mut data = json!({
                "site": site,
                "comment": {
                    "id": comment,
                    "revision": delivery.revision,
                    "status": delivery.status,
                },
            });
            if let Some(subject) = subject {
                if let Some(named) = &subject.named {
                    data["comment"]["external_id"] = named.as_str().into();
                }
                data["article"] = json!({});
                if let Some(url) = &subject.article {
                    data["article"]["url"] = url.as_str().into();
                }
                if let Some(id) = &subject.external_id {
                    data["article"]["external_id"] = id.as_str().into();
                }
                let is_current = subject.revision == delivery.revision;
                data["is_current"] = is_current.into();
                if endpoint.with_text && is_current {
                    data["name"] = subject.name.as_str().into();
                    data["body"] = subject.body.as_str().into();
                }
            }
            data
        }
    };
    json!({ "type": delivery.kind, "timestamp": delivery.happened_at, "data": data })
}
