use super::*;

fn networks(list: &[&str]) -> Vec<IpNet> {
    let read = |text: &&str| text.parse().expect("a network");
    list.iter().map(read).collect()
}

#[test]
fn what_is_not_plainly_public_is_closed() {
    for closed in [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "100:0:0:1::1",
        "1fff::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "2620:4f:8000::1",
        "2a00:1450::5efe:7f00:1",
        "2a00:1450::200:5efe:a00:1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff::1",
        "fe80::1",
        "fe80::a9fe:a9fe",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "ffff::1",
    ] {
        assert!(!is_public(closed.parse().expect("one")), "{closed}");
    }
}

#[test]
fn the_neighbours_of_what_is_closed_are_public() {
    for open in [
        "1.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:db7::1",
        "2001:db9::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2402:800::1",
        "2606:4700:4700::1111",
        "3ffe::1",
    ] {
        assert!(is_public(open.parse().expect("one")), "{open}");
    }
}

#[test]
fn a_number_is_itself_however_it_is_written() {
    for written in [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://127.0.0.1./",
        "https://１２７.０.０.１/",
        "https://①②⑦.0.0.1/",
        "https://127。0。0。1/",
        "https://%31%32%37.0.0.1/",
        "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::ffff:7f00:1]/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://cms.localhost/",
        "https://0/",
    ] {
        let read = Target::parse(written, &[]);
        assert_eq!(read, Err(TargetFault::Forbidden), "{written}");
    }
}

#[test]
fn an_address_says_who_is_called_and_nothing_else() {
    for (written, fault) in [
        ("", TargetFault::Malformed),
        ("cms.bao.example/hook", TargetFault::Malformed),
        ("https://", TargetFault::Malformed),
        ("https://bao.example:http/", TargetFault::Malformed),
        ("https://bao.example:0/", TargetFault::Malformed),
        ("https://bao.example:65536/", TargetFault::Malformed),
        ("https://[fe80::1%25eth0]/", TargetFault::Malformed),
        ("https://127.0.0.1\t.bao.example/", TargetFault::Malformed),
        ("https:\\\\127.0.0.1\\", TargetFault::Malformed),
        ("https://256.1.1.1/", TargetFault::Malformed),
        ("ftp://bao.example/", TargetFault::Scheme),
        ("file:///etc/passwd", TargetFault::Scheme),
        ("gopher://bao.example/", TargetFault::Scheme),
        ("https://lan@bao.example/", TargetFault::Dressed),
        ("https://bao.example@127.0.0.1/", TargetFault::Dressed),
        ("https://bao.example/#x", TargetFault::Dressed),
        ("http://8.8.8.8/", TargetFault::Clear),
    ] {
        assert_eq!(Target::parse(written, &[]), Err(fault), "{written}");
    }
    let target = Target::parse(" https://CMS.bao.example:8443/a?b=c ", &[]).expect("well");
    assert_eq!(target.host(), Err("cms.bao.example"));
    assert_eq!((target.port(), target.path_and_query()), (8443, "/a?b=c"));
    assert_eq!(target.authority(), "cms.bao.example:8443");
    assert_eq!(
        Target::parse("https://bao.example", &[])
            .expect("well")
            .port(),
        443
    );
}

#[test]
fn an_allowed_network_opens_itself_and_nothing_beside() {
    let allowed = networks(&["10.1.0.0/16", "127.0.0.1/32"]);
    let parse = |written| Target::parse(written, &allowed).map(|_| ());
    for open in [
        "http://10.1.2.3:8055/",
        "http://127.0.0.1/",
        "http://localhost/",
    ] {
        assert_eq!(parse(open), Ok(()), "{open}");
    }
    for closed in [
        "http://10.2.0.1/",
        "https://127.0.0.2/",
        "https://[::1]/",
        // The same machine by another way: the operator has not said so.
        "https://[::ffff:10.1.2.3]/",
        "https://[64:ff9b::10.1.2.3]/",
    ] {
        assert_eq!(parse(closed), Err(TargetFault::Forbidden), "{closed}");
    }
    assert_eq!(parse("http://8.8.8.8/"), Err(TargetFault::Clear));
}
