//! Calls to addresses that people gave: whatever they are called and whatever their names are made to stand for, nobody is called who
//! must not be.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use duyet::domain::Trouble;
use duyet::intake::TargetFault;
use duyet::notify::outward::{Failure, Lookup, Message, Outward, Reply};

use crate::support::{Keys, Manner, NameServer, Receiver, quiet_config};

/// A call that may take a while.
fn message() -> Message<'static> {
    Message {
        headers: &[],
        body: b"{}".to_vec(),
        deadline: Duration::from_secs(5),
        most: 1000,
    }
}

/// Calls out with those networks open.
fn outward(allowed: &[&str]) -> Outward {
    let mut config = quiet_config();
    config.outward_allow = allowed
        .iter()
        .map(|text| text.parse().expect("a network"))
        .collect();
    Outward::new(&config).expect("an outward")
}

/// Every name stands for these.
fn standing_for(addresses: &[&str]) -> Lookup {
    let addresses: Vec<IpAddr> = addresses
        .iter()
        .map(|text| text.parse().expect("an address"))
        .collect();
    Arc::new(move |_| {
        let addresses = addresses.clone();
        Box::pin(async move { Ok(addresses) })
    })
}

/// This machine by as many ways as there are, and other machines that are nobody's business. `PORT` is where somebody listens.
const FORMS: [&str; 64] = [
    "http://127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "https://127.0.0.1.:PORT/",
    "https://127.1:PORT/",
    "https://127.0.1:PORT/",
    "https://127.000.000.001:PORT/",
    "https://127.255.255.254:PORT/",
    "https://2130706433:PORT/",
    "https://0x7f000001:PORT/",
    "https://0x7f.1:PORT/",
    "https://0x7f.0x0.0x0.0x1:PORT/",
    "https://0177.0.0.1:PORT/",
    "https://0177.0.0x1:PORT/",
    "https://017700000001:PORT/",
    "https://00000000177.0.0.1:PORT/",
    "https://１２７.０.０.１:PORT/",
    "https://①②⑦.⓪.⓪.①:PORT/",
    "https://127。0。0。1:PORT/",
    "https://%31%32%37.0.0.1:PORT/",
    "https://127%2e0%2e0%2e1:PORT/",
    "https://0:PORT/",
    "https://0.0.0.0:PORT/",
    "https://0.0.0.1:PORT/",
    "https://localhost:PORT/",
    "https://LOCALHOST.:PORT/",
    "https://cms.localhost:PORT/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
    "https://[::1]:PORT/",
    "https://[0:0:0:0:0:0:0:1]:PORT/",
    "https://[0000::0001]:PORT/",
    "https://[::]:PORT/",
    "https://[::127.0.0.1]:PORT/",
    "https://[::7f00:1]:PORT/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://[::ffff:7f00:1]:PORT/",
    "https://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
    "https://[::ffff:0:127.0.0.1]:PORT/",
    "https://[64:ff9b::127.0.0.1]:PORT/",
    "https://[64:ff9b:1::7f00:1]:PORT/",
    "https://[2002:7f00:1::1]:PORT/",
    "https://[2001:0:7f00:1::1]:PORT/",
    "https://[2a00::5efe:127.0.0.1]:PORT/",
    "https://[fe80::1]:PORT/",
    "https://[fe80::1%25lo]:PORT/",
    "https://[fd00:ec2::254]:PORT/",
    "https://[fec0::1]:PORT/",
    "https://[ff02::1]:PORT/",
    "https://[2001:db8::1]:PORT/",
    "https://[100::1]:PORT/",
    "https://10.0.0.1:PORT/",
    "https://172.16.0.1:PORT/",
    "https://192.168.0.1:PORT/",
    "https://100.64.0.1:PORT/",
    "https://169.254.169.254:PORT/latest/meta-data/",
    "https://168.63.129.16:PORT/",
    "https://192.0.0.192:PORT/",
    "https://198.18.0.1:PORT/",
    "https://224.0.0.1:PORT/",
    "https://255.255.255.255:PORT/",
    "https://bao.example@127.0.0.1:PORT/",
    "https://127.0.0.1:PORT@bao.example/",
    "https://127.0.0.1:PORT#@bao.example/",
    "https:127.0.0.1:PORT",
    "https:\\\\127.0.0.1:PORT\\",
];

