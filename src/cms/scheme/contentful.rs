//! Contentful signs a canonical form of the request: method, path, the headers that it names, and the body, a line each, in hexadecimal
//! (<https://www.contentful.com/developers/docs/extensibility/app-framework/request-verification/>).

use super::{is_signed, mark};
use crate::cms::delivery::{Delivery, Proof, SignatureFault};

pub(super) const SIGNATURE: &str = "x-contentful-signature";
const SIGNED: &str = "x-contentful-signed-headers";
const TIME: &str = "x-contentful-timestamp";
const TOPIC: &str = "x-contentful-topic";

pub(super) fn verify(delivery: &Delivery<'_>, secrets: &[String]) -> Result<Proof, SignatureFault> {
    let signature = delivery.header(SIGNATURE)?;
    let list = delivery.header(SIGNED)?;
    let at = delivery.near_millis(delivery.header(TIME)?)?;
    let mut names: Vec<String> = list
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    names.sort_unstable();
    names.dedup();
    // Else the time could be another, and the list of what is signed a shorter one.
    let is_signed_too = |name: &str| names.iter().any(|is| is == name);
    // And what happened could be turned into its contrary.
    let tells_topic = delivery.optional(TOPIC)?.is_some();
    if ![SIGNED, TIME].into_iter().all(is_signed_too) || tells_topic && !is_signed_too(TOPIC) {
        return Err(SignatureFault::Wrong);
    }
    let mut lines = Vec::with_capacity(names.len());
    for name in &names {
        let value = delivery.header(name)?;
        lines.push(format!("{name}:{}", value.trim()));
    }
    let head = [delivery.method, &path(delivery.path), &lines.join(";"), ""].join("\n");
    let signature = hex::decode(signature).map_err(|_| SignatureFault::Wrong)?;
    if !is_signed(secrets, &[head.as_bytes(), delivery.body], &signature) {
        return Err(SignatureFault::Wrong);
    }
    Ok(Proof {
        mark: Some(mark(&signature)),
        at: Some(at),
    })
}

/// Our addresses have nothing in their paths that would be encoded; what a query has is encoded once more than it is already.
fn path(path: &str) -> String {
    match path.split_once('?') {
        None => path.to_owned(),
        Some((path, query)) => {
            let once: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
            // `encodeURI` over what was escaped already.
            format!("{path}?{}", once.replace('+', "%20").replace('%', "%25"))
        }
    }
}
