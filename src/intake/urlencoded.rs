//! `application/x-www-form-urlencoded` down to its bytes (WHATWG URL, 5.1): which letters they are is the page's charset to say.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// The names and values, in order. Any bytes are such pairs.
pub(super) fn pairs(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    bytes.split(|byte| *byte == b'&').map(pair).collect()
}

fn pair(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut parts = bytes.splitn(2, |byte| *byte == b'=');
    let mut next = || decoded(parts.next().unwrap_or_default());
    (next(), next())
}

fn decoded(bytes: &[u8]) -> Vec<u8> {
    let spaced: Cow<'_, [u8]> = if bytes.contains(&b'+') {
        let space = |byte: &u8| if *byte == b'+' { b' ' } else { *byte };
        bytes.iter().map(space).collect::<Vec<u8>>().into()
    } else {
        bytes.into()
    };
    percent_decode(&spaced).collect()
}
