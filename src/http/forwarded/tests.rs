use super::*;
use actix_web::http::header::{HeaderName, HeaderValue};
use proptest::prelude::*;

/// Trusts `10.0.0.0/8`, `2001:db8:ffff::/48` and `192.0.2.1`.
fn of(peer: &str, lines: &[(&str, &str)]) -> String {
    let trusted: Vec<IpNet> = ["10.0.0.0/8", "2001:db8:ffff::/48", "192.0.2.1/32"]
        .iter()
        .map(|network| network.parse().expect("a network"))
        .collect();
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a value");
        headers.append(name, value);
    }
    reader(peer.parse().expect("an address"), &headers, &trusted).to_string()
}

fn by(value: &str) -> String {
    of("10.0.0.1", &[("x-forwarded-for", value)])
}

fn by_standard(value: &str) -> String {
    of("10.0.0.1", &[("forwarded", value)])
}

#[test]
fn a_stranger_is_believed_nothing() {
    let lines = [
        ("x-forwarded-for", "203.0.113.9"),
        ("forwarded", "for=203.0.113.9"),
    ];
    assert_eq!(of("198.51.100.7", &lines), "198.51.100.7");
    assert_eq!(of("::ffff:198.51.100.7", &lines), "198.51.100.7");
    assert_eq!(of("2001:db8::7", &lines), "2001:db8::7");
}

#[test]
fn hops_are_read_from_the_right_past_trusted_ones() {
    assert_eq!(of("10.0.0.1", &[]), "10.0.0.1");
    for (value, reader) in [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9, 10.9.9.9,192.0.2.1", "203.0.113.9"),
        ("203.0.113.9:443", "203.0.113.9"),
        ("2001:db8::9", "2001:db8::9"),
        ("[2001:db8::9]:443", "2001:db8::9"),
        ("[2001:db8::9]", "2001:db8::9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 2001:db8:ffff::1", "203.0.113.9"),
        ("203.0.113.9, ,", "203.0.113.9"),
        // Only trusted ones: the farthest of them.
        ("10.1.1.1, 10.2.2.2", "10.1.1.1"),
        ("", "10.0.0.1"),
    ] {
        assert_eq!(by(value), reader, "{value}");
    }
    let lines = [
        ("x-forwarded-for", "1.2.3.4"),
        ("x-forwarded-for", "203.0.113.9, 10.1.1.1"),
    ];
    assert_eq!(of("10.0.0.1", &lines), "203.0.113.9");
    assert_eq!(of("::ffff:10.0.0.1", &lines), "203.0.113.9");
}

#[test]
fn what_cannot_be_read_ends_at_the_last_trusted_hop() {
    for value in [
        "unknown",
        "_hidden",
        "203.0.113.9 ; 10.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "203.0.113.9:http",
        "203.0.113.9:",
        "203.0.113.9:123456",
        "[2001:db8::9",
        "[203.0.113.9]",
        "[::1]x",
        "fe80::1%eth0",
        "<script>",
        "203.0.113.9\u{a0}",
        "\"203.0.113.9\"",
        "203.0.113.9, x",
    ] {
        assert_eq!(by(value), "10.0.0.1", "{value}");
    }
    assert_eq!(by("203.0.113.9, x, 10.1.1.1"), "10.1.1.1");
    assert_eq!(by("x, 203.0.113.9"), "203.0.113.9");
}

#[test]
fn the_standard_header_is_read_as_its_standard_says() {
    for (value, reader) in [
        ("for=203.0.113.9", "203.0.113.9"),
        ("For=\"[2001:db8::9]:4711\"", "2001:db8::9"),
        (
            "for=1.2.3.4, for=203.0.113.9;proto=https;by=10.0.0.1",
            "203.0.113.9",
        ),
        (
            "proto=http;for=203.0.113.9;host=\"a,b;for=1.1.1.1\"",
            "203.0.113.9",
        ),
        ("for=203.0.113.9, for=10.1.1.1", "203.0.113.9"),
        ("for=\"203.0.113.9:_port\"", "203.0.113.9"),
        ("for=\"203.0.11\\3.9\"", "203.0.113.9"),
        ("for=unknown", "10.0.0.1"),
        ("for=_secret, for=10.1.1.1", "10.1.1.1"),
        ("proto=https", "10.0.0.1"),
        ("for=203.0.113.9;for=1.2.3.4", "10.0.0.1"),
        ("for=\"203.0.113.9", "10.0.0.1"),
        ("for=203.0.113.9;", "203.0.113.9"),
        ("for", "10.0.0.1"),
    ] {
        assert_eq!(by_standard(value), reader, "{value}");
    }
}

#[test]
fn two_stories_are_none() {
    let both = |one, other| {
        of(
            "10.0.0.1",
            &[("x-forwarded-for", one), ("forwarded", other)],
        )
    };
    assert_eq!(both("203.0.113.9", "for=203.0.113.9"), "203.0.113.9");
    assert_eq!(both("203.0.113.9", "for=1.2.3.4"), "10.0.0.1");
}

proptest! {
    #[test]
    fn whatever_a_client_writes_on_the_left_changes_nothing(junk in "[ -~]{0,60}", standard in any::<bool>()) {
        // An open quotation mark would swallow what follows; a proxy that appends to such a value is not to be helped.
        let junk = junk.replace('"', "");
        let (name, hop) = if standard { ("forwarded", "for=203.0.113.9") } else { ("x-forwarded-for", "203.0.113.9") };
        prop_assert_eq!(of("10.0.0.1", &[(name, &format!("{junk},{hop}"))]), "203.0.113.9");
        prop_assert_eq!(of("10.0.0.1", &[(name, &junk), (name, hop)]), "203.0.113.9");
    }

    #[test]
    fn anything_at_all_ends_in_an_address(value in prop::collection::vec(0x20_u8..=0x7e, 0..80), standard in any::<bool>()) {
        let text = String::from_utf8(value).expect("ASCII");
        let name = if standard { "forwarded" } else { "x-forwarded-for" };
        let reader = of("10.0.0.1", &[(name, &text)]);
        prop_assert!(reader.parse::<IpAddr>().is_ok());
    }
}
