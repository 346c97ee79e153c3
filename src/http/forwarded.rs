//! Whose request it is, where proxies stand between.
//!
//! Whoever sends a request may write what they like into its headers; only what a proxy that the operator named has added is
//! true. So the hops are read from the right, the end that our own proxy wrote, for as long as they are named ones.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;

/// The reader's address: that of the connection, unless a trusted proxy made it. Then the first from the right in
/// `X-Forwarded-For` or `Forwarded` (RFC 7239) that is no trusted proxy's; or, where it cannot be read, the last trusted
/// one that led there. Where both headers are there and tell different stories a client wrote one of them, and neither is believed.
pub fn reader(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.to_canonical();
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let told = told(headers, "x-forwarded-for", x_forwarded_for);
    let standard = told_standard(headers);
    match (told, standard) {
        (None, None) => peer,
        (Some(hops), None) | (None, Some(hops)) => walk(peer, &hops, trusted),
        (Some(one), Some(other)) => {
            let (one, other) = (walk(peer, &one, trusted), walk(peer, &other, trusted));
            if one == other { one } else { peer }
        }
    }
}

/// Whether a proxy's header is there that nobody may be believed for.
pub fn is_claimed(headers: &HeaderMap) -> bool {
    headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded")
}

/// Whether the address is a proxy's that the operator has named.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// From right to left while hops are trusted; the first that is not is the reader.
fn walk(peer: IpAddr, hops: &[Option<IpAddr>], trusted: &[IpNet]) -> IpAddr {
    let mut last = peer;
    for hop in hops.iter().rev() {
        let Some(hop) = hop else { return last };
        last = *hop;
        if !is_trusted(last, trusted) {
            break;
        }
    }
    last
}

/// All hops of a header, which may stand there several times; none where it is not there. A value that is not even
/// text is one hop that cannot be read.
fn told(
    headers: &HeaderMap,
    name: &str,
    read: impl Fn(&str) -> Vec<Option<IpAddr>>,
) -> Option<Vec<Option<IpAddr>>> {
    let mut values = headers.get_all(name).peekable();
    values.peek()?;
    let hops = values.flat_map(|value| match value.to_str() {
        Ok(text) => read(text),
        Err(_) => vec![None],
    });
    Some(hops.collect())
}

fn told_standard(headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    told(headers, "forwarded", forwarded)
}

/// Empty members of a list mean nothing (RFC 9110, 5.6.1.2).
fn x_forwarded_for(text: &str) -> Vec<Option<IpAddr>> {
    let members = text.split(',').map(str::trim);
    members
        .filter(|member| !member.is_empty())
        .map(node)
        .collect()
}

/// An address, with a port or without: `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`.
fn node(text: &str) -> Option<IpAddr> {
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let is_end = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        let address: Ipv6Addr = address.parse().ok()?;
        return is_end.then(|| IpAddr::V6(address).to_canonical());
    }
    let address = match text.split_once(':') {
        Some((address, port)) if !port.contains(':') => is_port(port).then_some(address)?,
        _ => text,
    };
    address
        .parse()
        .ok()
        .map(|address: IpAddr| address.to_canonical())
}

/// A number, or a name that hides one (RFC 7239, 6).
fn is_port(text: &str) -> bool {
    let hidden = text
        .strip_prefix('_')
        .is_some_and(|name| !name.is_empty() && name.bytes().all(is_hiding));
    hidden || (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_hiding(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// The `for` of each element (RFC 7239, 4). An element without one, or one that hides its address, cannot be read.
fn forwarded(text: &str) -> Vec<Option<IpAddr>> {
    let elements = split(text, ',').into_iter().map(str::trim);
    elements
        .filter(|element| !element.is_empty())
        .map(|element| {
            let mut found = None;
            let pairs = split(element, ';').into_iter().map(str::trim);
            for pair in pairs.filter(|pair| !pair.is_empty()) {
                let (name, value) = pair.split_once('=')?;
                if !name.trim().eq_ignore_ascii_case("for") {
                    continue;
                }
                // Twice in one element is not allowed, so neither is believed.
                if found.is_some() {
                    return None;
                }
                found = Some(node(&unquoted(value.trim())?)?);
            }
            found
        })
        .collect()
}

/// The parts between separators that do not stand within quotation marks.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if c == separator && !quoted => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// A token as it is, or what a quoted string holds (RFC 9110, 5.6.4).
fn unquoted(value: &str) -> Option<String> {
    let Some(rest) = value.strip_prefix('"') else {
        return (!value.contains('"')).then(|| value.to_owned());
    };
    let inner = rest.strip_suffix('"')?;
    let (mut out, mut escaped) = (String::new(), false);
    for c in inner.chars() {
        match c {
            _ if escaped => {
                out.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return None,
            _ => out.push(c),
        }
    }
    (!escaped).then_some(out)
}

#[cfg(test)]
mod tests;
