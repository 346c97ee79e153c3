//! An answer that is given again and again: its bytes, their tag, and what they are compressed to, each made once.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH,
    VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use super::respond::tag_of;

/// What is shorter than this is not worth compressing.
pub(super) const SHORT: usize = 512;

/// How well bytes are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// As small as can be while somebody waits for them, for one answer alone.
    Once,
    /// As small as gzip's best and more, in a millisecond or two for a page.
    Quick,
    /// As small as can be, in some hundred milliseconds.
    Best,
}

/// Brotli's window: a megabyte.
const WINDOW: u32 = 20;

/// The bytes of an answer.
pub struct Rendition {
    content_type: &'static str,
    tag: String,
    effort: Effort,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

/// How an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Plain,
    Gzip,
    Brotli,
}

impl Rendition {
    /// Of these bytes.
    pub fn new(content_type: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            content_type,
            tag: tag_of(&bytes),
            effort: Effort::Quick,
            plain: bytes.into(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// Of bytes that stay the same for as long as the service runs: compressed as well as can be.
    pub fn lasting(content_type: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            effort: Effort::Best,
            ..Self::new(content_type, bytes)
        }
    }

    /// Of something of ours as JSON.
    pub fn json(body: &impl serde::Serialize) -> Self {
        let bytes = serde_json::to_vec(body).expect("our own types are JSON");
        Self::new("application/json", bytes)
    }

    /// As they are.
    pub fn bytes(&self) -> &[u8] {
        &self.plain
    }

    /// Names the bytes.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// About as many bytes as it takes with all it is compressed to.
    pub fn weight(&self) -> usize {
        200 + self.plain.len() * 2
    }

    /// The answer to a page of whatever origin: asked for each time, with the headers of that origin.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        self.answer_kept(request, "no-cache", "Origin, Accept-Encoding")
    }

    /// The answer: as small as the one who asks can read it, or 304 where they have it, kept by caches for as long as `caching` says
    /// and told apart by what `vary` names. It says itself how it is compressed, so that nothing compresses it again.
    pub fn answer_kept(
        &self,
        request: &HttpRequest,
        caching: &'static str,
        vary: &'static str,
    ) -> HttpResponse {
        let coding = match self.plain.len() {
            0..SHORT => Coding::Plain,
            _ => accepted(request.headers()),
        };
        // Other bytes are another representation, with a tag of its own (RFC 9110, 8.8.3.3).
        let tag = format!("\"{}{}\"", self.tag, coding.mark());
        let mut answer = if self.is_known(request.headers()) {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        answer
            .insert_header((ETAG, tag))
            .insert_header((CACHE_CONTROL, caching))
            .insert_header((VARY, vary));
        if self.is_known(request.headers()) {
            return answer.finish();
        }
        answer.insert_header((CONTENT_TYPE, self.content_type));
        if let Some(name) = coding.name() {
            answer.insert_header((CONTENT_ENCODING, name));
        }
        answer.body(self.coded(coding))
    }

    fn coded(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Plain => self.plain.clone(),
            Coding::Gzip => {
                let made = || gzip(&self.plain, self.effort);
                self.gzip.get_or_init(made).clone()
            }
            Coding::Brotli => {
                let made = || brotli(&self.plain, self.effort);
                self.brotli.get_or_init(made).clone()
            }
        }
    }

    /// Whether the one who asks has these very words, however they travelled.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let known = headers
            .get_all(IF_NONE_MATCH)
            .filter_map(|value| value.to_str().ok());
        known.flat_map(|value| value.split(',')).any(|known| {
            let known = known.trim();
            if known == "*" {
                // Whatever they have of it (RFC 9110, 13.1.2).
                return true;
            }
            let known = known.trim_start_matches("W/").trim_matches('"');
            let known = known.strip_prefix(self.tag.as_str());
            known.is_some_and(|mark| ["", "-br", "-gz"].contains(&mark))
        })
    }
}

