//! Bytes that many ask for, compressed once.

use std::io::Write;

use actix_web::http::header::{AcceptEncoding, CONTENT_ENCODING, ContentEncoding, Encoding, VARY};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponseBuilder};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes, plain and as browsers take them.
#[derive(Debug, Clone)]
pub struct Packed {
    /// As they are.
    pub plain: Bytes,
    /// For everybody (RFC 1952).
    pub gzip: Bytes,
    /// For browsers on secure pages (RFC 7932).
    pub brotli: Bytes,
}

impl Packed {
    /// Compresses as well as can be.
    #[must_use]
    pub fn well(plain: Bytes) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let written = gzip.write_all(&plain).and_then(|()| gzip.finish());
        let mut brotli = Vec::new();
        let params = BrotliEncoderParams::default();
        let took = brotli::BrotliCompress(&mut &*plain, &mut brotli, &params);
        took.expect("memory takes everything");
        Self {
            gzip: written.expect("memory takes everything").into(),
            brotli: brotli.into(),
            plain,
        }
    }

    /// The body for whoever asks, with the headers that say how it is packed.
    pub fn body_for(&self, request: &HttpRequest, answer: &mut HttpResponseBuilder) -> Bytes {
        answer.insert_header((VARY, "accept-encoding"));
        match chosen(request) {
            ContentEncoding::Brotli => {
                answer.insert_header((CONTENT_ENCODING, "br"));
                self.brotli.clone()
            }
            ContentEncoding::Gzip => {
                answer.insert_header((CONTENT_ENCODING, "gzip"));
                self.gzip.clone()
            }
            _ => self.plain.clone(),
        }
    }
}

/// What of ours the one who asks would rather have (RFC 9110, 12.5.3).
fn chosen(request: &HttpRequest) -> ContentEncoding {
    let ours = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let asked = request.get_header::<AcceptEncoding>();
    match asked.and_then(|asked| asked.negotiate(ours.iter())) {
        Some(Encoding::Known(encoding)) => encoding,
        _ => ContentEncoding::Identity,
    }
}
