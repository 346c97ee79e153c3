//! Writes the requests: each a whole HTTP request with a comment that was not sent before, put
//! together in a buffer that its connection keeps, so that the client spends its time on the wire.

use crate::vietnamese::{FAMILY, GIVEN, MIDDLE, PARTS};
use std::io::Write;

/// How many comments there are before the first is sent again.
pub const DISTINCT: u64 = 12_u64.pow(7);

/// Any odd number that three does not divide has no factor in common with `DISTINCT`, so multiplying by
/// it only reorders the comments: neighbours share few phrases, and none comes twice. Three readers
/// in a row with nearly one text would be measured as a flood.
const STRIDE: u64 = 22_145_611;

/// What differs between one server under load and another, and between one run and the next.
#[derive(Clone)]
pub struct Wording {
    /// Host and port, as the Host header has it.
    pub host: String,
    /// The site that is commented on.
    pub site: String,
    /// The origin that the site knows as its own; articles lie under it.
    pub origin: String,
    /// How many readers write.
    pub authors: u64,
    /// How many articles they write under.
    pub articles: u64,
    /// A prefix for idempotency keys, new with each run; none sends no key.
    pub keys: Option<String>,
}

/// A wording with everything put into bytes that does not change from request to request.
pub struct Requests {
    head: Vec<u8>,
    key: Option<String>,
    readers: Vec<Vec<u8>>,
    articles: Vec<Vec<u8>>,
}

impl Requests {
    /// Prepares the fixed parts.
    pub fn new(wording: &Wording) -> Self {
        let Wording {
            host, site, origin, ..
        } = wording;
        let head = format!(
            "POST /api/v1/sites/{site}/comments HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\n\
             accept-language: vi\r\ncontent-type: application/json\r\ncontent-length: "
        );
        Self {
            head: head.into_bytes(),
            key: wording.keys.clone(),
            readers: (0..wording.authors.max(1)).map(reader).collect(),
            articles: (0..wording.articles.max(1))
                .map(|n| article(origin, n))
                .collect(),
        }
    }

    /// Writes request number `index` into `out`, over what was there.
    pub fn write(&self, index: u64, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(&self.head);
        let length_at = out.len();
        out.extend_from_slice(b"000");
        if let Some(key) = &self.key {
            // Writing into a vector does not fail.
            let _ = write!(out, "\r\nidempotency-key: {key}-{index:012}");
        }
        out.extend_from_slice(b"\r\n\r\n");
        let body_at = out.len();
        out.extend_from_slice(pick::<Vec<u8>>(&self.articles, index));
        out.extend_from_slice(pick::<Vec<u8>>(&self.readers, index));
        body(index, out);
        out.extend_from_slice(b"\"}");
        let length = out.len() - body_at;
        assert!((100..1000).contains(&length), "a body of {length} bytes");
        // The slice is three bytes and so is the number.
        let _ = write!(&mut out[length_at..length_at + LENGTH_DIGITS], "{length}");
    }
}

/// Digits kept free for the body's length.
const LENGTH_DIGITS: usize = 3;

/// The text of comment `index`: its digits in base twelve choose the phrases.
fn body(index: u64, out: &mut Vec<u8>) {
    let mut number = (index % DISTINCT) * STRIDE % DISTINCT;
    for part in &PARTS {
        out.extend_from_slice(pick(part, number).as_bytes());
        number /= part.len() as u64;
    }
}

/// The start of the JSON, up to the reader.
fn article(origin: &str, number: u64) -> Vec<u8> {
    format!(r#"{{"article":{{"url":"{origin}/tin-tuc/bai-viet-{number:04}.html","title":"Tin trong tỉnh"}}"#)
        .into_bytes()
}

/// The middle of the JSON, from the reader to where the text begins.
fn reader(number: u64) -> Vec<u8> {
    // The three lists' lengths have no common factor, so 770 readers have names of their own.
    let (family, middle, given) = (
        pick(&FAMILY, number),
        pick(&MIDDLE, number),
        pick(&GIVEN, number),
    );
    format!(
        r#","name":"{family} {middle} {given}","email":"ban-doc-{number:04}@example.com","body":""#
    )
    .into_bytes()
}

/// The item that a number stands for when the list is gone through again and again.
fn pick<T>(list: &[T], number: u64) -> &T {
    // The remainder is less than the list's length, which is a usize.
    let place = usize::try_from(number % list.len() as u64).unwrap_or_default();
    &list[place]
}
