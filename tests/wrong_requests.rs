//! Requests that are out to break the server: each is answered by a refusal, or by closing, and never by a fault of ours.

use crate::support::{App, Backend, Raw, Setup, on_both};

/// A request with a body, as bytes.
fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST /api/v1/sites/bao/comments HTTP/1.1\r\nhost: a\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn json(body: &[u8]) -> Vec<u8> {
    let headers = format!(
        "content-type: application/json\r\ncontent-length: {}\r\n",
        body.len()
    );
    post(&headers, body)
}

fn form(body: &[u8]) -> Vec<u8> {
    let headers = format!(
        "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
        body.len()
    );
    post(&headers, body)
}

fn get(target: &[u8], headers: &[u8]) -> Vec<u8> {
    [
        b"GET ",
        target,
        b" HTTP/1.1\r\nhost: a\r\n",
        headers,
        b"\r\n",
    ]
    .concat()
}

/// A well-formed comment but for one part of its JSON.
fn comment_with(part: &str) -> Vec<u8> {
    json(format!(r#"{{"article":{{"url":"https://bao.example/1.html"}},"name":"Lan","email":"lan@thu.example",{part}}}"#).as_bytes())
}

fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
    vec![
        ("deep lists", json(deep("[", "]").as_bytes())),
        ("deep objects", json(deep("{\"a\":", "}").as_bytes())),
        (
            "a deep body",
            comment_with(&format!("\"body\":{}", deep("[", "]"))),
        ),
        (
            "a deep challenge",
            comment_with(&format!(
                "\"body\":\"x\",\"challenge\":{}",
                deep("{\"a\":", "}")
            )),
        ),
        ("only openings", json("[{".repeat(50_000).as_bytes())),
        ("nothing", json(b"")),
        ("a NUL", json(b"\0")),
        ("a byte order mark", json("\u{feff}{}".as_bytes())),
        ("UTF-16", json(b"\xff\xfe{\0}\0")),
        ("no UTF-8", json(b"{\"name\":\"\xff\xc3\x28\"}")),
        ("half a character", json(b"{\"name\":\"\xe1\xbb\"}")),
        ("a lone surrogate", comment_with(r#""body":"\ud800""#)),
        ("a great number", comment_with(r#""body":1e999999"#)),
        (
            "a long number",
            comment_with(&format!("\"body\":{}", "9".repeat(10_000))),
        ),
        ("the same twice", comment_with(r#""body":"x","body":"y""#)),
        (
            "a NUL in every text",
            comment_with(r#""body":"a\u0000b","parent":"\u0000""#),
        ),
        (
            "a long key",
            comment_with(&format!("\"{}\":1", "k".repeat(60_000))),
        ),
        (
            "form: no UTF-8",
            form(b"name=\xff\xfe&email=%ff%c3%28&body=%e1%bb&article=%00"),
        ),
        (
            "form: broken escapes",
            form(b"name=%&email=%4&body=%zz&article=%u1ea1"),
        ),
        ("form: many fields", form("a=b&".repeat(30_000).as_bytes())),
        (
            "form: only separators",
            form("&=&=".repeat(30_000).as_bytes()),
        ),
        (
            "form: a NUL",
            form(b"name=a%00b&email=a%00@b.vn&body=%00&article=https://bao.example/%00"),
        ),
        ("too large", json(&vec![b' '; 200_000])),
        (
            "multipart",
            post(
                "content-type: multipart/form-data; boundary=x\r\ncontent-length: 5\r\n",
                b"--x--",
            ),
        ),
        (
            "compressed",
            post(
                "content-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n",
                b"\x1f\x8b\x08\x00",
            ),
        ),
    ]
}

fn framings() -> Vec<(&'static str, Vec<u8>)> {
    let chunked = |body: &[u8]| {
        post(
            "content-type: application/json\r\ntransfer-encoding: chunked\r\n",
            body,
        )
    };
    vec![
        ("length and chunks", post("content-type: application/json\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n", b"0\r\n\r\nGET /livez HTTP/1.1\r\n\r\n")),
        ("chunks and length", post("content-type: application/json\r\ntransfer-encoding: chunked\r\ncontent-length: 40\r\n", b"0\r\n\r\n")),
        ("two lengths", post("content-length: 2\r\ncontent-length: 3\r\n", b"{}x")),
        ("a list of lengths", post("content-length: 2, 2\r\n", b"{}")),
        ("a negative length", post("content-length: -1\r\n", b"{}")),
        ("a signed length", post("content-length: +2\r\n", b"{}")),
        ("a length in hexadecimal", post("content-length: 0x2\r\n", b"{}")),
        ("no number", post("content-length: two\r\n", b"{}")),
        ("an empty length", post("content-length: \r\n", b"{}")),
        ("a length beyond any number", post("content-length: 99999999999999999999999\r\n", b"{}")),
        ("a very great length", post("content-type: application/json\r\ncontent-length: 18446744073709551615\r\n", b"{}")),
        ("less than promised", post("content-type: application/json\r\ncontent-length: 5000\r\n", b"{}")),
        ("more than promised", post("content-type: application/json\r\ncontent-length: 2\r\n", b"{}{}{}{}\r\n\r\n")),
        ("no length at all", post("content-type: application/json\r\n", b"{}")),
        ("a chunk without a size", chunked(b"\r\n{}\r\n0\r\n\r\n")),
        ("a size that is none", chunked(b"zz\r\n{}\r\n0\r\n\r\n")),
        ("a negative size", chunked(b"-2\r\n{}\r\n0\r\n\r\n")),
        ("a size beyond any number", chunked(b"fffffffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        ("the greatest size", chunked(b"ffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        ("a chunk that is longer", chunked(b"2\r\n{}{}{}\r\n0\r\n\r\n")),
        ("a chunk without an end", chunked(b"2\r\n{}")),
        ("line feeds alone", chunked(b"2\n{}\n0\n\n")),
        ("a long extension", chunked(format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "x".repeat(100_000)).as_bytes())),
        ("trailers", chunked(b"2\r\n{}\r\n0\r\nhost: b\r\ncontent-length: 7\r\n\r\n")),
        ("a coding that is none", post("transfer-encoding: banana\r\n", b"{}")),
        ("compressed on the way", post("transfer-encoding: gzip, chunked\r\n", b"0\r\n\r\n")),
        ("chunked twice", post("transfer-encoding: chunked, chunked\r\n", b"0\r\n\r\n")),
        ("chunked and then not", post("transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n", b"0\r\n\r\n")),
        ("chunked with a mark", post("transfer-encoding: \x0bchunked\r\n", b"0\r\n\r\n")),
        ("a name with a space", post("transfer-encoding : chunked\r\n", b"0\r\n\r\n")),
        ("chunks in HTTP/1.0", b"POST /api/v1/sites/bao/comments HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n".to_vec()),
        ("another expectation", post("expect: banana\r\ncontent-length: 2\r\n", b"{}")),
    ]
}

fn heads() -> Vec<(&'static str, Vec<u8>)> {
    let long = |size: usize| "x".repeat(size);
    vec![
        ("a great header", get(b"/livez", format!("x-a: {}\r\n", long(300_000)).as_bytes())),
        ("a long name", get(b"/livez", format!("{}: a\r\n", long(60_000)).as_bytes())),
        ("many headers", get(b"/livez", "x-a: b\r\n".repeat(5_000).as_bytes())),
        ("a long address", get(format!("/{}", long(100_000)).as_bytes(), b"")),
        ("a long query", get(format!("/api/v1/sites/bao/comments?article={}", long(60_000)).as_bytes(), b"")),
        ("a NUL in the path", get(b"/\0", b"")),
        ("an escaped NUL", get(b"/api/v1/sites/%00/comments?article=%00", b"")),
        ("an escaped NUL in a receipt", get(b"/receipts/%00", b"")),
        ("no UTF-8 in the path", get(b"/api/v1/sites/\xff\xfe/comments", b"")),
        ("no UTF-8, escaped", get(b"/api/v1/sites/%ff%fe/counts?article=%ff", b"")),
        ("broken escapes", get(b"/%zz/%/%4?%zz=%", b"")),
        ("dots", get(b"/assets/../../../etc/passwd", b"")),
        ("escaped dots", get(b"/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", b"")),
        ("an address elsewhere", get(b"http://thu.example/livez", b"")),
        ("another scheme", get(b"file:///etc/passwd", b"")),
        ("a star", b"OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n".to_vec()),
        ("a tunnel", b"CONNECT thu.example:25 HTTP/1.1\r\nhost: a\r\n\r\n".to_vec()),
        ("a method of its own", b"BREW / HTTP/1.1\r\nhost: a\r\n\r\n".to_vec()),
        ("an empty method", b" / HTTP/1.1\r\n\r\n".to_vec()),
        ("no host", b"GET /docs HTTP/1.1\r\n\r\n".to_vec()),
        ("two hosts", get(b"/docs", b"host: b\r\n")),
        ("a host that is none", b"GET /docs HTTP/1.1\r\nhost: \xff<>:99999999\r\n\r\n".to_vec()),
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec()),
        ("HTTP/9.9", b"GET / HTTP/9.9\r\n\r\n".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec()),
        ("TLS", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03".repeat(20)),
        ("SMTP", b"EHLO thu.example\r\nMAIL FROM:<a@thu.example>\r\n".to_vec()),
        ("line feeds alone", b"GET /livez HTTP/1.1\nhost: a\n\n".to_vec()),
        ("carriage returns alone", b"GET /livez HTTP/1.1\rhost: a\r\r".to_vec()),
        ("a folded header", get(b"/livez", b"x-a: b\r\n c\r\n")),
        ("a header without a colon", get(b"/livez", b"x-a\r\n")),
        ("a control in a header", get(b"/livez", b"x-a: \x01\x02\r\n")),
        ("an upgrade", get(b"/livez", b"connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\n")),
        ("an upgrade to HTTP/2", get(b"/livez", b"connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: x\r\n")),
        ("bytes in every header that is read", get(
            b"/api/v1/sites/bao/comments?article=https://bao.example/1.html",
            b"accept: \xff\r\naccept-language: \xff\r\norigin: \xff\r\nif-none-match: \xff\r\ncookie: \xff=\xff\r\nauthorization: \xff\r\n\
              x-request-id: \xff\r\nx-forwarded-for: \xff\r\nforwarded: for=\xff\r\nx-forwarded-host: \xff\r\n",
        )),
        ("a bearer of bytes", get(b"/api/v1/moderation/comments", b"authorization: Bearer \xff\0\r\n")),
        ("nonsense from the proxy", get(b"/docs", b"x-forwarded-for: ,,,;;[[::\r\nforwarded: for=\"[;,\\\r\n")),
        ("many ranges", get(b"/assets/base.css", format!("range: bytes=0-{}\r\n", ",0-1".repeat(2_000)).as_bytes())),
        ("a key of bytes", {
            let mut bytes = comment_with(r#""body":"x""#);
            bytes.splice(43..43, *b"idempotency-key: \xff\xfe\r\n");
            bytes
        }),
        ("many requests at once", get(b"/api/v1/sites/bao/comments?article=x", b"").repeat(200)),
        ("nothing", Vec::new()),
        ("empty lines", b"\r\n".repeat(1_000)),
        ("noise", (0..=255_u8).cycle().take(50_000).collect()),
    ]
}

on_both!(
    no_request_however_wrong_is_a_fault_of_ours,
    |setup: Setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1"),
    async |app: App| {
        let mut statuses = Vec::new();
        for (what, bytes) in [bodies(), framings(), heads()].concat() {
            let answer = Raw::ask(app.base(), &bytes).await;
            for status in answer
                .lines()
                .filter_map(|line| line.strip_prefix("HTTP/1.1 "))
            {
                assert!(!status.starts_with('5'), "{what}: {answer}");
                statuses.push(status[..3].to_owned());
            }
        }
        for expected in ["400", "404", "413", "415", "422", "431"] {
            assert!(
                statuses.iter().any(|status| status == expected),
                "no {expected}: {statuses:?}"
            );
        }
        assert_eq!(app.count("select count(*) from comments").await, 0);
        app.reader().write("Sau tất cả vẫn nhận ý kiến").await;
        let log = app.log();
        assert!(!log.contains("panicked"), "{log}");
    }
);

#[tokio::test]
async fn a_smuggled_request_is_not_seen() {
    let app = App::start(Backend::Sqlite).await;
    let head =
        "POST /api/v1/sites/bao/comments HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
    for headers in [
        "content-length: 42\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 42\r\n",
    ] {
        let smuggled = "0\r\n\r\nGET /livez HTTP/1.1\r\nhost: a\r\nx-a: b\r\n\r\n";
        let answer = Raw::ask(
            app.base(),
            format!("{head}{headers}\r\n{smuggled}").as_bytes(),
        )
        .await;
        assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
    }
}

/// actix-http 3.20 panics over a header's name of 64 KiB, where its type for names ends. That is the end of the connection and
/// of nothing else: the thread goes on, and the place of the connection is free again.
#[tokio::test]
async fn a_name_longer_than_the_server_can_hold_ends_its_own_connection_alone() {
    let setup = Setup::new(Backend::Sqlite).set("DUYET_CONNECTIONS", "4");
    let app = setup.start().await;
    let name = format!("{}: a\r\n", "x".repeat(70_000));
    for _ in 0..20 {
        let answer = Raw::ask(app.base(), &get(b"/livez", name.as_bytes())).await;
        assert!(!answer.contains("HTTP/1.1 5"), "{answer}");
    }
    for number in 0..8 {
        app.reader()
            .write(&format!("Ý kiến thứ {number} sau đó"))
            .await;
    }
}