/// What names are made to stand for.
const ANSWERS: [&[&str]; 14] = [
    &["127.0.0.1"],
    &["127.0.0.2"],
    &["::1"],
    &["0.0.0.0"],
    &["::"],
    &["::ffff:127.0.0.1"],
    &["::127.0.0.1"],
    &["64:ff9b::7f00:1"],
    &["2002:7f00:1::"],
    &["fe80::1"],
    &["169.254.169.254"],
    // One that may be called excuses none that may not.
    &["3ffe::1", "127.0.0.1"],
    &["127.0.0.1", "3ffe::1"],
    &["3ffe::1", "3ffe::2", "::1"],
];

#[tokio::test]
async fn nobody_is_called_by_a_form_of_an_address_that_is_closed() {
    let here = Receiver::at([0, 0, 0, 0].into());
    let there = Receiver::on(SocketAddr::from((Ipv6Addr::UNSPECIFIED, here.port())));
    let port = here.port().to_string();
    for form in FORMS {
        let url = form.replace("PORT", &port);
        match outward(&[]).post(&url, message()).await {
            Err(Failure::Refused(..)) => {}
            other => panic!("{url}: {other:?}"),
        }
    }
    for answer in ANSWERS {
        let outward = outward(&[]).asking(standing_for(answer));
        let url = format!("https://cms.bao.example:{port}/");
        match outward.post(&url, message()).await {
            Err(Failure::Refused(TargetFault::Forbidden)) => {}
            other => panic!("{answer:?}: {other:?}"),
        }
    }
    assert_eq!((here.calls(), there.calls()), (0, 0));
    // They do listen: the same addresses, where they are allowed.
    let open = outward(&["127.0.0.1/32", "::1/128"]);
    for host in ["127.0.0.1", "127.1", "localhost", "[::1]"] {
        let url = format!("http://{host}:{port}/");
        let reply = open.post(&url, message()).await;
        assert_eq!(reply.map(|reply| reply.status), Ok(204), "{url}");
    }
    assert!(here.calls() >= 2 && there.calls() >= 1);
}

#[tokio::test]
async fn a_name_that_changes_what_it_stands_for_gains_nothing() {
    let forbidden = Receiver::at([127, 0, 0, 1].into());
    let url = format!("https://cms.bao.example:{}/", forbidden.port());
    // Public to whoever checks, this machine to whoever looks again.
    let names = NameServer::saying(&["3ffe::1", "127.0.0.1", "3ffe::1", "127.0.0.1"]);
    let closed = outward(&[]).asking(names.lookup());
    let mut refused = 0;
    for asked in 1..=4 {
        match closed.post(&url, message()).await {
            Err(Failure::Refused(TargetFault::Forbidden)) => refused += 1,
            // Nobody is at that address, which is what was checked and dialled.
            Err(Failure::Away(_) | Failure::Late(_)) => {}
            other => panic!("{other:?}"),
        }
        assert_eq!(names.asked(), asked, "each call asks once");
    }
    assert_eq!((refused, forbidden.calls()), (2, 0));
    // A network that is allowed opens itself and not its neighbour.
    let allowed = Receiver::on(SocketAddr::from((
        Ipv4Addr::new(127, 0, 0, 2),
        forbidden.port(),
    )));
    let url = url.replace("https", "http");
    let names = NameServer::saying(&["127.0.0.2", "127.0.0.1"]);
    let half_open = outward(&["127.0.0.2/32"]).asking(names.lookup());
    let first = half_open.post(&url, message()).await;
    assert_eq!(first.map(|reply| reply.status), Ok(204));
    let second = half_open.post(&url, message()).await;
    assert!(
        matches!(second, Err(Failure::Refused(TargetFault::Forbidden))),
        "{second:?}"
    );
    assert_eq!((allowed.calls(), forbidden.calls()), (1, 0));
}

#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    let forbidden = Receiver::at([127, 0, 0, 1].into());
    let sender = Receiver::at([127, 0, 0, 2].into());
    let outward = outward(&["127.0.0.2/32"]);
    for status in [301, 302, 303, 307, 308] {
        sender.behave(Manner::Says(
            status,
            vec![("location", forbidden.url("/"))],
            String::new(),
        ));
        let reply = outward.post(&sender.url("/"), message()).await;
        assert_eq!(reply.map(|reply| reply.status), Ok(status));
    }
    assert_eq!((sender.calls(), forbidden.calls()), (5, 0));
}

