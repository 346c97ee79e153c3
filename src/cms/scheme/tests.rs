//! Each way to prove, with right and wrong requests of each.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;

use super::*;
use crate::domain::Instant;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = r#"{"test": "Đời sống"}"#.as_bytes();
/// 2026-11-29T10:00:00Z.
const NOW: i64 = 1_795_946_400;

fn hmac(key: &[u8], signed: &[u8]) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("any length");
    mac.update(signed);
    mac.finalize().into_bytes().to_vec()
}

fn settings(format: CmsFormat) -> CmsSettings {
    CmsSettings {
        format,
        ..CmsSettings::default()
    }
}

/// A request, signed well at that moment under that secret.
#[derive(Debug, Clone)]
struct Sent {
    cms: CmsSettings,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    fn new(cms: CmsSettings, secret: &str, seconds: i64) -> Self {
        let headers = signed(&cms, secret, seconds);
        Self {
            cms,
            headers,
            body: BODY.to_vec(),
        }
    }

    fn judged(&self, secrets: &[&str]) -> Result<Proof, SignatureFault> {
        let secrets: Vec<String> = secrets.iter().map(|one| (*one).to_owned()).collect();
        let delivery = Delivery {
            method: "POST",
            path: "/api/v1/sites/bao/cms",
            headers: &self.headers,
            body: &self.body,
            now: Instant::from_micros(NOW * 1_000_000),
        };
        verify(&self.cms, &delivery, &secrets)
    }
}

