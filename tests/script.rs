//! The widget's script, as a newspaper's page loads it.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use sha2::{Digest, Sha384};

use crate::support::{Answer, App, Backend, Setup};

const PATH: &str = "/widget.js";
/// As large as it may be, compressed for everybody, with both languages.
const MOST: usize = 12 * 1024;

async fn start() -> App {
    Setup::new(Backend::Sqlite).start().await
}

/// The script as sent to a page of a newspaper's, whose browser takes this encoding.
async fn asked(app: &App, path: &str, encoding: &str) -> (Answer, Vec<u8>) {
    let wire = app.wire();
    let request = || {
        wire.request(Method::GET, path)
            .header("origin", "https://bao.example")
            .header("accept-encoding", encoding)
    };
    let answer = wire.send(request()).await.expect(200);
    let raw = request().send().await.expect("an answer");
    (answer, raw.bytes().await.expect("its bytes").to_vec())
}

fn unpacked(encoding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let read = match encoding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        _ => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain),
    };
    read.expect("it unpacks");
    plain
}

#[tokio::test]
async fn the_script_is_small_and_the_same_however_it_is_packed() {
    let app = start().await;
    let (answer, plain) = asked(&app, PATH, "identity").await;
    assert_eq!(answer.header("content-encoding"), "");
    for (asked_for, encoding) in [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
    ] {
        let (answer, packed) = asked(&app, PATH, asked_for).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{asked_for}");
        assert!(answer.header("vary").contains("accept-encoding"));
        assert!(packed.len() <= MOST, "{encoding}: {} bytes", packed.len());
        assert_eq!(unpacked(encoding, &packed), plain);
    }
    let text = String::from_utf8(plain).expect("text");
    assert!(text.contains("Ý kiến bạn đọc") && text.contains("Readers’ comments"));
}

#[tokio::test]
async fn any_page_may_load_the_script_and_keeps_it_for_some_minutes() {
    let app = start().await;
    let (answer, _) = asked(&app, PATH, "gzip").await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(
        answer.header("cross-origin-resource-policy"),
        "cross-origin"
    );
    assert_eq!(
        answer.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert!(answer.header("cache-control").contains("max-age=300"));
    assert!(answer.header("set-cookie").is_empty());
    let wire = app.wire();
    let again = wire
        .request(Method::GET, PATH)
        .header("if-none-match", answer.header("etag"));
    let again = wire.send(again).await.expect(304);
    assert_eq!(again.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn the_address_that_names_the_content_never_changes_it() {
    let app = start().await;
    let told = app.command(&["widget", "bao"], "");
    let told = String::from_utf8(told.stdout).expect("text");
    assert!(told.contains("404") && told.contains("what stands in the element"));
    let between = |text: &str, start: &str, end: &str| {
        let rest = text.split_once(start).expect(start).1;
        rest.split_once(end).expect(end).0.to_owned()
    };
    let pinned = format!(
        "/assets/widget.{}.js",
        between(&told, "/assets/widget.", ".js")
    );
    let integrity = between(&told, "integrity=\"sha384-", "\"");
    let (answer, bytes) = asked(&app, &pinned, "identity").await;
    assert!(answer.header("cache-control").contains("immutable"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(STANDARD.encode(Sha384::digest(&bytes)), integrity);
    let (_, current) = asked(&app, PATH, "identity").await;
    assert_eq!(bytes, current);
    app.wire()
        .get("/assets/widget.0000000000000000.js")
        .await
        .expect(404);
}