impl Coding {
    const fn mark(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        }
    }

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// The best that the one who asks can read (RFC 9110, 12.5.3): brotli before gzip unless they like that better.
pub(super) fn accepted(headers: &HeaderMap) -> Coding {
    let (mut gzip, mut brotli, mut any) = (None, None, None);
    for value in headers.get_all(ACCEPT_ENCODING) {
        for part in value.to_str().unwrap_or_default().split(',') {
            let (name, quality) = part.split_once(';').unwrap_or((part, ""));
            let quality = quality.trim().strip_prefix("q=");
            let quality: f32 = quality.and_then(|q| q.trim().parse().ok()).unwrap_or(1.0);
            match name.trim().to_ascii_lowercase().as_str() {
                "br" => brotli = Some(quality),
                "gzip" | "x-gzip" => gzip = Some(quality),
                "*" => any = Some(quality),
                _ => {}
            }
        }
    }
    let gzip = gzip.or(any).unwrap_or(0.0);
    let brotli = brotli.or(any).unwrap_or(0.0);
    if brotli > 0.0 && brotli >= gzip {
        Coding::Brotli
    } else if gzip > 0.0 {
        Coding::Gzip
    } else {
        Coding::Plain
    }
}

fn gzip(plain: &[u8], effort: Effort) -> Bytes {
    let mut bytes = Vec::new();
    let written = match effort {
        Effort::Once | Effort::Quick => {
            let level = flate2::Compression::new(6);
            let mut writer = flate2::write::GzEncoder::new(&mut bytes, level);
            writer.write_all(plain).and_then(|()| writer.try_finish())
        }
        Effort::Best => {
            let options = zopfli::Options::default();
            zopfli::compress(options, zopfli::Format::Gzip, plain, &mut bytes)
        }
    };
    written.expect("memory takes what is written");
    bytes.into()
}

pub(super) fn brotli(plain: &[u8], effort: Effort) -> Bytes {
    let quality = match effort {
        Effort::Once => 4,
        Effort::Quick => 5,
        Effort::Best => 11,
    };
    let mut bytes = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut bytes, 4096, quality, WINDOW);
    writer
        .write_all(plain)
        .expect("memory takes what is written");
    drop(writer);
    bytes.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;
    use std::io::Read;

    fn read(accepts: &'static str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepts));
        accepted(&headers)
    }

    #[test]
    fn who_can_read_it_gets_the_smallest() {
        assert_eq!(read("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(read("gzip;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(read("br;q=0, gzip"), Coding::Gzip);
        assert_eq!(read("*"), Coding::Brotli);
        assert_eq!(read("*;q=0"), Coding::Plain);
        assert_eq!(read("identity"), Coding::Plain);
        assert_eq!(accepted(&HeaderMap::new()), Coding::Plain);
    }

    #[test]
    fn what_is_compressed_says_the_same() {
        let plain = "Ý kiến về cây cầu mới. ".repeat(500).into_bytes();
        let rendition = Rendition::new("text/plain", plain.clone());
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&rendition.coded(Coding::Gzip)[..])
            .read_to_end(&mut read)
            .expect("gzip");
        assert_eq!(read, plain);
        read.clear();
        let packed = rendition.coded(Coding::Brotli);
        brotli::Decompressor::new(&packed[..], 4096)
            .read_to_end(&mut read)
            .expect("brotli");
        assert_eq!(read, plain);
        assert!(packed.len() < plain.len() / 20);
    }

    #[test]
    fn what_is_compressed_is_so_once_for_all() {
        let rendition = Rendition::new("text/plain", vec![b'x'; 1_000]);
        for coding in [Coding::Gzip, Coding::Brotli] {
            let (first, second) = (rendition.coded(coding), rendition.coded(coding));
            assert_eq!(first.as_ptr(), second.as_ptr(), "{coding:?}");
        }
    }

    #[test]
    fn who_has_it_in_any_coding_has_it() {
        let rendition = Rendition::new("text/plain", vec![b'x'; 1_000]);
        for (known, status) in [
            (format!("\"{}-br\"", rendition.tag()), 304),
            (format!("W/\"{}\", \"z\"", rendition.tag()), 304),
            ("*".to_owned(), 304),
            (format!("\"{}x\"", rendition.tag()), 200),
        ] {
            let request = TestRequest::default()
                .insert_header((IF_NONE_MATCH, known))
                .to_http_request();
            assert_eq!(rendition.answer(&request).status(), status);
        }
    }
}