fn signed(cms: &CmsSettings, secret: &str, seconds: i64) -> Vec<(String, String)> {
    let key = secret.as_bytes();
    let with = |parts: &[&[u8]]| hmac(key, &parts.concat());
    let millis = (seconds * 1000).to_string();
    let time = seconds.to_string();
    let pairs = match cms.format {
        CmsFormat::Standard => {
            let key = STANDARD.decode(&secret["whsec_".len()..]).expect("base64");
            let signed = [b"msg_1", b".".as_slice(), time.as_bytes(), b".", BODY].concat();
            let signature = STANDARD.encode(hmac(&key, &signed));
            vec![
                ("webhook-id", "msg_1".to_owned()),
                ("webhook-timestamp", time),
                ("webhook-signature", format!("v1,{signature}")),
            ]
        }
        CmsFormat::Ghost => {
            let signature = hex::encode(with(&[BODY, millis.as_bytes()]));
            vec![(
                "x-ghost-signature",
                format!("sha256={signature}, t={millis}"),
            )]
        }
        CmsFormat::Sanity => {
            let signature = with(&[millis.as_bytes(), b".", BODY]);
            let signature = URL_SAFE_NO_PAD.encode(signature);
            vec![(
                "sanity-webhook-signature",
                format!("t={millis},v1={signature}"),
            )]
        }
        CmsFormat::Contentful => {
            let names = "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic";
            let topic = "ContentManagement.Entry.publish";
            let head = format!(
                "POST\n/api/v1/sites/bao/cms\nx-contentful-signed-headers:{names};x-contentful-timestamp:{millis};x-contentful-topic:{topic}\n"
            );
            let signature = hex::encode(with(&[head.as_bytes(), BODY]));
            vec![
                ("x-contentful-signature", signature),
                ("x-contentful-signed-headers", names.to_owned()),
                ("x-contentful-timestamp", millis),
                ("x-contentful-topic", topic.to_owned()),
            ]
        }
        CmsFormat::Drupal => {
            let signature = hex::encode(with(&[BODY]));
            vec![("x-hub-signature-256", format!("sha256={signature}"))]
        }
        CmsFormat::HmacHex if !cms.time_header.is_empty() => {
            let signature = hex::encode(with(&[time.as_bytes(), b".", BODY]));
            vec![("x-signature", signature), ("x-time", time)]
        }
        CmsFormat::HmacHex => vec![("x-signature", hex::encode(with(&[BODY])))],
        CmsFormat::HmacBase64 => {
            vec![("x-bao", format!("hmac {}", STANDARD.encode(with(&[BODY]))))]
        }
        CmsFormat::Strapi | CmsFormat::Directus => vec![("x-duyet-secret", secret.to_owned())],
    };
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Every way, and whether it signs the body and whether it tells the time.
fn all() -> Vec<(CmsSettings, bool, bool)> {
    let timed = CmsSettings {
        time_header: "X-Time".to_owned(),
        ..settings(CmsFormat::HmacHex)
    };
    let prefixed = CmsSettings {
        header: "X-Bao".to_owned(),
        prefix: "hmac ".to_owned(),
        ..settings(CmsFormat::HmacBase64)
    };
    vec![
        (settings(CmsFormat::Standard), true, true),
        (settings(CmsFormat::Ghost), true, true),
        (settings(CmsFormat::Sanity), true, true),
        (settings(CmsFormat::Contentful), true, true),
        (timed, true, true),
        (settings(CmsFormat::HmacHex), true, false),
        (prefixed, true, false),
        (settings(CmsFormat::Drupal), true, false),
        (settings(CmsFormat::Strapi), false, false),
        (settings(CmsFormat::Directus), false, false),
    ]
}

const OTHER: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

#[test]
fn who_knows_a_secret_that_counts_is_believed() {
    for (cms, ..) in all() {
        let sent = Sent::new(cms, SECRET, NOW);
        assert!(sent.judged(&[SECRET]).is_ok(), "{sent:?}");
        assert!(sent.judged(&[OTHER, SECRET]).is_ok(), "{sent:?}");
        assert_eq!(
            sent.judged(&[OTHER]),
            Err(SignatureFault::Wrong),
            "{sent:?}"
        );
        assert_eq!(sent.judged(&[]), Err(SignatureFault::Wrong), "{sent:?}");
    }
}

#[test]
fn what_is_not_whole_is_wrong() {
    for (cms, signs, _) in all() {
        let mut sent = Sent::new(cms, SECRET, NOW);
        sent.body.pop();
        assert_eq!(sent.judged(&[SECRET]).is_err(), signs, "{sent:?}");
    }
}

#[test]
fn a_signature_counts_for_five_minutes_on_both_sides() {
    for (cms, _, is_timed) in all() {
        for (seconds, is_near) in [(-301, false), (-300, true), (300, true), (301, false)] {
            let sent = Sent::new(cms.clone(), SECRET, NOW + seconds);
            let told = match sent.judged(&[SECRET]) {
                Ok(_) => true,
                Err(fault) => {
                    assert_eq!(fault, SignatureFault::Stale);
                    false
                }
            };
            assert_eq!(told, is_near || !is_timed, "{seconds}: {sent:?}");
        }
    }
}

#[test]
fn each_header_that_proves_must_be_there_once() {
    for (cms, ..) in all() {
        let whole = Sent::new(cms, SECRET, NOW);
        assert!(is_claimed(&whole.cms, &whole.headers));
        for place in 0..whole.headers.len() {
            let (name, value) = whole.headers[place].clone();
            let mut twice = whole.clone();
            twice.headers.push((name.clone(), value));
            assert_eq!(
                twice.judged(&[SECRET]),
                Err(SignatureFault::Doubled(name.clone()))
            );
            let mut without = whole.clone();
            without.headers.remove(place);
            assert_eq!(
                without.judged(&[SECRET]),
                Err(SignatureFault::Missing(name))
            );
        }
    }
}

#[test]
fn what_is_not_a_signature_is_wrong() {
    for (cms, ..) in all() {
        let sent = Sent::new(cms, SECRET, NOW);
        for place in 0..sent.headers.len() {
            for value in ["", "v1,", "sha256=", "t=1", "=", "%", "sha256=zz, t=x"] {
                let mut other = sent.clone();
                value.clone_into(&mut other.headers[place].1);
                assert!(other.judged(&[SECRET]).is_err(), "{other:?}");
            }
        }
    }
}

#[test]
fn one_of_several_signatures_is_enough_and_other_versions_are_let_be() {
    let mut sent = Sent::new(settings(CmsFormat::Standard), SECRET, NOW);
    let good = sent.headers[2].1.clone();
    sent.headers[2].1 = format!("v1a,xyz v1,AAAA {good}");
    assert!(sent.judged(&[SECRET]).is_ok());
    sent.headers[2].1 = good.replace("v1,", "v2,");
    assert_eq!(sent.judged(&[SECRET]), Err(SignatureFault::Wrong));
    let mut dotted = Sent::new(settings(CmsFormat::Standard), SECRET, NOW);
    dotted.headers[0].1 = "msg.1".to_owned();
    let fault = Err(SignatureFault::Identifier("webhook-id"));
    assert_eq!(dotted.judged(&[SECRET]), fault);
}

/// A message is about what its topic says, so that is signed with it.
#[test]
fn what_happened_is_signed_in_contentful() {
    let mut sent = Sent::new(settings(CmsFormat::Contentful), SECRET, NOW);
    let names = "x-contentful-signed-headers,x-contentful-timestamp";
    let millis = NOW * 1000;
    let head = format!(
        "POST\n/api/v1/sites/bao/cms\nx-contentful-signed-headers:{names};x-contentful-timestamp:{millis}\n"
    );
    let signature = hmac(SECRET.as_bytes(), &[head.as_bytes(), BODY].concat());
    sent.headers[0].1 = hex::encode(signature);
    names.clone_into(&mut sent.headers[1].1);
    assert_eq!(sent.judged(&[SECRET]), Err(SignatureFault::Wrong));
    // Without one it is about nothing.
    sent.headers.truncate(3);
    assert!(sent.judged(&[SECRET]).is_ok());
}

/// The example that the specification's libraries are tested with.
#[test]
fn the_example_of_the_specification_holds() {
    let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    let body = br#"{"test": 2432232314}"#;
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", "1614265330"),
        (
            "webhook-signature",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
    ];
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let delivery = Delivery {
        method: "POST",
        path: "/",
        headers: &headers,
        body,
        now: Instant::from_micros(1_614_265_330_000_000),
    };
    let proof = verify(
        &settings(CmsFormat::Standard),
        &delivery,
        &[SECRET.to_owned()],
    );
    assert_eq!(proof.expect("signed").mark, Some(mark(id.as_bytes())));
}

proptest! {
    /// Nothing that anybody makes up ends in anything but a plain no.
    #[test]
    fn strangers_prove_nothing(
        place in 0usize..10,
        values in prop::collection::vec("\\PC{0,80}", 5),
        body in prop::collection::vec(any::<u8>(), 0..50),
    ) {
        let (cms, ..) = all().remove(place);
        let mut sent = Sent::new(cms, SECRET, NOW);
        for ((_, value), other) in sent.headers.iter_mut().zip(values) {
            *value = other;
        }
        sent.body = body;
        prop_assert!(sent.judged(&[SECRET]).is_err());
    }
}