#[tokio::test]
async fn who_is_slow_or_talks_on_and_on_is_left() {
    let receiver = Receiver::at([127, 0, 0, 1].into());
    let outward = outward(&["127.0.0.1/32"]);
    let short = || Message {
        deadline: Duration::from_millis(300),
        ..message()
    };
    let begun = Instant::now();
    receiver.behave(Manner::Silent);
    let late = outward.post(&receiver.url("/"), short()).await;
    assert_eq!(late, Err(Failure::Late(Duration::from_millis(300))));
    // A head that never ends, drop by drop.
    receiver.behave(Manner::SlowHead);
    let late = outward.post(&receiver.url("/"), short()).await;
    assert_eq!(late, Err(Failure::Late(Duration::from_millis(300))));
    // Whoever has said yes is believed, whatever they say after it.
    receiver.behave(Manner::Endless);
    let reply = outward
        .post(&receiver.url("/"), message())
        .await
        .expect("a reply");
    assert_eq!(
        (reply.status, reply.body.len(), reply.is_cut),
        (200, 1000, true)
    );
    receiver.behave(Manner::SlowBody);
    let reply = outward
        .post(&receiver.url("/"), short())
        .await
        .expect("a reply");
    assert_eq!((reply.status, reply.is_cut), (200, true));
    // What is no HTTP is no answer.
    receiver.behave(Manner::Garbage);
    let away = outward.post(&receiver.url("/"), message()).await;
    assert!(matches!(away, Err(Failure::Away(_))), "{away:?}");
    // A head of megabytes is not kept.
    receiver.behave(Manner::HugeHead);
    let away = outward.post(&receiver.url("/"), message()).await;
    assert!(matches!(away, Err(Failure::Away(_))), "{away:?}");
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn what_is_said_is_what_arrives() {
    let receiver = Receiver::at([127, 0, 0, 1].into());
    receiver.behave(Manner::Says(
        429,
        vec![("retry-after", "120".to_owned())],
        "đợi nhé".to_owned(),
    ));
    let headers = [("content-type", "application/json".to_owned())];
    let body = "{\"chào\":1}".as_bytes().to_vec();
    let reply = outward(&["127.0.0.1/32"])
        .post(
            &receiver.url("/hook?a=b"),
            Message {
                headers: &headers,
                body: body.clone(),
                ..message()
            },
        )
        .await;
    let expected = Reply {
        status: 429,
        retry_after: Some("120".to_owned()),
        body: "đợi nhé".as_bytes().to_vec(),
        is_cut: false,
    };
    assert_eq!(reply, Ok(expected));
    let call = receiver.taken().pop().expect("a call");
    assert_eq!(call.line, "POST /hook?a=b HTTP/1.1");
    assert_eq!(call.body, body);
    assert_eq!(call.header("content-type"), ["application/json"]);
    assert_eq!(
        call.header("host"),
        [format!("127.0.0.1:{}", receiver.port())]
    );
    assert_eq!(call.header("content-length"), [body.len().to_string()]);
}

#[tokio::test]
async fn a_secret_word_goes_to_who_can_prove_their_name() {
    let keys = Keys::of_a_server();
    let receiver = Receiver::private([127, 0, 0, 1].into(), &keys);
    let url = receiver.url("/").replace("http:", "https:");
    let mut config = quiet_config();
    config.outward_allow = vec!["127.0.0.1/32".parse().expect("a network")];
    let stranger = Outward::new(&config).expect("an outward");
    let away = stranger.post(&url, message()).await;
    assert!(
        matches!(&away, Err(Failure::Away(Trouble::NoTls { .. }))),
        "{away:?}"
    );
    config.outward_ca = Some(keys.path("ca.pem"));
    let known = Outward::new(&config).expect("an outward");
    let reply = known.post(&url, message()).await;
    assert_eq!(reply.map(|reply| reply.status), Ok(204));
    // The certificate is for the number; a name that stands for it proves nothing.
    let named = known.asking(standing_for(&["127.0.0.1"]));
    let url = url.replace("127.0.0.1", "cms.bao.example");
    let away = named.post(&url, message()).await;
    assert!(
        matches!(&away, Err(Failure::Away(Trouble::NoTls { .. }))),
        "{away:?}"
    );
    assert_eq!(receiver.taken().len(), 1);
}
